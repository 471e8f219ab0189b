/** Text in which the secrets of a stack are not readable: an address or a name that the program marked as secret. */
import { parseAddress, reverseName } from "../fcrdns/names/address";
import { canonicalName } from "../fcrdns/names/name";

const MASK = "[secret]";
/** Shorter texts occur everywhere by chance. */
const SHORTEST = 4;
/** More than any name, address or line has; a longer secret is no part of a message, which names and addresses are. */
const LONGEST = 2048;

/**
 * Makes a function that masks every occurrence of the secrets, also in the forms that rules write: an address in its
 * canonical text, its reverse name and as providers put it into names (`192-0-2-10`), a name in lower case without a
 * final dot.
 */
export function maskOf(secrets: readonly string[]): (text: string) => string {
  const addresses = new Set<string>();
  const names = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < SHORTEST || secret.length > LONGEST) continue;
    const parsed = parseAddress(secret.replace(/\/\d+$/, ""));
    if (parsed.ok) {
      for (const form of formsOfAddress(secret, parsed.address.text)) addresses.add(form);
      continue;
    }
    names.add(secret);
    const name = canonicalName(secret);
    if (name.ok && name.name.length >= SHORTEST) names.add(name.name);
  }
  if (addresses.size === 0 && names.size === 0) return (text) => text;
  const longestFirst = (texts: ReadonlySet<string>) =>
    [...texts]
      .sort((one, other) => other.length - one.length)
      .map((text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
  // 192.0.2.1 is not part of 192.0.2.10, and 2001:db8::1 not of 2001:db8::10.
  const patterns = [
    addresses.size === 0 ? [] : [`(?<![\\w:]|\\d\\.)(?:${longestFirst(addresses).join("|")})(?![\\w:]|\\.\\d)`],
    names.size === 0 ? [] : [`(?:${longestFirst(names).join("|")})`],
  ].flat();
  const pattern = new RegExp(patterns.join("|"), "gi");
  return (text) => text.replace(pattern, MASK);
}

function formsOfAddress(given: string, canonical: string): readonly string[] {
  const octets = canonical.split(".");
  const v4 = canonical.includes(":")
    ? []
    : [octets.join("-"), octets.toReversed().join("-"), octets.toReversed().join(".")];
  return [given, given.replace(/\/\d+$/, ""), canonical, reverseName(canonical), ...v4];
}

/** Text in which the secrets of a stack are not readable: an address or a name that the program marked as secret. */
import { type IpAddress, parseAddress, reverseName } from "../fcrdns/names/address";
import { canonicalName } from "../fcrdns/names/name";
import { forTerminal } from "../fcrdns/report/escape";

const MASK = "[secret]";
/** Shorter texts occur everywhere by chance; they are masked where they are the first label of a name. */
const SHORTEST = 4;
/** Rules cut what is longer than any name; the beginning tells it, and what follows up to the next space goes with it. */
const HEAD = 64;
/** Longer than any SPF record that a receiver reads. */
const MAX_RECORD = 65_535;

/**
 * Makes a function that masks every occurrence of the secrets, also in the forms that rules write: an address in its
 * canonical text, its reverse name and as providers put it into names (`192-0-2-10`), a name in lower case without a
 * final dot, and the addresses and names in the text of an SPF or MX record.
 */
export function maskOf(secrets: readonly string[]): (text: string) => string {
  const forms = { v4: new Set<string>(), v6: new Set<string>(), names: new Set<string>() };
  const hide = (text: string): void => {
    const parsed = parseAddress(text.replace(/\/\d+$/, ""));
    if (parsed.ok) {
      for (const form of formsOfAddress(text, parsed.address)) forms[`v${parsed.address.family}`].add(form);
      return;
    }
    forms.names.add(text);
    const name = canonicalName(text);
    if (name.ok) forms.names.add(name.name);
  };
  for (const secret of new Set(secrets)) for (const text of [secret.trim(), ...partsOfRecord(secret)]) hide(text);
  for (const name of [...forms.names]) forms.names.add(forTerminal(name));
  forms.names.delete("");
  const patterns = [
    // 192.0.2.1 is not part of 192.0.2.10, and 2001:db8::1 not of 2001:db8::10.
    ["(?<!\\d|\\d[.-])", [...forms.v4].map(escaped), "(?![.-]?\\d)"],
    ["(?<![\\da-f:])", [...forms.v6].map(escaped), "(?![\\da-f]|[:-][\\da-f:])"],
    ["", [...forms.names].filter(({ length }) => length >= SHORTEST).map(beginning), ""],
    ["(?<![\\w.-])", [...forms.names].filter(({ length }) => length < SHORTEST).map(escaped), "(?=\\.[\\w-])"],
  ] as const;
  const all = patterns.flatMap(([before, texts, after]) =>
    // The longest first, so that a name is not masked as part of another.
    texts.length === 0
      ? []
      : [`${before}(?:${texts.toSorted((one, other) => other.length - one.length).join("|")})${after}`],
  );
  if (all.length === 0) return (text) => text;
  const pattern = new RegExp(all.join("|"), "gi");
  return (text) => text.replace(pattern, MASK);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

function beginning(name: string): string {
  return name.length <= HEAD ? escaped(name) : `${escaped(name.slice(0, HEAD))}[^\\s"',]*`;
}

function formsOfAddress(given: string, { text, family, bytes }: IpAddress): readonly string[] {
  const all = [given, given.replace(/\/\d+$/, ""), text, ...reverseZones(reverseName(text), family)];
  if (family === 4) {
    const octets = text.split(".");
    return [...all, octets.join("-"), octets.toReversed().join("-"), octets.toReversed().join(".")];
  }
  const groups = Array.from({ length: 8 }, (_, index) =>
    Buffer.from(bytes)
      .readUInt16BE(2 * index)
      .toString(16),
  );
  const full = groups.map((group) => group.padStart(4, "0"));
  return [...all, text.replace(/:+/g, "-"), ...[groups, full].flatMap((each) => [each.join(":"), each.join("-")])];
}

/** The reverse name, and the zones above it that belong to one network: a /24, or from a /128 to a /32. */
function reverseZones(name: string, family: 4 | 6): readonly string[] {
  const labels = name.split(".");
  const zones = family === 4 ? 2 : 25;
  return Array.from({ length: zones }, (_, index) => labels.slice(index).join("."));
}

/** The addresses, networks and names in the text of an SPF or MX record, which rules name one by one. */
function partsOfRecord(secret: string): readonly string[] {
  if (secret.length > MAX_RECORD) return [];
  const text = secret.replace(/\\?"\s*\\?"/g, "").replace(/^"|"$/g, "");
  const exchange = /^\d{1,5}\s+(\S+)$/.exec(text)?.[1];
  if (exchange !== undefined) return [exchange];
  if (!/^v=spf1\s/i.test(text)) return [];
  return text.split(/\s+/).flatMap((term) => {
    const value = /^[+~?-]?(?:ip4|ip6|a|mx|ptr|include|exists)[:]([^/]+)/i.exec(term)?.[1];
    return value === undefined ? [] : [value];
  });
}

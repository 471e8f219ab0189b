/** Values of macros (RFC 7208 section 7). */
import { type IpAddress, reverseLabels } from "../../fcrdns/names/address";
import type { DomainSpec, Macro, MacroLetter } from "./spf-record";

/** One SMTP session, as SPF knows it. */
export interface Session {
  readonly ip: IpAddress;
  /** `local@domain`; the local part may be absent. */
  readonly sender: string;
  readonly helo: string;
}

/** What macros stand for at one place. */
export type MacroValues = Readonly<Partial<Record<MacroLetter, string>>>;

/** All but `p`, which takes look-ups, and what stands in explanations only. @param domain whose record it is */
export function macroValues({ ip, sender, helo }: Session, domain: string): MacroValues {
  const { local, domain: senderDomain } = senderParts(sender);
  return {
    s: `${local}@${senderDomain}`,
    l: local,
    o: senderDomain,
    d: domain,
    i: ip.family === 4 ? ip.text : reverseLabels(ip).reverse().join("."),
    h: helo,
    v: ip.family === 4 ? "in-addr" : "ip6",
  };
}

/** Where there is no local part, it is `postmaster` (RFC 7208 section 4.3). */
export function senderParts(sender: string): { readonly local: string; readonly domain: string } {
  const at = sender.lastIndexOf("@");
  return { local: sender.slice(0, Math.max(at, 0)) || "postmaster", domain: sender.slice(at + 1) };
}

export function hasMacro({ pieces }: DomainSpec): boolean {
  return pieces.some((piece) => typeof piece !== "string");
}

export function usesMacro({ pieces }: DomainSpec, letter: MacroLetter): boolean {
  return pieces.some((piece) => typeof piece !== "string" && piece.letter === letter);
}

/** The text that a `macro-string` stands for. */
export function expanded(pieces: readonly (string | Macro)[], values: MacroValues): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : textOf(piece, values))).join("");
}

/** As {@link expanded}, without a final dot, labels taken off at the left until the name fits DNS (section 7.3). */
export function expandedName({ pieces }: DomainSpec, values: MacroValues): string {
  let name = expanded(pieces, values).replace(/\.$/, "");
  while (name.length > 253 && name.includes(".")) name = name.slice(name.indexOf(".") + 1);
  return name;
}

function textOf({ letter, isUrl, keep, reversed, delimiters }: Macro, values: MacroValues): string {
  const value = values[letter] ?? "";
  const parts = splitAt(value, delimiters);
  if (reversed) parts.reverse();
  const kept = parts.slice(keep === undefined ? 0 : -keep).join(".");
  return isUrl ? percentEncoded(kept) : kept;
}

function splitAt(text: string, delimiters: string): string[] {
  const parts = [""];
  for (const character of text) {
    if (delimiters.includes(character)) parts.push("");
    else parts.push(`${parts.pop()}${character}`);
  }
  return parts;
}

/** RFC 3986: all but letters, digits and `-._~`. */
function percentEncoded(text: string): string {
  return Buffer.from(text)
    .toString("latin1")
    .replace(/[^\w.~-]/g, (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

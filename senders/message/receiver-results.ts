/**
 * What a receiver computed of the client, as it wrote it down: `Authentication-Results` (RFC 8601) and `Received-SPF` (RFC
 * 7208 section 9.1). Whether it was the receiver that wrote the field is not decided here.
 */
import { type IpAddress, parseAddress } from "../../fcrdns/names/address";
import { type Token, tokens } from "./tokens";

export interface ReceiverResult {
  readonly method: "iprev" | "spf";
  /** Lower case, such as `pass` or `permerror`. */
  readonly result: string;
  /** The client's address; null if the field does not name it. */
  readonly address: IpAddress | null;
  /** The client's EHLO or HELO name, as it was written; null if the field does not name it. */
  readonly helo: string | null;
}

export interface AuthenticationResults {
  /** As it was written; null if there is none, as in the fields of Microsoft 365. */
  readonly authservId: string | null;
  readonly results: readonly ReceiverResult[];
}

const MAX_LENGTH = 65_536;

/** @returns null if the field cannot be read */
export function parseAuthenticationResults(value: string): AuthenticationResults | null {
  const all = value.length > MAX_LENGTH ? null : tokens(value);
  if (all === null) return null;
  const [head = [], ...rest] = segments(all);
  const hasNoId = head.some(({ kind, text }) => kind === "word" && text.includes("="));
  const authservId = hasNoId ? null : (head.find(({ kind }) => kind === "word" || kind === "quoted")?.text ?? null);
  return { authservId, results: (hasNoId ? [head, ...rest] : rest).flatMap(resultOf) };
}

/** @returns null if the field cannot be read */
export function parseReceivedSpf(value: string): ReceiverResult | null {
  const all = value.length > MAX_LENGTH ? null : tokens(value);
  const [result] = all ?? [];
  if (all === null || result?.kind !== "word") return null;
  const properties = pairs(all.slice(1));
  return {
    method: "spf",
    result: result.text.toLowerCase(),
    address: addressIn(properties.get("client-ip")),
    helo: properties.get("helo") ?? null,
  };
}

/** `spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com` */
function resultOf(segment: readonly Token[]): ReceiverResult[] {
  const properties = pairs(segment);
  const [first] = properties;
  if (first === undefined) return [];
  const [method = ""] = first[0].split("/");
  if (method !== "iprev" && method !== "spf") return [];
  const comment = segment.find(({ kind, text }) => kind === "comment" && /^sender IP is /i.test(text))?.text;
  return [
    {
      method,
      result: first[1].toLowerCase(),
      address:
        addressIn(properties.get(method === "iprev" ? "policy.iprev" : "client-ip")) ??
        addressIn(properties.get("smtp.remote-ip")) ??
        addressIn(comment?.replace(/^sender IP is /i, "")),
      helo: properties.get("smtp.helo") ?? properties.get("helo") ?? null,
    },
  ];
}

function segments(all: readonly Token[]): Token[][] {
  const found: Token[][] = [[]];
  for (const token of all) {
    if (token.kind === "semicolon") found.push([]);
    else found.at(-1)?.push(token);
  }
  return found;
}

/** `name=value` and `name = "value"`, in order; the first of a name counts. Comments say nothing. */
function pairs(all: readonly Token[]): Map<string, string> {
  const parts = all
    .filter(({ kind }) => kind !== "comment" && kind !== "semicolon")
    .flatMap(({ kind, text }) => (kind === "word" ? aroundEquals(text) : [text]));
  const found = new Map<string, string>();
  for (const [at, part] of parts.entries()) {
    const name = parts[at - 1]?.toLowerCase();
    const value = parts[at + 1];
    if (part === "=" && name !== undefined && value !== undefined && !found.has(name)) found.set(name, value);
  }
  return found;
}

function aroundEquals(word: string): string[] {
  const at = word.indexOf("=");
  return at < 0 ? [word] : [word.slice(0, at), "=", word.slice(at + 1)].filter((part) => part !== "");
}

function addressIn(text: string | undefined): IpAddress | null {
  const parsed = parseAddress((text ?? "").trim().replace(/^IPv6:/i, ""));
  return parsed.ok ? parsed.address : null;
}

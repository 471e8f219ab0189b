/**
 * One `Received` field (RFC 5321 section 4.4): who handed the message over, and who wrote the field. The standard's
 * syntax leaves open where the address and the two names of the client stand; each kind of server has its own form:
 *
 *     from HELO (RDNS [IP])             Postfix, Sendmail, Gmail, Haraka, OpenSMTPD, Stalwart, maddy, mox
 *     from RDNS ([IP] helo=HELO)        Exim; without helo= the two names are one
 *     from [IP] (helo=HELO)             Exim, Nemesis, where the address has no name
 *     from RDNS (HELO name) (IP)        qmail
 *     from HELO (IP) by HOST (IP)       Exchange, Microsoft 365, KumoMTA
 *     from RDNS ([IP] "EHLO name" ...)  ZMailer
 *     from IP (EHLO name)               Yahoo
 *     from [IP] (account x HELO name)   CommuniGate
 *
 * Names are the client's word. A field in which they could stand for something else is not read.
 */
import { type IpAddress, parseAddress } from "../../fcrdns/names/address";
import { canonicalName } from "../../fcrdns/names/name";
import { type Token, tokens } from "./tokens";

export interface Client {
  /** The address that the server saw; null if the field has none. */
  readonly address: IpAddress | null;
  /** What the client said in EHLO or HELO, as it was written; null if nothing. */
  readonly helo: string | null;
  /** The name that the server looked up for the address, canonical; null if none, or if the server doubts it. */
  readonly lookedUp: string | null;
}

export interface Received {
  /** Null: no other host, the message began or was handled within the server. */
  readonly from: Client | null;
  /** The name or address of the server, as it was written; null if it is not named. */
  readonly by: string | null;
  /** The server's own addresses, as it wrote them. */
  readonly byAddresses: readonly IpAddress[];
  /** Upper case, such as `ESMTPS`. */
  readonly protocol: string | null;
}

export type ReceivedResult =
  | { readonly ok: true; readonly received: Received }
  /** @param why in words that follow "it" */
  | { readonly ok: false; readonly why: string };

const KEYWORDS: ReadonlySet<string> = new Set(["from", "by", "via", "with", "id", "for"]);

/** Servers write a few hundred characters; Postfix cuts a whole header at 100 KiB. */
const MAX_LENGTH = 16_384;

/** Reads the value of one field, unfolded. */
export function parseReceived(value: string): ReceivedResult {
  if (value.length > MAX_LENGTH) return unreadable(`is longer than ${MAX_LENGTH} characters`);
  // Quotation marks in a HELO name are no syntax; those in a path or an id behind `by` are.
  const all = tokens(value, { quotedAfter: "by", toSemicolon: true });
  if (all === null) return unreadable("has a comment that does not end");
  const clauses = clausesOf(all);
  if (typeof clauses === "string") return unreadable(clauses);
  const { from = [], by = [], with: protocolTokens = [] } = clauses;
  if ([...from, ...by].some(({ text }) => text.includes("\\"))) return unreadable("has a backslash among the names");

  const protocol = protocolTokens.find(({ kind }) => kind === "word")?.text.toUpperCase() ?? null;
  const isExim = all.some((token) => token.kind === "comment" && /^Exim \d/.test(token.text) && !from.includes(token));
  const client = clientOf(from, { isExim, protocol });
  if (client === "several") return unreadable("names several addresses of the client");
  const named = by.find(({ kind }) => kind !== "comment");
  return {
    ok: true,
    received: {
      from: client,
      by: named?.kind === "word" || named?.kind === "literal" ? named.text.replace(/[,.]{1,2}$/, "") || null : null,
      byAddresses: by.flatMap(({ kind, text }) => (kind === "comment" ? serverAddress(text) : [])),
      protocol,
    },
  };
}

type Clauses = Readonly<Partial<Record<string, readonly Token[]>>>;

/** The first clause of each keyword, up to the date; or why it is not sure whose words they are. */
function clausesOf(all: readonly Token[]): Clauses | string {
  const clauses: Record<string, Token[]> = {};
  const [first] = all;
  // `(from localhost [192.0.2.1]) by host`, as some gateways write.
  if (first?.kind === "comment" && /^from\s/i.test(first.text) && /\[/.test(first.text)) {
    clauses.from = tokens(first.text.slice(4)) ?? [];
  }
  const start = all.findIndex(({ kind }) => kind !== "comment");
  let current: Token[] | undefined;
  for (const [at, token] of all.entries()) {
    const keyword = token.kind === "word" ? token.text.toLowerCase() : "";
    // A client may say "by" in HELO.
    const isValue = at === start + 1 && isWord(all[start], "from");
    // The date follows; where words do, a client has said a semicolon in HELO.
    if (token.kind === "semicolon")
      return /(?:^|[\s)])by\s/i.test(token.text) ? 'has a "by" behind a semicolon' : clauses;
    if (keyword === "by" && !isValue && clauses.by !== undefined && !isWord(all[at + 1], "uid"))
      return 'has a second "by"';
    // What a client says in MAIL FROM can end the comment that it stands in.
    if (keyword === "by" && !isValue && clauses.with !== undefined) return 'has a "with" in front of "by"';
    const isSecondWith = keyword === "with" && !isValue && clauses.with !== undefined;
    if (isSecondWith && [clauses.with?.[0], all[at + 1]].some(isInternalProtocol)) return 'has a second "with"';
    // Not `with smtp for <...> from <...>`, where the envelope is meant.
    if (keyword === "from" && clauses.from === undefined && at !== start) return 'has its "from" behind other words';
    if (KEYWORDS.has(keyword) && !isValue && (keyword !== "from" || at === start)) {
      current = [];
      clauses[keyword] ??= current;
    } else {
      current?.push(token);
    }
  }
  return clauses;
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toLowerCase() === word;
}

/** One that no foreign mail server delivers with. */
function isInternalProtocol(token: Token | undefined): boolean {
  return token?.kind === "word" && /^(?:LMTP|IMAP|POP|HTTP|LOCAL)/i.test(token.text);
}

/** Handed over within the machine: by a program, through a pipe or a Unix socket. */
function isLocal(from: readonly Token[], protocol: string | null): boolean {
  const [value, second] = from;
  if (value === undefined || protocol?.startsWith("LOCAL")) return true;
  if (value.text === "mail" && second?.text === "pickup" && from.every(({ kind }) => kind === "word")) return true;
  const comments = from.filter(({ kind }) => kind === "comment").map(({ text }) => withoutWords(text));
  // Sendmail; for a connection it writes address and protocol too.
  if (protocol === null && value.text === "localhost" && comments.join() === "localhost") return true;
  // Where the server saw an address, the other words are the client's.
  if (comments.some((text) => bracketed(text).some((inside) => addressIn(inside) !== null) || addressIn(text) !== null))
    return false;
  return comments.some((text) => /^\[?unix socket\]?$|\[local\]$|\[UNIX: /.test(text));
}

function clientOf(
  from: readonly Token[],
  { isExim, protocol }: { readonly isExim: boolean; readonly protocol: string | null },
): Client | null | "several" {
  if (isLocal(from, protocol)) return null;
  const comments = from.filter(({ kind }) => kind === "comment").map(({ text }) => text);
  // A literal behind a comment is the address that was seen.
  const value = from.find(({ kind }, at) => kind === "word" || (kind === "literal" && at === 0)) ?? null;
  const said = comments.map(heloIn).find((helo) => helo !== undefined) ?? claimed(from);

  // What the client said may look like an address, so that it is no candidate.
  const bare = comments.map(withoutWords);
  const seen = [
    ...bare.flatMap(bracketed),
    ...from.filter((token) => isLiteral(token) && token !== value).map(({ text }) => text),
    ...bare.map((text) => text.replace(/^[^\s[\]]*@/, "")),
    ...bare.map((text) => /^\S+\s+(\S+)$/.exec(text)?.[1] ?? ""),
  ]
    .map(addressIn)
    .filter((each) => each !== null);
  // In the place of the name only where it is sure that it is not the client's word.
  const isItself =
    seen.length === 0 &&
    value !== null &&
    (said !== undefined || isHttp(protocol) || isAccount(comments) || (isExim && isLiteral(value)));
  // Where the name is in a comment, an address in the place of the name is the one that was seen.
  const first = isItself || said !== undefined ? addressIn(value?.text ?? "") : null;
  const [address = null, ...others] = first === null ? seen : [first, ...seen];
  if (others.some((other) => other?.text !== address?.text)) return "several";

  const name = value === null || isLiteral(value) || addressIn(value.text) !== null ? null : value.text;
  const isVerified = bare.some((text) => /\]\s+verified$/.test(text));
  const beside = bare.map(nameBesideAddress).find((text) => text !== undefined);
  // An old form of Exim: `from RDNS (HELO) [IP]`.
  const helo = said ?? (isExim ? comments.find((text) => /^[\w.-]+$/.test(text)) : undefined);
  const lookedUp = helo !== undefined || isExim || isVerified ? (name ?? beside) : beside;
  return {
    address,
    helo: (helo ?? (value === null || (isItself && address !== null) ? null : textOf(value))) || null,
    lookedUp: lookedUp === undefined ? null : knownName(lookedUp),
  };
}

function textOf({ kind, text }: Token): string {
  return kind === "literal" ? `[${text}]` : text;
}

function isLiteral({ kind }: Token): boolean {
  return kind === "literal";
}

function isHttp(protocol: string | null): boolean {
  return protocol !== null && /^HTTP/.test(protocol);
}

function isAccount(comments: readonly string[]): boolean {
  return comments.some((text) => /^account\s/.test(text));
}

/** `helo=name`, `HELO name`; empty if the client said nothing. */
function heloIn(comment: string): string | undefined {
  return /(?:^|[\s"])(?:helo=|(?:HELO|EHLO|LHLO)(?:\s+|$))([^\s"]*)/i.exec(comment)?.[1];
}

/** `..., claiming to be "name"` */
function claimed(from: readonly Token[]): string | undefined {
  const at = from.findIndex(({ text }) => text === "claiming");
  return at < 0 ? undefined : from[at + 3]?.text.replace(/^"|"$/g, "");
}

function bracketed(comment: string): string[] {
  return [...comment.matchAll(/\[([^[\]]*)\]/g)].map(([, inside = ""]) => inside);
}

/** A comment without the words of the client and of its user. */
function withoutWords(comment: string): string {
  return comment
    .replace(/(?:^|[\s"])(?:helo=|(?:HELO|EHLO|LHLO)\s+)\S*/gi, " ")
    .replace(/(?:^|\s)(?:ident|port)=\S*/g, " ")
    .trim();
}

/** `RDNS [IP]`, `user@RDNS [IP]`; not what the server itself doubts. */
function nameBesideAddress(comment: string): string | undefined {
  if (/may be forged|unverified|failed|softdnserr/i.test(comment)) return undefined;
  return /^(?:\S*@)?([^\s@[\]]+)\s+\[[^[\]]*\]/.exec(comment)?.[1];
}

function knownName(text: string): string | null {
  const canonical = canonicalName(text);
  return canonical.ok && canonical.name !== "unknown" && addressIn(text) === null ? canonical.name : null;
}

/** `(10.13.6.61)`, `([2001:db8::1%6])`, `(mxgmx016 [192.0.2.9])`: nothing that somebody else could have chosen. */
function serverAddress(comment: string): IpAddress[] {
  const text = /^(?:(?!envelope)[\w.-]+\s+)?([^\s=<>@]+)$/i.exec(comment)?.[1];
  const address = text === undefined ? null : addressIn(text.replace(/^\[(.*)\]$/, "$1"));
  return address === null ? [] : [address];
}

/** An address with what servers write around it: `IPv6:`, a zone, a port. */
function addressIn(text: string): IpAddress | null {
  const bare = text
    .trim()
    .replace(/^\[([^[\]]*)\](?::\d+)?$/, "$1")
    .replace(/^IPv6:/i, "")
    .replace(/%[\w.~-]*$/, "")
    .replace(/^(\d+\.\d+\.\d+\.\d+)[.:]\d+$/, "$1");
  const parsed = parseAddress(bare);
  return parsed.ok ? parsed.address : null;
}

function unreadable(why: string): ReceivedResult {
  return { ok: false, why };
}

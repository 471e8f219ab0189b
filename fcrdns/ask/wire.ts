/**
 * DNS messages on the wire (RFC 1035 section 4, EDNS: RFC 6891), read so that hostile octets can do nothing but be
 * refused: {@link readMessage} never throws and its work is bounded by the length of the message.
 *
 * Names are read label by label here rather than by a library: those at hand decode labels as UTF-8 and do not tell a dot
 * within a label from one between two. In this room a name is text with RFC 1035 section 5.1 escapes: a backslash before
 * `.`, `\`, `"`, `(`, `)`, `;`, `@` and `$`, and `\DDD` for every octet that is not visible ASCII; no final dot, the root
 * is `.`.
 */
import type { Malformation } from "../cause";
import { addressFromBytes } from "../names/address";

export interface Question {
  /** Presentation format. */
  readonly name: string;
  readonly type: RecordType;
}

/** The types that this room asks for. */
export type RecordType = "A" | "AAAA" | "CNAME" | "MX" | "NS" | "PTR" | "SOA" | "TXT";

export type RecordData =
  | { readonly type: "A" | "AAAA"; readonly address: string }
  | { readonly type: "CNAME" | "NS" | "PTR"; readonly target: string }
  | { readonly type: "MX"; readonly preference: number; readonly target: string }
  /** The character-strings joined (RFC 7208 section 3.3); octets that are not UTF-8 become U+FFFD. */
  | { readonly type: "TXT"; readonly text: string }
  | {
      readonly type: "SOA";
      readonly primary: string;
      readonly mailbox: string;
      readonly serial: number;
      readonly minimum: number;
    };

/** A record of class IN of one of the types above; others are passed over. */
export type ResourceRecord = RecordData & {
  /** Wire case. */
  readonly owner: string;
  /** Seconds. */
  readonly ttl: number;
};

export interface Message {
  readonly id: number;
  readonly aa: boolean;
  readonly tc: boolean;
  readonly rd: boolean;
  readonly ra: boolean;
  readonly ad: boolean;
  readonly cd: boolean;
  /** With the upper bits from EDNS: `NOERROR`, `NXDOMAIN`, `BADVERS`, ... */
  readonly rcode: string;
  readonly answers: readonly ResourceRecord[];
  /** Records of other types or classes in the answer section. */
  readonly answersPassedOver: number;
  readonly authorities: readonly ResourceRecord[];
  readonly additionals: readonly ResourceRecord[];
  readonly edns: boolean;
}

export type ReadResult =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly problem: Malformation };

const typeNumbers: Readonly<Record<RecordType, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
};

/** By number; 16 is an EDNS version that the server does not know (RFC 6891 section 6.1.3). */
const rcodeNames: Readonly<Record<number, string>> = {
  0: "NOERROR",
  1: "FORMERR",
  2: "SERVFAIL",
  3: "NXDOMAIN",
  4: "NOTIMP",
  5: "REFUSED",
  9: "NOTAUTH",
  16: "BADVERS",
};
const OPT = 41;
const CLASS_IN = 1;
const HEADER = 12;

/**
 * Compression pointers that one name may follow. A name of 255 octets has at most 127 labels, and an honest pointer leads
 * to one at least.
 */
const MAX_POINTERS = 127;

/** RFC 1035 section 2.3.4: octets of a name on the wire, length octets and the root included. */
const MAX_NAME_LENGTH = 255;

/** What a reply that cannot have been fragmented may carry, as DNS Flag Day 2020 settled it. */
export const UDP_SIZE = 1232;

/** `mail.example.com PTR`, the way a question is shown. */
export function questionText(question: Question): string {
  return `${question.name} ${question.type}`;
}

export interface QueryOptions {
  /** 0 to 65535. */
  readonly id: number;
  /** Recursion desired: true for resolvers only. */
  readonly rd: boolean;
  /** Checking disabled (RFC 4035 section 3.2.2): show the answer although its signatures are broken. */
  readonly cd?: boolean;
  readonly edns: boolean;
  /** Numbers in [0, 1) that decide the case of each letter (0x20); absent: the name's own case is kept. */
  readonly caseFrom?: () => number;
}

/** Queries are written here before their length is known: each then takes no more memory than it needs. */
const draft = Buffer.alloc(HEADER + MAX_NAME_LENGTH + 4 + 11);

/** Writes a query; null when the name does not fit DNS (a label above 63 octets, a name above 255, a broken escape). */
export function writeQuery(question: Question, options: QueryOptions): Uint8Array | null {
  const bytes = draft;
  let at = writeName(bytes, HEADER, question.name);
  if (at < 0) return null;
  if (options.caseFrom) mixCase(bytes, HEADER, at, options.caseFrom);
  bytes[0] = options.id >> 8;
  bytes[1] = options.id & 0xff;
  bytes[2] = options.rd ? 1 : 0;
  // A resolver reports validation (AD) only on request: RFC 6840 section 5.7.
  bytes[3] = (options.rd ? 0x20 : 0) | (options.cd ? 0x10 : 0);
  bytes.fill(0, 4, HEADER);
  bytes[5] = 1;
  bytes[at++] = 0;
  bytes[at++] = typeNumbers[question.type];
  bytes[at++] = 0;
  bytes[at++] = CLASS_IN;
  if (options.edns) {
    bytes[11] = 1;
    bytes.fill(0, at, at + 11);
    bytes[at + 2] = OPT;
    bytes[at + 3] = UDP_SIZE >> 8;
    bytes[at + 4] = UDP_SIZE & 0xff;
    at += 11;
  }
  const query = Buffer.allocUnsafe(at);
  bytes.copy(query, 0, 0, at);
  return query;
}

/** Writes a name at an offset. @returns the offset after it, or -1 when it does not fit DNS */
function writeName(bytes: Uint8Array, start: number, name: string): number {
  let at = start + 1;
  let label = start;
  if (name !== "." && name !== "") {
    for (let i = 0; i < name.length; i++) {
      let octet = name.charCodeAt(i);
      if (octet === 0x2e) {
        const length = at - label - 1;
        if (length === 0 || length > 63) return -1;
        bytes[label] = length;
        label = at++;
        continue;
      }
      if (octet === 0x5c) {
        const next = name.charCodeAt(++i);
        octet = next;
        if (next >= 0x30 && next <= 0x39) {
          octet = Number(name.slice(i, i + 3));
          i += 2;
        }
      }
      if (!(octet >= 0 && octet <= 255) || at - start >= MAX_NAME_LENGTH) return -1;
      bytes[at++] = octet;
    }
    const length = at - label - 1;
    if (length === 0 || length > 63 || at - start >= MAX_NAME_LENGTH) return -1;
    bytes[label] = length;
    label = at++;
  }
  bytes[label] = 0;
  return at;
}

/** One random bit a letter: an off-path attacker must guess them all (draft-vixie-dnsext-dns0x20). */
function mixCase(bytes: Buffer, start: number, end: number, random: () => number): void {
  let bits = 0;
  let left = 0;
  for (let at = start; at < end; at++) {
    const octet = (bytes[at] as number) | 0x20;
    if (octet < 0x61 || octet > 0x7a) continue;
    if (left === 0) {
      bits = Math.floor(random() * 0x40000000);
      left = 30;
    }
    bytes[at] = (bits & 1) === 1 ? octet : octet ^ 0x20;
    bits >>= 1;
    left--;
  }
}

/**
 * Puts the letters of an answer's question back into the case in which the name was written, so that neither the
 * question nor names compressed against it carry the random case of the query.
 * @param message an answer whose question was compared with `name`; changed in place
 */
export function restoreCase(message: Uint8Array, name: string): void {
  const questions = ((message[4] as number) << 8) | (message[5] as number);
  if (questions !== 1) return;
  writeName(message, HEADER, name);
}

/** How a datagram relates to a query. */
export type Echo = "same" | "other-case" | "no-question" | "foreign";

/** FORMERR, SERVFAIL, NOTIMP, REFUSED: what a server may say of a query that it could not or would not read. */
const rcodesWithoutQuestion: ReadonlySet<number> = new Set([1, 2, 4, 5]);

/**
 * Whether a message is an answer to `query`: a response, the same id, the same question octet for octet (RFC 5452
 * section 9.1). `other-case`: the same but for the case of letters. `no-question`: an error without question section, as
 * some servers send; anything else without a question could be the answer to another.
 */
export function echoOf(query: Uint8Array, message: Uint8Array): Echo {
  if (message.length < HEADER || message[0] !== query[0] || message[1] !== query[1]) return "foreign";
  // QR set and opcode QUERY.
  if (((message[2] as number) & 0xf8) !== 0x80) return "foreign";
  const questions = ((message[4] as number) << 8) | (message[5] as number);
  if (questions === 0) return rcodesWithoutQuestion.has((message[3] as number) & 0x0f) ? "no-question" : "foreign";
  if (questions !== 1) return "foreign";
  const end = questionEnd(query);
  if (message.length < end) return "foreign";
  let echo: Echo = "same";
  for (let at = HEADER; at < end; at++) {
    const ours = query[at] as number;
    const theirs = message[at] as number;
    if (ours === theirs) continue;
    const letter = ours | 0x20;
    if (at < end - 4 && letter >= 0x61 && letter <= 0x7a && (theirs | 0x20) === letter) echo = "other-case";
    else return "foreign";
  }
  return echo;
}

/** The end of the question of a query that {@link writeQuery} wrote. */
function questionEnd(query: Uint8Array): number {
  let at = HEADER;
  while (query[at] !== 0) at += (query[at] as number) + 1;
  return at + 5;
}

/** Thrown and caught within this file. */
class Malformed extends Error {
  constructor(readonly what: Malformation) {
    super(what);
  }
}

/** Reads any octets as a message. */
export function readMessage(octets: Uint8Array): ReadResult {
  try {
    return { ok: true, message: new Reader(octets).message() };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, problem: error.what };
    throw error;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #question = "";
  /** What pointers led to, by offset; `pointers` are those on the way, the first one included. */
  #shared: Map<number, { readonly text: string; readonly length: number; readonly pointers: number }> | undefined;
  #edns = false;
  #upperRcode = 0;

  constructor(octets: Uint8Array) {
    this.#bytes = octets;
  }

  message(): Message {
    const bytes = this.#bytes;
    if (bytes.length < HEADER) throw new Malformed("short-header");
    this.#at = HEADER;
    const questions = this.#number16(4);
    for (let left = questions; left > 0; left--) {
      this.#question = this.#name();
      this.#skip(4);
    }
    // Without a question nobody says whose records these would be.
    const count = (at: number): number => (questions === 0 ? 0 : this.#number16(at));
    const answers = this.#section(count(6));
    const authorities = this.#section(count(8));
    const additionals = this.#section(count(10));
    const high = bytes[2] as number;
    const low = bytes[3] as number;
    return {
      id: this.#number16(0),
      aa: (high & 4) !== 0,
      tc: (high & 2) !== 0,
      rd: (high & 1) !== 0,
      ra: (low & 0x80) !== 0,
      ad: (low & 0x20) !== 0,
      cd: (low & 0x10) !== 0,
      rcode: rcodeName((low & 0x0f) | (this.#upperRcode << 4)),
      answers,
      answersPassedOver: count(6) - answers.length,
      authorities,
      additionals,
      edns: this.#edns,
    };
  }

  #section(count: number): ResourceRecord[] {
    const records: ResourceRecord[] = [];
    for (let left = count; left > 0; left--) {
      const record = this.#record();
      if (record) records.push(record);
    }
    return records;
  }

  #record(): ResourceRecord | null {
    const owner = this.#name();
    const start = this.#at;
    this.#skip(10);
    const type = this.#number16(start);
    const length = this.#number16(start + 8);
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new Malformed("record-overrun");
    if (type === OPT) {
      this.#edns = true;
      this.#upperRcode = this.#bytes[start + 4] as number;
      this.#at = end;
      return null;
    }
    const data = this.#number16(start + 2) === CLASS_IN ? this.#data(type, end) : null;
    if (data === null) {
      this.#at = end;
      return null;
    }
    if (this.#at !== end) throw new Malformed("record-length");
    // RFC 2181 section 8: a TTL with the top bit set counts as zero.
    const ttl = (this.#bytes[start + 4] as number) > 0x7f ? 0 : this.#number32(start + 4);
    const record = data as ResourceRecord & { owner: string; ttl: number };
    record.owner = owner;
    record.ttl = ttl;
    return record;
  }

  #data(type: number, end: number): RecordData | null {
    switch (type) {
      case typeNumbers.A:
        return { type: "A", address: this.#address(4) };
      case typeNumbers.AAAA:
        return { type: "AAAA", address: this.#address(16) };
      case typeNumbers.PTR:
        return { type: "PTR", target: this.#name(end) };
      case typeNumbers.CNAME:
        return { type: "CNAME", target: this.#name(end) };
      case typeNumbers.NS:
        return { type: "NS", target: this.#name(end) };
      case typeNumbers.MX: {
        const at = this.#at;
        this.#skip(2);
        return { type: "MX", preference: this.#number16(at), target: this.#name(end) };
      }
      case typeNumbers.TXT:
        return this.#text(end);
      case typeNumbers.SOA: {
        const primary = this.#name(end);
        const mailbox = this.#name(end);
        const numbers = this.#at;
        this.#skip(20);
        return {
          type: "SOA",
          primary,
          mailbox,
          serial: this.#number32(numbers),
          minimum: this.#number32(numbers + 16),
        };
      }
      default:
        return null;
    }
  }

  #address(length: 4 | 16): string {
    const start = this.#at;
    this.#skip(length);
    const bytes = this.#bytes;
    if (length === 4) return `${bytes[start]}.${bytes[start + 1]}.${bytes[start + 2]}.${bytes[start + 3]}`;
    return addressFromBytes(bytes.slice(start, start + 16)).text;
  }

  /** Null where the strings do not fit, for records of this type are seldom asked for. */
  #text(end: number): RecordData | null {
    const strings: Uint8Array[] = [];
    while (this.#at < end) {
      const start = this.#at + 1;
      this.#at = start + (this.#bytes[this.#at] as number);
      strings.push(this.#bytes.slice(start, this.#at));
    }
    return this.#at === end ? { type: "TXT", text: Buffer.concat(strings).toString() } : null;
  }

  /**
   * Reads a name, following compression pointers (RFC 1035 section 4.1.4). Each must point before the place where the
   * name or the previous pointer's target began, so that there are no loops. What a pointer leads to is read once, however
   * many names end in it: else one answer of 64 KiB would keep this process busy for half a second.
   * @param limit offset that the name's own octets must not pass
   */
  #name(limit = this.#bytes.length): string {
    const bytes = this.#bytes;
    // The owner of most records is a pointer to the question.
    if (this.#question !== "" && bytes[this.#at] === 0xc0 && bytes[this.#at + 1] === HEADER && this.#at + 2 <= limit) {
      this.#at += 2;
      return this.#question;
    }
    let text = "";
    let length = 1;
    let at = this.#at;
    let earliest = at;
    let after = -1;
    let pointers = 0;
    /** Where the first pointer led, and what stood before it. */
    let target = -1;
    let before = "";
    let lengthBefore = 0;
    for (;;) {
      const octet = bytes[at];
      if (octet === undefined || (after < 0 && at >= limit)) throw new Malformed("name-overrun");
      if (octet === 0) break;
      if (octet < 64) {
        length += octet + 1;
        if (length > MAX_NAME_LENGTH) throw new Malformed("name-too-long");
        const end = at + 1 + octet;
        if (end > (after < 0 ? limit : bytes.length)) throw new Malformed("label-overrun");
        if (text !== "") text += ".";
        for (let i = at + 1; i < end; i++) text += octetText[bytes[i] as number];
        at = end;
      } else if (octet >= 0xc0) {
        const next = bytes[at + 1];
        if (next === undefined || (after < 0 && at + 2 > limit)) throw new Malformed("pointer-cut");
        if (after < 0) after = at + 2;
        const to = ((octet & 0x3f) << 8) | next;
        if (to >= earliest) throw new Malformed("pointer-forward");
        if (to < HEADER) throw new Malformed("pointer-header");
        const known = this.#shared?.get(to);
        pointers += known?.pointers ?? 1;
        if (pointers > MAX_POINTERS) throw new Malformed("pointer-count");
        if (target < 0) {
          target = to;
          before = text;
          lengthBefore = length;
        }
        if (known) {
          length += known.length;
          if (length > MAX_NAME_LENGTH) throw new Malformed("name-too-long");
          if (known.text !== "") text = text === "" ? known.text : `${text}.${known.text}`;
          break;
        }
        at = to;
        earliest = to;
      } else {
        throw new Malformed("label-type");
      }
    }
    if (target >= 0 && !this.#shared?.has(target)) {
      this.#shared ??= new Map();
      const shared = before === "" ? text : text.slice(before.length + 1);
      this.#shared.set(target, { text: shared, length: length - lengthBefore, pointers });
    }
    this.#at = after < 0 ? at + 1 : after;
    return text === "" ? "." : text;
  }

  #skip(octets: number): void {
    this.#at += octets;
    if (this.#at > this.#bytes.length) throw new Malformed("record-cut");
  }

  #number16(at: number): number {
    return ((this.#bytes[at] as number) << 8) | (this.#bytes[at + 1] as number);
  }

  #number32(at: number): number {
    return this.#number16(at) * 0x10000 + this.#number16(at + 2);
  }
}

function rcodeName(rcode: number): string {
  return rcodeNames[rcode] ?? `RCODE${rcode}`;
}

/** How each octet of a label is written. */
const octetText: readonly string[] = Array.from({ length: 256 }, (_, octet) => {
  const character = String.fromCharCode(octet);
  if (octet <= 0x20 || octet >= 0x7f) return `\\${octet.toString().padStart(3, "0")}`;
  return /[.\\"();@$]/.test(character) ? `\\${character}` : character;
});

/** A record in presentation format, as `dig` would show it. */
export function recordText(record: ResourceRecord): string {
  switch (record.type) {
    case "A":
    case "AAAA":
      return `${record.owner} ${record.ttl} IN ${record.type} ${record.address}`;
    case "SOA":
      return `${record.owner} ${record.ttl} IN SOA ${record.primary} ${record.mailbox} ${record.serial} minimum ${record.minimum}`;
    case "MX":
      return `${record.owner} ${record.ttl} IN MX ${record.preference} ${record.target}`;
    case "TXT":
      return `${record.owner} ${record.ttl} IN TXT ${JSON.stringify(record.text)}`;
    default:
      return `${record.owner} ${record.ttl} IN ${record.type} ${record.target}`;
  }
}

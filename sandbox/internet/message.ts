/**
 * DNS messages as a name server sees them. Written apart from `fcrdns/ask/wire.ts`, on purpose: the server that tests the
 * checker must not share the checker's mistakes.
 */
import { Buffer } from "node:buffer";
import * as ipaddr from "ipaddr.js";

export const typeNumbers: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  RRSIG: 46,
  ANY: 255,
};
const typeNames = new Map(Object.entries(typeNumbers).map(([name, number]) => [number, name]));

export const rcodes = { noerror: 0, formerr: 1, servfail: 2, nxdomain: 3, notimp: 4, refused: 5, badvers: 16 } as const;

/** One resource record. `value` is presentation format, or raw rdata for what presentation format cannot say. */
export interface ResourceRecord {
  readonly owner: string;
  readonly type: string;
  readonly ttl: number;
  readonly value: string | Uint8Array;
}

export interface Query {
  readonly id: number;
  /** The question's name as it came (wire case), special octets escaped, no final dot; the root is "". */
  readonly name: string;
  readonly type: string;
  readonly rd: boolean;
  readonly cd: boolean;
  readonly ad: boolean;
  /** Set when the query carries an OPT record. */
  readonly edns?: { readonly udpSize: number; readonly version: number; readonly dnssecOk: boolean };
  /** The question section as it came, to be echoed. */
  readonly question: Uint8Array;
}

export interface Reply {
  rcode: number;
  aa: boolean;
  tc: boolean;
  ra: boolean;
  ad: boolean;
  answer: ResourceRecord[];
  authority: ResourceRecord[];
  additional: ResourceRecord[];
}

/** The labels of a presentation-format name; `\.` and `\DDD` are octets of a label. */
export function labelsOf(name: string): Uint8Array[] {
  const labels: Uint8Array[] = [];
  let octets: number[] = [];
  const bytes = Buffer.from(name, "utf8");
  for (let at = 0; at < bytes.length; at++) {
    const octet = bytes[at] as number;
    if (octet === 0x2e) {
      if (octets.length > 0) labels.push(Uint8Array.from(octets));
      octets = [];
    } else if (octet === 0x5c) {
      const digits = bytes.subarray(at + 1, at + 4).toString("latin1");
      if (/^\d{3}$/.test(digits)) {
        octets.push(Number(digits) & 0xff);
        at += 3;
      } else {
        octets.push(bytes[++at] as number);
      }
    } else {
      octets.push(octet);
    }
  }
  if (octets.length > 0) labels.push(Uint8Array.from(octets));
  return labels;
}

export function encodeName(name: string): Buffer {
  const parts: Uint8Array[] = [];
  for (const label of labelsOf(name)) {
    if (label.length > 63) throw new RangeError(`a label of ${JSON.stringify(name)} has more than 63 octets`);
    parts.push(Uint8Array.of(label.length), label);
  }
  parts.push(Uint8Array.of(0));
  return Buffer.concat(parts);
}

const plain = /[A-Za-z0-9_/*+-]/;

function presentLabel(label: Uint8Array): string {
  let text = "";
  for (const octet of label) {
    const character = String.fromCharCode(octet);
    if (plain.test(character)) text += character;
    else if (octet > 0x20 && octet < 0x7f) text += `\\${character}`;
    else text += `\\${octet.toString().padStart(3, "0")}`;
  }
  return text;
}

/** The one spelling of a name that zones are keyed by: lower case, canonical escapes, no final dot. */
export function nameKey(name: string): string {
  return labelsOf(name).map(presentLabel).join(".").toLowerCase();
}

function rdata(record: ResourceRecord): Uint8Array {
  const { value } = record;
  if (typeof value !== "string") return value;
  switch (record.type) {
    case "A":
    case "AAAA":
      return Uint8Array.from(ipaddr.parse(value).toByteArray());
    case "NS":
    case "PTR":
    case "CNAME":
    case "DNAME":
      return encodeName(value);
    case "MX": {
      const [preference, exchange] = value.split(/\s+/);
      const number = Buffer.alloc(2);
      number.writeUInt16BE(Number(preference));
      return Buffer.concat([number, encodeName(exchange as string)]);
    }
    case "TXT": {
      const bytes = Buffer.from(value, "utf8");
      const strings: Uint8Array[] = [];
      for (let at = 0; at === 0 || at < bytes.length; at += 255) {
        const part = bytes.subarray(at, at + 255);
        strings.push(Uint8Array.of(part.length), part);
      }
      return Buffer.concat(strings);
    }
    case "SOA": {
      const [primary, mailbox, ...numbers] = value.split(/\s+/);
      const fixed = Buffer.alloc(20);
      numbers.forEach((number, index) => {
        fixed.writeUInt32BE(Number(number), index * 4);
      });
      return Buffer.concat([encodeName(primary as string), encodeName(mailbox as string), fixed]);
    }
    default:
      throw new RangeError(`cannot write the value of a ${record.type} record; give its rdata as bytes`);
  }
}

/** Reads a query; null when it is none (too short, a response, not exactly one question). */
export function readQuery(message: Uint8Array): Query | null {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  if (bytes.length < 17 || ((bytes[2] as number) & 0x80) !== 0 || bytes.readUInt16BE(4) !== 1) return null;
  const labels: string[] = [];
  let at = 12;
  for (;;) {
    const length = bytes[at++];
    if (length === undefined || length > 63) return null;
    if (length === 0) break;
    labels.push(presentLabel(bytes.subarray(at, at + length)));
    at += length;
  }
  if (at + 4 > bytes.length) return null;
  const type = bytes.readUInt16BE(at);
  const end = at + 4;
  const flags = bytes[3] as number;
  const hasOpt = bytes.readUInt16BE(10) === 1 && bytes.length >= end + 11 && bytes[end] === 0;
  return {
    id: bytes.readUInt16BE(0),
    name: labels.join("."),
    type: typeNames.get(type) ?? `TYPE${type}`,
    rd: ((bytes[2] as number) & 1) !== 0,
    ad: (flags & 0x20) !== 0,
    cd: (flags & 0x10) !== 0,
    edns:
      hasOpt && bytes.readUInt16BE(end + 1) === typeNumbers.OPT
        ? {
            udpSize: bytes.readUInt16BE(end + 3),
            version: bytes[end + 6] as number,
            dnssecOk: ((bytes[end + 7] as number) & 0x80) !== 0,
          }
        : undefined,
    question: bytes.subarray(12, end),
  };
}

/** @param pointed whether the owner is the name in question, which a pointer then stands for */
function writeRecord(record: ResourceRecord, pointed: boolean): Buffer {
  const owner = pointed ? pointerToQuestion : encodeName(record.owner);
  const data = rdata(record);
  const fixed = Buffer.alloc(10);
  const number = typeNumbers[record.type] ?? Number(record.type.replace("TYPE", ""));
  fixed.writeUInt16BE(number, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(record.ttl, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner, fixed, data]);
}

const pointerToQuestion = Buffer.from([0xc0, 12]);
const largestMessage = 65535;

/** Writes a reply. Over `limit` octets it is cut after the last record that fits, with TC set. */
export function writeReply(query: Query, reply: Reply, limit: number, question = query.question): Buffer {
  const header = Buffer.alloc(12);
  const parts: Uint8Array[] = [header, question];
  const opt = query.edns ? Buffer.from([0, 0, 41, 0x04, 0xd0, reply.rcode >> 4, 0, 0, 0, 0, 0]) : undefined;
  let length = 12 + question.length + (opt?.length ?? 0);
  let truncated = reply.tc;
  const key = nameKey(query.name);
  const counts = [reply.answer, reply.authority, reply.additional].map((section, index) => {
    let written = 0;
    for (const record of section) {
      const ownsAnswer = record.owner === query.name || nameKey(record.owner) === key;
      const bytes = writeRecord(record, ownsAnswer && key !== "");
      if (length + bytes.length > Math.min(limit, largestMessage)) {
        // Glue that does not fit is left out without TC, as name servers do (RFC 2181 section 9).
        if (index < 2) truncated = true;
        break;
      }
      parts.push(bytes);
      length += bytes.length;
      written++;
    }
    return written;
  });
  if (opt) parts.push(opt);
  header.writeUInt16BE(query.id, 0);
  header[2] = 0x80 | (reply.aa ? 4 : 0) | (truncated ? 2 : 0) | (query.rd ? 1 : 0);
  header[3] = (reply.ra ? 0x80 : 0) | (reply.ad ? 0x20 : 0) | (query.cd ? 0x10 : 0) | (reply.rcode & 15);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(counts[0] as number, 6);
  header.writeUInt16BE(counts[1] as number, 8);
  header.writeUInt16BE((counts[2] as number) + (opt ? 1 : 0), 10);
  return Buffer.concat(parts);
}

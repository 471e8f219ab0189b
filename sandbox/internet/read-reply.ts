/** Reads the reply of a name server, for the resolver of the loopback internet. Names keep octets that need escaping. */
import type { Buffer } from "node:buffer";
import * as ipaddr from "ipaddr.js";
import { nameKey, type ResourceRecord, typeNumbers } from "./message";

export interface ReadReply {
  readonly id: number;
  readonly rcode: number;
  readonly aa: boolean;
  readonly tc: boolean;
  readonly name: string;
  readonly type: string;
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
}

const typeNames = new Map(Object.entries(typeNumbers).map(([name, number]) => [number, name]));

/** Null: not a whole, well-formed reply to one question. */
export function readReply(message: Buffer): ReadReply | null {
  try {
    if (((message[2] ?? 0) & 0x80) === 0 || message.readUInt16BE(4) !== 1) return null;
    const question = readName(message, 12);
    let at = question.end + 4;
    const section = (count: number): ResourceRecord[] => {
      const records: ResourceRecord[] = [];
      for (let index = 0; index < count; index++) {
        const owner = readName(message, at);
        const type = typeName(message.readUInt16BE(owner.end));
        const ttl = message.readUInt32BE(owner.end + 4);
        const start = owner.end + 10;
        at = start + message.readUInt16BE(owner.end + 8);
        if (at > message.length) throw new RangeError("cut short");
        if (type !== "OPT") records.push({ owner: owner.name, type, ttl, value: readValue(message, type, start, at) });
      }
      return records;
    };
    return {
      id: message.readUInt16BE(0),
      rcode: (message[3] ?? 0) & 15,
      aa: ((message[2] ?? 0) & 4) !== 0,
      tc: ((message[2] ?? 0) & 2) !== 0,
      name: question.name,
      type: typeName(message.readUInt16BE(question.end)),
      answer: section(message.readUInt16BE(6)),
      authority: section(message.readUInt16BE(8)),
      additional: section(message.readUInt16BE(10)),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function typeName(number: number): string {
  return typeNames.get(number) ?? `TYPE${number}`;
}

/** Names inside of a value may be compressed, so they are read; every other value stays as its bytes. */
function readValue(message: Buffer, type: string, start: number, end: number): string | Uint8Array {
  switch (type) {
    case "A":
    case "AAAA":
      if (end - start !== (type === "A" ? 4 : 16)) throw new RangeError("an address of the wrong length");
      return ipaddr.fromByteArray([...message.subarray(start, end)]).toString();
    case "NS":
    case "CNAME":
    case "PTR":
    case "DNAME":
      return readName(message, start).name;
    case "MX":
      return `${message.readUInt16BE(start)} ${readName(message, start + 2).name || "."}`;
    case "SOA": {
      const primary = readName(message, start);
      const mailbox = readName(message, primary.end);
      const numbers = [0, 4, 8, 12, 16].map((offset) => message.readUInt32BE(mailbox.end + offset));
      return [primary.name || ".", mailbox.name || ".", ...numbers].join(" ");
    }
    default:
      return Uint8Array.from(message.subarray(start, end));
  }
}

/** Reads a name, following compression, which may only point back (RFC 1035 section 4.1.4). */
function readName(message: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  let limit = start;
  let end: number | undefined;
  for (;;) {
    const length = message.readUInt8(at);
    if (length >= 0xc0) {
      const target = message.readUInt16BE(at) & 0x3fff;
      if (target >= limit) throw new RangeError("a compression pointer that does not point back");
      end ??= at + 2;
      limit = target;
      at = target;
      continue;
    }
    if (length > 63 || at + 1 + length > message.length) throw new RangeError("not a label");
    at += 1 + length;
    if (length === 0) break;
    labels.push([...message.subarray(at - length, at)].map(present).join(""));
    if (labels.length > 127) throw new RangeError("a name of more than 255 octets");
  }
  return { name: labels.join("."), end: end ?? at };
}

function present(octet: number): string {
  const character = String.fromCharCode(octet);
  return /[A-Za-z0-9_-]/.test(character) ? character : `\\${octet.toString().padStart(3, "0")}`;
}

/** Whether two names are the same, whatever their case and spelling. */
export function sameName(left: string, right: string): boolean {
  return nameKey(left) === nameKey(right);
}

/** Whether `name` is `zone` or lies below it. */
export function isWithin(name: string, zone: string): boolean {
  const [key, apex] = [nameKey(name), nameKey(zone)];
  return apex === "" || key === apex || key.endsWith(`.${apex}`);
}

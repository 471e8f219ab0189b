/**
 * The addresses that a person gives, as arguments, in files or on standard input. All input is read and validated before
 * the first query is sent.
 */
import { addressFromBytes, isAddressText, parseAddress } from "../fcrdns/names/address";
import { inspectName } from "../fcrdns/names/inspect-name";
import { canonicalHostname } from "../fcrdns/names/name";
import { forTerminal } from "../fcrdns/report/escape";
import type { Environment } from "./environment";
import { fieldsOf, type InputLine, linesOf } from "./input-lines";
import { UsageProblem } from "./usage-problem";

/** The largest accepted block: a /16 of IPv4, a /112 of IPv6. */
export const MAX_BLOCK = 65_536;

/** The place of an address in a file. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

export interface GivenAddress {
  /** Canonical text. */
  readonly ip: string;
  /** Canonical name; null: any confirmed name passes. */
  readonly expected: string | null;
  /** Absent for an argument and for standard input. */
  readonly origin?: Origin;
}

/** Addresses to check: their number, and each in turn. Can be iterated again. */
export interface GivenAddresses extends Iterable<GivenAddress> {
  readonly count: number;
}

/** One argument or line. A block is expanded only when its addresses are needed. */
interface Entry {
  /** The address, or the first of the block. Canonical text. */
  readonly first: string;
  readonly count: number;
  readonly expected: string | null;
  /** Null: no file. */
  readonly file: string | null;
  readonly line: number;
}

/**
 * Reads every accepted form: `IP`, `IP=HOST`, `IP HOST` (also as two arguments), a block such as `192.0.2.0/28`, and
 * `-` for standard input. In files: one per line, `#` begins a comment, blank lines are skipped.
 * @param args positional arguments
 * @param files names of files; `-` is standard input
 */
export async function givenAddresses(
  args: readonly string[],
  files: readonly string[],
  environment: Pick<Environment, "stdin" | "readFile">,
): Promise<GivenAddresses> {
  const sources: Iterable<Entry>[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  let count = 0;
  const addFile = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    const lines = await linesOf(file, environment);
    if (lines.empty) {
      throw new UsageProblem(
        `${nameOf(file)} contains no address: write one per line, such as 192.0.2.10=mail.example.com`,
      );
    }
    const name = file === "-" ? null : file;
    for (const { number, fields } of lines) {
      const read = readEntry(fields, name, number);
      if (read.ok) count += read.entry.count;
      else problems.push(`${nameOf(file)} line ${number}: ${read.problem}`);
    }
    sources.push({ [Symbol.iterator]: () => entriesOf(lines, name) });
  };

  for (const fields of argumentFields(args)) {
    if (fields[0] === "-" && fields.length === 1) {
      await addFile("-");
      continue;
    }
    const read = readEntry(fields, null, 0);
    if (!read.ok) {
      problems.push(read.problem);
      continue;
    }
    count += read.entry.count;
    sources.push([read.entry]);
  }
  for (const file of files) await addFile(file);

  const [problem, ...more] = problems;
  if (problem !== undefined)
    throw new UsageProblem(more.length === 0 ? problem : `${problem} (and ${more.length} more)`);
  if (sources.length === 0) {
    throw new UsageProblem("no address given: write one or several as IP or IP=HOSTNAME, or give --file FILE");
  }
  return { count, [Symbol.iterator]: () => addressesOf(sources) };
}

/** Reads the lines again, which were read before to validate them: a million entries would take more memory than their text. */
function* entriesOf(lines: Iterable<InputLine>, file: string | null): Generator<Entry> {
  for (const { number, fields } of lines) {
    const read = readEntry(fields, file, number);
    if (read.ok) yield read.entry;
  }
}

function* addressesOf(sources: readonly Iterable<Entry>[]): Generator<GivenAddress> {
  for (const source of sources) {
    for (const { first, count, expected, file, line } of source) {
      const rest = { expected, ...(file !== null && { origin: { file, line } }) };
      if (count === 1) yield { ip: first, ...rest };
      else for (const ip of addressesFrom(first, count)) yield { ip, ...rest };
    }
  }
}

function* addressesFrom(first: string, count: number): Generator<string> {
  const parsed = parseAddress(first);
  if (!parsed.ok) return;
  const bytes = parsed.address.bytes.slice();
  for (let done = 0; done < count; done++) {
    yield addressFromBytes(bytes).text;
    for (let position = bytes.length - 1; position >= 0; position--) {
      bytes[position] = ((bytes[position] as number) + 1) & 0xff;
      if (bytes[position] !== 0) break;
    }
  }
}

/** The arguments, each split in its parts, `IP HOST` in two arguments joined. */
function argumentFields(args: readonly string[]): string[][] {
  const all: string[][] = [];
  for (const arg of args) {
    const last = all.at(-1);
    if (last?.length === 1 && parseAddress(last[0] ?? "").ok && isHostname(arg)) last.push(arg);
    else all.push(fieldsOf(arg));
  }
  return all;
}

/** A second argument counts as the host name of the one before only when it can be nothing else. */
function isHostname(text: string): boolean {
  return !text.includes("=") && !text.includes("/") && inspectName(text).valid;
}

type ReadEntry = { readonly ok: true; readonly entry: Entry } | { readonly ok: false; readonly problem: string };

function readEntry(fields: readonly string[], file: string | null, line: number): ReadEntry {
  const [address = "", hostname, ...rest] = fields;
  if (rest.length > 0) {
    return refused(`${shown(fields.join(" "))} has more than an address and one host name: write IP or IP=HOSTNAME`);
  }
  if (fields.some((field) => field.includes("\ufffd"))) {
    return refused(
      `${shown(fields.join("="))} is not UTF-8: save the file as UTF-8, or write the name with A-labels (xn--...)`,
    );
  }
  const block = readBlock(address);
  if (!block.ok) return refused(separatorProblem(fields) ?? nameProblem(fields) ?? block.problem);
  if (hostname === undefined) return { ok: true, entry: { ...block.block, expected: null, file, line } };
  if (block.block.count > 1 || address.includes("/")) {
    return refused(`${shown(address)} is a block and cannot have one host name: write an IP=HOSTNAME for each address`);
  }
  const expected = readHostname(hostname, address);
  if (!expected.ok) return refused(expected.problem);
  return { ok: true, entry: { ...block.block, expected: expected.name, file, line } };
}

/** `IP,HOST`, `IP;HOST` and `"IP","HOST"` as spreadsheets write them, `HOST,IP` and `HOST=IP`. */
function separatorProblem(fields: readonly string[]): string | undefined {
  const [first = "", second] = fields;
  const line = fields.join(" ");
  const [, left = "", mark = "", right = ""] = /^"?(.*?)"?\s*([,;])\s*"?(.*?)"?$/s.exec(line) ?? [];
  const what = mark === "," ? "a comma" : "a semicolon";
  if (isBlock(left)) {
    const meant = `${left.trim()}=${right.trim() || "mail.example.com"}`;
    return `${shown(line)} has ${what} after the address: write IP=HOSTNAME, such as ${forTerminal(meant)}`;
  }
  if (isBlock(right) && isHostname(left)) {
    return `${shown(line)} has ${what} between host name and address: write the address first, ${forTerminal(`${right}=${left}`)}`;
  }
  if (second !== undefined && isBlock(second) && isHostname(first)) {
    return `${shown(fields.join("="))} has the host name first: write the address first, ${forTerminal(`${second}=${first}`)}`;
  }
  return undefined;
}

/** A name where an address is meant: of a host, or a domain that mail is sent from. */
function nameProblem([first = ""]: readonly string[]): string | undefined {
  const read = canonicalHostname(first);
  if (!read.ok || !read.name.includes(".")) return undefined;
  return (
    `${shown(first)} is a name, not an address: write IP=${forTerminal(read.name)}, or fcrdns domain ` +
    `${forTerminal(read.name)} to find and check every address that may send for a domain`
  );
}

function isBlock(text: string): boolean {
  return readBlock(text.trim()).ok;
}

function readHostname(
  text: string,
  address: string,
): { readonly ok: true; readonly name: string } | { readonly ok: false; readonly problem: string } {
  if (text === "")
    return {
      ok: false,
      problem: `${shown(`${address}=`)} has no host name after "=": write ${forTerminal(address)} alone or IP=HOSTNAME`,
    };
  if (isAddressText(text.replace(/^\[(.*)\]$/s, "$1"))) {
    return {
      ok: false,
      problem: `${shown(text)} is an address, not a host name: write for example ${forTerminal(address)}=mail.example.com`,
    };
  }
  const read = canonicalHostname(text);
  if (!read.ok) return { ok: false, problem: `${read.reason}: write a host name such as mail.example.com` };
  return { ok: true, name: read.name };
}

type ReadBlock =
  | { readonly ok: true; readonly block: { readonly first: string; readonly count: number } }
  | { readonly ok: false; readonly problem: string };

function readBlock(text: string): ReadBlock {
  const [base = "", bitsText, ...rest] = text.split("/");
  const parsed = parseAddress(bitsText === undefined ? text : base);
  if (!parsed.ok) return refused(forTerminal(parsed.reason));
  const { family, bytes } = parsed.address;
  if (bitsText === undefined) return { ok: true, block: { first: parsed.address.text, count: 1 } };

  // The prefix of an IPv4-mapped block counts from the front of the IPv6 address.
  const before = family === 4 && base.includes(":") ? 96 : 0;
  const width = bytes.length * 8;
  const bits = rest.length === 0 && /^\d{1,3}$/.test(bitsText) ? Number(bitsText) - before : -1;
  if (bits < 0 || bits > width) {
    return refused(`the length of the block ${shown(text)} is not a number from ${before} to ${before + width}`);
  }
  const free = width - bits;
  if (free > Math.log2(MAX_BLOCK)) {
    return refused(
      `the block ${shown(text)} has 2^${free} addresses, but a block may have at most ${MAX_BLOCK}: ` +
        `give blocks of /${before + width - Math.log2(MAX_BLOCK)} or smaller, or a file of the addresses that send`,
    );
  }
  return { ok: true, block: { first: addressFromBytes(masked(bytes, bits)).text, count: 2 ** free } };
}

function masked(bytes: Uint8Array, bits: number): Uint8Array {
  return bytes.map((octet, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return octet & (0xff << (8 - kept)) & 0xff;
  });
}

function refused(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}

function shown(text: string): string {
  return `"${forTerminal(text.length > 80 ? `${text.slice(0, 80)}...` : text)}"`;
}

function nameOf(file: string): string {
  return file === "-" ? "standard input" : forTerminal(file);
}

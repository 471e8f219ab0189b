/**
 * Who really sends, as `fcrdns mta` or `fcrdns message` found it, from the file that the gate is given: the report as
 * `json` or `ndjson`, or the lines of `--list`. Pure: text in, plain values out.
 */
import { parseAddress } from "../fcrdns/names/address";
import { readHelo } from "../fcrdns/names/helo";
import { canonicalHostname } from "../fcrdns/names/name";
import { forTerminal } from "../fcrdns/report/escape";

/** One sender that was seen. */
export interface Observed {
  /** Canonical text. */
  readonly ip: string;
  /** What it said in EHLO, canonical where it is written like a name; not escaped; null: not known. */
  readonly helo: string | null;
  /** Its place in the file: `line 3`, `result 2`. */
  readonly place: string;
}

export type ObservedFile =
  | { readonly ok: true; readonly senders: readonly Observed[] }
  /** @param problem what is wrong, in words that follow the file's name */
  | { readonly ok: false; readonly problem: string };

/** Reads the file's text; one wrong entry spoils the whole, for a sender that is passed over would go unnoticed. */
export function readObserved(text: string): ObservedFile {
  const bare = text.replace(/^\ufeff/, "").trim();
  if (bare === "") return failed("is empty");
  return bare.startsWith("{") || bare.startsWith("[") ? readReport(bare) : readList(text);
}

function readReport(text: string): ObservedFile {
  const whole = parsed(text);
  if (whole === undefined) return readLines(text);
  const { results, unchecked } = objectOf(whole) ?? {};
  if (typeof unchecked === "number" && unchecked > 0) return failed(interrupted(unchecked));
  if (Array.isArray(results)) return readVerdicts(results, (index) => `result ${index + 1}`);
  return readVerdicts([whole], () => "result 1");
}

/** One verdict a line. */
function readLines(text: string): ObservedFile {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), place: `line ${index + 1}` }));
  const filled = lines.filter(({ line }) => line !== "");
  const values: unknown[] = [];
  for (const { line, place } of filled) {
    const value = parsed(line);
    if (value === undefined) return failed(`is not JSON in ${place}: it may have been cut off`);
    values.push(value);
  }
  return readVerdicts(values, (index) => filled[index]?.place ?? "");
}

function readVerdicts(values: readonly unknown[], placeOf: (index: number) => string): ObservedFile {
  const senders: Observed[] = [];
  for (const [index, value] of values.entries()) {
    const place = placeOf(index);
    const { ip, expected = null, helo, status } = objectOf(value) ?? {};
    const said = helo ?? expected;
    if (typeof ip !== "string" || typeof status !== "string" || (said !== null && typeof said !== "string")) {
      return failed(`has no verdict of fcrdns in ${place}`);
    }
    const address = parseAddress(ip);
    if (!address.ok) return failed(`has no address in ${place}: ${address.reason}`);
    senders.push({ ip: address.address.text, helo: said === null ? null : readHelo(said).said, place });
  }
  return someOf(senders);
}

/** `ADDRESS=NAME` or `ADDRESS`; `#` begins a comment. */
function readList(text: string): ObservedFile {
  const senders: Observed[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .entries()) {
    const place = `line ${index + 1}`;
    const entry = line.replace(/(?:^|\s)#.*$/, "").trim();
    if (entry === "") continue;
    const [, address = "", name] = /^([^=\s]*)(?:\s*=\s*|\s+)?(.*)$/.exec(entry) ?? [];
    const parsedAddress = parseAddress(address);
    if (!parsedAddress.ok) return failed(`has no address in ${place}: ${parsedAddress.reason}`);
    const { text: ip } = parsedAddress.address;
    if (name === undefined || name === "") {
      senders.push({ ip, helo: null, place });
      continue;
    }
    const hostname = canonicalHostname(name);
    if (!hostname.ok) return failed(`has no host name in ${place}: ${hostname.reason}`);
    senders.push({ ip, helo: hostname.name, place });
  }
  return someOf(senders);
}

function someOf(senders: readonly Observed[]): ObservedFile {
  return senders.length === 0 ? failed("has no sender in it") : { ok: true, senders };
}

function interrupted(unchecked: number): string {
  return `is the report of a check that was stopped: ${unchecked} addresses are missing from it`;
}

function failed(problem: string): ObservedFile {
  return { ok: false, problem: forTerminal(problem) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

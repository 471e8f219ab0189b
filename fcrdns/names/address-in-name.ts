/**
 * Finds an IP address spelt inside a host name, as machine-made reverse names have it: octets forwards, backwards or
 * shuffled, with any separator or none, zero-padded, hexadecimal, as one integer; IPv6 groups or nibbles. Knowing the
 * address makes spellings certain that could otherwise mean anything.
 */
import type { IpAddress } from "./address";

/** One spelling that was found. */
export interface Spelling {
  /** The part of the name. */
  readonly part: string;
  /** What it is, to follow "it has". */
  readonly what: string;
}

/**
 * The first spelling of an address in a text.
 * @param text the labels of a canonical name, without the top-level domain, joined with dots
 * @param ip the address that the name is for, if known
 */
export function addressInName(text: string, ip: IpAddress | undefined): Spelling | null {
  const known = ip === undefined ? null : ip.family === 4 ? knownIpv4(text, ip) : knownIpv6(text, ip);
  return known ?? anyIpv4(text) ?? anyIpv6(text);
}

interface NumberRun {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

function knownIpv4(text: string, ip: IpAddress): Spelling | null {
  const octets = [...ip.bytes];
  return (
    fourOctets(text, octets) ??
    threeOctets(text, octets) ??
    asOneNumber(text, octets) ??
    asHexadecimal(text, octets) ??
    lastTwoOctets(text, octets)
  );
}

/** Four numbers after one another that are the octets in any order, with at most a short word between. */
function fourOctets(text: string, octets: readonly number[]): Spelling | null {
  const wanted = [...octets].sort((a, b) => a - b).join();
  const runs = numberRuns(text);
  for (let i = 0; i + 4 <= runs.length; i++) {
    const window = runs.slice(i, i + 4);
    const gaps = window.slice(1).map((run, j) => run.start - (window[j]?.end ?? 0));
    const values = window.map(({ digits }) => Number(digits)).sort((a, b) => a - b);
    if (values.join() === wanted && gaps.every((gap) => gap <= 12)) {
      return { part: spanOf(text, window), what: "the four octets of the address" };
    }
  }
  return null;
}

/** Three neighbouring octets in order or backwards, with single separators. */
function threeOctets(text: string, octets: readonly number[]): Spelling | null {
  const backwards = [...octets].reverse();
  const wanted = [octets.slice(0, 3), octets.slice(1), backwards.slice(0, 3), backwards.slice(1)].map(String);
  const runs = numberRuns(text);
  for (let i = 0; i + 3 <= runs.length; i++) {
    const window = runs.slice(i, i + 3);
    const adjacent = window.slice(1).every((run, j) => run.start - (window[j]?.end ?? 0) === 1);
    if (adjacent && wanted.includes(String(window.map(({ digits }) => Number(digits))))) {
      return { part: spanOf(text, window), what: "three octets of the address" };
    }
  }
  return null;
}

function asOneNumber(text: string, octets: readonly number[]): Spelling | null {
  const backwards = [...octets].reverse();
  const padded = [octets, backwards].map((row) => row.map((octet) => String(octet).padStart(3, "0")).join(""));
  const whole = [octets, backwards].flatMap((row) => [
    row.join(""),
    String(row.reduce((sum, octet) => sum * 256 + octet, 0)),
  ]);
  for (const { digits } of numberRuns(text)) {
    if (padded.some((spelling) => digits.includes(spelling)) || (digits.length >= 7 && whole.includes(digits))) {
      return { part: digits, what: "the address as one number" };
    }
  }
  return null;
}

function asHexadecimal(text: string, octets: readonly number[]): Spelling | null {
  const pairs = octets.map((octet) => octet.toString(16).padStart(2, "0"));
  // Patterns that hold the address are costly to make, and hardly any name can match them.
  if (!pairs.every((pair) => text.includes(pair))) return null;
  for (const row of [pairs, [...pairs].reverse()]) {
    const found = new RegExp(row.join("[-._x]?")).exec(text)?.[0];
    if (found !== undefined) return { part: found, what: "the address in hexadecimal" };
  }
  return null;
}

/** Two octets are many an honest name's numbering: they count only behind a word that announces an address or a host. */
function lastTwoOctets(text: string, octets: readonly number[]): Spelling | null {
  const [, , c = 0, d = 0] = octets;
  if (!text.includes(String(c)) || !text.includes(String(d))) return null;
  const numbers = [`0{0,2}${c}[-._x]0{0,2}${d}`, `0{0,2}${d}[-._x]0{0,2}${c}`].join("|");
  const found = new RegExp(`(?:^|[-.])(?:ip|host|h|pc|net|static|srv|server|vps|vm|c)-?(?:${numbers})(?=$|[-.])`).exec(
    text,
  );
  return found === null ? null : { part: trimmed(found[0]), what: "the last two octets of the address" };
}

const OCTET = "(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
const FOUR_OCTETS = new RegExp(`(?<!\\d)${OCTET}([-._x])${OCTET}(?:[-._x])${OCTET}(?:[-._x])${OCTET}(?!\\d)`);
const TWELVE_DIGITS = /(?<!\d)(?:[01]\d\d|2[0-4]\d|25[0-5]){4}(?!\d)/;
/** One octet before, three after a word: `2.red-192-0-2`, `ns7.ip-192-0-2`; or the three alone behind `ip`. */
const ONE_AND_THREE = new RegExp(
  `^[a-z]{0,6}${OCTET}\\.[a-z]{0,12}-?${OCTET}[-.]${OCTET}[-.]${OCTET}(?!\\d)|(?:^|\\.)ip-?${OCTET}-${OCTET}-${OCTET}(?=$|\\.)`,
);

function anyIpv4(text: string): Spelling | null {
  const four = FOUR_OCTETS.exec(text)?.[0] ?? ONE_AND_THREE.exec(text)?.[0];
  if (four !== undefined) return { part: trimmed(four), what: "numbers that make an IPv4 address" };
  const twelve = TWELVE_DIGITS.exec(text)?.[0];
  return twelve === undefined ? null : { part: twelve, what: "twelve digits that make an IPv4 address" };
}

function knownIpv6(text: string, ip: IpAddress): Spelling | null {
  const nibbles = Buffer.from(ip.bytes).toString("hex");
  const packed = text.replace(/[-._]/g, "");
  for (const row of [nibbles, [...nibbles].reverse().join("")]) {
    for (let start = 0; start + 16 <= row.length; start++) {
      const sixteen = row.slice(start, start + 16);
      if (packed.includes(sixteen)) return { part: sixteen, what: "nibbles of the address" };
    }
  }

  const groups = Array.from({ length: 8 }, (_, i) => Number.parseInt(nibbles.slice(4 * i, 4 * i + 4), 16));
  const tokens = text.split(/[-._]/);
  const isGroup = (token: string | undefined, group: number | undefined) =>
    token !== undefined && /^[0-9a-f]{1,4}$/.test(token) && Number.parseInt(token, 16) === group;
  for (const row of [groups, [...groups].reverse()]) {
    for (let from = 0; from + 4 <= row.length; from++) {
      if (row.slice(from, from + 4).every((group) => group === 0)) continue;
      const at = tokens.findIndex((_, i) => [0, 1, 2, 3].every((j) => isGroup(tokens[i + j], row[from + j])));
      if (at >= 0) return { part: tokens.slice(at, at + 4).join("-"), what: "groups of the address" };
    }
  }

  const short = ip.text.replace(/:/g, "-");
  const compressed = [short, short.replace(/-/g, "."), short.replace(/--/, "-"), short.replace(/-/g, "")];
  const found = compressed.find((spelling) => spelling.length >= 8 && text.includes(spelling));
  return found === undefined ? null : { part: found, what: "the address" };
}

/** Groups of a global or unique local address joined by hyphens; a run of 32 nibbles; single nibbles as labels. */
const ANY_IPV6 = [
  /(?<![0-9a-z])(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe80)(?:-{1,2}[0-9a-f]{1,4}){3,7}(?![0-9a-z])/,
  /(?<![0-9a-z])(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2})-[0-9a-f]{1,4}(?:-[0-9a-f]{1,4}){0,4}--(?:[0-9a-f]{1,4})?(?![0-9a-z])/,
  /[0-9a-f]{32}/,
  /(?<![0-9a-z])(?:[0-9a-f][.-]){10,}[0-9a-f](?![0-9a-z])/,
];

function anyIpv6(text: string): Spelling | null {
  for (const pattern of ANY_IPV6) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined && /\d/.test(found)) return { part: found, what: "hexadecimal groups of an IPv6 address" };
  }
  return null;
}

function numberRuns(text: string): NumberRun[] {
  return [...text.matchAll(/\d+/g)].map((match) => ({
    digits: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function spanOf(text: string, runs: readonly NumberRun[]): string {
  return text.slice(runs[0]?.start, runs.at(-1)?.end);
}

/** What was found, without the separator in front of it. */
function trimmed(part: string): string {
  return part.replace(/^[-.]/, "");
}

/** Sets of addresses of one family, as ranges of numbers: exact for any networks, small for the largest. */
import { addressFromBytes } from "../../fcrdns/names/address";

export type Family = 4 | 6;

/** From the first address to the last, both within. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** Ascending, without overlap. */
export type AddressSet = readonly Range[];

export const everyAddress: Readonly<Record<Family, AddressSet>> = {
  4: [{ first: 0n, last: (1n << 32n) - 1n }],
  6: [{ first: 0n, last: (1n << 128n) - 1n }],
};

/**
 * The network of an address.
 * @param bytes 4 or 16 octets; those past the prefix are ignored
 * @param bits length of the prefix
 */
export function networkOf(bytes: Uint8Array, bits: number): Range {
  const number = bytes.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
  const free = BigInt(bytes.length * 8 - bits);
  const first = (number >> free) << free;
  return { first, last: first + (1n << free) - 1n };
}

export function intersection(set: AddressSet, ranges: readonly Range[]): AddressSet {
  return united(
    ranges.flatMap((range) => {
      const [start, end] = touched(set, range);
      return set
        .slice(start, end)
        .map(({ first, last }) => ({ first: greater(first, range.first), last: lesser(last, range.last) }));
    }),
  );
}

export function difference(set: AddressSet, ranges: readonly Range[]): AddressSet {
  let left = set;
  for (const range of ranges) {
    const [start, end] = touched(left, range);
    const [lowest, highest] = [left[start], left[end - 1]];
    if (start >= end || lowest === undefined || highest === undefined) continue;
    const before = { first: lowest.first, last: range.first - 1n };
    const after = { first: range.last + 1n, last: highest.last };
    const kept = [before, after].filter(({ first, last }) => first <= last);
    left = left.slice(0, start).concat(kept, left.slice(end));
  }
  return left;
}

/** The set with the range. */
export function including(set: AddressSet, { first, last }: Range): AddressSet {
  const [start, end] = touched(set, { first: first - 1n, last: last + 1n });
  const [lowest, highest] = [set[start], set[end - 1]];
  const isApart = start >= end || lowest === undefined || highest === undefined;
  const whole = isApart ? { first, last } : { first: lesser(lowest.first, first), last: greater(highest.last, last) };
  return [...set.slice(0, start), whole, ...set.slice(end)];
}

/** The members of a set that overlap a range: from the first index up to, and without, the second. */
function touched(set: AddressSet, { first, last }: Range): readonly [start: number, end: number] {
  const start = firstIndex(set, (each) => each.last >= first);
  return [start, firstIndex(set, (each) => each.first > last)];
}

/** The first member for which this holds, as it does for all behind it; the length of the set where there is none. */
function firstIndex(set: AddressSet, holds: (range: Range) => boolean): number {
  let [low, high] = [0, set.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(set[middle] as Range)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function united(ranges: readonly Range[]): AddressSet {
  const all: Range[] = [];
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = all.at(-1);
    if (before === undefined || range.first > before.last + 1n) all.push(range);
    else all[all.length - 1] = { first: before.first, last: greater(before.last, range.last) };
  }
  return all;
}

export interface Block {
  /** Canonical text of its first address. */
  readonly first: string;
  /** Length of the prefix. */
  readonly bits: number;
  /** How many addresses. */
  readonly count: bigint;
  readonly range: Range;
}

/** The fewest networks that make up the set, ascending. */
export function blocksOf(set: AddressSet, family: Family): Block[] {
  const width = family === 4 ? 32n : 128n;
  return set.flatMap(({ first, last }) => {
    const blocks: Block[] = [];
    for (let at = first; at <= last; ) {
      let free = 0n;
      while (free < width && (at & (1n << free)) === 0n && at + (1n << (free + 1n)) - 1n <= last) free++;
      const count = 1n << free;
      const range = { first: at, last: at + count - 1n };
      blocks.push({ first: addressText(at, family), bits: Number(width - free), count, range });
      at += count;
    }
    return blocks;
  });
}

/** Every address of a block, canonical, ascending. */
export function* addressesOf({ first, range }: Block): Generator<string> {
  const family = first.includes(":") ? 6 : 4;
  for (let at = range.first; at <= range.last; at++) yield addressText(at, family);
}

/** Canonical text. */
function addressText(address: bigint, family: Family): string {
  const bytes = Uint8Array.from({ length: family === 4 ? 4 : 16 }, (_, index) =>
    Number((address >> BigInt(8 * ((family === 4 ? 3 : 15) - index))) & 0xffn),
  );
  return addressFromBytes(bytes).text;
}

function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

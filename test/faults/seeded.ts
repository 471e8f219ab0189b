/** Random numbers that can be had again: the seed is printed with every test that uses them. */

export interface Seeded {
  readonly seed: number;
  /** In [0, 1). */
  next(): number;
  /** True in so many of 1. */
  chance(share: number): boolean;
}

/** @param seed 32 bits @default `FCRDNS_SEED`, or one of the clock */
export function seeded(seed = Number(process.env.FCRDNS_SEED ?? Date.now() % 2 ** 31)): Seeded {
  // mulberry32
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, next, chance: (share) => next() < share };
}

/**
 * The candidate that a misspelt word was probably meant to be, for "did you mean ...?"; undefined when none is close.
 * Close: at most one slip (a letter missing, extra, wrong or swapped with its neighbour) in three letters of the longer
 * word. Case does not count. Of equally close candidates the first wins.
 * @example
 * nearest("raknerd", ["racknerd", "oracle"]); // "racknerd"
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  let best: { candidate: string; slips: number } | undefined;
  for (const candidate of candidates) {
    const allowed = Math.floor(Math.max(wanted.length, candidate.length) / 3);
    // Each letter that one has more than the other is a slip: so a word of any length costs nothing.
    if (Math.abs(wanted.length - candidate.length) > allowed) continue;
    const slips = slipsBetween(wanted, candidate.toLowerCase());
    if (slips <= allowed && (best === undefined || slips < best.slips)) best = { candidate, slips };
  }
  return best?.candidate;
}

/** Damerau-Levenshtein distance, the "optimal string alignment" kind. */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let slips = Math.min(replaced, at(last, j) + 1, at(row, j - 1) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        slips = Math.min(slips, at(beforeLast, j - 2) + 1);
      }
      row.push(slips);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

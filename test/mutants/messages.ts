/** What the runner and its worker process say to each other. */

export interface MeasureJob {
  readonly kind: "measure";
  /** Test file, from the root. */
  readonly file: string;
  /** Files whose lines are counted. */
  readonly sources: readonly string[];
}

export interface MutantJob {
  readonly kind: "mutant";
  readonly source: string;
  readonly text: string;
  readonly tests: readonly { readonly file: string; readonly ids: readonly TestTime[] }[];
}

export interface TestTime {
  readonly id: string;
  /** Milliseconds that it takes where nothing is wrong. */
  readonly ms: number;
}

export interface MeasuredTest extends TestTime {
  readonly ok: boolean;
  readonly error?: string;
  /** Lines of each source that the test runs, from 1. */
  readonly lines: Readonly<Record<string, readonly number[]>>;
}

export interface Measured {
  readonly kind: "measured";
  readonly tests: readonly MeasuredTest[];
  /** Lines that run when the file is loaded. */
  readonly loaded: Readonly<Record<string, readonly number[]>>;
}

export interface Tried {
  readonly kind: "tried";
  /** Undefined: no test fails. */
  readonly killer?: { readonly file: string; readonly id: string; readonly error: string };
  /** The process should not be used again. */
  readonly isSpent: boolean;
}

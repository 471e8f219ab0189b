/** The exit statuses of the command. */
import type { Status } from "../fcrdns/verdict";

export const exitStatus = {
  /** Every address passes. */
  pass: 0,
  /** At least one definite failure. */
  fail: 1,
  /** Bad usage, unreadable input or config: nothing was checked. */
  usage: 2,
  /** No failure, but at least one address is unknown, or the report could not be written. */
  unknown: 3,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** How many addresses have which status. */
export type Tally = Readonly<Record<Status, number>>;

export const emptyTally: Tally = { pass: 0, fail: 0, unknown: 0 };

export function counted(tally: Tally, status: Status): Tally {
  return { ...tally, [status]: tally[status] + 1 };
}

/**
 * @param unchecked addresses that were given but not checked: they count as unknown
 */
export function exitStatusOf(tally: Tally, unchecked = 0): ExitStatus {
  if (tally.fail > 0) return exitStatus.fail;
  return tally.unknown + unchecked > 0 ? exitStatus.unknown : exitStatus.pass;
}

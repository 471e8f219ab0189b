/** What every report format is: verdicts in, text out, as they come. */

import type { Verdict } from "../../fcrdns/verdict";
import type { RenderedTicket } from "../../providers/internal/stack/sending-addresses";
import type { Colours } from "../colours";
import type { Origin } from "../given-addresses";

/** What is known of an address beside its verdict, where a stack was read. */
export interface StackEntry {
  /** The resource that names the address. */
  readonly urn: string;
  readonly cloud: string;
  readonly reverse: "set" | "ticket" | "manual" | "none" | "unset";
  /** Why mail leaves from it, where more than its PTR says so. */
  readonly reasons?: readonly string[];
  readonly ticket?: RenderedTicket;
}

export interface Checked {
  readonly verdict: Verdict;
  /** The file and line that named the address. */
  readonly origin?: Origin;
  readonly stack?: StackEntry;
}

export interface ReportContext {
  /** What was asked for with flags. */
  readonly explain: boolean;
  readonly receivers: boolean;
  readonly colours: Colours;
  /** The version of this package. */
  readonly version: string;
  /** UTC milliseconds since 1970: when the check began. */
  readonly startedAt: number;
  /** Seconds since then. */
  elapsedSeconds(): number;
  /** Addresses that were not checked; known once the verdicts have ended. More than none: it was interrupted. */
  unchecked(): number;
  /** Adds Markdown to the summary of the CI job, where there is one. */
  addToJobSummary(markdown: string): Promise<void>;
}

/**
 * Writes a report. Yields text as soon as it can be printed; each piece ends with a newline. No line of it begins with
 * text that came out of DNS.
 */
export type Format = (results: AsyncIterable<Checked>, context: ReportContext) => AsyncIterable<string>;

/** Words and numbers that several formats share. Returned DNS text is not yet escaped. */
import type { Finding, Status, Verdict } from "../../fcrdns/verdict";
import { routeText } from "../../providers/internal/tickets/route-text";
import type { Tally } from "../exit-status";
import type { StackEntry } from "./format";

export const marks: Readonly<Record<Status, string>> = { pass: "✓", fail: "✗", unknown: "?" };

/** The name to show beside an address: the expected one, else the one that confirms, else whatever the PTR says. */
export function nameOf({ expected, confirmed, ptr }: Verdict): string {
  if (expected !== null) return expected;
  return confirmed[0] ?? listed(ptr) ?? "(no name)";
}

/** The first few, and how many more there are; undefined for none. */
export function listed(texts: readonly string[], most = 3): string | undefined {
  if (texts.length === 0) return undefined;
  const shown = texts.slice(0, most).join(", ");
  return texts.length > most ? `${shown} and ${texts.length - most} more` : shown;
}

/** `pass`, `fail no-ptr`, `unknown servfail`. */
export function outcomeOf({ status, reason }: Verdict): string {
  return status === "pass" ? status : `${status} ${reason}`;
}

/** `3 addresses: 1 pass, 1 fail, 1 unknown`. */
export function totals(tally: Tally, unchecked: number): string {
  const all = tally.pass + tally.fail + tally.unknown + unchecked;
  const parts = (["pass", "fail", "unknown"] as const).flatMap((status) =>
    tally[status] > 0 ? [`${tally[status]} ${status}`] : [],
  );
  const rest = unchecked > 0 ? [`${unchecked} not checked`] : [];
  return `${all} ${all === 1 ? "address" : "addresses"}: ${[...parts, ...rest].join(", ") || "none"}`;
}

/** Findings that weaken a verdict: shown in addition to the others. */
const WEAKENING: ReadonlySet<string> = new Set([
  "port-53-blocked",
  "resolver-not-believed",
  "limit-reached",
  "out-of-time",
  "server-excluded",
  // Receivers see another address than the one that the verdict is on.
  "bind-address-private",
]);

/** Information that is shown wherever it is known: when to send, and what `--domain` asks for. */
const ASKED_FOR: ReadonlySet<string> = new Set([
  "not-before",
  "remembered-after-fix",
  "name-own-domain",
  "name-other-domain",
  "mail-service-address",
]);

export function isWeakening({ rule }: Finding): boolean {
  return WEAKENING.has(rule);
}

/** What matters for the fix: errors; also warnings if the address passes; warnings alone if there is no error. */
export function decisiveFindings({ status, findings }: Verdict, most = 3): readonly Finding[] {
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const shown = (status === "pass" || errors.length === 0 ? [...errors, ...warnings] : errors).slice(0, most);
  const asked = findings.filter(({ rule }) => ASKED_FOR.has(rule));
  return [...shown, ...warnings.filter((warning) => isWeakening(warning) && !shown.includes(warning)), ...asked];
}

/** Why mail leaves from an address; the first few of many. */
export function reasonsOf(stack: StackEntry | undefined, most = 5): readonly string[] {
  const reasons = stack?.reasons ?? [];
  return reasons.length > most ? [...reasons.slice(0, most), `and ${reasons.length - most} more`] : reasons;
}

/** The provider that has been asked for the PTR, and since when. */
export function waitingFor({ ticket }: Pick<StackEntry, "ticket">): string | undefined {
  if (ticket === undefined) return undefined;
  const since = ticket.since === null ? "" : ` since ${ticket.since.slice(0, 10)}`;
  return ticket.missing.length > 0
    ? `a ticket to ${ticket.provider}, which must not be sent yet`
    : `${ticket.provider}${since}: send this ticket if you have not done so (${routeText(ticket.route)})`;
}

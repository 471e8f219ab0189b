/** The outcome of a verdict in a few words that several reports share. DNS text is not yet escaped. */
import type { Verdict } from "../verdict";

/**
 * The verb for an address. `does not round-trip` is only used if that is true: an address that receivers confirm can fail
 * for another reason.
 */
export function statusText(verdict: Verdict): string {
  const { status, iprev } = verdict;
  if (status === "pass") return "round-trips";
  if (status === "unknown") {
    const other = "round-trips, but its host's address of the other family could not be verified";
    return blamesOtherFamily(verdict) ? other : "could not be verified";
  }
  return iprev === "pass" ? "round-trips, but does not pass" : "does not round-trip";
}

/** What is expected for a pass. */
export function wantedOf(verdict: Verdict): string {
  const { ip, expected, confirmed } = verdict;
  if (blamesOtherFamily(verdict)) {
    return `every address of ${expected ?? confirmed.join(", ")} to round-trip`;
  }
  return expected === null
    ? `a PTR whose name has the address ${ip}`
    : `PTR ${expected}, and ${expected} has the address ${ip}`;
}

/** Whether only the host's addresses of the other family keep the address from passing. */
export function blamesOtherFamily({ status, iprev, findings }: Verdict): boolean {
  if (status === "pass" || iprev !== "pass") return false;
  const [severity, rule] =
    status === "fail" ? ["error", "other-family-uncovered"] : ["warning", "other-family-unanswered"];
  const worst = findings.filter((found) => found.severity === severity);
  return worst.length > 0 && worst.every((found) => found.rule === rule);
}

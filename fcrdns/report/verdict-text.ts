/** What a verdict comes to, in a few words that several reports share. DNS text is as the verdict has it: not yet escaped. */
import type { Verdict } from "../verdict";

/**
 * The verb for an address: `does not round-trip` only where that is so, for an address that receivers confirm may still
 * fail what mail needs beyond that.
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

/** What would have to be seen for all to be well. */
export function wantedOf(verdict: Verdict): string {
  const { ip, expected, confirmed } = verdict;
  if (blamesOtherFamily(verdict)) {
    return `every address of ${expected ?? confirmed.join(", ")} to round-trip`;
  }
  return expected === null
    ? `a PTR whose name has the address ${ip}`
    : `PTR ${expected}, and ${expected} has the address ${ip}`;
}

/** Whether nothing stands against the address itself, only against the host's other addresses. */
export function blamesOtherFamily({ status, iprev, findings }: Verdict): boolean {
  if (status === "pass" || iprev !== "pass") return false;
  const [severity, rule] =
    status === "fail" ? ["error", "other-family-uncovered"] : ["warning", "other-family-unanswered"];
  const worst = findings.filter((found) => found.severity === severity);
  return worst.length > 0 && worst.every((found) => found.rule === rule);
}

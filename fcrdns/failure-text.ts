/** What a person needs when a verdict is not `pass`: what was asked where, what came back, what was expected, who acts. */
import type { Finding, Hop, Verdict } from "./verdict";

/**
 * The few hops that explain the verdict: the last answers to the decisive questions, failures first, each server and
 * question once. Referrals on the way down are left out.
 * @param limit how many at most
 * @default limit 3
 */
export function decisiveHops(verdict: Verdict, limit = 3): Hop[] {
  const last = new Map<string, Hop>();
  for (const hop of verdict.hops) {
    if (hop.outcome !== "referral") {
      last.set(`${hop.question} ${hop.server}`, hop);
    }
  }
  const ptrQuestion = `${verdict.arpa} PTR`;
  const blamesForward = verdict.reason === "no-forward" || verdict.reason === "forward-mismatch";
  const weight = (hop: Hop): number => {
    const failed = hop.outcome === "ok" || hop.outcome === "cname" ? 0 : 2;
    const decisive = (hop.question === ptrQuestion) !== blamesForward ? 1 : 0;
    return failed + decisive;
  };
  return [...last.values()].sort((one, other) => weight(other) - weight(one)).slice(0, limit);
}

/**
 * Several lines about one failed or unknown verdict. "could not verify" when nothing definite was heard, never "wrong".
 * All DNS text in a verdict is escaped already.
 */
export function failureText(verdict: Verdict): string {
  const { ip, expected, status, reason } = verdict;
  const subject = expected === null ? ip : `${ip} as ${expected}`;
  const head =
    status === "unknown"
      ? `could not verify ${subject} (${reason}): no definite answer, which is not the same as a wrong one`
      : `${subject} does not round-trip (${reason})`;
  const wanted = expected === null ? "a PTR whose name has this address" : `PTR ${expected}, and ${expected} has ${ip}`;
  return [
    head,
    ...decisiveHops(verdict).map((hop) => `  asked     ${hopText(hop)}`),
    `  expected  ${wanted}`,
    ...worstFindings(verdict).flatMap(({ message, fix, who }) => [
      `  seen      ${message}`,
      `  next      ${fix} (${who})`,
    ]),
  ].join("\n");
}

function hopText({ question, server, outcome, records, note }: Hop): string {
  const answer = records.length > 0 ? `${outcome}: ${records.slice(0, 4).join(", ")}` : outcome;
  return `${question} at ${server} -> ${answer}${note === undefined ? "" : ` (${note})`}`;
}

function worstFindings({ findings, status }: Verdict): Finding[] {
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  return (errors.length > 0 || status === "fail" ? errors : warnings).slice(0, 3);
}

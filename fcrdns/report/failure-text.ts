/** The text for a verdict that is not `pass`: queries and answers, what was expected, the fix and who makes it. */
import type { Finding, Hop, Outcome, Verdict } from "../verdict";
import { stepsOf } from "./steps";
import { blamesOtherFamily, statusText, wantedOf } from "./verdict-text";

/**
 * The few hops that explain the verdict: the last answers to its own questions (the PTR, and the addresses of the names
 * concerned), each server and question once, failures first. The walk to the name servers is left out.
 * @param limit how many at most
 * @default limit 3
 */
export function decisiveHops(verdict: Verdict, limit = 3): Hop[] {
  const names = new Set([verdict.expected, ...Object.keys(verdict.forward)]);
  const ownType = verdict.ip.includes(":") ? "AAAA" : "A";
  // A denial of the other type denies the name, and with it the address.
  const isDenied = verdict.findings.some(({ rule }) => rule === "existing-name-denied");
  const isOwn = (type: string, outcome: Outcome) =>
    type === ownType || (isDenied && outcome === "nxdomain" && type !== "PTR");
  const last = new Map<string, Hop>();
  for (const hop of verdict.hops) {
    const [name = "", type = ""] = hop.question.split(" ");
    if (hop.outcome !== "referral" && (type === "PTR" || (isOwn(type, hop.outcome) && names.has(name)))) {
      last.set(`${hop.question} ${hop.server}`, hop);
    }
  }
  const blamesForward = verdict.reason === "no-forward" || verdict.reason === "forward-mismatch";
  const weight = ({ question, outcome }: Hop): number => {
    const failed = outcome === "ok" || outcome === "cname" ? 0 : 2;
    const decisive = question.endsWith(" PTR") !== blamesForward ? 1 : 0;
    return failed + decisive;
  };
  return [...last.values()].sort((one, other) => weight(other) - weight(one)).slice(0, limit);
}

/**
 * Several lines about one failed or unknown verdict. "could not verify" if there was no definite answer, never "wrong".
 * All DNS text in a verdict is escaped already.
 */
export function failureText(verdict: Verdict): string {
  const { ip, expected, status, reason } = verdict;
  const subject = expected === null ? ip : `${ip} as ${expected}`;
  const head =
    status === "unknown" && !blamesOtherFamily(verdict)
      ? `could not verify ${subject} (${reason}): there was no definite answer, which is not the same as a wrong one`
      : `${subject} ${statusText(verdict)} (${reason})`;
  return [
    head,
    ...decisiveHops(verdict).map((hop) => `  asked     ${hopText(hop)}`),
    `  expected  ${wantedOf(verdict)}`,
    ...stepsOf(worstFindings(verdict)).flatMap(({ findings, fix, who }) => [
      ...findings.map(({ message }) => `  found     ${message}`),
      `  fix       ${fix}`,
      `  who       ${who}`,
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
  const worst = errors.length > 0 || status === "fail" ? errors : warnings;
  // One finding per rule: a name can be invalid in several ways, and the fix is the same.
  return [...new Map(worst.toReversed().map((found) => [found.rule, found])).values()].reverse().slice(0, 3);
}

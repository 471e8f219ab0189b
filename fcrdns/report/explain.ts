/** A verdict as a transcript: every query and its answer, then the conclusion. */

import type { Finding, Hop, Verdict } from "../verdict";
import { forTerminal } from "./escape";

/**
 * The transcript, like that of `dig +trace`: for each question the servers in the order queried, with transport, outcome,
 * flags, smallest TTL, time and records; then the verdict and the fixes. Plain text for a terminal, no colours, lines
 * separated by `\n`, no final newline. Every line begins with a fixed word, never with text from DNS.
 * @example
 * process.stdout.write(`${explain(await verify("192.0.2.10"))}\n`);
 */
export function explain(verdict: Verdict): string {
  const { ip, arpa, expected } = verdict;
  const asked = `fcrdns ${ip} (${arpa})${expected === null ? "" : `, expected ${forTerminal(expected)}`}`;
  return [
    asked,
    "",
    ...transcript(verdict.hops),
    ...conclusion(verdict),
    ...verdict.findings.flatMap(findingLines),
  ].join("\n");
}

/** Hops grouped by question, in the order of the first query. */
function transcript(hops: readonly Hop[]): string[] {
  if (hops.length === 0) return [";; no query was sent", ""];
  const questions = new Map<string, { number: number; hop: Hop }[]>();
  for (const [i, hop] of hops.entries()) {
    const same = questions.get(hop.question);
    if (same === undefined) questions.set(hop.question, [{ number: i + 1, hop }]);
    else same.push({ number: i + 1, hop });
  }
  return [...questions].flatMap(([question, asked]) => [
    `;; QUESTION ${forTerminal(question)}`,
    ...asked.flatMap(({ number, hop }) => hopLines(number, hop)),
    "",
  ]);
}

function hopLines(number: number, { server, transport, outcome, flags, aa, ttl, ms, records, note }: Hop): string[] {
  const shownFlags = flags ?? (aa ? ["aa"] : []);
  const parts = [
    `server ${forTerminal(server)}`,
    transport,
    OUTCOMES[outcome],
    shownFlags.length === 0 ? "" : `flags ${shownFlags.map(forTerminal).join(" ")}`,
    ttl === undefined ? "" : `ttl ${ttl}`,
    `${Math.round(ms)} ms`,
  ];
  return [
    `;; ${String(number).padStart(3)}  ${parts.filter((part) => part !== "").join(", ")}`,
    ...(note === undefined ? [] : [`;;        because ${forTerminal(note)}`]),
    ...records.map((record) => `;;        answer  ${forTerminal(record)}`),
  ];
}

/** The response code, if any, as `dig` writes it. */
const OUTCOMES: Record<Hop["outcome"], string> = {
  ok: "NOERROR",
  nodata: "NOERROR (no such record)",
  nxdomain: "NXDOMAIN",
  referral: "NOERROR (referral)",
  cname: "NOERROR (alias)",
  servfail: "SERVFAIL",
  refused: "REFUSED",
  formerr: "FORMERR",
  notimp: "NOTIMP",
  timeout: "no answer",
  unreachable: "unreachable",
  lame: "lame",
  malformed: "malformed answer",
  "cname-loop": "loop of aliases",
  "not-asked": "not asked",
};

function conclusion({ ip, ptr, forward, confirmed, status, iprev, reason, servers, ms }: Verdict): string[] {
  return [
    `names      ${listOr("none", ptr)}`,
    ...Object.entries(forward).map(([name, addresses]) => {
      const mark = confirmed.includes(name) ? "confirms" : "does not confirm";
      return `addresses  of ${forTerminal(name)}: ${listOr("none", addresses)} (${ptr.includes(name) ? mark : "not a PTR name"})`;
    }),
    `iprev      iprev=${iprev} policy.iprev=${ip}`,
    `verdict    ${status} (${reason}), ${servers.agreed} of ${servers.asked} servers agree, ${Math.round(ms)} ms`,
  ];
}

function findingLines({ rule, severity, message, fix, who }: Finding): string[] {
  return [
    `${severity.padEnd(10)} ${forTerminal(message)} [${rule}]`,
    `   fix     ${forTerminal(fix)}`,
    `   who     ${forTerminal(who)}`,
  ];
}

function listOr(nothing: string, items: readonly string[]): string {
  return items.length === 0 ? nothing : items.map(forTerminal).join(", ");
}

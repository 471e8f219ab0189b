/** What the configuration of a mail server can do about an IPv6 address that fails. */
import { finding } from "../../fcrdns/judge/finding-rules";
import { forTerminal } from "../../fcrdns/report/escape";
import type { Verdict } from "../../fcrdns/verdict";
import type { Sender } from "../sender";

/** The verdict, with a finding that names the line that keeps mail from leaving by the address. */
export function withIpv6InUse(verdict: Verdict, { switchOff, place }: Pick<Sender, "switchOff" | "place">): Verdict {
  const fails = verdict.status === "fail" && verdict.iprev !== "pass";
  if (switchOff === undefined || !fails || !verdict.ip.includes(":")) return verdict;
  const where =
    place === undefined ? "" : ` (${place.file === "-" ? "standard input" : place.file} line ${place.line})`;
  const inUse = finding("ipv6-in-use", {
    message: `the mail server's configuration lets mail leave by ${verdict.ip}${forTerminal(where)}`,
    fix: `Set its PTR and the records of that name, or keep mail from leaving by IPv6: ${forTerminal(switchOff)}`,
    who: `whoever configures the mail server that sends from ${verdict.ip}`,
  });
  const errors = verdict.findings.filter(({ severity }) => severity === "error");
  return { ...verdict, findings: [...errors, inUse, ...verdict.findings.slice(errors.length)] };
}

import { failureText } from "../../fcrdns/report/failure-text";
import type { Finding } from "../../fcrdns/verdict";
import { rule, type Violation } from "../rule";
import { displayName } from "../stack-view";

const ROUND_TRIP = "fcrdns-round-trip";

export const helo = rule({
  name: "fcrdns-helo",
  requirement: "What the mail server says in EHLO is the PTR, or has the address itself.",
  severity: "high",
  level: "mandatory",
  // After the round trip, whose failure is the cause.
  order: 25,
  cause:
    "A SendingIp has a `helo` that is not its host name: the name does not have the address, or DNS did not answer. Advisory: it has the address.",
  explanation:
    "Receivers compare the EHLO name with the PTR (GMX, maddy), or look up whether it has the address; Spamhaus wants address, PTR, its address and EHLO name to be one before it removes a listing. Without `helo` the server says the host name, which `fcrdns-round-trip` checks.",
  fix: "Leave `helo` out and have the mail server say the host name, or give the EHLO name the address.",
  source: "RFC 5321 sections 2.3.5 and 4.1.4; GMX email policy; Spamhaus CSS",
  preview: "no",
  async check({ stack, verdict, waived, reported }) {
    const found = stack.sending.map(async (address): Promise<readonly Violation[]> => {
      const { ip, hostname, urn, helo: said, reverse } = address;
      if (ip === null || said === undefined || said === hostname) return [];
      if (waived(ip) || reported(ROUND_TRIP, { ip })) return [];
      const seen = await verdict(ip, hostname, reverse === "set", said);
      if (seen === null) return [];
      if (seen.status !== "pass") return [{ urn, ip, message: failureText(seen) }];
      const advice = seen.findings.filter(({ rule: id }) => id.startsWith("helo-"));
      if (advice.length === 0) return [];
      const lines = [`${displayName(address)} plans another EHLO name than its PTR.`, ...advice.flatMap(linesOf)];
      return [{ urn, ip, level: "advisory", message: lines.join("\n") }];
    });
    return (await Promise.all(found)).flat();
  },
});

function linesOf({ message, fix, who }: Finding): string[] {
  return [`  found     ${message}`, `  fix       ${fix}`, `  who       ${who}`];
}

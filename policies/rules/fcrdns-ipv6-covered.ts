import { failureText } from "../../fcrdns/report/failure-text";
import type { SendingAddress } from "../../providers/internal/stack/sending-addresses";
import { type RuleContext, rule, type Violation } from "../rule";

export const ipv6Covered = rule({
  name: "fcrdns-ipv6-covered",
  requirement: "A sending host name with an AAAA record has a PTR for that IPv6 address too.",
  severity: "high",
  level: "mandatory",
  order: 30,
  cause: "A sending host name has an AAAA (in the stack or in DNS) whose address has no PTR.",
  explanation:
    "A server with IPv6 prefers it, so mail is sent from an address without a PTR, and Gmail rejects mail over IPv6 without one. IPv4 still works, which hides the problem.",
  fix: "Set the PTR of the IPv6 address, or remove the AAAA and let the server send over IPv4 only.",
  source: "https://support.google.com/a/answer/81126 (IPv6 guidelines)",
  preview: "partly",
  async check(context) {
    const uncovered = context.preview ? inStack(context) : [...inStack(context), ...(await inDns(context))];
    const once = new Map(uncovered.toReversed().map((each) => [`${each.ip} ${each.name}`, each]));
    return (await Promise.all([...once.values()].reverse().map((each) => violationsOf(each, context)))).flat();
  },
});

interface Uncovered {
  readonly name: string;
  /** null: not known yet. */
  readonly ip: string | null;
  readonly urn: string;
}

/** AAAA records of sending names in the stack, of addresses that nothing in the stack sets the PTR of. */
function inStack({ stack }: RuleContext): readonly Uncovered[] {
  const names = new Set(stack.sending.flatMap(({ hostname }) => hostname ?? []));
  return [...names].flatMap(stack.recordsOf).flatMap(({ family, owner, ip, urn }) => {
    if (family !== 6 || owner === null) return [];
    const reverses = (address: SendingAddress) => address.family === 6;
    const covered =
      (ip !== null && stack.sendingFrom(ip).some(reverses)) ||
      stack.sendingAs(owner).some((each) => reverses(each) && (each.ip === null || ip === null));
    // A component reverses its own addresses; its children are recognised by their parent.
    const ofComponent = stack.related.above(
      stack.related.at(urn) ?? { type: "", urn, properties: {} },
      "pulumi-fcrdns:index:SendingIp",
    );
    return covered || (ip === null && ofComponent !== undefined) ? [] : [{ name: owner, ip, urn }];
  });
}

/** AAAA records of sending names that only DNS shows. */
async function inDns({ stack, verdict, waived, reported }: RuleContext): Promise<readonly Uncovered[]> {
  const each = stack.sending.filter(
    ({ ip, hostname, urn }) =>
      ip !== null && hostname !== null && !waived(ip) && !reported("fcrdns-name-valid", { urn }),
  );
  const found = await Promise.all(
    each.map(async ({ ip, hostname, urn, reverse }) => {
      const forward = (await verdict(ip ?? "", hostname, reverse === "set"))?.forward[hostname ?? ""] ?? [];
      return forward
        .filter((address) => address.includes(":"))
        .map((address) => ({ name: hostname ?? "", ip: address, urn }));
    }),
  );
  return found.flat().filter(({ ip }) => stack.sendingFrom(ip).length === 0);
}

async function violationsOf({ name, ip, urn }: Uncovered, context: RuleContext): Promise<readonly Violation[]> {
  const what = `${name} has the IPv6 address ${ip ?? "(not known yet)"}, whose PTR nothing in this stack sets`;
  if (context.preview) {
    return [
      { urn, ip, level: "advisory", message: `${what}. If it is set elsewhere, the update will find it in DNS.` },
    ];
  }
  if (ip === null || context.waived(ip)) return [];
  const verdict = await context.verdict(ip, name);
  if (verdict === null || verdict.status === "pass") return [];
  // If the name's own addresses got no answer either, the cause is already reported.
  const known = context.stack.sendingAs(name);
  if (verdict.status === "unknown" && known.every((each) => context.reported("fcrdns-round-trip", { ip: each.ip })))
    return [];
  return [{ urn, ip, message: `${what}.\n${failureText(verdict)}` }];
}

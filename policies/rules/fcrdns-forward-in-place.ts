import { canonicalHostname } from "../../fcrdns/names/name";
import { providers } from "../../providers/find-provider";
import type { SendingAddress } from "../../providers/internal/stack/sending-addresses";
import { type RuleContext, rule, type Violation } from "../rule";
import { displayName, type StackView } from "../stack-view";

const checking = providers.flatMap(({ cloud }) =>
  cloud && Object.values(cloud.capabilities.reverse).some(({ checksForward }) => checksForward === "yes")
    ? [cloud.capabilities.title]
    : [],
);

export const forwardInPlace = rule({
  name: "fcrdns-forward-in-place",
  requirement: "The name in a PTR has an A or AAAA record with that address.",
  severity: "high",
  level: "mandatory",
  order: 40,
  cause:
    "Neither the stack nor DNS has the address at the PTR's name. A preview only reports what is missing in the stack, as advice.",
  explanation: `Without it the address cannot round-trip, and some clouds refuse to set the PTR: ${checking.join(", ")}.`,
  fix: "Publish A (IPv4) or AAAA (IPv6) for the name with this address, before the PTR.",
  source: "RFC 8601 section 3; docs/clouds.md",
  preview: "partly",
  async check(context) {
    const each = context.stack.sending.filter(({ hostname }) => hostname !== null && canonicalHostname(hostname).ok);
    return (await Promise.all(each.map((address) => violationsOf(address, context)))).flat();
  },
});

async function violationsOf(address: SendingAddress, context: RuleContext): Promise<readonly Violation[]> {
  const { ip, hostname, family, urn } = address;
  if (hostname === null || inStack(address, context.stack)) return [];
  const type = family === 4 ? "A" : "AAAA";
  // fcrdns-round-trip has already reported the same about DNS.
  if (!context.preview && context.reported("fcrdns-round-trip", { ip })) return [];
  const missing = `${hostname} has no ${type} record with ${ip ?? "the address"} in this stack (PTR set by ${displayName(address)})`;
  if (context.preview) {
    // A component publishes its own forward records; they are only visible in its outputs.
    if (address.reverse !== "set" || address.type.startsWith("pulumi-fcrdns:")) return [];
    return [
      {
        urn,
        ip,
        level: "advisory",
        message: `${missing}. If it is published elsewhere, publish it before the PTR.`,
      },
    ];
  }
  if (ip === null || context.waived(ip)) return [];
  const verdict = await context.verdict(ip, hostname, address.reverse === "set");
  const published = verdict?.forward[hostname];
  // Not looked up, or not answered: fcrdns-round-trip reports it.
  if (published === undefined || verdict?.status === "unknown" || published.includes(ip)) return [];
  const seen = published.length === 0 ? `no address` : published.join(", ");
  return [
    {
      urn,
      ip,
      message: `${missing}, and not in DNS either: the name servers give ${seen}.\n  fix       publish ${hostname} ${type} ${ip} at the domain's DNS host`,
    },
  ];
}

/** A record of that name and family with this address, or with one that is not known yet. */
function inStack({ ip, hostname, family }: SendingAddress, { recordsOf }: StackView): boolean {
  return [...recordsOf(hostname), ...(ip === null ? [] : recordsOf(null))].some(
    (record) =>
      record.family === family &&
      (record.owner === hostname || record.ip === ip) &&
      (record.ip === null || ip === null || record.ip === ip),
  );
}

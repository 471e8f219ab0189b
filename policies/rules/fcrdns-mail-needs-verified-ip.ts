import { statusText } from "../../fcrdns/report/verdict-text";
import type { MailAddress } from "../../providers/internal/stack/mail-records";
import { type RuleContext, rule, type Violation } from "../rule";
import { displayName, type StackView } from "../stack-view";

export const mailNeedsVerifiedIp = rule({
  name: "fcrdns-mail-needs-verified-ip",
  requirement:
    "Mail leaves only from addresses whose round trip holds: MX, SPF, A and AAAA, firewall rules and NAT gateways say which.",
  severity: "critical",
  level: "mandatory",
  order: 50,
  cause:
    "An MX, an SPF record or the A/AAAA of a mail host names an address of the stack that is not verified, or mail leaves from it by a firewall rule or a NAT gateway.",
  explanation:
    "MX and SPF attract mail and permit servers to send it. A mail host behind a NAT gateway sends by the gateway's address. A firewall rule is only advice where it permits port 25 in alone, because such a host may only receive (see What counts as mail). Gmail remembers a bad first result, so mail must not leave before the round trip holds.",
  fix: "Take the record's value from `SendingIp.verified`, or give the address its PTR first. Block port 25 out of what sends no mail.",
  source: "https://support.google.com/a/answer/81126; RFC 7208 section 5; RFC 5321 section 5.1",
  preview: "partly",
  async check(context) {
    const named = [...byRecords(context.stack), ...byHosts(context.stack)];
    const checked = await Promise.all(named.map((each) => checkedAddress(each, context)));
    const asked = checked.flatMap(({ unverified }) => unverified ?? []);
    const found = checked.flatMap(({ violations }) => violations);
    // If no address got an answer, there is one cause, which is reported once.
    const nobodyAnswered = found.length > 1 && asked.length === found.length && checked.every(({ passed }) => !passed);
    const ips = [...new Set(asked.map(({ ip }) => ip))];
    const reported = !nobodyAnswered
      ? found
      : [
          {
            ips,
            message: `${asked[0]?.by} and ${found.length - 1} more mail records name ${ips.slice(0, 10).join(", ")}${ips.length > 10 ? " and others" : ""}, and none of them could be verified (${asked[0]?.reason}).`,
          },
        ];
    return [...reported, ...openSpf(context.stack)];
  },
});

/** Records that permit hosts without listing them, so that no address can be verified. */
function openSpf({ records }: StackView): readonly Violation[] {
  return records.spf.flatMap(({ owner, open, urn }) =>
    open.map((given): Violation => {
      const term = given.slice(0, 300);
      const record = `the SPF record of ${owner ?? "a domain"}`;
      const isAll = /all$/i.test(term);
      const seen = isAll
        ? `"${term}", which permits every address on the Internet to send in its name`
        : `"${term}", which permits hosts by their PTR instead of their address; receivers may skip it (RFC 7208 section 5.5)`;
      const next = isAll
        ? 'end the record with "-all" or "~all"'
        : 'name the addresses instead, with "ip4:", "ip6:" or "a:"';
      return { urn, level: "advisory", message: `${record} has ${seen}.\n  fix       ${next}` };
    }),
  );
}

interface NamedAddress extends Omit<MailAddress, "because"> {
  /** What says that it sends, with the address. */
  readonly says: string;
  readonly level?: "advisory";
}

function byRecords({ byRecord }: StackView): readonly NamedAddress[] {
  return byRecord.map((each) => ({ ...each, says: `${each.by} names ${each.ip}` }));
}

/** What mail leaves from although no record of the stack names it: a firewall rule or a NAT gateway says so. */
function byHosts({ byHost, byRecord, sendingFrom, nameOf, related }: StackView): readonly NamedAddress[] {
  const named = new Set(byRecord.map(({ ip }) => ip));
  return byHost.flatMap(({ ip, urn, reasons, level, nat, host: urnOfHost }): NamedAddress[] => {
    if (ip === null || named.has(ip) || sendingFrom(ip).length > 0) return [];
    const host = related.at(urnOfHost);
    const block = host === undefined ? "block port 25 out" : `block port 25 out of ${displayName(host)}`;
    return [
      {
        ip,
        urn,
        by: nat ? "a NAT gateway" : "a firewall",
        says: `mail leaves from ${ip} (${reasons.join("; ")})`,
        name: nameOf(ip),
        otherwise: nat ? block : `${block}, or close the mail ports`,
        ...(level === "advisory" && { level }),
      },
    ];
  });
}

/** One address after its check. */
interface Checked {
  readonly violations: readonly Violation[];
  readonly passed: boolean;
  /** No server answered. */
  readonly unverified?: { readonly ip: string; readonly by: string; readonly reason: string };
}

async function checkedAddress(address: NamedAddress, context: RuleContext): Promise<Checked> {
  const { ip, by, says, urn, name, otherwise, level } = address;
  const setter = context.stack.sendingFrom(ip)[0];
  if (context.preview) {
    const message = `${says}, whose PTR nothing in this stack sets. If it is set elsewhere, the update will find it in DNS.`;
    return { violations: setter === undefined ? [{ urn, ip, level: "advisory", message }] : [], passed: true };
  }
  if (context.waived(ip)) return { violations: [], passed: true };
  // An invalid name is reported for its PTR and must be changed first.
  if (context.reported("fcrdns-name-valid", { ip })) return { violations: [], passed: false };
  const verdict = await context.verdict(ip, setter?.hostname ?? name, (setter?.reverse ?? "set") === "set");
  if (verdict === null || verdict.status === "pass") return { violations: [], passed: true };
  const { status, reason } = verdict;
  // The problem is already reported for the address itself, at least as strictly.
  if (context.reported("fcrdns-round-trip", { ip })) return { violations: [], passed: false };
  const unset = setter === undefined ? " Nothing in this stack sets its PTR." : "";
  const wanted = name === null ? "give the address a PTR whose name has it" : `set the PTR of ${ip} to ${name}`;
  const next =
    setter !== undefined
      ? `fix the round trip of ${ip}; if it sends no mail, ${otherwise}`
      : `if ${ip} sends no mail, ${otherwise}; if it does, ${wanted}`;
  const message = `${says}, which ${statusText(verdict)} (${reason}).${unset}\n  fix       ${next}`;
  return {
    violations: [{ urn, ip, message, ...(level && { level }) }],
    passed: false,
    ...(status === "unknown" && { unverified: { ip, by, reason } }),
  };
}

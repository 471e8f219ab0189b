import { forTerminal } from "../../fcrdns/report/escape";
import { inPrivateUse } from "../../providers/internal/stack/ip-networks";
import type { SendingAddress } from "../../providers/internal/stack/sending-addresses";
import { type Observed, readObserved } from "../observed";
import { type RuleContext, rule, type Violation } from "../rule";
import { displayName } from "../stack-view";

const WRITE = "fcrdns mta FILE... --list > FILE, or fcrdns message mail.eml --format json > FILE";
/** Addresses that one message names. */
const MAX_SHOWN = 5;

export const observed = rule({
  name: "fcrdns-observed",
  requirement: "Mail leaves by the addresses of the stack, and the server says there what the stack plans.",
  severity: "high",
  level: "mandatory",
  order: 27,
  cause:
    "The file that `observed` names shows mail from an address that is no sending address of the stack, or another EHLO name than planned; or it cannot be read or is empty. Advisory: it does not show a planned address.",
  explanation:
    "A server behind NAT, or one with several addresses, sends by another address than the one that has the PTR, and says the name that its configuration has. The file is what `fcrdns mta` reads from that configuration, or `fcrdns message` from a message that was received. It has no date: the gate takes it as it is, so write it in the same job, before the gate runs. An old file that still agrees hides a later change of the server.",
  fix: "Correct the mail server as the violation says, or the stack; then write the file anew.",
  source: "github.com/thunderbird/mailstrom issue 245; Spamhaus CSS",
  preview: "yes",
  check: (context) => {
    const { observed: file, stack } = context;
    if (file === null) return [];
    const name = forTerminal(file.path);
    if (!file.ok) return [unreadable(name, file.problem)];
    const read = readObserved(file.text);
    if (!read.ok) return [unreadable(name, `${name} ${read.problem}`)];
    const senders = read.senders.filter(({ ip }) => !context.waived(ip));
    const unseen = stack.sending.filter(({ ip }) => ip !== null && !read.senders.some((seen) => seen.ip === ip));
    return [
      ...senders.flatMap((sender) => differences(sender, name, context)),
      ...onceEach(unseen).flatMap((address) => notSeen(address, name, context)),
    ];
  },
});

function unreadable(name: string, problem: string): Violation {
  return {
    message: `what really sends is not known: ${problem}.\n  expected  in ${name}, the report of fcrdns mta or fcrdns message (json, ndjson), or the lines of --list\n  fix       write it anew: ${WRITE}`,
  };
}

function differences(sender: Observed, file: string, { stack, preview }: RuleContext): readonly Violation[] {
  const { ip, helo } = sender;
  // Of what mail leaves by without a PTR in the stack, the round trip is another rule's business.
  const planned = [...stack.sendingFrom(ip), ...stack.unset.filter((each) => each.ip === ip)];
  const where = `${file}, ${sender.place}`;
  const saying = helo === null ? "" : `, saying ${shownHelo(helo)} in EHLO`;
  if (planned.length === 0) {
    // One of the addresses that are not known yet may be this one.
    if (stack.sending.some((address) => address.ip === null)) return [];
    const others = [...new Set([...stack.sending, ...stack.unset].flatMap((address) => address.ip ?? []))];
    const shown = `${others.slice(0, MAX_SHOWN).join(", ")}${others.length > MAX_SHOWN ? ` and ${others.length - MAX_SHOWN} more` : ""}`;
    const isHeld = [...stack.held, ...stack.possible, ...stack.records.addresses].some((each) => each.ip === ip);
    const what = isHeld ? "which the stack has, but not as a sending address" : "which is no address of this stack";
    const isPrivate = inPrivateUse(ip) !== undefined;
    const fix = isPrivate
      ? `if it is translated on the way, name what receivers see: fcrdns mta FILE... --nat ${ip}=PUBLIC; then write the file anew`
      : others.length === 0
        ? `bring ${ip} into this stack as a SendingIp`
        : `have the mail server send from ${shown} (its bind address, or the NAT in front of it), or bring ${ip} into this stack as a SendingIp`;
    return [
      {
        ip,
        message: `mail leaves by ${ip}, ${what}.\n  found     ${ip}${saying} (${where})\n  expected  ${others.length === 0 ? "no sender: the stack has no sending address" : shown}\n  fix       ${fix}\n  who       whoever configures the mail server`,
      },
    ];
  }
  const names = [...new Set(planned.flatMap(({ helo: said, hostname }) => said ?? hostname ?? []))];
  if (helo === null || names.length === 0 || names.includes(helo)) return [];
  if (preview && planned.some(({ hostname, helo: said }) => (said ?? hostname) === null)) return [];
  const name = names.map(forTerminal).join(" or ");
  return [
    {
      ip,
      ...(planned[0] && { urn: planned[0].urn }),
      message: `the mail server says another name than planned when it sends from ${ip}.\n  found     ${shownHelo(helo)} (${where})\n  expected  ${name}\n  fix       have the mail server say ${name} in EHLO when it sends from ${ip}, then write the file anew\n  who       whoever configures the mail server`,
    },
  ];
}

/** One message shows one address, so that this alone proves nothing. */
function notSeen(address: SendingAddress, file: string, { waived }: RuleContext): readonly Violation[] {
  const { ip, urn } = address;
  if (ip === null || waived(ip)) return [];
  return [
    {
      ip,
      urn,
      level: "advisory",
      message: `${file} does not show that mail leaves by ${ip}, which ${displayName(address)} plans.\n  fix       if the mail server is to send from it, see that its configuration names it, then write the file anew; otherwise remove it`,
    },
  ];
}

function onceEach(addresses: readonly SendingAddress[]): SendingAddress[] {
  return [...new Map(addresses.map((each) => [each.ip, each])).values()];
}

/** What a server says may be anything. */
function shownHelo(helo: string): string {
  return /^[a-z0-9._-]+$/.test(helo) ? helo : `"${forTerminal(helo)}"`;
}

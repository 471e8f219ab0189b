import { inspectName } from "../../fcrdns/names/inspect-name";
import { canonicalHostname } from "../../fcrdns/names/name";
import { failureText } from "../../fcrdns/report/failure-text";
import { DEFAULT_DEADLINE_SECONDS } from "../../fcrdns/settings";
import type { Verdict } from "../../fcrdns/verdict";
import type { SendingAddress } from "../../providers/internal/stack/sending-addresses";
import { forSetter, setterOf, waitingForEntry, waitingForTicket } from "../ptr-setter";
import { type RuleContext, rule, type Violation } from "../rule";
import { displayName } from "../stack-view";
import { ticketText, ticketWaits } from "../ticket-text";

export const roundTrip = rule({
  name: "fcrdns-round-trip",
  requirement: "Every address that sends mail has a PTR whose name has that address.",
  severity: "critical",
  level: "mandatory",
  // Asks DNS first and with patience; the rules after it share its answers.
  order: 20,
  cause: "An address of the stack does not round-trip before the deadline, or DNS did not answer.",
  explanation:
    "Receivers look up the PTR of the address that connects and the addresses of that name; if they do not agree, Gmail and others reject the mail or remember the address as bad. No answer from DNS is not a wrong answer: the violation then says could not verify.",
  fix: "Follow the violation: it shows the query, the server, the answer and who must change it. Then run `pulumi up` again.",
  source: "RFC 8601 section 3, RFC 1912 section 2.1, https://support.google.com/a/answer/81126",
  preview: "no",
  config: {
    mode: {
      type: "string",
      enum: ["full", "authoritative", "recursive"],
      description: "DNS servers to query. Default: full (the zones' own servers until they agree, then resolvers).",
      mustBe: "full, authoritative or recursive",
    },
    roots: {
      type: "array",
      description: "Start the walk at these servers, each ADDRESS[:PORT]. Default: the root servers.",
      mustBe: 'a JSON list of ADDRESS[:PORT], such as ["192.0.2.53"]',
    },
    stubs: {
      type: "object",
      description: 'ZONE -> ADDRESS[:PORT] of its authority; "." means all names. Default: none.',
      mustBe: 'a JSON object from zone to ADDRESS[:PORT], such as {"example.com":"192.0.2.53"}',
    },
    resolvers: {
      type: "array",
      description: "Recursive resolvers, each ADDRESS[:PORT]. Default: the system's.",
      mustBe: 'a JSON list of ADDRESS[:PORT], such as ["192.0.2.53"]',
    },
    port: {
      type: "integer",
      minimum: 1,
      description: "Port of the name servers that the walk finds. Default: 53.",
      mustBe: "a whole number from 1 to 65535",
    },
    timeoutSeconds: {
      type: "number",
      description: "Seconds that one query may take. Default: 2.",
      mustBe: "a number of seconds from 0.01 to 600",
    },
    tries: {
      type: "integer",
      minimum: 1,
      description: "Attempts per query. Default: 2.",
      mustBe: "a whole number from 1 to 20",
    },
    deadlineSeconds: {
      type: "number",
      minimum: 0,
      description: `Seconds to keep polling, all addresses together; 0 checks once. Default: ${DEFAULT_DEADLINE_SECONDS}.`,
      mustBe: "a number of seconds from 0 to 604800",
    },
    ticketLevel: {
      type: "string",
      enum: ["advisory", "mandatory"],
      description: "Level for an address that waits for a ticket. Default: the rule's level.",
      mustBe: "advisory or mandatory",
    },
    ticketEscalatesAfterDays: {
      type: "number",
      minimum: 0,
      description: "Days after which a waiting ticket has the rule's level again. Default: never.",
      mustBe: "a number of days from 0",
    },
    ticketSince: {
      type: "object",
      description: "ADDRESS -> day (YYYY-MM-DD) on which its ticket was sent. Default: the date in the stack.",
      mustBe: 'a JSON object from address to day, such as {"192.0.2.10":"2027-01-31"}',
    },
    observed: {
      type: "string",
      description:
        "File with what really sends, from `fcrdns mta` or `fcrdns message` (`json`, `ndjson`, `--list`), for `fcrdns-observed`; a relative path is relative to where `pulumi` runs. Default: none.",
      mustBe: "the path of a file",
    },
    ignore: {
      type: "array",
      description: "Waivers for all rules: { address, reason, until: YYYY-MM-DD, rules? }. Default: none.",
      mustBe: "a JSON list of waivers",
    },
  },
  async check(context) {
    if (context.preview) return [];
    const seen = new Set<string>();
    const once = (address: SendingAddress) => {
      const key = `${address.ip ?? address.urn} ${address.hostname}`;
      return !seen.has(key) && seen.add(key);
    };
    const sending = context.stack.sending.filter(once);
    const possible = context.stack.possible.filter(once);
    const [checked, doubtful] = await Promise.all([
      Promise.all(sending.map((address) => checkedAddress(address, context))),
      Promise.all(possible.map((address) => doubtfulViolations(address, context))),
    ]);
    const nobodyAnswered = unverifiable(checked, context);
    const found = checked.flatMap(({ violations, verdict }) =>
      nobodyAnswered !== undefined && verdict !== null ? [] : violations,
    );
    return [...(nobodyAnswered === undefined ? [] : [nobodyAnswered]), ...found, ...doubtful.flat()];
  },
});

/** One address after its check; the verdict is null where none was needed or possible. */
interface Checked {
  readonly address: SendingAddress;
  readonly verdict: Verdict | null;
  readonly violations: readonly Violation[];
}

async function checkedAddress(address: SendingAddress, context: RuleContext): Promise<Checked> {
  const { ip, hostname, urn } = address;
  const unasked = (...violations: Violation[]): Checked => ({ address, verdict: null, violations });
  // An invalid name must be changed first, and with it the answer of DNS.
  if (context.reported("fcrdns-name-valid", { urn })) return unasked();
  if (ip === null) return unasked({ urn, message: notKnown(address) });
  if (context.waived(ip)) return unasked();
  if (hostname !== null && !canonicalHostname(hostname).ok) {
    return unasked({
      urn,
      ip,
      message: `${ip} cannot round-trip: its PTR ${JSON.stringify(hostname)} is not a valid host name.\n  fix       give ${displayName(address)} a full host name`,
    });
  }
  // A PTR that people must set will not appear within a few minutes.
  const verdict = await context.verdict(ip, hostname, address.reverse === "set");
  return { address, verdict, violations: verdict === null ? [] : violationsOf(address, verdict, context) };
}

function violationsOf(address: SendingAddress, verdict: Verdict, context: RuleContext): readonly Violation[] {
  const { hostname, urn } = address;
  const { ip } = verdict;
  if (verdict.status === "pass") {
    if (hostname === null || verdict.ptr.includes(hostname)) return [];
    return [
      {
        urn,
        ip,
        message: `${ip} has the PTR ${verdict.ptr.join(", ")}, but ${displayName(address)} sets ${hostname}.\n  fix       remove one of the two`,
      },
    ];
  }
  switch (address.reverse) {
    case "ticket":
      return [
        {
          urn,
          ip,
          ...ticketWaits(address, context),
          message: `${ticketText(address, context)}\n${failureText(afterTicket(verdict, address))}`,
        },
      ];
    case "manual":
      return [
        {
          urn,
          ip,
          message: [
            `the PTR of ${ip} must be entered by hand.`,
            ...indented(address.instructions ?? ""),
            failureText(waitingForEntry(verdict)),
          ].join("\n"),
        },
      ];
    case "none":
      return [
        {
          urn,
          ip,
          message: `${ip} sends mail, but no PTR can be set for it (${address.cloud}); use another address or cloud for mail.\n${failureText(verdict)}`,
        },
      ];
    case "set":
    case "unset":
      return [{ urn, ip, message: failureText(forSetter(verdict, setterOf(address, context.stack))) }];
  }
}

/** A ticket that is ready to send replaces the fixes of the findings. */
function afterTicket(verdict: Verdict, { ticket }: SendingAddress): Verdict {
  const isReady = ticket !== undefined && ticket.missing.length === 0;
  return isReady ? waitingForTicket(verdict, ticket.provider) : verdict;
}

/** Only its PTR suggests that this address sends mail: advisory, checked once. */
async function doubtfulViolations(address: SendingAddress, context: RuleContext): Promise<readonly Violation[]> {
  const { ip, hostname, urn } = address;
  if (ip === null || hostname === null || context.waived(ip) || !inspectName(hostname).valid) return [];
  const verdict = await context.verdict(ip, hostname, false);
  if (verdict === null || verdict.status !== "fail") return [];
  const why = `Nothing in this stack shows that ${displayName(address)} sends mail: no MX or SPF record names it. If it does send mail:`;
  return [{ urn, ip, level: "advisory", message: `${why}\n${failureText(verdict)}` }];
}

/** If no address got an answer, there is one cause, which is reported once. */
function unverifiable(checked: readonly Checked[], context: RuleContext): Violation | undefined {
  const asked = checked.flatMap(({ address, verdict }) => (verdict === null ? [] : [{ address, verdict }]));
  const [first] = asked;
  if (first === undefined || asked.length < 2 || asked.some(({ verdict }) => verdict.status !== "unknown"))
    return undefined;
  const ips = [...new Set(asked.map(({ verdict }) => verdict.ip))];
  if (ips.length < 2) return undefined;
  const reasons = [...new Set(asked.map(({ verdict }) => verdict.reason))].join(", ");
  const [, ...detail] = failureText(first.verdict).split("\n");
  const shown = ips.slice(0, 10).join(", ");
  const more = ips.length > 10 ? ` and ${ips.length - 10} more` : "";
  const levels = new Set(
    asked.map(({ address }) => (address.reverse === "ticket" ? ticketWaits(address, context).level : undefined)),
  );
  const [level] = levels;
  return {
    ips,
    ...(levels.size === 1 && { level }),
    message: [
      `could not verify any of the ${ips.length} addresses (${reasons}): there was no definite answer, which is not the same as a wrong one`,
      `  addresses ${shown}${more}`,
      `  of ${first.verdict.ip}:`,
      ...detail,
    ].join("\n"),
  };
}

function notKnown(address: SendingAddress): string {
  return [
    `could not verify ${displayName(address)}: its address is not visible in this stack.`,
    `  expected  an address in the stack's outputs${address.hostname === null ? "" : `, with the PTR ${address.hostname}`}`,
    "  fix       bring the resource that holds the address into this stack, or make the address non-secret",
  ].join("\n");
}

function indented(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => `  ${line}`);
}

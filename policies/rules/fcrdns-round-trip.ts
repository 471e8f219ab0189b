import { failureText } from "../../fcrdns/failure-text";
import { canonicalName } from "../../fcrdns/name";
import type { SendingAddress } from "../../fcrdns/stack/sending-addresses";
import { type RuleContext, rule, type Violation } from "../rule";
import { called } from "../stack-view";
import { ticketText, ticketWaits } from "../ticket-text";

export const roundTrip = rule({
  name: "fcrdns-round-trip",
  demand: "Every address that sends mail has a PTR whose name has that address.",
  severity: "critical",
  level: "mandatory",
  cause: "An address of the stack does not round-trip, or nobody could say whether it does, before the deadline.",
  explanation:
    "Receivers look up the PTR of the address that connects and the addresses of that name; where they do not agree, Gmail and others reject the mail or remember the address as bad. No answer from DNS is not a wrong answer: then the violation says that it could not verify.",
  fix: "Do what the violation says: it names the question, the server, the answer and who must change it. Then run `pulumi up` again.",
  source: "RFC 8601 section 3, RFC 1912 section 2.1, https://support.google.com/a/answer/81126",
  preview: "no",
  config: {
    mode: {
      type: "string",
      enum: ["full", "authoritative", "recursive"],
      description: "Whom to ask. Default: full (name servers until they agree, then resolvers).",
    },
    roots: {
      type: "array",
      description: "Start the walk at these servers, each ADDRESS[:PORT]. Default: the root servers.",
    },
    stubs: {
      type: "object",
      description: 'ZONE -> ADDRESS[:PORT] of its authority; "." is everything. Default: none.',
    },
    resolvers: { type: "array", description: "Recursive resolvers, each ADDRESS[:PORT]. Default: the system's." },
    port: { type: "integer", minimum: 1, description: "Port of the name servers that the walk finds. Default: 53." },
    timeoutSeconds: { type: "number", description: "Seconds that one query may take. Default: 2." },
    tries: { type: "integer", minimum: 1, description: "How often one query is sent. Default: 2." },
    deadlineSeconds: {
      type: "number",
      minimum: 0,
      description: "Seconds to keep polling, all addresses together; 0 asks once. Default: 300.",
    },
    ticketLevel: {
      type: "string",
      enum: ["advisory", "mandatory"],
      description: "Level for an address that waits for a ticket. Default: the rule's level.",
    },
    ticketEscalatesAfterDays: {
      type: "number",
      minimum: 0,
      description: "Days after which a waiting ticket has the rule's level again. Default: never.",
    },
    ticketSince: {
      type: "object",
      description: "ADDRESS -> day (YYYY-MM-DD) on which its ticket was sent. Default: what the stack says.",
    },
    ignore: {
      type: "array",
      description: "Waivers for all rules: { address, reason, until: YYYY-MM-DD, rules? }. Default: none.",
    },
  },
  async check(context) {
    if (context.preview) return [];
    const seen = new Set<string>();
    const each = context.stack.sending.filter((address) => {
      const key = `${address.ip ?? address.urn} ${address.hostname}`;
      return !seen.has(key) && seen.add(key);
    });
    return (await Promise.all(each.map((address) => violationsOf(address, context)))).flat();
  },
});

async function violationsOf(address: SendingAddress, context: RuleContext): Promise<readonly Violation[]> {
  const { ip, hostname, urn } = address;
  if (ip === null) return [{ urn, message: notKnown(address) }];
  if (context.waived(ip)) return [];
  if (hostname !== null && !canonicalName(hostname).ok) {
    return [
      {
        urn,
        ip,
        message: `${ip} cannot round-trip: its PTR is to be ${JSON.stringify(hostname)}, which is no name.\n  next      give ${called(address)} a full host name`,
      },
    ];
  }
  // What waits for people is not there a few minutes later either.
  const verdict = await context.verdict(ip, hostname, address.reverse === "set");
  if (verdict === null) return [];
  if (verdict.status === "pass") {
    if (hostname === null || verdict.ptr.includes(hostname)) return [];
    return [
      {
        urn,
        ip,
        message: `${ip} has the PTR ${verdict.ptr.join(", ")}, but ${called(address)} sets ${hostname}.\n  next      remove one of the two`,
      },
    ];
  }
  const found = failureText(verdict);
  switch (address.reverse) {
    case "ticket":
      return [{ urn, ip, ...ticketWaits(address, context), message: `${ticketText(address, context)}\n${found}` }];
    case "manual":
      return [
        {
          urn,
          ip,
          message: [
            `${ip} waits for its PTR to be entered by hand.`,
            ...indented(address.instructions ?? ""),
            found,
          ].join("\n"),
        },
      ];
    case "none":
      return [
        {
          urn,
          ip,
          message: `${ip} sends mail from where no PTR can be set (${address.cloud}); use another address or cloud for mail.\n${found}`,
        },
      ];
    case "set":
      return [{ urn, ip, message: found }];
  }
}

function notKnown(address: SendingAddress): string {
  return [
    `could not verify ${called(address)}: which address it belongs to cannot be seen in this stack.`,
    `  expected  an address that the stack's outputs show${address.hostname === null ? "" : `, with the PTR ${address.hostname}`}`,
    "  next      bring the resource that holds the address into this stack, or take the secret mark off the address",
  ].join("\n");
}

function indented(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => `  ${line}`);
}

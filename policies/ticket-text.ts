/** An address that waits for a ticket: what to send, and how long it may wait. */
import type { SendingAddress } from "../providers/internal/stack/sending-addresses";
import { routeText } from "../providers/internal/tickets/route-text";
import { daysWaiting } from "../providers/internal/tickets/waiting";
import type { RuleContext, Violation } from "./rule";

/** "Waiting for X: send this", and the ticket as it can be pasted. */
export function ticketText(address: SendingAddress, context: RuleContext): string {
  const { ip, hostname, ticket, cloud } = address;
  const provider = ticket?.provider ?? cloud;
  const days = daysSent(address, context);
  const since = days === undefined ? "" : ` (for ${days} ${days === 1 ? "day" : "days"})`;
  const head = `${ip} is waiting for ${provider}${since} to set its PTR${hostname === null ? "" : ` to ${hostname}`}`;
  if (ticket === undefined) {
    return `${head}.\n  fix       print the text to send: fcrdns ticket ${provider.toLowerCase()} ${ip}${hostname === null ? "" : `=${hostname}`}`;
  }
  if (ticket.missing.length > 0) {
    return [`${head}. Do not send the request yet; first:`, ...ticket.missing.map((each) => `  - ${each}`)].join("\n");
  }
  if (ticket.text !== undefined) {
    return [`${head}. Unless you have already sent it, send this:`, ...quoted(ticket.text)].join("\n");
  }
  const route = routeText(ticket.route);
  return [
    `${head}. Unless you have already sent it, send this${route === "" ? "" : ` (${route})`}:`,
    ...quoted(`Subject: ${ticket.subject}\n\n${ticket.body}`),
  ].join("\n");
}

function quoted(text: string): readonly string[] {
  return text
    .replace(/\n+$/, "")
    .split("\n")
    .map((line) => `  | ${line}`.trimEnd());
}

/** The level of the violation: that for waiting tickets, until the ticket has waited too long. */
export function ticketWaits(address: SendingAddress, context: RuleContext): Pick<Violation, "level"> {
  const { ticketLevel, ticketEscalatesAfterDays: most } = context.config;
  if (ticketLevel !== "advisory" && ticketLevel !== "mandatory") return {};
  const days = daysSent(address, context);
  const escalates = typeof most === "number" && days !== undefined && days >= most;
  return escalates ? {} : { level: ticketLevel };
}

/** Whole days since the ticket was sent, by the gate's configuration or the stack; undefined: nobody says when. */
function daysSent(address: SendingAddress, { config, now }: RuleContext): number | undefined {
  const given = config.ticketSince as Readonly<Record<string, unknown>> | undefined;
  return daysWaiting({ since: (address.ip === null ? undefined : given?.[address.ip]) ?? address.ticket?.since }, now);
}

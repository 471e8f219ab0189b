/** A ticket that was sent: how long the provider has had it, and the reminder. */
import { listed, plainLine } from "./plain-text";
import type { Ask, Ticket, TicketAddress } from "./ticket";
import type { TicketInput } from "./ticket-input";

const DEFAULT_REMIND_AFTER_DAYS = 3;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What a ticket says once it was asked for. */
export function waiting(
  since: string,
  subject: string,
  addresses: readonly TicketAddress[],
  ask: Ask,
  request: TicketInput,
): Pick<Ticket, "since" | "remindAfterDays" | "reminder"> {
  const at = new Date(since).toISOString();
  const what = ask.kind === "removal" ? "still there" : "not visible in DNS yet";
  return {
    since: at,
    remindAfterDays: request.remindAfterDays ?? DEFAULT_REMIND_AFTER_DAYS,
    reminder: {
      subject: plainLine(`Reminder: ${subject}`),
      body: [
        "Hello,",
        "",
        `on ${utc(at)} we asked for the change below. It is ${what}:`,
        "",
        ...addresses.map(({ address, arpa, hostname }) =>
          ask.kind === "removal" ? `  ${address}: ${arpa}. PTR` : `  ${address}: ${arpa}. PTR ${hostname}.`,
        ),
        ...(ask.kind === "rfc2317" ? ["", `Delegation of ${ask.cidr} to ${listed(ask.nameServers)}.`] : []),
        "",
        ask.kind === "removal"
          ? "Could you please tell us the current status, or what you need from us?"
          : "The forward records are in place. Could you please tell us the current status, or what you need from us?",
        "",
        "Thank you.",
      ].join("\n"),
    },
  };
}

/** A day or a moment in ISO 8601; undefined: it is none, as 2026-02-30 is none. */
export function moment(text: string): Date | undefined {
  const [, day] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(text.trim()) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day) {
    return undefined;
  }
  const read = new Date(text.trim());
  return Number.isNaN(read.getTime()) ? undefined : read;
}

/** Whole days that the provider has had the ticket at `now`; undefined: it was not asked yet, or nobody knows when. */
export function daysWaiting({ since }: { readonly since?: unknown }, now: Date): number | undefined {
  const asked = typeof since === "string" ? moment(since) : undefined;
  return asked && Math.max(0, Math.floor((now.getTime() - asked.getTime()) / DAY_MS));
}

/** Whether it is time for the reminder. */
export function reminderDue(ticket: Ticket, now: Date): boolean {
  const days = daysWaiting(ticket, now);
  return days !== undefined && days >= (ticket.remindAfterDays ?? DEFAULT_REMIND_AFTER_DAYS);
}

/** `2026-01-31 12:00 UTC` */
export function utc(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

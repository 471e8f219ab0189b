/** A ticket for people to read and send: the same in a stack's outputs, in the gate's refusal and from the command. */
import { listed, plainLine } from "./plain-text";
import type { Ask, Ticket } from "./ticket";

export {
  type MadeTicket,
  type MissingDetail,
  makeTicket,
  type TicketInput,
  type TicketInputAddress,
  ticketDetails,
} from "./make-ticket";
export { type FoundProvider, findTicketProvider, ticketProviders } from "./providers";
export { daysWaiting, reminderDue } from "./waiting";

export type TicketFormat = "text" | "markdown" | "json";

/**
 * The whole ticket in one format: where it goes and who must send it, what to check before, then subject, fields and
 * text to copy. While it is `blocked` there is no text to copy, only what must come first. Plain ASCII, final newline.
 * @param format `json` is the ticket itself
 */
export function renderTicket(ticket: Ticket, format: TicketFormat): string {
  switch (format) {
    case "text":
      return textOf(ticket);
    case "markdown":
      return markdownOf(ticket);
    case "json":
      return `${asciiJson(ticket)}\n`;
  }
}

/** The reminder in place of the ticket, once it is due. */
export function renderReminder(ticket: Ticket): string {
  if (ticket.reminder === undefined) return textOf(ticket);
  const { subject, body } = ticket.reminder;
  return `${[...routeLines(ticket), "", `Subject: ${subject}`, "", body].join("\n")}\n`;
}

function textOf(ticket: Ticket): string {
  const lines = [
    ...routeLines(ticket),
    ...(ticket.prerequisites ?? []).map((sentence) => `Check first: ${sentence}`),
    "",
    ...stateLines(ticket),
  ];
  return `${lines.join("\n")}\n`;
}

function routeLines({ title, route, ask }: Ticket): string[] {
  return [
    `Request to ${title}: ${askedFor(ask)}`,
    `Send as: ${route.by}${route.url === undefined ? "" : ` at ${route.url}`}`,
    ...(route.department === undefined ? [] : [`Department: ${route.department}`]),
    `Sent by: ${route.account}. This tool sends nothing.`,
  ];
}

function stateLines(ticket: Ticket): string[] {
  switch (ticket.state) {
    case "done":
      return ["NOTHING TO SEND.", ...shownAlready(ticket).map((line) => `  - ${line}`)];
    case "blocked":
      return blockedLines(ticket);
    case "ready":
      return readyLines(ticket);
  }
}

/** What DNS shows of each address, where that is all that was wanted. */
function shownAlready({ ask, addresses }: Ticket): string[] {
  return addresses.map(({ address, hostname, currentPtr }) =>
    ask.kind === "removal"
      ? `${address} has no PTR ${hostname} to remove (PTR now: ${currentPtr ?? "none"})`
      : `the PTR of ${address} is already ${hostname}`,
  );
}

function blockedLines({ missing }: Ticket): string[] {
  return ["NOT READY: do not send anything yet.", ...missing.map((sentence) => `  - ${sentence}`)];
}

function readyLines({ subject, body, fields }: Ticket): string[] {
  const entered = Object.entries(fields).map(([label, value]) => `${label}: ${value}`);
  return entered.length > 0
    ? [
        "Enter in the form:",
        "",
        ...entered,
        "",
        "If there is also a free text field:",
        "",
        `Subject: ${subject}`,
        "",
        body,
      ]
    : [`Subject: ${subject}`, "", body];
}

function askedFor(ask: Ask): string {
  switch (ask.kind) {
    case "ptr":
      return "set the PTR";
    case "ptr+port25":
      return "set the PTR and open outgoing TCP port 25";
    case "rfc2317":
      return `delegate the reverse DNS of ${plainLine(ask.cidr)} to ${listed(ask.nameServers.map(plainLine))}`;
    case "removal":
      return "remove the PTR before the address is released";
  }
}

function markdownOf(ticket: Ticket): string {
  const { title, route, ask, state, missing, prerequisites = [], subject, body, fields } = ticket;
  const head = [
    `## Request to ${escaped(title)}: ${escaped(askedFor(ask))}`,
    "",
    `- Send as: ${escaped(route.by)}${route.url === undefined ? "" : ` at <${route.url}>`}`,
    ...(route.department === undefined ? [] : [`- Department: ${escaped(route.department)}`]),
    `- Sent by: ${escaped(route.account)}. This tool sends nothing.`,
    ...prerequisites.map((sentence) => `- Check first: ${escaped(sentence)}`),
    "",
  ];
  if (state === "done") {
    return `${[...head, "**Nothing to send.**", "", ...shownAlready(ticket).map((line) => `- ${escaped(line)}`)].join("\n")}\n`;
  }
  if (state === "blocked") {
    return `${[...head, "**Not ready: do not send anything yet.**", "", ...missing.map((line) => `- ${escaped(line)}`)].join("\n")}\n`;
  }
  const entered = Object.entries(fields);
  const form =
    entered.length === 0
      ? []
      : [
          "| Field of the form | Enter |",
          "| --- | --- |",
          ...entered.map(([label, value]) => `| ${escaped(label)} | ${escaped(value)} |`),
          "",
        ];
  return `${[...head, ...form, "Subject:", "", ...fenced(subject), "", "Text:", "", ...fenced(body)].join("\n")}\n`;
}

/** A code block whose fence is longer than any run of backquotes inside. */
function fenced(text: string): string[] {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return [`${fence}text`, text, fence];
}

/** Every character that means something in Markdown or HTML, escaped. */
function escaped(text: string): string {
  return plainLine(text).replace(/[\\`*_{}[\]<>()#+!|~&-]/g, (character) =>
    character === "<" ? "&lt;" : character === ">" ? "&gt;" : character === "&" ? "&amp;" : `\\${character}`,
  );
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[^\x20-\x7e\n]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

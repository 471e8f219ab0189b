/** From what is known to the text that may be sent: one pure function of the provider's data and the request. */
import { sameName } from "../../../fcrdns/names/name";
import type { Problem } from "../../cloud";
import {
  addressProblems,
  askProblems,
  checkedAddress,
  checkedAsk,
  detailProblems,
  givenDetails,
  missingDetails,
  sinceProblems,
  whatIsMissing,
} from "./check-input";
import { plainLine } from "./plain-text";
import type { Ask, Ticket, TicketAddress, TicketDetails } from "./ticket";
import type { MissingDetail, TicketInput } from "./ticket-input";
import type { TicketProvider } from "./ticket-provider";
import { body, fields, filled, route, subjectPattern } from "./ticket-text";
import { waiting } from "./waiting";

export { type MissingDetail, type TicketInput, type TicketInputAddress, ticketDetails } from "./ticket-input";

export type MadeTicket =
  | { readonly ok: true; readonly ticket: Ticket }
  | {
      readonly ok: false;
      /** Ask the user for these by name; nothing is ever made up. */
      readonly missing: readonly MissingDetail[];
      /** What was given and cannot be right. */
      readonly problems: readonly Problem[];
    };

/**
 * Makes the ticket for one provider. It is `ready` only when every address has its {@link ForwardProof}; until then it is
 * `blocked`, has no text, and `missing` says what must come first.
 * @param provider from `findTicketProvider`
 * @param request addresses, what is asked, and what only the sender knows
 * @example
 * makeTicket(racknerd, {
 *   addresses: [{ address: "203.0.113.7", hostname: "mail.example.com", proof }],
 *   service: "vps-1234",
 *   purpose: "order confirmations to customers",
 * });
 */
export function makeTicket(provider: TicketProvider, request: TicketInput): MadeTicket {
  const ask = checkedAsk(request.ask ?? { kind: "ptr" });
  const details = givenDetails(request);
  const addresses = request.addresses.map(checkedAddress);
  const problems = [
    ...detailProblems(request),
    ...addressProblems(provider, request, addresses),
    ...askProblems(ask, addresses),
    ...sinceProblems(request),
  ];
  const missing = missingDetails(provider, ask, details);
  if (problems.length > 0) return { ok: false, missing, problems };

  const given = addresses.flatMap((checked) => (checked.ok ? [checked.address] : []));
  const left = given.filter((address) => !isDone(ask, address));
  // Nothing is asked for what DNS shows already, no detail either.
  if (left.length === 0) return { ok: true, ticket: nothingToRequest(provider, ask, given, details) };
  if (missing.length > 0) return { ok: false, missing, problems };
  const unproven = ask.kind === "removal" ? [] : left.filter((address) => address.proof === undefined);
  const ready = unproven.length === 0;
  const subject = plainLine(filled(subjectPattern(provider, ask), left, details, request));
  return {
    ok: true,
    ticket: {
      provider: provider.name,
      title: provider.title,
      route: route(provider, details),
      ask,
      addresses: left,
      details,
      state: ready ? "ready" : "blocked",
      missing: unproven.map(whatIsMissing),
      prerequisites: provider.prerequisites,
      subject,
      body: ready ? body(provider, ask, left, details) : "",
      fields: ready && ask.kind !== "rfc2317" ? fields(provider, ask, left, details, request) : {},
      ...(ready && request.since !== undefined && waiting(request.since, subject, left, ask, request)),
    },
  };
}

/** Whether DNS shows already what is asked for the address; port 25 and delegations are not seen there. */
function isDone(ask: Ask, { hostname, currentPtrs: names }: TicketAddress): boolean {
  if (names === undefined) return false;
  if (ask.kind === "removal") return !names.some((name) => sameName(name, hostname));
  return ask.kind === "ptr" && names.length === 1 && sameName(names[0] ?? "", hostname);
}

function nothingToRequest(
  provider: TicketProvider,
  ask: Ask,
  addresses: readonly TicketAddress[],
  details: TicketDetails,
): Ticket {
  const { name, title } = provider;
  return {
    provider: name,
    title,
    route: route(provider, details),
    ask,
    addresses,
    details,
    state: "done",
    missing: [],
    subject: "",
    body: "",
    fields: {},
  };
}

/** What a ticket is made of: what is asked for which addresses, and what only the sender knows. */
import type { Ask, ForwardAnswer, TicketDetail, TicketDetails } from "./ticket";

/** One address and the name that its PTR shall carry. */
export interface TicketInputAddress {
  readonly address: string;
  readonly hostname: string;
  /** The names that the PTR has now; empty: none; undefined: not known. */
  readonly currentPtrs?: readonly string[];
  /** Without it the ticket stays `blocked`; not needed for a removal. */
  readonly proof?: ForwardAnswer;
}

export interface TicketInput extends TicketDetails {
  /** At least one. */
  readonly addresses: readonly TicketInputAddress[];
  /** @default { kind: "ptr" } */
  readonly ask?: Ask;
  /** When the provider was first asked, ISO 8601: adds the reminder. @default not asked yet */
  readonly since?: string;
  /** The present moment, ISO 8601: `since` cannot be after it. @default not checked */
  readonly now?: string;
  /** @default 3 */
  readonly remindAfterDays?: number;
}

/** A detail that this provider works on nothing without. */
export interface MissingDetail {
  readonly field: TicketDetail;
  /** What to give, in one sentence. */
  readonly question: string;
  readonly example: string;
}

/** What each detail is; the order is the order in the text. */
export const ticketDetails: Readonly<
  Record<TicketDetail, { readonly label: string; readonly question: string; readonly example: string }>
> = {
  service: {
    label: "Service",
    question: "the server or service by its name in the provider's panel",
    example: "vps-1234 (mail1)",
  },
  account: { label: "Account", question: "your account or customer number, or PIN", example: "100234" },
  email: {
    label: "Reply to",
    question: "the e-mail address for the provider's answer",
    example: "ops@example.com",
  },
  purpose: {
    label: "Purpose",
    question: "what mail is sent and to whom",
    example: "order confirmations to customers of shop.example.com",
  },
  volume: { label: "Volume", question: "how many messages per day", example: "500" },
  mta: { label: "Mail server", question: "the mail server software", example: "Postfix 3.9" },
  abuse: { label: "Abuse contact", question: "the address for complaints", example: "abuse@example.com" },
  controls: {
    label: "Against abuse",
    question: "how spam is prevented",
    example: "authenticated senders only, double opt-in, one-click unsubscribe",
  },
  tried: {
    label: "Tried before",
    question: "what you tried before, with the error from the panel or API",
    example: "panel answers 500 when the reverse name is saved",
  },
};

import * as pulumi from "@pulumi/pulumi";
import { loadedProvider } from "../dynamic/loaded-provider";
import type { TicketStatus } from "./ticket-status";

export interface TicketRequestArgs {
  /** The provider's word, `racknerd`. */
  readonly provider: string;
  /** What is asked for which addresses, one line; another text is another request, and waits anew. */
  readonly asked: pulumi.Input<string>;
  /** What DNS showed in this run; null in a preview. */
  readonly ticketStatus: pulumi.Input<TicketStatus | null>;
}

/** A request to people, remembered in the state: since when it waits, and what DNS showed when it could first be sent. */
export class TicketRequest extends pulumi.CustomResource {
  /** ISO 8601, UTC; null: it cannot be sent yet. */
  declare public readonly since: pulumi.Output<string | null>;
  declare public readonly ticketStatus: pulumi.Output<TicketStatus | null>;

  public constructor(name: string, args: TicketRequestArgs, options: pulumi.CustomResourceOptions = {}) {
    super(
      "pulumi-nodejs:dynamic/tickets:TicketRequest",
      name,
      { since: undefined, ...args, __provider: loadedProvider("providers/internal/tickets/ticket-request-provider") },
      options,
    );
  }
}

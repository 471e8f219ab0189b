/**
 * Clouds whose PTRs are set by people: the address is there already, the PTR is asked for by ticket, and the stack waits
 * for it. One for every provider whose `ticket.ts` is the only way.
 */
import { writeFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { AddressRequest, Cloud, CloudContext, Problem, ReverseRequest } from "../../cloud";
import type { ConfigOf } from "../../config-schema";
import { type GivenAddresses, givenAddresses } from "../addresses/given-addresses";
import { asksDns } from "../asks-dns";
import { dnsSettings } from "../dns-settings";
import { once } from "../once";
import { ticketCapabilities } from "./capabilities";
import type { ticketConfigKeys } from "./config-keys";
import { makeTicket } from "./make-ticket";
import { renderReminder, renderTicket } from "./render";
import type { Ask, Ticket, TicketDetails } from "./ticket";
import type { TicketInput } from "./ticket-input";
import type { TicketProvider } from "./ticket-provider";
import { TicketRequest } from "./ticket-request";
import { look, type TicketStatus } from "./ticket-status";
import { reminderDue } from "./waiting";

export interface TicketCloudArgs extends TicketDetails {
  /** The addresses that the provider assigned, at most one per family: `["203.0.113.7", "2001:db8::25"]`. */
  readonly addresses: readonly string[];
  /** What is asked. @default { kind: "ptr" } */
  readonly ask?: Exclude<Ask, { readonly kind: "removal" }>;
  /** Days after which the reminder takes the ticket's place. @default 3 */
  readonly remindAfterDays?: number;
  /** Writes what is to be sent into this file as well, at every `pulumi up`. @default no file */
  readonly file?: string;
}

/** The function that makes the cloud, of what is known of the provider. */
export function ticketCloud(provider: TicketProvider): (args: TicketCloudArgs) => Cloud {
  return (args) => cloudOf(provider, args);
}

function cloudOf(provider: TicketProvider, args: TicketCloudArgs): Cloud {
  const addresses = givenAddresses(args.addresses);
  return {
    name: provider.name,
    capabilities: ticketCapabilities(provider),
    families: ([4, 6] as const).filter((family) => addresses.of(family) !== undefined),
    validate: (request) => [...addresses.validate(request, provider.title), ...ticketProblems(provider, args, request)],
    addresses: (context) => {
      // One ticket for both families.
      const ticket = once((request: ReverseRequest) => ticketFor(provider, args, addresses, context, request));
      return addresses.hostAddresses(context.families).map((own) => ({
        ...own,
        reverse: (request) => ({ reverse: "ticket", provider: provider.name, ticket: ticket(request) }),
      }));
    },
  } satisfies Cloud;
}

/** The arguments from the stack's config; `Args` for providers that take more than the ticket's own. */
export function ticketArgsFromConfig<Args extends TicketCloudArgs = TicketCloudArgs>(
  config: ConfigOf<typeof ticketConfigKeys>,
): TicketCloudArgs & Partial<Args> {
  const details = config.structure<TicketDetails & Partial<Args>>("ticket") ?? ({} as Partial<Args>);
  const addresses = [config.text("address"), config.text("ipv6Address")].filter((text) => text !== undefined);
  return { ...details, addresses };
}

function inputOf(args: TicketCloudArgs, addresses: TicketInput["addresses"]): TicketInput {
  const { addresses: _given, file: _file, ...rest } = args;
  return { ...rest, addresses };
}

/** What the ticket would be refused for, found before anything exists. */
function ticketProblems(provider: TicketProvider, args: TicketCloudArgs, request: AddressRequest): Problem[] {
  const addresses = givenAddresses(args.addresses);
  const pairs = request.families.flatMap((family) => {
    const address = addresses.of(family);
    return address === undefined ? [] : [{ address, hostname: request.hostname }];
  });
  if (pairs.length === 0) return [];
  const made = makeTicket(provider, inputOf(args, pairs));
  if (made.ok) return [];
  return [
    ...made.problems.map((problem) => ({ ...problem, argument: `cloud.${problem.argument}` })),
    ...made.missing.map(({ field, question, example }) => ({
      argument: `cloud.${field}`,
      message: `${provider.title} needs ${question}`,
      fix: `give ${field}: ${JSON.stringify(example)}`,
    })),
  ];
}

function ticketFor(
  provider: TicketProvider,
  args: TicketCloudArgs,
  addresses: GivenAddresses,
  context: CloudContext,
  request: ReverseRequest,
): pulumi.Output<Ticket | undefined> {
  const settings = context.settings ?? dnsSettings();
  const pairs = context.families.flatMap((family) => {
    const address = addresses.of(family);
    return address === undefined ? [] : [{ address, hostname: context.hostname }];
  });
  const published = request.forward.map((record) =>
    pulumi.CustomResource.isInstance(record) ? record.id : pulumi.output(""),
  );
  const ticketStatus = pulumi
    .all([request.hostname, ...published])
    .apply(
      (): Promise<TicketStatus | null> => (asksDns() ? look(pairs, settings, context.progress) : Promise.resolve(null)),
    );
  const remembered = new TicketRequest(
    `${context.name}-ticket`,
    { provider: provider.name, asked: asked(args, pairs), ticketStatus },
    { ...(request.options.parent && { parent: request.options.parent }) },
  );
  return pulumi.all([remembered.ticketStatus, remembered.since]).apply(([seen, since]) => {
    if (seen?.set === true) return undefined;
    const known = seen?.addresses ?? pairs;
    const made = makeTicket(provider, {
      ...inputOf(args, known),
      ...(since !== null && seen?.visible === true && { since }),
    });
    // Refused in the constructor already.
    if (!made.ok) return undefined;
    if (made.ticket.state === "done") return undefined;
    const ticket = dueTicket(made.ticket, new Date());
    if (args.file !== undefined && !pulumi.runtime.isDryRun()) writeFileSync(args.file, ticket.text ?? "");
    return ticket;
  });
}

/** One line that tells one request from another. */
function asked({ ask = { kind: "ptr" } }: TicketCloudArgs, pairs: TicketInput["addresses"]): string {
  const what = ask.kind === "rfc2317" ? `rfc2317 ${ask.cidr} ${ask.nameServers.join(" ")}` : ask.kind;
  return `${what} ${pairs.map(({ address, hostname }) => `${address}=${hostname}`).join(" ")}`;
}

/** What is to be sent now: the ticket, or, when it has waited long enough, the reminder. */
function dueTicket(ticket: Ticket, now: Date): Ticket {
  if (ticket.reminder === undefined || !reminderDue(ticket, now)) {
    return { ...ticket, text: renderTicket(ticket, "text") };
  }
  return { ...ticket, ...ticket.reminder, fields: {}, text: renderReminder(ticket) };
}

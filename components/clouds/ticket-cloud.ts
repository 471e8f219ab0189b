/**
 * Clouds whose PTRs are set by people: the address is there already, the PTR is asked for by ticket, and the stack waits
 * for it. One cloud for every provider in `components/tickets/providers/` that has no other way.
 */
import { writeFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { asksDns } from "../asks-dns";
import type { ConfigReader } from "../config-reader";
import { dnsSettings } from "../dns-settings";
import { makeTicket, reminderDue, type TicketRequest as Wanted } from "../tickets/make-ticket";
import { plainLine } from "../tickets/plain-text";
import { frontier as frontierProvider } from "../tickets/providers/frontier";
import { generic as genericProvider } from "../tickets/providers/generic";
import { govcloud as govcloudProvider } from "../tickets/providers/govcloud";
import { interserver as interserverProvider } from "../tickets/providers/interserver";
import { lightsail as lightsailProvider } from "../tickets/providers/lightsail";
import { oracle as oracleProvider } from "../tickets/providers/oracle";
import { racknerd as racknerdProvider } from "../tickets/providers/racknerd";
import { renderReminder, renderTicket } from "../tickets/render";
import { look, type Sighting } from "../tickets/sighting";
import type { Ask, Ticket, TicketDetails } from "../tickets/ticket";
import type { TicketProvider } from "../tickets/ticket-provider";
import { TicketRequest } from "../tickets/ticket-request";
import type {
  AddressRequest,
  Cloud,
  CloudCapabilities,
  CloudContext,
  Family,
  Problem,
  ReverseCapability,
  ReverseRequest,
} from "./cloud";
import { type GivenAddresses, givenAddresses } from "./given-addresses";

export interface TicketCloudArgs extends TicketDetails {
  /** The addresses that the provider assigned, at most one a family: `["203.0.113.7", "2001:db8::25"]`. */
  readonly addresses: readonly string[];
  /** What is asked. @default { kind: "ptr" } */
  readonly ask?: Exclude<Ask, { readonly kind: "removal" }>;
  /** Days after which the reminder takes the ticket's place. @default 3 */
  readonly remindAfterDays?: number;
  /** Writes what is to be sent into this file as well, at every `pulumi up`. @default no file */
  readonly file?: string;
}

/**
 * An address at RackNerd.
 * @example
 * racknerd({ addresses: ["203.0.113.7"], service: "vps-1234", purpose: "order confirmations to customers" })
 */
export const racknerd = (args: TicketCloudArgs): Cloud => ticketCloud(racknerdProvider, args);
/** A reserved public IP at Oracle Cloud Infrastructure. */
export const oracle = (args: TicketCloudArgs): Cloud => ticketCloud(oracleProvider, args);
/** A static IP at AWS Lightsail; wants `email` and `purpose`. */
export const lightsail = (args: TicketCloudArgs): Cloud => ticketCloud(lightsailProvider, args);
/** An Elastic IP in AWS GovCloud; wants `email` and `purpose`. */
export const govcloud = (args: TicketCloudArgs): Cloud => ticketCloud(govcloudProvider, args);
/** An address at InterServer; wants `service`, `purpose` and `controls`. */
export const interserver = (args: TicketCloudArgs): Cloud => ticketCloud(interserverProvider, args);
/** A static IP of a Frontier Business line. */
export const frontier = (args: TicketCloudArgs): Cloud => ticketCloud(frontierProvider, args);

export interface GenericTicketArgs extends TicketCloudArgs {
  /** The provider as people write it, for the text. */
  readonly title: string;
  /** Where the ticket is opened. */
  readonly url?: string;
}

/** An address at a provider that is not known here. */
export const generic = ({ title, url, ...args }: GenericTicketArgs): Cloud =>
  ticketCloud(
    {
      ...genericProvider,
      title: plainLine(title),
      route: { ...genericProvider.route, ...(url !== undefined && { url: plainLine(url) }) },
    },
    args,
  );

/** A cloud made of a provider's data. */
export function ticketCloud(provider: TicketProvider, args: TicketCloudArgs): Cloud {
  const addresses = givenAddresses(args.addresses);
  const tickets = new WeakMap<object, pulumi.Output<Ticket | undefined>>();
  return {
    name: provider.name,
    capabilities: ticketCapabilities(provider),
    families: ([4, 6] as const).filter((family) => addresses.of(family) !== undefined),
    refuse: (request) => [...addresses.refuse(request, provider.title), ...ticketProblems(provider, args, request)],
    addresses: ({ families }) => addresses.cloudAddresses(families),
    // One ticket for both families: the second call gets what the first one made.
    reverse: (context, request) => {
      const component = context.reverseOptions.parent ?? context;
      const ticket = tickets.get(component) ?? ticketFor(provider, args, addresses, context, request);
      tickets.set(component, ticket);
      return { reverse: "ticket", provider: provider.name, ticket };
    },
  } satisfies Cloud;
}

/** What `pulumi config set` takes for these clouds. */
export const configKeys = {
  address: "the IPv4 address; required",
  ipv6Address: "the IPv6 address",
  ticket: "what the provider wants to know: { service, account, email, purpose, volume, mta, abuse, controls, tried }",
} as const;

/** The clouds of this file by the word used in stack config. */
export const ticketClouds = { racknerd, oracle, lightsail, govcloud, interserver, frontier } as const;

/** The cloud as the stack's config describes it. */
export function ticketCloudFile(name: keyof typeof ticketClouds | "generic"): {
  fromConfig(config: ConfigReader): Cloud;
} {
  return {
    fromConfig: (config) => {
      const details = config.structure<TicketDetails & Partial<GenericTicketArgs>>("ticket") ?? {};
      const addresses = [config.text("address"), config.text("ipv6Address")].filter((text) => text !== undefined);
      const args = { ...details, addresses };
      return name === "generic" ? generic({ title: "your provider", ...args }) : ticketClouds[name](args);
    },
  };
}

/** What is known of a provider that sets PTRs by hand, as of any other cloud. */
export function ticketCapabilities(provider: TicketProvider): CloudCapabilities {
  const { title, port25, sources } = provider;
  const ofFamily = (family: Family): ReverseCapability => ({
    how: provider.families.includes(family) ? "ticket" : "none",
    checksForward: provider.checksForward ?? "unknown",
    domainOwnership: false,
    afterDelete: "nothing-happens",
    expectedLagMinutes: 24 * 60,
    nameRules: { ...provider.nameRules, lowerCase: false },
    genericDefault: provider.genericDefault ?? null,
    locksAddress: false,
    stableObject: provider.stableObject ?? "the address",
    advice: provider.families.includes(family)
      ? `People set the PTR (${provider.turnaround}). ${sentence(provider.release)}`
      : `${title} sets no PTR for IPv${family} addresses: set ipv6: false and let the MTA send over IPv4 only.`,
    sources,
  });
  return {
    title,
    reverse: { 4: ofFamily(4), 6: ofFamily(6) },
    port25: {
      policy: port25?.policy ?? "unknown",
      advice: port25?.advice ?? 'Not known; ask { kind: "ptr+port25" } asks for it in the same ticket.',
      sources,
    },
    smtpOverIpv6: true,
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function wanted(args: TicketCloudArgs, addresses: Wanted["addresses"]): Wanted {
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
  const made = makeTicket(provider, wanted(args, pairs));
  if (made.ok) return [];
  return [
    ...made.problems.map((problem) => ({ ...problem, argument: `cloud.${problem.argument}` })),
    ...made.missing.map(({ field, question, example }) => ({
      argument: `cloud.${field}`,
      message: `${provider.title} wants to know ${question}`,
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
  const sighting = pulumi
    .all([request.hostname, ...published])
    .apply(
      (): Promise<Sighting | null> => (asksDns() ? look(pairs, settings, context.progress) : Promise.resolve(null)),
    );
  const remembered = new TicketRequest(
    `${context.name}-ticket`,
    { provider: provider.name, asked: asked(args, pairs), sighting },
    { ...(context.reverseOptions.parent && { parent: context.reverseOptions.parent }) },
  );
  return pulumi.all([remembered.sighting, remembered.since]).apply(([seen, since]) => {
    if (seen?.set === true) return undefined;
    const known = seen?.addresses ?? pairs;
    const made = makeTicket(provider, {
      ...wanted(args, known),
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
function asked({ ask = { kind: "ptr" } }: TicketCloudArgs, pairs: Wanted["addresses"]): string {
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

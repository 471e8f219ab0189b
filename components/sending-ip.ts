import * as pulumi from "@pulumi/pulumi";
import type { DnsSettings } from "../fcrdns/settings";
import type { Cloud, CloudAddress, CloudCapabilities, CloudContext, Family, ReverseResult } from "../providers/cloud";
import type { DnsHost, PublishResult, RecordSet } from "../providers/dns-host";
import { explainRefusal } from "../providers/internal/addresses/explain-refusal";
import { dnsSettings } from "../providers/internal/dns-settings";
import { failsRun } from "../providers/internal/fails-run";
import { type OwnPtr, ownPtr } from "../providers/internal/lost-ptr";
import { promiseOf } from "../providers/internal/promise-of";
import { keyedRecord } from "../providers/internal/records/keyed-record";
import type { Ticket } from "../providers/internal/tickets/ticket";
import type { ConfigurationFile, MailServerName } from "../senders/mta/mail-server";
import { mailRecordsChecked } from "./apex-text";
import { checkedRequest, type SendingRequest } from "./checked-request";
import { forwardVisible } from "./forward-visible";
import { publishMailRecords } from "./mail-records";
import { type MtaConfigArgs, mtaConfig, needBindAddress } from "./mta-config";
import { isPlain, type PlainSendingIpArgs, sendingIpArgs } from "./plain-args";
import { roundTripHolds } from "./round-trip-holds";

export interface SendingIpArgs {
  /**
   * The name of the server, which the PTR and the A/AAAA records will have, and which it says in EHLO. A host name of your own, not an
   * alias: `mail.example.com`.
   */
  readonly hostname: string;
  /**
   * What the mail server says in EHLO, where that is not the host name; some receivers refuse mail then. It must have the
   * addresses too, in records of your own: `verified` and the gate look them up.
   * @default the host name
   */
  readonly helo?: string;
  /** Where the address comes from: `hetzner()`, `aws()` ... */
  readonly cloud: Cloud;
  /** Where A and AAAA are published: `hetznerDns({ zone })`, `cloudflare({ zone })` ... */
  readonly dns: DnsHost;
  /**
   * Send over IPv6 too. Every family that sends needs its own round trip.
   * @default true if the cloud can set the PTR of an IPv6 address and allows outgoing SMTP over IPv6
   */
  readonly ipv6?: boolean;
  /**
   * Publish MX and SPF of the zone, only after the address is verified, as `publishMailRecords` does.
   * @default false
   */
  readonly mx?: boolean;
  /** Time to live of A and AAAA, in seconds. @default the DNS host's */
  readonly ttl?: number;
  /**
   * Earlier host names of this address: their A and AAAA stay, so that the old PTR still confirms the address for a
   * receiver that has cached it. Keep a name for as long as the old PTR may be cached: its TTL, at most clouds a day.
   * Names in the zone of `dns`; give a name of another zone with its own DNS host.
   * @default none: the old records are deleted, last of all
   */
  readonly formerHostnames?: readonly (string | FormerHostname)[];
  /**
   * Refuse to delete the address, its A and AAAA and its PTR, also in `pulumi destroy`: its reputation would be lost. A
   * new host name then needs the old one among `formerHostnames`.
   * @default false
   */
  readonly protect?: boolean;
  /** Keep the address, its A and AAAA and its PTR when they are removed from the stack. @default false */
  readonly retainOnDelete?: boolean;
  /** DNS servers to query while waiting. @default the stack config's `fcrdns:*` */
  readonly verify?: DnsSettings;
}

/** An earlier host name of an address, in another zone. */
export interface FormerHostname {
  readonly hostname: string;
  /** Where its A and AAAA are published. @default the `dns` of the SendingIp */
  readonly dns?: DnsHost;
}

/** One sending address, as policies and `fcrdns stack` read it from the stack. */
export interface Endpoint {
  readonly address: string;
  readonly family: Family;
  readonly hostname: string;
  /** What the mail server says in EHLO. @default the host name */
  readonly helo?: string;
  /** How the PTR is set: by this stack, by ticket, by hand, or not at all. */
  readonly reverse: ReverseResult["reverse"];
  /** The cloud's short name. */
  readonly cloud: string;
  readonly ticket?: Ticket;
  /** What to enter where, when `reverse` is `manual`. */
  readonly instructions?: string;
}

/** What is known once the round trip holds. */
export interface Verified {
  readonly hostname: string;
  /** What the mail server says in EHLO. @default the host name */
  readonly helo?: string;
  readonly addresses: readonly string[];
  /**
   * From when it is safe to send, UTC, ISO 8601: while the program waited, a wrong answer was visible that resolvers or receivers
   * may remember until then. @default nothing of the kind was seen
   */
  readonly notBefore?: string;
}

/** The underlying resources by role; absent if the cloud or DNS host created none. */
export interface SendingIpNodes {
  readonly address: { readonly v4?: pulumi.Resource; readonly v6?: pulumi.Resource };
  readonly forward: { readonly v4?: pulumi.Resource; readonly v6?: pulumi.Resource };
  readonly reverse: { readonly v4?: pulumi.Resource; readonly v6?: pulumi.Resource };
}

/**
 * The `SendingIp` component brings up an address for sending mail: the address, its A/AAAA, its PTR (or the ticket that
 * requests it), in this order, and {@link SendingIp.verified} for everything that must not exist before
 * forward and reverse DNS agree.
 *
 * For invalid arguments the constructor throws a `UserError` (a `pulumi.RunError`) that names them, before anything is created.
 *
 * @example
 * const mail = new SendingIp("mail", {
 *   hostname: "mail.example.com",
 *   cloud: hetzner(),
 *   dns: hetznerDns({ zone: "example.com" }),
 * });
 * export const endpoints = mail.endpoints;
 */
export class SendingIp extends pulumi.ComponentResource {
  /** Canonical: lower case, A-labels, no final dot. */
  public readonly hostname: pulumi.Output<string>;
  /** One entry per address, IPv4 first. */
  public readonly endpoints: pulumi.Output<Endpoint[]>;
  /** The addresses themselves, IPv4 first. */
  public readonly addresses: pulumi.Output<string[]>;
  /** What to enter at the DNS host by hand: one text per record; empty if all is published. */
  public readonly manualSteps: pulumi.Output<string[]>;
  /** The underlying resources. */
  public readonly nodes: SendingIpNodes;

  readonly #roundTrip: () => pulumi.Output<Verified>;
  readonly #sending: { readonly hostname: string; readonly capabilities: CloudCapabilities };
  #verified: pulumi.Output<Verified> | undefined;

  /**
   * @param name prefix of every resource below
   * @param given host name, cloud, DNS host and options; or plain values that name cloud and DNS host
   * @param options `provider`, `protect`, `retainOnDelete` and the others are passed to the underlying resources
   */
  public constructor(
    name: string,
    given: SendingIpArgs | PlainSendingIpArgs,
    options: pulumi.ComponentResourceOptions = {},
  ) {
    const args = isPlain(given) ? sendingIpArgs(given) : given;
    const request = checkedRequest(args);
    super("pulumi-fcrdns:index:SendingIp", name, recorded(request), options);
    const settings = args.verify ?? dnsSettings();

    const context = this.#context(name, args, request, settings);
    const checked = mailRecordsChecked();
    const addresses = checkedBefore(args.cloud, context, checked);
    const refusals = new Map(addresses.map((address) => [address, refusal()]));
    const forward = addresses.map((address) =>
      this.#publishForward(name, args, request, address, () => refusals.get(address)?.tell()),
    );
    const former = this.#publishFormer(name, args, request, addresses);
    const forwardRecords = forward.flatMap((result) => resourceOf(result) ?? []);
    let replaced: Promise<unknown> = Promise.resolve();
    const reverse = addresses.map((address, index) => {
      const visible = this.#hostnameForReverse(args, request, settings, address, forward[index]);
      const { lateDeleteErases } = args.cloud.capabilities.reverse[address.family];
      // Such PTRs are deleted before they are created again. One at a time, for a failure stops the engine between the two
      // steps of another one. Without the resource in it: Pulumi would replace what depends on it too.
      const hostname = lateDeleteErases ? pulumi.all([visible, replaced]).apply(([value]) => value) : visible;
      const options = { ...this.#reverseOptions(args, address.family), dependsOn: forwardRecords };
      const refused = refusals.get(address)?.refused;
      const result = address.reverse({ hostname, forward: forwardRecords, options, ...(refused && { refused }) });
      if (lateDeleteErases && result.reverse === "set") {
        replaced = promiseOf(result.done);
        replaced.catch(() => undefined);
      }
      return { hostname, ...result };
    });

    this.hostname = pulumi.output(request.hostname);
    const endpoints = addresses.map((address, index) => endpoint(args, request, address, reverse[index]));
    // Resources after a failed check or look-up never settle; the endpoints fail with it, and the run with them.
    const zone = args.dns.lookUp?.({ parent: this });
    this.endpoints = pulumi.all([pulumi.all(endpoints), checked, zone]).apply(([known]) => known);
    failsRun(promiseOf(this.endpoints));
    this.addresses = this.endpoints.apply((known) => known.map(({ address }) => address));
    this.manualSteps = pulumi
      .all(
        [...forward, ...former].map((result) =>
          result.published === "manual" ? result.instructions : pulumi.output(""),
        ),
      )
      .apply((steps) => steps.filter((step) => step !== ""));
    this.nodes = {
      address: byFamily(addresses, (index) => addresses[index]?.resource),
      forward: byFamily(addresses, (index) => resourceOf(forward[index])),
      reverse: byFamily(addresses, (index) => reverseResource(reverse[index])),
    };
    const ptrs = addresses.map(({ family }, index) => this.#ownPtr(args.cloud, request, family, reverse[index]));
    this.#roundTrip = () => roundTripHolds(this, this.endpoints, settings, pulumi.all(ptrs));
    this.#sending = { hostname: request.hostname, capabilities: args.cloud.capabilities };
    if (args.mx) publishMailRecords(name, args.dns, this.verified, this.#childOptions(args));
    this.registerOutputs({ hostname: this.hostname, endpoints: this.endpoints });
  }

  /**
   * Resolves only when the round trip of every address holds; the program fails otherwise. Take the host name or the
   * addresses from here for everything that must not exist before: MX, SPF, the firewall rule for port 25, the MTA's config.
   * Sends no queries unless something uses it, and never in a preview.
   */
  public get verified(): pulumi.Output<Verified> {
    if (this.#verified === undefined) {
      this.#verified = this.#roundTrip();
      failsRun(promiseOf(this.#verified));
    }
    return this.#verified;
  }

  /**
   * What the mail server must be told: EHLO name, address to send from, and to leave IPv6 alone where no IPv6 address is
   * verified. Known only once {@link SendingIp.verified} resolves. Each file's first line says where its text belongs;
   * `fcrdns mta` reads them back.
   * @param server `"postfix"`, `"exim"` ...; docs/senders.md has the list
   * @param args the machine's own address, where the cloud translates the public one; a `UserError` says so
   * @example
   * export const mainCf = mail.mtaConfig("postfix").apply(([main]) => main?.text);
   * export const behindNat = mail.mtaConfig("kumomta", { bindAddress: instance.privateIp });
   */
  public mtaConfig(server: MailServerName, args: MtaConfigArgs = {}): pulumi.Output<ConfigurationFile[]> {
    needBindAddress(server, { ...this.#sending, args });
    return mtaConfig(server, [{ ...this.#sending, args, verified: this.verified, endpoints: this.endpoints }]);
  }

  #context(name: string, args: SendingIpArgs, request: SendingRequest, settings: DnsSettings): CloudContext {
    return {
      name,
      settings,
      hostname: request.hostname,
      families: request.families,
      addressOptions: {
        ...this.#childOptions(args),
        hooks: explainRefusal(name, args.cloud.capabilities.title, this),
        // No address is created, and paid for, before the zone is known to exist.
        ...(args.dns.lookUp && { dependsOn: args.dns.lookUp({ parent: this }).apply((): pulumi.Resource[] => []) }),
      },
      progress: (line) => void pulumi.log.info(line, this, undefined, true),
    };
  }

  /** For failures: the PTR that this stack sets itself. */
  #ownPtr(
    cloud: Cloud,
    { hostname }: SendingRequest,
    family: Family,
    result: ReverseResult | undefined,
  ): pulumi.Output<OwnPtr | undefined> {
    return result?.reverse === "set"
      ? (result.resource?.urn ?? pulumi.output("")).apply((urn) => ownPtr(cloud, family, hostname, urn))
      : pulumi.output(undefined);
  }

  /** The user's options for all resources of this address. */
  #childOptions({ protect, retainOnDelete }: SendingIpArgs): pulumi.CustomResourceOptions {
    return {
      parent: this,
      ...(protect !== undefined && { protect }),
      ...(retainOnDelete !== undefined && { retainOnDelete }),
    };
  }

  #reverseOptions(args: SendingIpArgs, family: Family): pulumi.CustomResourceOptions {
    const { lateDeleteErases } = args.cloud.capabilities.reverse[family];
    return { ...this.#childOptions(args), ...(lateDeleteErases && { deleteBeforeReplace: true }) };
  }

  #publishForward(
    name: string,
    args: SendingIpArgs,
    { hostname, formerHostnames }: SendingRequest,
    address: CloudAddress,
    onRefused: () => void,
  ): PublishResult {
    const record = forwardRecord(args, hostname, address);
    const prefix = `${name}-forward-v${address.family}`;
    const made = keyedRecord(prefix, args.dns, record, this.#childOptions(args), onRefused);
    // Older stacks know the record of their last host name by the name alone.
    const { aliases: _taken, ...options } = made.options;
    return args.dns.publish(made.name, record, formerHostnames.length > 0 ? options : made.options);
  }

  /** A and AAAA of the names before, under the Pulumi names that they had then, so that nothing is made or deleted. */
  #publishFormer(
    name: string,
    args: SendingIpArgs,
    { formerHostnames }: SendingRequest,
    addresses: readonly CloudAddress[],
  ): PublishResult[] {
    return formerHostnames.flatMap(({ hostname, dns }, index) =>
      addresses.map((address) => {
        const record = forwardRecord(args, hostname, address);
        const made = keyedRecord(`${name}-forward-v${address.family}`, dns, record, this.#childOptions(args));
        const { aliases: _taken, ...options } = made.options;
        return dns.publish(made.name, record, index === 0 ? made.options : options);
      }),
    );
  }

  /**
   * The PTR's value, held back until the name is visible: always if the cloud looks it up itself, otherwise if it replaces
   * a name that confirms the address.
   */
  #hostnameForReverse(
    args: SendingIpArgs,
    request: SendingRequest,
    settings: DnsSettings,
    address: CloudAddress,
    published: PublishResult | undefined,
  ): pulumi.Output<string> {
    const { checksForward, how } = args.cloud.capabilities.reverse[address.family];
    const always = published?.published === "manual" || checksForward === "yes";
    // A ticket changes nothing by itself.
    return always || (how !== "ticket" && how !== "none")
      ? forwardVisible(
          this,
          request.hostname,
          address.address,
          resourceOf(published),
          settings,
          always ? "always" : "replacing",
        )
      : pulumi.output(request.hostname);
  }
}

/** The mail domain's TXT records are checked before anything that needs an address is created. */
function checkedBefore(
  cloud: Cloud,
  context: CloudContext,
  checked: pulumi.Output<pulumi.Resource[]>,
): readonly CloudAddress[] {
  const addressOptions = pulumi.mergeOptions(context.addressOptions, { dependsOn: checked });
  return cloud
    .addresses({ ...context, addressOptions })
    .map((known) =>
      known.resource ? known : { ...known, address: pulumi.all([known.address, checked]).apply(([text]) => text) },
    );
}

/** Reports a record that could not be created. */
function refusal(): { readonly refused: Promise<void>; readonly tell: () => void } {
  let tell = (): void => {};
  const refused = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return { refused, tell };
}

function forwardRecord(args: SendingIpArgs, owner: string, address: CloudAddress): RecordSet {
  return {
    owner,
    type: address.family === 4 ? "A" : "AAAA",
    values: [address.address],
    ...(args.ttl !== undefined && { ttl: args.ttl }),
  };
}

/** The component's inputs as the state keeps them: plain values only. */
function recorded(request: SendingRequest): pulumi.Inputs {
  const { hostname, families, cloud, dns, zone } = request;
  return { hostname, ...otherHelo(request), families: [...families], cloud, dns, zone };
}

/** Only where it is not the host name. */
function otherHelo({ hostname, helo }: SendingRequest): { readonly helo?: string } {
  return helo === hostname ? {} : { helo };
}

function endpoint(
  args: SendingIpArgs,
  request: SendingRequest,
  address: CloudAddress,
  reverse: (ReverseResult & { readonly hostname: pulumi.Output<string> }) | undefined,
): pulumi.Output<Endpoint> {
  // Waits for the PTR where it is set here, so that nobody reads an endpoint whose PTR failed; and for the host name
  // itself, since the outputs of a resource whose input failed never settle.
  const known = {
    hostname: reverse?.hostname ?? pulumi.output(request.hostname),
    done: reverse?.reverse === "set" ? reverse.done : pulumi.output(""),
    ticket: reverse?.reverse === "ticket" ? reverse.ticket : pulumi.output(undefined),
    instructions: reverse?.reverse === "manual" ? reverse.instructions : pulumi.output(undefined),
  };
  return pulumi.all([address.address, known.hostname, known.done, known.ticket, known.instructions]).apply(
    ([text, hostname, , ticket, instructions]): Endpoint => ({
      address: text,
      family: address.family,
      hostname,
      ...otherHelo(request),
      reverse: reverse?.reverse ?? "none",
      cloud: args.cloud.name,
      ...(ticket !== undefined && { ticket }),
      ...(instructions !== undefined && { instructions }),
    }),
  );
}

function resourceOf(result: PublishResult | undefined): pulumi.Resource | undefined {
  return result?.published === "resource" ? result.resource : undefined;
}

function reverseResource(result: ReverseResult | undefined): pulumi.Resource | undefined {
  return result?.reverse === "set" ? result.resource : undefined;
}

function byFamily(
  addresses: readonly CloudAddress[],
  resourceAt: (index: number) => pulumi.Resource | undefined,
): { v4?: pulumi.Resource; v6?: pulumi.Resource } {
  const entries = addresses.flatMap((address, index) => {
    const resource = resourceAt(index);
    return resource ? [[`v${address.family}`, resource] as const] : [];
  });
  return Object.fromEntries(entries);
}

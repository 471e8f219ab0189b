/** Your own reverse zone, at any DNS host: addresses you brought yourself, or a part of a block delegated to you. */
import * as pulumi from "@pulumi/pulumi";
import { type IpAddress, parseAddress } from "../../fcrdns/names/address";
import { canonicalName } from "../../fcrdns/names/name";
import type { AddressRequest, Cloud, Family, Problem, ReverseRequest, ReverseResult } from "../cloud";
import type { ConfigOf } from "../config-schema";
import type { DnsHost, DnsHostOf } from "../dns-host";
import { validateAddress } from "../internal/addresses/given-address";
import { reverseRecordName } from "../internal/addresses/reverse-zone";
import { missingAddress } from "../internal/addresses/validation";
import { cloudCapabilities, configKeys } from "./facts";

/** One address and where its PTR record is published. */
export interface OwnReverse {
  /** The address that mail leaves from. */
  readonly address: string;
  /** The DNS host with your reverse zone: `cloudflare({ zone: "113.0.203.in-addr.arpa" })`. */
  readonly dns: DnsHost;
  /**
   * The reverse zone that was delegated to you, as its parent named it: `113.0.203.in-addr.arpa`,
   * `40/29.113.0.203.in-addr.arpa`, `8.b.d.0.1.0.0.2.ip6.arpa`. It may lie inside the DNS host's zone.
   * @default the DNS host's zone
   */
  readonly zone?: string;
  /**
   * Full name of the PTR record, where the parent's CNAME leads somewhere else than into `zone`.
   * @default made of address and zone
   */
  readonly recordName?: string;
}

export interface OwnZoneArgs extends OwnReverse {
  /** The IPv6 address that mail leaves from too, in a zone of its own. @default none: mail leaves over IPv4 only */
  readonly ipv6?: OwnReverse;
}

/**
 * Addresses whose reverse zone is yours. They exist already (bring your own IP, or routed to you); their PTRs are records
 * at your DNS host.
 * @param args address, DNS host, zone
 * @example
 * const cloud = ownZone({ address: "203.0.113.42", dns: gandi({ zone: "40/29.113.0.203.in-addr.arpa" }) });
 * new SendingIp("mail", { hostname: "mail.example.com", cloud, dns: gandi({ zone: "example.com" }) });
 */
export function ownZone(args: OwnZoneArgs): Cloud {
  return {
    name: "own-zone",
    capabilities: cloudCapabilities,
    families: args.ipv6 === undefined ? [4] : [4, 6],
    validate: (request) => validate(args, request),
    addresses: (context) =>
      context.families.map((family) => {
        const own = ownFor(args, family);
        return {
          family,
          address: pulumi.output(known(own).text),
          reverse: (request) => publishPtr(own, `${context.name}-ptr-v${family}`, request),
        };
      }),
  } satisfies Cloud;
}

function ownFor(args: OwnZoneArgs, family: Family): OwnReverse | undefined {
  return family === 4 ? args : args.ipv6;
}

/** After `refuse` found nothing wrong. */
function known(own: OwnReverse | undefined): IpAddress {
  const read = parseAddress(own?.address ?? "");
  if (!read.ok) {
    throw new pulumi.RunError(`cloud.address: ${read.reason}`);
  }
  return read.address;
}

function publishPtr(own: OwnReverse | undefined, name: string, request: ReverseRequest): ReverseResult {
  const owner = recordName(own);
  if (own === undefined || owner === undefined) {
    return { reverse: "none", why: "no reverse zone was given for this address" };
  }
  const published = own.dns.publish(name, { owner, type: "PTR", values: [request.hostname] }, request.options);
  if (published.published === "manual") {
    return { reverse: "manual", instructions: published.instructions };
  }
  const { resource } = published;
  return {
    reverse: "set",
    resource,
    done: pulumi.all([resource.urn, request.hostname]).apply(([, hostname]) => hostname),
  };
}

function recordName(own: OwnReverse | undefined): string | undefined {
  if (own === undefined) {
    return undefined;
  }
  if (own.recordName !== undefined) {
    const read = canonicalName(own.recordName);
    return read.ok ? read.name : undefined;
  }
  const found = reverseRecordName(known(own), own.zone ?? own.dns.zone);
  return found.ok ? found.name : undefined;
}

function validate(args: OwnZoneArgs, request: AddressRequest): Problem[] {
  return request.families.flatMap((family) => validateOwn(args, family));
}

function validateOwn(args: OwnZoneArgs, family: Family): Problem[] {
  const own = ownFor(args, family);
  const prefix = family === 4 ? "cloud" : "cloud.ipv6";
  if (own?.address === undefined || own.address === "") {
    const give = family === 6 ? "give cloud.ipv6 with address, dns and zone" : "give cloud.address";
    return [missingAddress(`${prefix}.address`, family, give)];
  }
  const wrongAddress = validateAddress(`${prefix}.address`, own.address, family);
  if (wrongAddress.length > 0) {
    return [...wrongAddress];
  }
  if (own.recordName !== undefined) {
    const read = canonicalName(own.recordName);
    return read.ok
      ? [...refusedByHost(own.dns, read.name, prefix)]
      : [
          {
            argument: `${prefix}.recordName`,
            message: read.reason,
            fix: "give the full name that the parent's CNAME leads to",
          },
        ];
  }
  const found = reverseRecordName(known(own), own.zone ?? own.dns.zone);
  return found.ok
    ? [...refusedByHost(own.dns, found.name, prefix)]
    : [{ argument: `${prefix}.zone`, message: found.message, fix: found.fix }];
}

/** The DNS host speaks of `dns`, meaning the forward records' host: this one is another argument. */
function refusedByHost(dns: DnsHost, owner: string, prefix: string): Problem[] {
  return dns
    .validate({ owner, type: "PTR" })
    .map((problem) => ({ ...problem, argument: `${prefix}.${problem.argument}` }));
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof configKeys>, dnsHostOf: DnsHostOf): Cloud {
  const word = config.text("reverseDns") ?? configKeys.reverseDns.default;
  const hostOf = (zone: string): DnsHost => {
    const host = dnsHostOf(word, zone);
    if (host === undefined) {
      throw new pulumi.RunError(`${config.name}:reverseDns: there is no DNS host named ${JSON.stringify(word)}`);
    }
    return host;
  };
  const ipv6Address = config.text("ipv6Address");
  return ownZone({
    address: config.text("address") ?? "",
    dns: hostOf(config.text("reverseZone") ?? ""),
    ...(ipv6Address !== undefined && {
      ipv6: { address: ipv6Address, dns: hostOf(config.text("ipv6ReverseZone") ?? "") },
    }),
  });
}

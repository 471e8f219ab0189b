/**
 * What a provider's raw resources mean in anybody's stack: one entry per type, which the gate, `fcrdns stack` and the
 * reading of Terraform share. A path names properties joined by dots, with `[]` for every item of a list
 * (`records[].value`).
 */
import type { ReverseCapability, Source } from "./cloud";
import type { RelatedResources } from "./internal/stack/related-resource";
import type { StackResource } from "./internal/stack/stack-resource";

export interface StackFacts<RuleName extends string = string> {
  /** By type token, without an API version: `hcloud:index/rdns:Rdns`. */
  readonly resources: Readonly<Record<string, ResourceFacts>>;
  /**
   * Prefix of Terraform's types, by Pulumi package; null: the package wraps no Terraform provider.
   * @default the package's own name
   */
  readonly terraform?: Readonly<Record<string, string | null>>;
  /** Its network blocks outgoing SMTP over IPv6. @default it does not */
  readonly noSmtpOverIpv6?: Source;
  /** Rules of the gate about these resources alone. @default none */
  readonly rules?: readonly ResourceRule<RuleName>[];
  /** Where tokens and properties were read. */
  readonly sources: readonly Source[];
}

export interface ResourceFacts {
  /** The DNS records that it publishes. @default it is no DNS record */
  readonly records?: RecordFacts | readonly RecordFacts[];
  /** Records name it as their zone by an id. @default it is no zone */
  readonly zone?: ZoneFacts;
  /** Where the public addresses stand that mail could leave from; mail leaves from no load balancer. @default none */
  readonly addresses?: readonly string[];
  /** The PTRs that it sets. @default none */
  readonly ptr?: PtrFacts | readonly PtrFacts[];
  /** Properties by which other resources point to it. @default its id alone */
  readonly ids?: readonly string[];
  /**
   * What the deletion of the old resource does where Pulumi has made its replacement first, as the end of a sentence; the
   * option `deleteBeforeReplace` avoids it. @default nothing to the new one
   */
  readonly lateDelete?: string;
  /** How a PTR that the provider has lost is set again. @default "refresh" */
  readonly afterLoss?: ReverseCapability["afterLoss"];
  /**
   * Each one sets all PTRs of what this property points to, so that the last one erases what the others set.
   * @default it sets those that it names
   */
  readonly overwrites?: { readonly property: string } & Pick<Source, "source">;
  /** How an address of it comes to be one that mail should not leave from. @default it stays */
  readonly unstable?: Hazard<readonly UnstableAddress[]>;
  /** A machine whose own addresses go with it: what to use instead, as a noun phrase. @default it is no machine */
  readonly machine?: { readonly instead: string } & Pick<Source, "source">;
  /** Its address outlives the machine that uses it. @default no machine uses it, or nobody knows */
  readonly outlivesMachine?: (resource: StackResource) => boolean;
  /** Its part in networks: what leads from machines to the addresses that they send from. @default it has none */
  readonly network?: NetworkFacts;
  /** Older type tokens of the same resource, which programs and states still have. @default none */
  readonly formerly?: readonly string[];
  /**
   * The types of Terraform that it wraps; null: none.
   * @default the prefix, the module unless it is `index`, and the name: `hcloud_zone_record`
   */
  readonly terraform?: string | readonly string[] | null;
  /**
   * Attribute of Terraform, in camel case -> property; plurals of lists need not be said (`record` -> `records`).
   * @default each has the property's name
   */
  readonly renamed?: Readonly<Record<string, string>>;
}

/** Where a resource keeps the parts of a DNS record. */
export interface RecordFacts {
  /** The full owner name, where the provider gives it back. @default it does not */
  readonly fqdn?: string;
  /**
   * The owner name, relative to the zone unless it ends with it; of several the first that has a value
   * counts; null: the zone's own name. @default "name"
   */
  readonly name?: string | readonly string[] | null;
  /** Name of the zone, or the id of a zone of the stack; of several the first that has a value counts. @default "zone" */
  readonly zone?: string | readonly string[];
  /** Path of the record type, or the type itself in upper case. @default "type" */
  readonly type?: string;
  /** Paths of the values; the first that has any counts. */
  readonly values: readonly string[];
  /** A name with a dot is already complete when the zone cannot be found. @default false */
  readonly fullNames?: true;
  /** The property that makes the DNS host answer with web addresses of its own. @default there is none */
  readonly proxied?: { readonly property: string } & Pick<Source, "source">;
  /** The record is published in a private network only; what its zone says is looked at anyway. @default it is public */
  readonly isPrivate?: (properties: Readonly<Record<string, unknown>>) => boolean;
}

export interface ZoneFacts {
  /** Where its domain name stands; the first that has a value counts. @default ["name"] */
  readonly name?: readonly string[];
  /** It answers within private networks only: nothing in it is for receivers of mail. @default it is public */
  readonly isPrivate?: (zone: StackResource, related: RelatedResources) => boolean;
}

/** How a resource sets a PTR. Where the paths lead through a list, every item of it may have one. */
export interface PtrFacts {
  /** Where the host name stands. */
  readonly hostname: string;
  /** Where the address stands; or the property that points to a resource of one of these types, which holds it. */
  readonly address: string | { readonly of: string; readonly types: readonly string[] };
  /** What the two properties were called in older versions. @default the same */
  readonly formerly?: { readonly hostname: string; readonly address: string };
  /** Family of an address that is not known yet. @default 4 */
  readonly family?: 4 | 6;
  /** An address or machine that has the host name as a property: without it, it sets no PTR. @default false */
  readonly optional?: true;
  /** The names that it has when nobody set one. @default it has none then */
  readonly unset?: RegExp;
  /** The property also shows what another resource has set. @default false */
  readonly mirrors?: true;
  /** The PTR is the machine's name, wanted or not; a name without a dot makes none. @default false */
  readonly isMachineName?: true;
  /** It counts only where an address record of the stack has this address. @default false */
  readonly onlyWithForward?: true;
}

/**
 * `host`: programs run there. `interface`: of hosts, or the plan that hosts are made by. `address`: lent to a host or a
 * gateway. `firewall`: rules about ports, or a part of them. `subnet`, `network`: where hosts and gateways stand. `routes`:
 * of a subnet or network. `nat`: a gateway that hosts without a public address send by. `association`: only joins others.
 */
export type NetworkRole =
  | "host"
  | "interface"
  | "address"
  | "firewall"
  | "subnet"
  | "network"
  | "routes"
  | "nat"
  | "association";

export interface NetworkFacts {
  readonly is: NetworkRole;
  /** Paths of the ids of neighbours -> what those are. */
  readonly neighbours?: Readonly<Record<string, NetworkRole>>;
  /** What its own id names beside it: the first group is that name. @default nothing */
  readonly inId?: { readonly pattern: RegExp; readonly role: NetworkRole };
  /** A host: Kubernetes runs there. @default false */
  readonly kubernetes?: true;
  /** A host: what firewalls select it by, in whatever form `selects` of the same provider compares it. @default nothing */
  readonly labels?: (host: StackResource) => Iterable<string>;
  /** A firewall: its rules. @default it has none of its own */
  readonly rules?: readonly PortRuleFacts[];
  /** A firewall: what none of its outgoing rules names is blocked, where it has any. @default it is permitted */
  readonly closed?: (firewall: StackResource) => boolean;
  /** A firewall: it blocks port 25 out, whatever its rules say. @default it does not */
  readonly blocksMail?: (firewall: StackResource) => boolean;
  /**
   * A firewall: to which hosts that name it by no id it applies, by their labels; `kubernetes`: to every one that
   * Kubernetes runs on.
   * @default none
   */
  readonly selects?: "kubernetes" | ((firewall: StackResource) => (labels: ReadonlySet<string>) => boolean);
  /** A firewall: what it is called in a sentence. @default "a firewall rule" */
  readonly title?: string;
  /** A NAT gateway: path of the id of the subnet that it stands in, whose own hosts do not leave by it. @default none */
  readonly standsIn?: string;
  /**
   * A NAT gateway: whether what stands in a subnet or network leaves by it; undefined: that is none of this stack's.
   * `named`: the two name each other, or routes lead from one to the other.
   * @default it does
   */
  readonly serves?: (gateway: StackResource, place: StackResource | undefined, named: boolean) => boolean;
}

/** Where a firewall keeps what it says of ports. Words in any case: tcp, -1, Allow, DROP, ingress, Outbound. */
export interface PortRuleFacts {
  /** The list of rules; what an item does not say, the resource says. @default the resource is one rule */
  readonly list?: string;
  /** `in`, `out`, or the path of the word that says it. */
  readonly direction: string;
  /** Paths of ports or ranges (`25`, `25-587`, `25,465`), or of the first and the last port. */
  readonly ports: readonly string[] | { readonly from: string; readonly to: string };
  /** @default tcp is meant */
  readonly protocol?: string;
  /** Path of the word that permits or denies; true: each denies. @default each permits */
  readonly denies?: string | true;
  /** Path of the number by which the lowest rule wins. @default a denial wins */
  readonly priority?: string;
  /** Paths of the networks at the other end; which they are may depend on the direction. */
  readonly peers?: readonly string[] | { readonly in: readonly string[]; readonly out: readonly string[] };
  /** Paths of what else stands for the other end: groups, tags, lists. */
  readonly otherPeers?: readonly string[];
  /** Paths of firewalls whose hosts are the other end; also given in `otherPeers`. @default none */
  readonly peerGroups?: readonly string[];
  /** Whether the Internet can be at the other end. @default as the peers say; without any, it can */
  readonly isPublic?: (resource: StackResource, related: RelatedResources) => boolean;
}

/** A fact about one resource that only its properties, or its neighbours, show. */
export interface Hazard<Found> extends Pick<Source, "source"> {
  readonly find: (resource: StackResource, related: RelatedResources) => Found;
}

export interface UnstableAddress {
  /** As the resource has it; absent: not known. */
  readonly ip?: string;
  /** What is wrong and what to do, as the rest of a sentence that begins with the resource. */
  readonly why: string;
}

/** What a rule of the gate says of itself; from this are its violations, and `docs/rules.md`. */
export interface RuleDescription<Name extends string = string> {
  /** Stable: users configure the rule by it. */
  readonly name: Name;
  /** What it requires, one sentence; the headline of every violation. */
  readonly requirement: string;
  readonly severity: "low" | "medium" | "high" | "critical";
  /** Default enforcement level. */
  readonly level: "advisory" | "mandatory";
  /** When it fires, in a few words. */
  readonly cause: string;
  /** Why that is bad, for people who have not met it. */
  readonly explanation: string;
  /** The way out. */
  readonly fix: string;
  /** Where it is written. */
  readonly source: string;
}

/** A rule about single resources of one provider, which speaks in previews and in updates. */
export interface ResourceRule<Name extends string = string> extends RuleDescription<Name> {
  /** The types that it looks at. */
  readonly types: readonly string[];
  /**
   * What is wrong, as the rest of a sentence that begins with the resource; null: nothing.
   * @param isNamedByMail whether an MX or SPF record of the stack names it or its addresses
   */
  readonly find: (resource: StackResource, isNamedByMail: () => boolean) => string | null;
}

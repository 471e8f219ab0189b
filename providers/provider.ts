/**
 * What a provider's folder may offer. Only `facts.ts` is needed; every other file is optional:
 *
 * | file | what it exports |
 * |---|---|
 * | `facts.ts` | `facts`: what is known of the provider, with sources; loads neither Pulumi nor an SDK |
 * | `stack.ts` | `stack`: what its raw resources mean in any stack; loads neither Pulumi nor an SDK |
 * | `cloud.ts` | a function that returns a `Cloud`, and, unless made of an API or a ticket, `fromConfig`; with `dns.ts` the only importer of the SDK |
 * | `dns.ts` | a function that returns a `DnsHost`, and `fromConfig` |
 * | `api.ts` | a `RestApi`, for a provider whose PTRs are set by an API that Pulumi has no resource for |
 * | `ticket.ts` | a `TicketProvider`, for a provider whose people set PTRs |
 * | `plugin.ts` | `plugin`: what the source of its Pulumi plugin says of the resources that are made here; for `docs/plugins.md` and for tests, which hold the simulation to it |
 * | `simulation.ts` | what the sandbox plays in the provider's place; not published |
 * | `index.ts` | what a user's program imports from `pulumi-fcrdns/NAME` |
 */
import type { CloudDefault } from "../fcrdns/names/cloud-defaults";
import type { CloudCapabilities, ReverseCapability } from "./cloud";
import type { ConfigSchema } from "./config-schema";
import type { DnsHostCapabilities, RecordType } from "./dns-host";
import type { RestApi } from "./internal/rest/rest-api";
import type { TicketProvider } from "./internal/tickets/ticket-provider";
import type { StackFacts } from "./stack-facts";

export interface ProviderFacts<RuleName extends string = string> {
  /** The name of the folder, and the word in stack config. */
  readonly name: string;
  /** The npm package of its Pulumi SDK. @default none is needed */
  readonly sdk?: string;
  /** Stack config that names no cloud or DNS host means this one. @default another does */
  readonly isDefault?: true;
  /** Addresses come from here. @default they do not */
  readonly cloud?: CloudFacts;
  /** Records can be published here. @default they cannot */
  readonly dns?: DnsHostFacts;
  /** The API that sets PTRs, where Pulumi has no resource for them. @default there is none, or Pulumi has one */
  readonly rest?: RestApi;
  /** How its people are asked for a PTR. @default nobody is asked */
  readonly ticket?: TicketProvider;
  /** How its plugin is given its credentials. @default it needs none */
  readonly credentials?: CredentialFacts;
  /** PTR names of hosts that nobody has named. @default none are known */
  readonly defaultNames?: DefaultNames;
  /** What its raw resources mean, in stacks that do not use this library too. @default nothing is known of them */
  readonly stack?: StackFacts<RuleName>;
}

/** Where a provider puts the hosts that nobody has named; `fcrdns/names/default-names.ts` is made from it. */
export interface DefaultNames {
  /** Whose they are, as people write it. */
  readonly title: string;
  readonly names: readonly (Omit<CloudDefault, "provider"> & {
    /** Where the shape is documented or was seen. */
    readonly source: string;
  })[];
}

/** Where a plugin's credentials come from. */
export interface CredentialFacts {
  /** As people write it. */
  readonly title: string;
  /** What it needs, for "needs ...". */
  readonly needs: string;
  /** The commands that set it. */
  readonly commands: readonly string[];
  /**
   * Sets of stack config keys and environment variables; one whole set is enough. `a:key|A_KEY`: either of them. Absent where the plugin also finds
   * credentials that cannot be seen from here (profiles, metadata servers, the vendor's own command).
   */
  readonly anyOf?: readonly (readonly string[])[];
  /** Files in which the plugin looks as well; `~` is the home folder, `$NAME` at the start an environment variable. */
  readonly files?: readonly string[];
  readonly source: string;
  readonly date: string;
}

/** What the source of a Pulumi plugin says; read, not run, unless said otherwise. */
export interface PluginFacts {
  /** Repository and version or commit that was read; files are named from its root. */
  readonly source: string;
  /** Day it was read, `YYYY-MM-DD`. */
  readonly date: string;
  /** Errors that the plugin's client tries again by itself, for every resource. @default none */
  readonly retries?: string;
  /** By type token. */
  readonly resources: Readonly<Record<string, PluginResource>>;
}

/** How a plugin treats one type of resource. */
export interface PluginResource {
  /** Files, with lines or functions. */
  readonly files: readonly string[];
  /** What a preview refuses. @default that a required property is missing */
  readonly preview?: string;
  /** Properties whose change replaces the resource; `"*"`: every one. */
  readonly replacedBy: readonly string[] | "*";
  /** When else it is replaced, and in which order. @default never; the new one is created before the old one is deleted */
  readonly replacement?: string;
  /** What a refresh takes for deleted, and what it does not see. */
  readonly refresh: string;
  /** What is tried again and how long, and what happens to one that exists already or is gone. */
  readonly errors: string;
  /** What `pulumi import` takes; null: it cannot be imported. */
  readonly importId: string | null;
}

export interface CloudFacts {
  readonly capabilities: CloudCapabilities;
  /** Keys of stack config that `fromConfig` in `cloud.ts` reads. @default none */
  readonly configKeys?: ConfigSchema;
}

export interface DnsHostFacts {
  /** The word in stack config. @default the provider's name */
  readonly word?: string;
  readonly capabilities: DnsHostCapabilities;
  /** People enter the records. @default an API sets them */
  readonly byHand?: true;
  /** Keys of stack config that `fromConfig` in `dns.ts` reads beside `zone`. @default none */
  readonly configKeys?: ConfigSchema;
}

/** How a PTR is set for one family, with only what is peculiar said. */
export type ReverseFacts = Omit<ReverseCapability, keyof typeof USUAL_REVERSE> &
  Partial<Pick<ReverseCapability, keyof typeof USUAL_REVERSE>>;

/** What holds at most clouds. */
const USUAL_REVERSE = {
  domainOwnership: false,
  nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
  genericDefault: null,
  locksAddress: false,
} as const satisfies Partial<ReverseCapability>;

/** A cloud's capabilities from what is peculiar to it. */
export function describeCloud(
  facts: Omit<CloudCapabilities, "reverse"> & {
    readonly reverse: { readonly 4: ReverseFacts; readonly 6: ReverseFacts };
  },
): CloudCapabilities {
  return {
    ...facts,
    reverse: { 4: { ...USUAL_REVERSE, ...facts.reverse[4] }, 6: { ...USUAL_REVERSE, ...facts.reverse[6] } },
  };
}

const USUAL_TYPES: readonly RecordType[] = ["A", "AAAA", "CNAME", "MX", "PTR", "TXT"];

/** A DNS host's capabilities from what is peculiar to it. @default types: all of them */
export function describeDnsHost(
  facts: Omit<DnsHostCapabilities, "types"> & Partial<Pick<DnsHostCapabilities, "types">>,
): DnsHostCapabilities {
  return { types: USUAL_TYPES, ...facts };
}

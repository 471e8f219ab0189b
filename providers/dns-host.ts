/**
 * What a DNS host must do: publish a record set. One file a host beside this one.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { Problem, Source } from "./cloud";

export type RecordType = "A" | "AAAA" | "PTR" | "MX" | "TXT" | "CNAME";

/** One record set: all values of one owner and type. */
export interface RecordSet {
  /** Fully qualified, no final dot. */
  readonly owner: string;
  readonly type: RecordType;
  /**
   * In presentation format: addresses; host names without final dot; MX as `10 mail.example.com`, or the host name alone
   * with {@link preference}; TXT as its text, unquoted. The file of the host turns them into what its API wants.
   */
  readonly values: readonly pulumi.Input<string>[];
  /**
   * Preference of every MX value, which is then the host name alone. A plain value: several providers refuse an MX record
   * in the preview while its preference is unknown.
   * @default read from each value
   */
  readonly preference?: number;
  /** Seconds. @default the host's choice */
  readonly ttl?: number;
}

/** How a DNS host's provider treats records that change, and records that exist already. */
export interface RecordLifecycle {
  /** What one resource holds: a whole record set, or one value of it. */
  readonly unit: "set" | "value";
  /** Where a resource is a whole set: text joins a TXT set that is there already. @default false */
  readonly textJoins?: true;
  /** Properties whose change replaces the resource; every other property is changed in place. */
  readonly replacedBy: readonly string[];
  /**
   * What happens when a record is created that exists already: the host refuses it, adds it a second time, both
   * resources then stand for the same record, or the provider overwrites the whole set without a word.
   */
  readonly sameRecord: "refused" | "added" | "shared" | "overwritten";
  /** The words in which a record that exists already is refused. @default /already exists/i */
  readonly refusedWith?: RegExp;
  /**
   * The type token, and the id that `pulumi import` takes, where owner, type and zone are enough to write it down (the id
   * undefined: the plugin imports no such record); absent: the id is a number that only the host knows.
   */
  readonly importing?: {
    readonly type: string;
    readonly id: (record: {
      readonly zone: string;
      readonly owner: string;
      readonly type: RecordType;
    }) => string | undefined;
  };
  readonly sources: readonly Source[];
}

export interface DnsHostCapabilities {
  /** As people write it: "Cloudflare". */
  readonly title: string;
  /** Record types it can hold. */
  readonly types: readonly RecordType[];
  /** Smallest TTL it takes, seconds. */
  readonly minimumTtlSeconds: number;
  /** Minutes until its name servers usually show a change. */
  readonly expectedLagMinutes: number;
  readonly advice?: string;
  /** Absent where nothing is written by a provider: people enter the records. */
  readonly records?: RecordLifecycle;
  readonly sources: readonly Source[];
}

export type PublishResult =
  | { readonly published: "resource"; readonly resource: pulumi.Resource }
  /** Somebody must type it in: what to enter, in that panel's field names. */
  | { readonly published: "manual"; readonly instructions: pulumi.Output<string> };

export interface DnsHost {
  /** The word used in stack config: `hetzner`, `cloudflare` ... */
  readonly name: string;
  /** The zone that records go to, no final dot; never guessed from the name. */
  readonly zone: string;
  readonly capabilities: DnsHostCapabilities;
  /** Wrong use (owner outside the zone, type it cannot hold), found before anything exists; empty when all is well. */
  validate(record: { readonly owner: string; readonly type: RecordType }): readonly Problem[];
  /**
   * Looks the zone up, once in a run; rejects with a UserError when it is not there or may not be read. Nothing else is
   * made before. Absent where the host's plugin cannot look a zone up.
   */
  lookUp?(options: pulumi.CustomResourceOptions): pulumi.Output<unknown>;
  /** Publishes one record set; `name` is the Pulumi name of the resource. */
  publish(name: string, record: RecordSet, options: pulumi.CustomResourceOptions): PublishResult;
}

/** The DNS host of a word of stack config, for a zone of its own; undefined: there is no such word. */
export type DnsHostOf = (word: string, zone: string) => DnsHost | undefined;

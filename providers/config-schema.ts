/**
 * Keys of stack config, declared once: the code that reads them is typed by the declaration, and `Pulumi.yaml`, `docs/clouds.md` and
 * the gate's list of known keys are generated from it. Loads neither Pulumi nor an SDK.
 */

import type * as pulumi from "@pulumi/pulumi";

export interface ConfigKey {
  /** `object` and `list` are given with `pulumi config set --path`; `dnsHost` is the name of a DNS host. */
  readonly type: "text" | "number" | "boolean" | "object" | "list" | "dnsHost";
  /** One line that says what to give. */
  readonly description: string;
  /** Used if the key is not set. @default as in the description */
  readonly default?: string | number | boolean;
  /** Nothing can be created without it. @default it may be left out */
  readonly required?: true;
  /** A value for the command that sets it. @default the key in capitals */
  readonly example?: string;
  /**
   * Where the value is given as an argument of the component, it may be an output of another resource.
   * @default it must be known in a preview
   */
  readonly input?: true;
  /** What an object has. @default any keys, whose values are described in words */
  readonly fields?: ConfigSchema;
}

export type ConfigSchema = Readonly<Record<string, ConfigKey>>;

/** The keys of a schema that have one of these types. */
type KeysOfType<Schema extends ConfigSchema, Type extends ConfigKey["type"]> = {
  [Key in keyof Schema]: Schema[Key]["type"] extends Type ? Key : never;
}[keyof Schema] &
  string;

/** The keys of a schema whose values may be outputs. */
type InputKeys<Schema extends ConfigSchema> = {
  [Key in keyof Schema]: Schema[Key] extends { readonly input: true } ? Key : never;
}[keyof Schema] &
  string;

/** The part of the stack's config that a schema declares. A key that is not declared does not compile. */
export type ConfigOf<Schema extends ConfigSchema> = ConfigReader<
  Exclude<keyof Schema & string, InputKeys<Schema>>,
  KeysOfType<Schema, "object" | "list">,
  Exclude<KeysOfType<Schema, "number">, InputKeys<Schema>>,
  InputKeys<Schema>
>;

/** Reads stack config, or the arguments of the component, by these keys. @default every key */
export interface ConfigReader<
  Key extends string = string,
  StructureKey extends string = string,
  NumberKey extends string = string,
  InputKey extends string = string,
> {
  /** The namespace: `fcrdns`. */
  readonly name: string;
  /** The text of a key, whatever its type; undefined when it is not set or empty. */
  readonly text: (key: Key) => string | undefined;
  /** A list or object of a key; undefined when it is not set or empty. */
  readonly structure: <T extends object>(key: StructureKey) => T | undefined;
  /** A number of a key; undefined when it is not set. */
  readonly number: (key: NumberKey) => number | undefined;
  /** The text of a key that may be an output; undefined when it is not set or empty. */
  readonly textInput: (key: InputKey) => pulumi.Input<string> | undefined;
  /** A number of a key that may be an output; undefined when it is not set. */
  readonly numberInput: (key: InputKey) => pulumi.Input<number> | undefined;
}

/** What a DNS host reads: the zone, which is one of the program's own keys, and the keys that it declares. */
export type DnsHostConfigOf<Schema extends ConfigSchema = Readonly<Record<never, ConfigKey>>> = ConfigOf<
  Schema & { readonly zone: ConfigKey & { readonly type: "text" } }
>;

/**
 * Keys that several providers read. A provider uses them as they are or gives its own description.
 */
export const sharedConfigKeys = {
  location: {
    type: "text",
    description: "where the cloud creates a new address: its region or data centre; empty is the cloud's default",
  },
  address: {
    type: "text",
    description: "the IPv4 address that mail leaves from, for clouds that do not create one",
    example: "192.0.2.10",
  },
  ipv6Address: { type: "text", description: "the IPv6 address that goes with it" },
  ticket: {
    type: "object",
    description: "details for the support ticket: service, account, purpose, volume, mta, abuse ... (docs/tickets.md)",
  },
  endpoint: {
    type: "text",
    description: "base URL of a REST provider's API, if it differs from the provider's own (docs/rest-providers.md)",
  },
  tokenEndpoint: {
    type: "text",
    description:
      "URL of a REST provider's token service, if it differs from the provider's own (docs/rest-providers.md)",
  },
} as const satisfies ConfigSchema;

/** `plugin/schema.json`: the schema from which Pulumi makes SDKs in every language, from what program and providers declare. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Argument } from "../components/plain-args";
import type { SendingIpOutputs } from "../components/plugin/provider";
import { programKeys } from "../components/program-keys";
import type { Endpoint, Verified } from "../components/sending-ip";
import type { ConfigKey, ConfigSchema } from "../providers/config-schema";
import { cloudNames, dnsHostNames } from "../providers/find-provider";
import { dnsSettingKeys } from "../providers/internal/dns-setting-keys";
import { settingsSchemas } from "../providers/settings-schema";
import { sentence } from "./generate-provider-settings";

export const file = "plugin/schema.json";

const PACKAGE = "pulumi-fcrdns";

/** One property, as Pulumi's package schema writes it (pulumi/pulumi: pkg/codegen/schema/pulumi.json). */
type Property = Readonly<Record<string, unknown>>;
type Types = Record<string, Property>;

export function text(): string {
  const manifest = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8"));
  const types: Types = {};
  const settings = settingsSchemas.map(({ property, word, title, keys }) => [
    property,
    {
      ...objectType(types, `${capital(property)}Settings`, `Settings of ${title}.`, keys),
      plain: true,
      description: `${title}: where cloud or dns is \`${word}\`.`,
    },
  ]);
  const verify = objectType(types, "DnsSettings", "DNS servers to query.", dnsSettingKeys);
  const inputProperties: Record<string, Property> = {
    ...componentKeys(),
    ...Object.fromEntries(settings),
    verify: { ...verify, plain: true, description: "DNS servers to query. Default: the stack config's `fcrdns:*`." },
  };
  Object.assign(types, OUTPUT_TYPES);
  const schema = {
    name: PACKAGE,
    displayName: "Forward-confirmed reverse DNS",
    version: manifest.version,
    description: manifest.description,
    keywords: ["pulumi", "category/network", "kind/component", ...manifest.keywords.slice(2)],
    license: manifest.license,
    meta: { supportPack: true },
    language: LANGUAGES,
    types: sorted(types),
    resources: {
      [`${PACKAGE}:index:SendingIp`]: {
        isComponent: true,
        description: DESCRIPTION,
        inputProperties,
        requiredInputs: ["cloud", "dns", "hostname", "zone"],
        properties: OUTPUTS,
        required: Object.keys(OUTPUTS),
      },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

const DESCRIPTION = `An address for sending mail: the address, its A/AAAA, its PTR (or the ticket that requests it), in this order. The component is
complete only when the round trip of every address holds, so what depends on it (the mail server, the firewall rule for port
25) does not exist before.`;

/** The program's keys that are arguments of the component, with the types that they have there. */
function componentKeys(): Record<Exclude<Argument, "verify">, Property> {
  const {
    verify: _byProgram,
    mta: _output,
    bindAddress: _ofOutput,
    ipv6,
    formerHostnames,
    cloud,
    dns,
    ...rest
  } = programKeys;
  const words = (names: readonly string[]) => `One of ${names.map((name) => `\`${name}\``).join(", ")}.`;
  return {
    ...eachKey(rest, (declared, key) => plain({}, key, declared)),
    cloud: { type: "string", plain: true, description: `${sentence(cloud.description)} ${words(cloudNames)}` },
    dns: { type: "string", plain: true, description: `${sentence(dns.description)} ${words(dnsHostNames)}` },
    ipv6: {
      type: "boolean",
      plain: true,
      description: "Send over IPv6 too. Default: if the cloud can set its PTR and allows SMTP over IPv6.",
    },
    formerHostnames: {
      type: "array",
      items: { type: "string", plain: true },
      plain: true,
      description: sentence(formerHostnames.description.replace(", separated by commas", "")),
    },
  };
}

function eachKey<Key extends string, From, To>(
  table: Readonly<Record<Key, From>>,
  make: (value: From, key: string) => To,
): Record<Key, To> {
  return Object.fromEntries(Object.entries<From>(table).map(([key, value]) => [key, make(value, key)])) as Record<
    Key,
    To
  >;
}

function objectType(types: Types, name: string, description: string, keys: ConfigSchema): Property {
  const properties = Object.entries(keys).map(([key, declared]) => [
    key,
    plain(types, `${name.replace(/Settings$/, "")}${capital(key)}`, declared),
  ]);
  const required = Object.entries(keys).flatMap(([key, declared]) => (declared.required ? [key] : []));
  types[`${PACKAGE}:index:${name}`] = {
    type: "object",
    description,
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
  };
  return { $ref: `#/types/${PACKAGE}:index:${name}` };
}

/** @param name of the type that an object gets */
function plain(
  types: Types,
  name: string,
  { type, fields, input, description, default: fallback }: ConfigKey,
): Property {
  const said = { description: `${sentence(description)}${fallback === undefined ? "" : ` Default: ${fallback}.`}` };
  // An identifier comes as text from another resource's `id`, also where it is a number.
  if (input) return { type: "string", ...said };
  switch (type) {
    case "number":
      return { type: Number.isInteger(fallback) ? "integer" : "number", plain: true, ...said };
    case "boolean":
      return { type: "boolean", plain: true, ...said };
    case "list":
      return { type: "array", items: { type: "string", plain: true }, plain: true, ...said };
    case "object":
      return fields === undefined
        ? { type: "object", additionalProperties: { $ref: "pulumi.json#/Any", plain: true }, plain: true, ...said }
        : { ...objectType(types, name, sentence(description), fields), plain: true, ...said };
    default:
      return { type: "string", plain: true, ...said };
  }
}

const OUTPUTS: Readonly<Record<keyof SendingIpOutputs, Property>> = {
  hostname: { type: "string", description: "Canonical: lower case, A-labels, no final dot." },
  addresses: { type: "array", items: { type: "string" }, description: "IPv4 first." },
  endpoints: {
    type: "array",
    items: { $ref: `#/types/${PACKAGE}:index:Endpoint` },
    description: "One entry per address, IPv4 first.",
  },
  verified: {
    $ref: `#/types/${PACKAGE}:index:Verified`,
    description: "Known only when the round trip of every address holds.",
  },
  manualSteps: {
    type: "array",
    items: { type: "string" },
    description: "What to enter at the DNS host by hand: one text per record; empty if all is published.",
  },
};

/** One member of an output; the compiler knows which may be missing. */
type Member = Property & { readonly description: string; readonly optional?: true };
type Members<T> = { readonly [K in keyof T]-?: Member & (object extends Pick<T, K> ? { optional: true } : unknown) };

const HELO = {
  type: "string",
  optional: true,
  description: "What the mail server says in EHLO, where that is not the host name.",
} as const;

const ENDPOINT: Members<Endpoint> = {
  address: { type: "string", description: "As RFC 5952 writes it." },
  family: { type: "integer", description: "4 or 6." },
  hostname: { type: "string", description: "The name that the PTR has." },
  helo: HELO,
  reverse: { type: "string", description: "How the PTR is set: `set`, `ticket`, `manual` or `none`." },
  cloud: { type: "string", description: "The cloud, as in the argument." },
  ticket: { $ref: "pulumi.json#/Any", optional: true, description: "The support ticket that asks for the PTR." },
  instructions: { type: "string", optional: true, description: "What to enter where, when `reverse` is `manual`." },
};

const VERIFIED: Members<Verified> = {
  hostname: { type: "string", description: "The name that every address has, and that has every address." },
  helo: HELO,
  addresses: { type: "array", items: { type: "string" }, description: "IPv4 first." },
  notBefore: {
    type: "string",
    optional: true,
    description:
      "From when it is safe to send, UTC, ISO 8601: a wrong answer was visible that resolvers or receivers may remember until then.",
  },
};

const OUTPUT_TYPES: Types = {
  [`${PACKAGE}:index:Endpoint`]: outputType("One sending address.", ENDPOINT),
  [`${PACKAGE}:index:Verified`]: outputType("What is known once the round trip holds.", VERIFIED),
};

function outputType(description: string, members: Readonly<Record<string, Member>>): Property {
  const properties = Object.entries(members).map(([key, { optional: _, ...property }]) => [key, property]);
  const required = Object.entries(members).flatMap(([key, { optional }]) => (optional ? [] : [key]));
  return { type: "object", description, properties: Object.fromEntries(properties), required };
}

/** Names that read well in each language; the Node package itself is the library, so its SDK has another name. */
const LANGUAGES = {
  nodejs: { packageName: "pulumi-fcrdns-sdk", respectSchemaVersion: true },
  python: { packageName: "pulumi_fcrdns", respectSchemaVersion: true, pyproject: { enabled: true } },
  // The import path is Pulumi's own for a package without a repository: it is the one that `pulumi package add` tells.
  go: { rootPackageName: "fcrdns", respectSchemaVersion: true, generateResourceContainerTypes: false },
  csharp: { namespaces: { "pulumi-fcrdns": "Fcrdns" }, respectSchemaVersion: true },
  java: { basePackage: "com.pulumi", packages: { "pulumi-fcrdns": "fcrdns" } },
};

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function sorted(types: Types): Types {
  return Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The arguments of a `SendingIp` as plain values and nested objects, the form in which every Pulumi language can give them:
 * the cloud and the DNS host by name, with the settings of each beside them.
 */
import * as pulumi from "@pulumi/pulumi";
import { nearest } from "../fcrdns/names/nearest";
import { checkSettings, type DnsSettings } from "../fcrdns/settings";
import type { ConfigKey, ConfigReader, ConfigSchema } from "../providers/config-schema";
import { cloudConfigKeys, cloudNames, dnsHostConfigKeys, dnsHostNames, usedPackages } from "../providers/find-provider";
import { requireCredentials } from "../providers/internal/credentials";
import { UserError } from "../providers/internal/user-error";
import { cloudFromConfig, dnsHostFromConfig } from "../providers/load-provider";
import { propertyOf, settingsSchemas } from "../providers/settings-schema";
import type { ProviderSettings } from "./provider-settings";
import type { SendingIpArgs } from "./sending-ip";

/** What both forms of a `SendingIp`'s arguments have in common: all that takes a plain value. */
type SharedArgs = Omit<SendingIpArgs, "cloud" | "dns" | "formerHostnames" | "verify">;

/**
 * @example
 * const args: PlainSendingIpArgs = {
 *   hostname: "mail.example.com",
 *   zone: "example.com",
 *   cloud: "hetzner",
 *   dns: "cloudflare",
 *   hetzner: { location: "fsn1" },
 * };
 */
export interface PlainSendingIpArgs extends SharedArgs, ProviderSettings {
  /** The DNS zone that holds the host name, by its name at the DNS host; it is never guessed. */
  readonly zone: string;
  /** Where the address comes from, a name from docs/clouds.md: `hetzner`, `aws` ... */
  readonly cloud: string;
  /** Where A and AAAA are published, a name from docs/clouds.md: `hetzner`, `cloudflare`, `route53` ... */
  readonly dns: string;
  /** Earlier host names of the address in this zone; their A and AAAA stay (docs/recovery.md). @default none */
  readonly formerHostnames?: readonly string[];
  /** DNS servers to query while waiting. @default the stack config's `fcrdns:*` */
  readonly verify?: DnsSettings;
}

/** An argument that is no provider's. */
export type Argument = Exclude<keyof PlainSendingIpArgs, keyof ProviderSettings>;

/** What each must be; the compiler misses none. */
export const ARGUMENTS: Readonly<Record<Argument, ConfigKey["type"]>> = {
  hostname: "text",
  zone: "text",
  helo: "text",
  cloud: "text",
  dns: "dnsHost",
  ipv6: "boolean",
  mx: "boolean",
  ttl: "number",
  formerHostnames: "list",
  protect: "boolean",
  retainOnDelete: "boolean",
  verify: "object",
};

/** Whether the arguments name the cloud instead of holding it. */
export function isPlain(args: SendingIpArgs | PlainSendingIpArgs): args is PlainSendingIpArgs {
  return typeof args.cloud !== "object" || typeof args.dns !== "object";
}

interface ArgumentProblem {
  readonly argument: string;
  /** What was seen and what was expected. */
  readonly message: string;
  readonly fix: string;
}

/**
 * The cloud and the DNS host that the plain arguments name, with their settings.
 * @throws UserError that names every argument that is wrong, before anything is created
 */
export function sendingIpArgs(plain: PlainSendingIpArgs): SendingIpArgs {
  const values: Readonly<Record<string, unknown>> = { ...plain };
  const problems = [
    ...["hostname", "zone"].flatMap((argument) => missingText(argument, values[argument])),
    ...wordProblems("cloud", plain.cloud, cloudNames),
    ...wordProblems("dns", plain.dns, dnsHostNames),
    ...argumentProblems(values),
  ];
  if (problems.length === 0) problems.push(...settingsProblems(plain), ...verifyProblems(plain.verify));
  if (problems.length > 0) throw new UserError(refusal(plain.hostname, problems));
  const { zone, cloud: cloudName, dns: dnsName, ...others } = plain;
  const settingsOf = (word: string) => (values[propertyOf(word)] ?? {}) as Readonly<Record<string, unknown>>;
  const ofCloud = readerOf(settingsOf(cloudName), cloudName);
  const cloud = cloudFromConfig(cloudName, ofCloud);
  const dns = dnsHostFromConfig(dnsName, readerOf({ ...settingsOf(dnsName), zone }, dnsName));
  if (cloud === undefined || dns === undefined) throw new Error(`${cloudName} or ${dnsName} was not loaded`);
  requireCredentials(usedPackages(cloudName, dnsName, ofCloud.text));
  const given = Object.entries(others).filter(([key, value]) => key in ARGUMENTS && value !== undefined);
  return { ...(Object.fromEntries(given) as unknown as Omit<SendingIpArgs, "cloud" | "dns">), cloud, dns };
}

function missingText(argument: string, value: unknown): ArgumentProblem[] {
  if (typeof value === "string" && value !== "") return [];
  const example = argument === "hostname" ? "mail.example.com" : "example.com";
  const message = pulumi.Output.isInstance(value)
    ? "is an output; it must be known in a preview"
    : value === undefined || value === ""
      ? "is missing"
      : "is not text";
  return [{ argument, message, fix: `give it as text, for example ${example}` }];
}

function wordProblems(argument: "cloud" | "dns", word: unknown, known: readonly string[]): ArgumentProblem[] {
  if (typeof word === "string" && known.includes(word)) return [];
  const meant = typeof word === "string" ? nearest(word, known) : undefined;
  const seen = typeof word === "string" ? `is ${JSON.stringify(word)}` : "is missing";
  const fix = meant === undefined ? `give one of ${known.join(", ")}` : `did you mean ${meant}?`;
  return [{ argument, message: `${seen}; it must be one of ${known.join(", ")}`, fix }];
}

/** Arguments of the wrong type, and those that do not exist. */
function argumentProblems(values: Readonly<Record<string, unknown>>): ArgumentProblem[] {
  const settings = settingsSchemas.map(({ property }) => property);
  return Object.entries(values).flatMap(([argument, value]) => {
    if (value === undefined || settings.includes(argument)) return [];
    const type = Object.hasOwn(ARGUMENTS, argument) ? ARGUMENTS[argument as Argument] : undefined;
    if (type === undefined) {
      const meant = nearest(argument, [...Object.keys(ARGUMENTS), ...settings]);
      return [
        { argument, message: "is no argument", fix: meant === undefined ? "remove it" : `did you mean ${meant}?` },
      ];
    }
    // Told already, each with its own words.
    if (["hostname", "zone", "cloud", "dns"].includes(argument)) return [];
    return pulumi.Output.isInstance(value) ? [outputProblem(argument)] : typeProblems(argument, type, value);
  });
}

/** Settings of the chosen cloud and DNS host that are wrong or missing, and settings of others. */
function settingsProblems(plain: PlainSendingIpArgs): ArgumentProblem[] {
  const values: Readonly<Record<string, unknown>> = { ...plain };
  return settingsSchemas.flatMap(({ property, word }) => {
    const settings = values[property];
    const keys = chosenKeys(word, plain);
    if (keys === undefined) {
      const message = `is given, but cloud is ${plain.cloud} and dns is ${plain.dns}`;
      return settings === undefined ? [] : [{ argument: property, message, fix: `remove ${property}` }];
    }
    if (settings !== undefined && (typeof settings !== "object" || settings === null || Array.isArray(settings))) {
      return [{ argument: property, message: "is not an object", fix: `give an object with ${nameList(keys)}` }];
    }
    return [...keyProblems(property, keys, (settings ?? {}) as Readonly<Record<string, unknown>>)];
  });
}

/** The keys that count; undefined where neither the cloud nor the DNS host is this one. */
function chosenKeys(word: string, { cloud, dns }: PlainSendingIpArgs): ConfigSchema | undefined {
  if (word !== cloud && word !== dns) return undefined;
  return { ...(word === dns && dnsHostConfigKeys(word)), ...(word === cloud && cloudConfigKeys(word)) };
}

function* keyProblems(
  path: string,
  keys: ConfigSchema,
  settings: Readonly<Record<string, unknown>>,
): Generator<ArgumentProblem> {
  for (const [key, { required, description, example }] of Object.entries(keys)) {
    const value = settings[key];
    if (required && (value === undefined || value === "")) {
      yield {
        argument: `${path}.${key}`,
        message: `is missing: ${description}`,
        fix: `give ${path}.${key}, for example ${example ?? "..."}`,
      };
    }
  }
  for (const [key, value] of Object.entries(settings)) {
    const declared = keys[key];
    const argument = `${path}.${key}`;
    if (value === undefined) continue;
    if (declared === undefined) {
      const meant = nearest(key, Object.keys(keys));
      const fix = meant === undefined ? `${path} has ${nameList(keys)}` : `did you mean ${path}.${meant}?`;
      yield { argument, message: "is no setting of it", fix };
    } else if (pulumi.Output.isInstance(value)) {
      if (!declared.input) yield outputProblem(argument);
    } else if (declared.type === "dnsHost") {
      yield* wordProblems("dns", value, dnsHostNames).map((problem) => ({ ...problem, argument }));
    } else if (declared.type === "object" && declared.fields && typeof value === "object" && value !== null) {
      yield* keyProblems(argument, declared.fields, value as Readonly<Record<string, unknown>>);
    } else {
      yield* typeProblems(argument, declared.type, value);
    }
  }
}

function outputProblem(argument: string): ArgumentProblem {
  return { argument, message: "is an output; it must be known in a preview", fix: "give it as it is" };
}

function typeProblems(argument: string, type: string, value: unknown): ArgumentProblem[] {
  if (isOfType(type, value)) return [];
  return [{ argument, message: `is ${JSON.stringify(value)}, not a ${type}`, fix: `give a ${type}` }];
}

/** Languages without a number type of their own for identifiers pass `4711` as text, and the other way round. */
function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case "number":
      return typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
    case "text":
      return typeof value === "string" || typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "list":
      return Array.isArray(value);
    default:
      return typeof value === "object" && value !== null && !Array.isArray(value);
  }
}

function verifyProblems(verify: unknown): ArgumentProblem[] {
  const checked = verify === undefined ? undefined : checkSettings(verify);
  return checked === undefined || checked.ok
    ? []
    : checked.problems.map(({ key, message, fix }) => ({
        argument: key === "" ? "verify" : `verify.${key}`,
        message,
        fix,
      }));
}

/** Settings read as stack config is, by the same code of each provider. */
function readerOf(settings: Readonly<Record<string, unknown>>, name: string): ConfigReader {
  const given = (key: string): unknown => (settings[key] === "" ? undefined : settings[key]);
  const text = (key: string) => (given(key) === undefined ? undefined : String(given(key)).trim() || undefined);
  const number = (key: string) => (given(key) === undefined ? undefined : Number(given(key)));
  const inputOr =
    <T>(plain: (key: string) => T | undefined) =>
    (key: string): pulumi.Input<T> | undefined => {
      const value = given(key);
      return pulumi.Output.isInstance<T>(value) ? value : plain(key);
    };
  return {
    name,
    text,
    number,
    structure: <T extends object>(key: string) => given(key) as T | undefined,
    textInput: inputOr(text),
    numberInput: inputOr(number),
  };
}

function nameList(keys: ConfigSchema): string {
  return Object.keys(keys).join(", ") || "no settings";
}

function refusal(hostname: unknown, problems: readonly ArgumentProblem[]): string {
  const lines = problems.map(({ argument, message, fix }) => `  ${argument} ${message}.\n    Fix: ${fix}`);
  const whose = typeof hostname === "string" ? ` for ${JSON.stringify(hostname)}` : "";
  return `Invalid SendingIp arguments${whose}; nothing was created or changed.\n${lines.join("\n")}`;
}

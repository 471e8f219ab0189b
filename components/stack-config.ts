/** The program's own config, from `pulumi config set`. */
import { nearest } from "../fcrdns/names/nearest";
import type { Cloud } from "../providers/cloud";
import type { ConfigKey, ConfigOf, ConfigReader, ConfigSchema } from "../providers/config-schema";
import type { DnsHost } from "../providers/dns-host";
import { cloudConfigKeys, cloudNames, dnsHostConfigKeys, dnsHostNames, usedPackages } from "../providers/find-provider";
import { canonicalZone, isInZone } from "../providers/internal/records/zone";
import { UserError } from "../providers/internal/user-error";
import { cloudFromConfig, dnsHostFromConfig } from "../providers/load-provider";
import type { MailServerName } from "../senders/mta/mail-server";
import { writableServers } from "../senders/mta/write-configuration";
import { programKeys } from "./program-keys";

export interface StackConfig {
  readonly hostname: string;
  /** Absent: the host name. */
  readonly helo?: string;
  readonly cloud: Cloud;
  readonly dns: DnsHost;
  /** Absent: as the cloud can. */
  readonly ipv6?: boolean;
  readonly ttl?: number;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  /** Host names whose A and AAAA stay. */
  readonly formerHostnames?: readonly string[];
  /** The mail server to configure. Absent: none. */
  readonly mta?: MailServerName;
  /** The machine's own IPv4 address. Absent: the public one. */
  readonly bindAddress?: string;
  /** Publish MX and SPF for the zone once the address is verified. */
  readonly mx: boolean;
  /**
   * Who fails the run when an address does not round-trip: the program, which waits for `verified`, or the policy pack
   * alone.
   */
  readonly verifiedBy: "program" | "gate";
  /** Pulumi packages whose plugins the program is going to use. */
  readonly packages: readonly string[];
}

/** One problem of the config: the key, its possible values, the command that sets it. */
interface ConfigProblem {
  readonly key: string;
  /** The key is not set. */
  readonly missing?: true;
  readonly message: string;
  readonly command: string;
}

type KeyWithDefault = {
  [Key in keyof typeof programKeys]: (typeof programKeys)[Key] extends { readonly default: unknown } ? Key : never;
}[keyof typeof programKeys];

/**
 * Reads and validates everything before anything is created.
 * @throws UserError that names every invalid key, its possible values, and the command that sets it
 */
export function readStackConfig(config: ConfigReader): StackConfig {
  const problems: ConfigProblem[] = [];
  const own: ConfigOf<typeof programKeys> = config;
  const word = (key: KeyWithDefault, known: readonly string[]): string =>
    readWord(config, key, String(programKeys[key].default), known, problems);
  const names = readNames(own, problems);
  const cloudName = word("cloud", cloudNames);
  const dnsName = word("dns", dnsHostNames);
  const ipv6 = word("ipv6", ["auto", "true", "false"]);
  const [protect, retainOnDelete, mx] = (["protect", "retainOnDelete", "mx"] as const).map(
    (key) => word(key, ["true", "false"]) === "true",
  );
  const verifiedBy = word("verify", ["program", "gate"]);
  const ttl = readTtl(own, problems);
  const mta = readMta(own, problems);
  const bindAddress = own.text("bindAddress");
  const helo = own.text("helo");
  const formerHostnames = readNameList(own.text("formerHostnames"));
  checkProviderKeys(config, { ...cloudConfigKeys(cloudName), ...dnsHostConfigKeys(dnsName) }, problems);
  if (problems.length > 0) {
    throw new UserError(refusal(config, problems));
  }
  return {
    hostname: names.hostname,
    ...(helo !== undefined && { helo }),
    cloud: load("cloud", cloudName, cloudFromConfig(cloudName, config)),
    dns: load("dns", dnsName, dnsHostFromConfig(dnsName, config)),
    ...(ipv6 !== "auto" && { ipv6: ipv6 === "true" }),
    ...(ttl !== undefined && { ttl }),
    ...(protect && { protect }),
    ...(retainOnDelete && { retainOnDelete }),
    ...(formerHostnames.length > 0 && { formerHostnames }),
    ...(mta !== undefined && { mta }),
    ...(bindAddress !== undefined && { bindAddress }),
    mx: mx === true,
    verifiedBy: verifiedBy === "gate" ? "gate" : "program",
    packages: usedPackages(cloudName, dnsName, (key) => config.text(key)),
  };
}

/** Keys that a provider declares: required ones, and names of DNS hosts. */
function checkProviderKeys(config: ConfigReader, schema: ConfigSchema, problems: ConfigProblem[]): void {
  for (const [key, declared] of Object.entries(schema)) {
    if (declared.required && config.text(key) === undefined) problems.push(missing(key, declared));
    if (declared.type === "dnsHost") readWord(config, key, String(declared.default), dnsHostNames, problems);
  }
}

function missing(key: string, { description, example }: ConfigKey): ConfigProblem {
  return {
    key,
    missing: true,
    message: `is missing: ${description.charAt(0).toLowerCase()}${description.slice(1)}`,
    command: `pulumi config set ${key} ${example ?? key.toUpperCase()}`,
  };
}

function readNames(
  config: ConfigOf<typeof programKeys>,
  problems: ConfigProblem[],
): { readonly hostname: string; readonly zone: string } {
  const hostname = config.text("hostname") ?? "";
  const zone = config.text("zone") ?? "";
  if (hostname === "") {
    problems.push(missing("hostname", programKeys.hostname));
  }
  if (zone === "") {
    const example = hostname.split(".").slice(1).join(".") || programKeys.zone.example;
    problems.push(missing("zone", { ...programKeys.zone, example }));
  } else if (hostname !== "" && !isInZone(canonicalZone(hostname), canonicalZone(zone))) {
    problems.push({
      key: "zone",
      message: `is ${zone}, but the host name ${hostname} is not in it`,
      command: "pulumi config set zone ZONE, or pulumi config set hostname NAME, so that the name ends in the zone",
    });
  }
  return { hostname, zone };
}

function readWord(
  config: ConfigReader,
  key: string,
  fallback: string,
  known: readonly string[],
  problems: ConfigProblem[],
): string {
  const word = config.text(key) ?? fallback;
  if (!known.includes(word)) {
    problems.push({
      key,
      message: `is ${JSON.stringify(word)}; it must be one of ${known.join(", ")}`,
      command: `pulumi config set ${key} ${nearest(word, known) ?? known[0]}`,
    });
  }
  return word;
}

function readMta(config: ConfigOf<typeof programKeys>, problems: ConfigProblem[]): MailServerName | undefined {
  const word = config.text("mta");
  const known = writableServers.find((name) => name === word);
  if (word !== undefined && known === undefined) {
    problems.push({
      key: "mta",
      message: `is ${JSON.stringify(word)}; it must be one of ${writableServers.join(", ")}`,
      command: `pulumi config set mta ${nearest(word, writableServers) ?? writableServers[0]}`,
    });
  }
  return known;
}

/** Names separated by commas or spaces, or a list as JSON. */
function readNameList(text = ""): string[] {
  return text.split(/[\s,"[\]]+/).filter((name) => name !== "");
}

function readTtl(config: ConfigOf<typeof programKeys>, problems: ConfigProblem[]): number | undefined {
  const text = config.text("ttl");
  if (text === undefined || text === "0") {
    return undefined;
  }
  if (/^[1-9]\d{0,9}$/.test(text)) {
    return Number(text);
  }
  problems.push({
    key: "ttl",
    message: `is ${JSON.stringify(text)}, it must be a whole number of seconds; 0 leaves it to the DNS host`,
    command: "pulumi config set ttl 3600",
  });
  return undefined;
}

function load<T>(key: "cloud" | "dns", name: string, loaded: T | undefined): T {
  if (loaded === undefined) {
    throw new UserError(`${key} ${name} is not known`);
  }
  return loaded;
}

function refusal(config: ConfigReader, problems: readonly ConfigProblem[]): string {
  const lines = problems.map(({ key, message, command }) => `  ${config.name}:${key} ${message}.\n    Fix: ${command}`);
  const isMissing = problems.some(({ missing }) => missing === true);
  const isWrong = problems.some(({ missing }) => missing === undefined);
  const what = [isMissing ? ["is incomplete"] : [], isWrong ? ["has invalid values"] : []].flat();
  return `The stack's config ${what.join(" and ")}; nothing was created or changed.\n${lines.join("\n")}`;
}

/** The program's own config: what `index.ts` is told by `pulumi config set`. */
import { nearest } from "../fcrdns/names/nearest";
import type { Cloud } from "../providers/cloud";
import type { DnsHost } from "../providers/dns-host";
import { cloudNames, cloudProvider, dnsHostNames, dnsHostProvider, pulumiPackage } from "../providers/find-provider";
import type { ConfigReader } from "../providers/internal/config-reader";
import { canonicalZone, isInZone } from "../providers/internal/records/zone";
import { UserError } from "../providers/internal/user-error";
import { cloudFromConfig, dnsHostFromConfig } from "../providers/load-provider";

export interface StackConfig {
  readonly hostname: string;
  readonly cloud: Cloud;
  readonly dns: DnsHost;
  /** Absent: as the cloud can. */
  readonly ipv6?: boolean;
  readonly ttl?: number;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  /** Host names whose A and AAAA stay. */
  readonly formerHostnames?: readonly string[];
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

/** One thing wrong with the config: which key, what it may be, what sets it. */
interface ConfigProblem {
  readonly key: string;
  /** Nothing was given at all. */
  readonly missing?: true;
  readonly message: string;
  readonly command: string;
}

/**
 * Reads and checks everything before anything exists.
 * @throws UserError naming every key at fault, what it may be, and the command that sets it
 */
export function readStackConfig(config: ConfigReader): StackConfig {
  const problems: ConfigProblem[] = [];
  const names = readNames(config, problems);
  const cloudName = readWord(config, "cloud", "hetzner", cloudNames, problems);
  const dnsName = readWord(config, "dns", "hetzner", dnsHostNames, problems);
  const ipv6 = readWord(config, "ipv6", "auto", ["auto", "true", "false"], problems);
  const [protect, retainOnDelete, mx] = (["protect", "retainOnDelete", "mx"] as const).map(
    (key) => readWord(config, key, "false", ["true", "false"], problems) === "true",
  );
  const verifiedBy = readWord(config, "verify", "program", ["program", "gate"], problems);
  const ttl = readTtl(config, problems);
  const formerHostnames = readNameList(config.text("formerHostnames"));
  if (problems.length > 0) {
    throw new UserError(refusal(config, problems));
  }
  return {
    hostname: names.hostname,
    cloud: load("cloud", cloudName, cloudFromConfig(cloudName, config)),
    dns: load("dns", dnsName, dnsHostFromConfig(dnsName, config)),
    ...(ipv6 !== "auto" && { ipv6: ipv6 === "true" }),
    ...(ttl !== undefined && { ttl }),
    ...(protect && { protect }),
    ...(retainOnDelete && { retainOnDelete }),
    ...(formerHostnames.length > 0 && { formerHostnames }),
    mx: mx === true,
    verifiedBy: verifiedBy === "gate" ? "gate" : "program",
    packages: packagesOf(config, cloudName, dnsName),
  };
}

/** The Pulumi packages behind the words. */
function packagesOf(config: ConfigReader, cloudName: string, dnsName: string): string[] {
  const reverseDns = cloudName === "own-zone" ? [config.text("reverseDns") ?? "manual"] : [];
  const used = [cloudProvider(cloudName), ...[dnsName, ...reverseDns].map(dnsHostProvider)];
  return used.flatMap((facts) => (facts === undefined ? [] : [pulumiPackage(facts)]));
}

function readNames(
  config: ConfigReader,
  problems: ConfigProblem[],
): { readonly hostname: string; readonly zone: string } {
  const hostname = config.text("hostname") ?? "";
  const zone = config.text("zone") ?? "";
  if (hostname === "") {
    problems.push({
      key: "hostname",
      missing: true,
      message:
        "is missing: the name that the mail server says in EHLO and that the PTR will carry, for example mail.example.com",
      command: "pulumi config set hostname mail.example.com",
    });
  }
  if (zone === "") {
    problems.push({
      key: "zone",
      missing: true,
      message:
        "is missing: the DNS zone that holds the host name, as it is called at the DNS host; it is never guessed",
      command: `pulumi config set zone ${hostname.split(".").slice(1).join(".") || "example.com"}`,
    });
  } else if (hostname !== "" && !isInZone(canonicalZone(hostname), canonicalZone(zone))) {
    problems.push({
      key: "zone",
      message: `is ${zone}, but the host name ${hostname} does not lie in it`,
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
      message: `is ${JSON.stringify(word)}, it may be one of ${known.join(", ")}`,
      command: `pulumi config set ${key} ${nearest(word, known) ?? known[0]}`,
    });
  }
  return word;
}

/** Names separated by commas or spaces, or a list as JSON. */
function readNameList(text = ""): string[] {
  return text.split(/[\s,"[\]]+/).filter((name) => name !== "");
}

function readTtl(config: ConfigReader, problems: ConfigProblem[]): number | undefined {
  const text = config.text("ttl");
  if (text === undefined || text === "0") {
    return undefined;
  }
  if (/^[1-9]\d{0,9}$/.test(text)) {
    return Number(text);
  }
  problems.push({
    key: "ttl",
    message: `is ${JSON.stringify(text)}, it may be a whole number of seconds; 0 leaves it to the DNS host`,
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
  const lines = problems.map(
    ({ key, message, command }) => `  ${config.name}:${key} ${message}.\n    Set it: ${command}`,
  );
  const isMissing = problems.some(({ missing }) => missing === true);
  const isWrong = problems.some(({ missing }) => missing === undefined);
  const what = [isMissing ? ["is not complete"] : [], isWrong ? ["has values that cannot be used"] : []].flat();
  return `The stack's config ${what.join(" and ")}; nothing was created.\n${lines.join("\n")}`;
}

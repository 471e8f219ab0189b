/** Validation of the SendingIp arguments, before anything is created. */
import { inspectName } from "../fcrdns/names/inspect-name";
import { canonicalName } from "../fcrdns/names/name";
import type { Cloud, Family, Problem } from "../providers/cloud";
import type { DnsHost } from "../providers/dns-host";
import { UserError } from "../providers/internal/user-error";

/** The validated arguments as plain canonical values. */
export interface SendingRequest {
  readonly hostname: string;
  /** Canonical; the host name where none is given. */
  readonly helo: string;
  readonly families: readonly Family[];
  readonly cloud: string;
  readonly dns: string;
  readonly zone: string;
  /** Canonical, without the host name itself, each once. */
  readonly formerHostnames: readonly { readonly hostname: string; readonly dns: DnsHost }[];
}

const NAME_FIX = "give a host name in your own domain, for example mail.example.com";

const HELO_FIX = "give the full host name that the mail server says in EHLO, or leave helo out";

interface Wanted {
  readonly hostname: string;
  readonly helo?: string;
  readonly cloud: Cloud;
  readonly dns: DnsHost;
  readonly ipv6?: boolean;
  readonly formerHostnames?: readonly (string | { readonly hostname: string; readonly dns?: DnsHost })[];
}

/**
 * The validated request.
 * @throws UserError that names every invalid argument, the reason and the fix
 */
export function checkedRequest(wanted: Wanted): SendingRequest {
  const read = canonicalName(wanted.hostname);
  if (!read.ok) {
    throw new UserError(refusal(wanted.hostname, [{ argument: "hostname", message: read.reason, fix: NAME_FIX }]));
  }
  const hostname = read.name;
  const families: Family[] = (wanted.ipv6 ?? sendsOverIpv6(wanted.cloud)) ? [4, 6] : [4];
  const problems = [
    ...nameProblems("hostname", wanted.hostname, NAME_FIX),
    ...(wanted.helo === undefined ? [] : nameProblems("helo", wanted.helo, HELO_FIX)),
    ...ipv6Problems(wanted),
    ...nameRuleProblems(wanted.cloud, hostname, families),
    ...wanted.cloud.validate({ hostname, families }),
    ...families.flatMap((family) => wanted.dns.validate({ owner: hostname, type: family === 4 ? "A" : "AAAA" })),
    ...formerProblems(wanted, families),
  ];
  if (problems.length > 0) {
    throw new UserError(refusal(wanted.hostname, problems));
  }
  const helo = canonicalName(wanted.helo ?? hostname);
  return {
    hostname,
    helo: helo.ok ? helo.name : hostname,
    families,
    cloud: wanted.cloud.name,
    dns: wanted.dns.name,
    zone: wanted.dns.zone,
    formerHostnames: former(wanted).filter(
      (each, index, all) =>
        !(each.hostname === hostname && each.dns.zone === wanted.dns.zone) &&
        all.findIndex((other) => other.hostname === each.hostname && other.dns.zone === each.dns.zone) === index,
    ),
  };
}

function former({ formerHostnames = [], dns }: Wanted): { readonly hostname: string; readonly dns: DnsHost }[] {
  return formerHostnames.map((given) => {
    const { hostname, dns: own = dns } = typeof given === "string" ? { hostname: given } : given;
    const read = canonicalName(hostname);
    return { hostname: read.ok ? read.name : hostname, dns: own };
  });
}

function formerProblems(wanted: Wanted, families: readonly Family[]): Problem[] {
  return former(wanted).flatMap(({ hostname, dns }) => {
    const read = canonicalName(hostname);
    const fix = "give earlier host names of this address, for example mail.example.com, or leave formerHostnames out";
    if (!read.ok) {
      return [{ argument: "formerHostnames", message: read.reason, fix }];
    }
    return families
      .flatMap((family) => dns.validate({ owner: hostname, type: family === 4 ? "A" : "AAAA" }))
      .map(({ message }) => ({
        argument: "formerHostnames",
        message,
        fix: "give a former host name of another zone with its DNS host, { hostname, dns }, or leave it out",
      }));
  });
}

/** Mail over IPv6 is useful if its PTR can be set and outgoing port 25 is open. */
function sendsOverIpv6({ capabilities, families }: Cloud): boolean {
  return capabilities.reverse[6].how !== "none" && capabilities.smtpOverIpv6 && families?.includes(6) !== false;
}

function nameProblems(argument: string, name: string, fix: string): Problem[] {
  return inspectName(name).reasons.map(({ message }) => ({ argument, message, fix }));
}

function ipv6Problems({ ipv6, cloud }: Wanted): Problem[] {
  const { reverse, title } = cloud.capabilities;
  if (ipv6 !== true || reverse[6].how !== "none") {
    return [];
  }
  return [
    {
      argument: "ipv6",
      message: `${title} cannot set the PTR of an IPv6 address, so receivers would reject mail over IPv6`,
      fix: reverse[6].advice ?? "leave ipv6 out and let the MTA send over IPv4 only",
    },
  ];
}

function nameRuleProblems({ capabilities }: Cloud, hostname: string, families: readonly Family[]): Problem[] {
  const longest = Math.min(...families.map((family) => capabilities.reverse[family].nameRules.maxLength));
  if (hostname.length <= longest) {
    return [];
  }
  return [
    {
      argument: "hostname",
      message: `${hostname} has ${hostname.length} characters; ${capabilities.title} accepts PTR names of at most ${longest}`,
      fix: "give a shorter host name",
    },
  ];
}

function refusal(hostname: string, problems: readonly Problem[]): string {
  const unique = [...new Map(problems.map((problem) => [`${problem.argument} ${problem.message}`, problem])).values()];
  const lines = unique.map((problem) => `  ${problem.argument}: ${problem.message}.\n    Fix: ${problem.fix}.`);
  return `Invalid SendingIp arguments for ${JSON.stringify(hostname)}; nothing was created or changed.\n${lines.join("\n")}`;
}

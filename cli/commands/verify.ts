/** `fcrdns verify`: verdicts on the given addresses. */
import type { Command } from "commander";
import type { VerifyOptions } from "../../fcrdns/options";
import { check } from "../check";
import { addConcurrency, addDnsOptions, appended, concurrencyOf, type DnsFlags, dnsSettings } from "../dns-options";
import { formatNamed, formatNames } from "../formats/table";
import { givenAddresses, MAX_BLOCK } from "../given-addresses";
import { examples, exitStatusHelp, type FcrdnsCommand } from "./command";

interface VerifyFlags extends DnsFlags, ReportFlags, RequirementFlags {
  readonly file?: readonly string[];
  readonly helo?: string;
}

export interface ReportFlags {
  readonly format: string;
  readonly explain?: true;
  readonly receivers?: true;
}

export interface RequirementFlags {
  readonly everyFamily?: true;
  readonly domain?: string;
}

/** The flags for additional requirements, as options of the check. */
export function requirementsOf({
  everyFamily,
  domain,
}: RequirementFlags): Pick<VerifyOptions, "everyFamily" | "domain"> {
  return { ...(everyFamily && { everyFamily }), ...(domain !== undefined && { domain }) };
}

/** Adds the flags for additional requirements. */
export function addRequirementOptions(command: Command): Command {
  return command
    .option(
      "--every-family",
      "fail an address whose host name has an address of the other family that does not round-trip",
    )
    .option("--domain <domain>", "say whether the name of each PTR belongs to the organisation of this domain");
}

/** Adds the flags that shape a report. */
export function addReportOptions(command: Command): Command {
  return command
    .option("--format <name>", formatNames.join(", "), "text")
    .option("--explain", "show every query and answer, like dig")
    .option("--receivers", "show how large receivers treat mail from the address");
}

export const verify: FcrdnsCommand<VerifyFlags> = {
  define: (command) => {
    command
      .description(
        "Looks up the PTR of each address and the addresses of that name, and compares them: first at every authoritative " +
          "server of both zones, then, if those agree, at recursive resolvers.",
      )
      .argument("[address...]", `IP, IP=HOSTNAME, a block of at most ${MAX_BLOCK} addresses, or - for standard input`)
      .option(
        "--file <file>",
        "addresses, one per line, # begins a comment; - is standard input (repeatable)",
        appended,
      );
    command.option("--helo <name>", "what the mail server says in EHLO when it sends from these addresses");
    return addConcurrency(addDnsOptions(addRequirementOptions(addReportOptions(command)))).addHelpText(
      "after",
      `${exitStatusHelp}\n${examples([
        "fcrdns verify 192.0.2.10=mail.example.com 2001:db8::10=mail.example.com",
        "fcrdns verify --file senders.txt --format junit > fcrdns.xml",
        "fcrdns verify 192.0.2.0/28 --explain",
        "fcrdns verify 192.0.2.10=mail.example.com --deadline 900",
        "fcrdns verify 192.0.2.10 --helo mail.example.com",
        "dig +short mail.example.com | fcrdns verify -",
      ])}`,
    );
  },

  run: async (args, flags, environment) => {
    const format = formatNamed(flags.format, formatNames);
    const settings = await dnsSettings(flags, environment);
    const concurrency = concurrencyOf(flags);
    const subjects = await givenAddresses(args, flags.file ?? [], environment);
    return check(
      {
        subjects,
        count: subjects.count,
        format,
        explain: flags.explain ?? false,
        receivers: flags.receivers ?? false,
        options: {
          ...settings,
          concurrency,
          ...(flags.helo !== undefined && { helo: flags.helo }),
          ...requirementsOf(flags),
        },
      },
      environment,
    );
  },
};

/** The flags that decide how addresses are checked and reported, the same for every command that checks some. */
import type { Command } from "commander";
import type { VerifyOptions } from "../fcrdns/options";
import type { CheckRequest } from "./check";
import { addConcurrency, addDnsOptions, concurrencyOf, type DnsFlags, dnsSettings } from "./dns-options";
import type { Environment } from "./environment";
import { formatNamed, formatNames } from "./formats/table";

export interface CheckFlags extends DnsFlags, ReportFlags, RequirementFlags {}

interface ReportFlags {
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
function addReportOptions(command: Command): Command {
  return command
    .option("--format <name>", formatNames.join(", "), "text")
    .option("--explain", "show every query and answer, like dig")
    .option("--receivers", "show how large receivers treat mail from the address");
}

/** Adds all of them. */
export function addCheckOptions(command: Command): Command {
  return addConcurrency(addDnsOptions(addRequirementOptions(addReportOptions(command))));
}

/** What the flags ask for, validated before anything is read or queried. */
export type CheckSettings = Omit<CheckRequest, "subjects" | "count">;

/** @throws UsageProblem that names the flag */
export async function checkSettings(flags: CheckFlags, environment: Environment): Promise<CheckSettings> {
  const format = formatNamed(flags.format, formatNames);
  const settings = await dnsSettings(flags, environment);
  return {
    format,
    explain: flags.explain ?? false,
    receivers: flags.receivers ?? false,
    options: { ...settings, concurrency: concurrencyOf(flags), ...requirementsOf(flags) },
  };
}

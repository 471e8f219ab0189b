/** `fcrdns ticket`: the request for a PTR to a provider without an API for it. Sends nothing. */
import type { Command } from "commander";
import { forTerminal } from "../../fcrdns/report/escape";
import type { DnsSettings } from "../../fcrdns/settings";
import type { Verdict } from "../../fcrdns/verdict";
import { requestAddress } from "../../providers/internal/tickets/proof";
import {
  findTicketProvider,
  type MadeTicket,
  type MissingDetail,
  makeTicket,
  reminderDue,
  renderReminder,
  renderTicket,
  type TicketInput,
  ticketDetails,
  ticketProviders,
} from "../../providers/internal/tickets/render";
import type { Ask, Ticket, TicketDetail, TicketDetails } from "../../providers/internal/tickets/ticket";
import type { TicketProvider } from "../../providers/internal/tickets/ticket-provider";
import { addAuthoritativeOptions, appended, type DnsFlags, dnsSettings, wholeNumber } from "../dns-options";
import type { Environment } from "../environment";
import { type ExitStatus, exitStatus } from "../exit-status";
import { asciiJson } from "../formats/escape";
import { formatNamed } from "../formats/table";
import { type GivenAddress, givenAddresses } from "../given-addresses";
import { ProgressLine } from "../progress";
import { UsageProblem } from "../usage-problem";
import { examples, type FcrdnsCommand } from "./command";

interface TicketFlags extends DnsFlags, TicketDetails {
  readonly list?: true;
  readonly file?: readonly string[];
  readonly port25?: true;
  readonly removal?: true;
  readonly delegate?: string;
  readonly nameServer?: readonly string[];
  readonly since?: string;
  readonly remindAfter?: string;
  readonly format: string;
}

const ticketFormats = ["text", "json", "markdown"] as const;
type TicketFormatName = (typeof ticketFormats)[number];

const details = Object.keys(ticketDetails) as TicketDetail[];

export const ticket: FcrdnsCommand<TicketFlags> = {
  define: (command) => {
    command
      .description(
        "Writes the request for a PTR to a provider without an API for it, with the fields that this provider asks for. It is " +
          "ready to send only when the authoritative servers have the forward record; until then the output says what is " +
          "missing. Nothing is sent and nothing is invented: if a required detail is missing, an error names it.",
      )
      .argument("[provider]", "a name from --list; generic for any other")
      .argument("[address...]", "one or more IP=HOSTNAME, or - for standard input")
      .option("--list", "show the providers")
      .option("--file <file>", "IP=HOSTNAME, one per line; - is standard input (repeatable)", appended)
      .option("--format <name>", ticketFormats.join(", "), "text");
    addDetailOptions(command)
      .option("--port25", "ask for outgoing TCP port 25 as well")
      .option("--delegate <cidr>", "ask for the delegation of the block's reverse zone (RFC 2317) to --name-server")
      .option("--name-server <name>", "name server for --delegate (repeatable)", appended)
      .option("--removal", "ask for the removal of the PTR, before you release the address")
      .option("--since <date>", "date of the first request; once a reminder is due, it is printed instead")
      .option("--remind-after <days>", "when a reminder is due (default: 3)");
    return addAuthoritativeOptions(command).addHelpText(
      "after",
      `\nExit status: 0 ready to send, or DNS already has every PTR; 1 not ready, the forward record is missing; 3 not ready, DNS\ndid not answer; 2 bad usage, or a required detail is missing.\n${examples(
        [
          'fcrdns ticket racknerd 203.0.113.7=mail.example.com --service vps-1234 --purpose "order confirmations"',
          "fcrdns ticket --list",
          "fcrdns ticket generic --file senders.txt --purpose newsletters --format markdown",
        ],
      )}`,
    );
  },

  run: async (args, flags, environment) => {
    const format = formatNamed(flags.format, ticketFormats);
    if (flags.list) {
      await environment.stdout.write(providerList(format));
      return exitStatus.pass;
    }
    const [providerName, ...addresses] = args;
    if (providerName === undefined) {
      throw new UsageProblem(
        "no provider given: write fcrdns ticket PROVIDER IP=HOSTNAME (fcrdns ticket --list shows the providers)",
      );
    }
    const provider = await providerNamed(providerName, environment);
    const settings = { ...(await dnsSettings(flags, environment)), mode: "authoritative" as const };
    const given = [...(await givenAddresses(addresses, flags.file ?? [], environment))];
    const at = new Date(environment.clock.utc());
    const request = { ...requestOf(flags, given), now: at.toISOString() };
    // What is wrong is reported before the first query; what is missing may not be needed.
    refuseProblems(makeTicket(provider, request));
    const verdicts = await verdictsOf(given, settings, environment);
    const proven = { ...request, addresses: verdicts.map((verdict) => requestAddress(verdict, at)) };
    const finished = made(provider, proven);
    await environment.stdout.write(rendered(finished, format, at));
    return finished.state === "blocked" ? blockedStatus(finished, verdicts) : exitStatus.pass;
  },
};

function addDetailOptions(command: Command): Command {
  for (const detail of details) {
    const { question, example } = ticketDetails[detail];
    command.option(`--${detail} <text>`, `${question}, such as "${example}"`);
  }
  return command;
}

async function providerNamed(name: string, environment: Environment): Promise<TicketProvider> {
  const found = findTicketProvider(name);
  if (found.kind === "found") return found.provider;
  const shown = `"${forTerminal(name)}"`;
  if (found.nearest !== undefined) {
    throw new UsageProblem(
      `there is no provider ${shown}: did you mean ${found.nearest.name}? For any other write ${found.generic.name}`,
    );
  }
  await environment.stderr.write(
    `fcrdns: nothing is known of a provider ${shown}: this is the ${found.generic.name} text\n`,
  );
  return found.generic;
}

function requestOf(flags: TicketFlags, given: readonly GivenAddress[]): TicketInput {
  const addresses = given.map(({ ip, expected }) => {
    if (expected === null) {
      throw new UsageProblem(`${ip} has no host name: write ${ip}=mail.example.com, the name that its PTR should have`);
    }
    return { address: ip, hostname: expected };
  });
  const remindAfterDays = wholeNumber("--remind-after", flags.remindAfter, 1, 365);
  return {
    ...Object.fromEntries(details.flatMap((detail) => (flags[detail] === undefined ? [] : [[detail, flags[detail]]]))),
    addresses,
    ask: askOf(flags),
    ...(flags.since !== undefined && { since: flags.since }),
    ...(remindAfterDays !== undefined && { remindAfterDays }),
  };
}

function askOf({ port25, removal, delegate, nameServer }: TicketFlags): Ask {
  const asked = [port25 && "--port25", removal && "--removal", delegate !== undefined && "--delegate"].filter(Boolean);
  if (asked.length > 1) throw new UsageProblem(`${asked.join(" and ")} cannot be combined: write one ticket for each`);
  if (delegate !== undefined) return { kind: "rfc2317", cidr: delegate, nameServers: nameServer ?? [] };
  if (nameServer !== undefined)
    throw new UsageProblem("--name-server needs --delegate CIDR: the block that is delegated");
  if (removal) return { kind: "removal" };
  return { kind: port25 ? "ptr+port25" : "ptr" };
}

/** @throws UsageProblem that names every missing detail */
function made(provider: TicketProvider, request: TicketInput): Ticket {
  const result = makeTicket(provider, request);
  if (result.ok) return result.ticket;
  refuseProblems(result);
  throw new UsageProblem(`${provider.title} needs more details: give ${result.missing.map(asked).join(", ")}`);
}

/** @throws UsageProblem when something that was given cannot be right */
function refuseProblems(result: MadeTicket): void {
  const problem = result.ok ? undefined : result.problems[0];
  if (problem !== undefined) throw new UsageProblem(`${problem.message}: ${problem.fix}`);
}

function asked({ field, question, example }: MissingDetail): string {
  return `--${field} (${question}, such as "${example}")`;
}

async function verdictsOf(
  given: readonly GivenAddress[],
  settings: DnsSettings,
  environment: Environment,
): Promise<Verdict[]> {
  const stopped = new AbortController();
  const forgetStop = environment.onStop(() => stopped.abort());
  const progress = new ProgressLine(environment, given.length);
  const verdicts: Verdict[] = [];
  try {
    const checker = await environment.checker();
    for await (const verdict of checker.verifyAll(given, { ...settings, signal: stopped.signal })) {
      verdicts.push(verdict);
      progress.decided(true);
    }
    return verdicts;
  } finally {
    await progress.end();
    forgetStop();
  }
}

function rendered(made: Ticket, format: TicketFormatName, now: Date): string {
  return format === "text" && made.state === "ready" && reminderDue(made, now)
    ? renderReminder(made)
    : renderTicket(made, format);
}

/** Whether the forward records are known to be missing, or unknown. */
function blockedStatus({ addresses }: Ticket, verdicts: readonly Verdict[]): ExitStatus {
  const unproven = addresses.filter(({ proof }) => proof === undefined).map(({ address }) => address);
  const unanswered = ({ status, findings }: Verdict): boolean =>
    status === "unknown" || findings.some(({ rule }) => rule === "forward-unanswered");
  const definite = verdicts.some((verdict) => unproven.includes(verdict.ip) && !unanswered(verdict));
  return definite ? exitStatus.fail : exitStatus.unknown;
}

function providerList(format: TicketFormatName): string {
  if (format === "json") return `${asciiJson({ schema: 1, providers: ticketProviders }, 2)}\n`;
  const rows = ticketProviders.map((provider) => [
    provider.name,
    provider.title,
    provider.role === "only-way" ? "always" : "if API and panel fail",
    provider.requires.map((detail) => `--${detail}`).join(" "),
  ]);
  const head = ["Provider", "Name", "Use a ticket", "Required details"];
  if (format === "markdown") {
    const lines = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
    return `${lines.join("\n")}\n`;
  }
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

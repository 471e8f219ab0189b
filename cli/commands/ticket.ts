/** `fcrdns ticket`: the request for a PTR to a provider that takes none by API. Sends nothing. */
import type { Command } from "commander";
import { forTerminal } from "../../fcrdns/report/escape";
import type { DnsSettings } from "../../fcrdns/settings";
import type { Verdict } from "../../fcrdns/verdict";
import { requestAddress } from "../../providers/internal/tickets/proof";
import {
  findTicketProvider,
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
        "Writes the request for a PTR to a provider that has no API for it, in that provider's own words. It is ready to " +
          "be sent only when the authoritative servers show the forward record; until then it says what is missing. " +
          "Nothing is sent and nothing is made up: what the provider wants to know and you did not give is asked for.",
      )
      .argument("[provider]", "one of --list; generic fits all others")
      .argument("[address...]", "IP=HOSTNAME, one or several, or - for standard input")
      .option("--list", "show the providers")
      .option("--file <file>", "IP=HOSTNAME, one a line; - is standard input (repeatable)", appended)
      .option("--format <name>", ticketFormats.join(", "), "text");
    addDetailOptions(command)
      .option("--port25", "ask for outgoing TCP port 25 as well")
      .option("--delegate <cidr>", "ask for the delegation of the block's reverse zone (RFC 2317) to --name-server")
      .option("--name-server <name>", "where it is delegated to (repeatable)", appended)
      .option("--removal", "ask for the PTR to be taken away, before the address is given back")
      .option("--since <date>", "when it was first asked: turns it into a reminder once that is due")
      .option("--remind-after <days>", "when a reminder is due (default: 3)");
    return addAuthoritativeOptions(command).addHelpText(
      "after",
      `\nExit status: 0 the text may be sent, or DNS already shows all of it; 1 not yet, the forward record is missing; 3 not yet, DNS did\nnot answer; 2 bad usage, or something that the provider wants to know is missing.\n${examples(
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
        "say which provider: fcrdns ticket PROVIDER IP=HOSTNAME (fcrdns ticket --list shows them)",
      );
    }
    const provider = await providerNamed(providerName, environment);
    const settings = { ...(await dnsSettings(flags, environment)), mode: "authoritative" as const };
    const given = [...(await givenAddresses(addresses, flags.file ?? [], environment))];
    const at = new Date(environment.clock.utc());
    const request = { ...requestOf(flags, given), now: at.toISOString() };
    // What is missing or wrong shows before anybody is asked.
    made(provider, request);
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
      throw new UsageProblem(`${ip} has no host name: write ${ip}=mail.example.com, the name that its PTR shall have`);
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
  if (asked.length > 1) throw new UsageProblem(`${asked.join(" and ")} do not go together: write a ticket for each`);
  if (delegate !== undefined) return { kind: "rfc2317", cidr: delegate, nameServers: nameServer ?? [] };
  if (nameServer !== undefined)
    throw new UsageProblem("--name-server needs --delegate CIDR: the block that is delegated");
  if (removal) return { kind: "removal" };
  return { kind: port25 ? "ptr+port25" : "ptr" };
}

/** @throws UsageProblem that asks for everything that is missing, by name */
function made(provider: TicketProvider, request: TicketInput): Ticket {
  const result = makeTicket(provider, request);
  if (result.ok) return result.ticket;
  const [problem] = result.problems;
  if (problem !== undefined) throw new UsageProblem(`${problem.message}: ${problem.fix}`);
  throw new UsageProblem(`${provider.title} wants to know more: give ${result.missing.map(asked).join(", ")}`);
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

/** Whether the forward records are known to be missing, or nobody could say. */
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
    provider.role === "only-way" ? "the only way" : "when API and panel fail",
    provider.requires.map((detail) => `--${detail}`).join(" "),
  ]);
  const head = ["Provider", "Name", "A ticket is", "Wants to know"];
  if (format === "markdown") {
    const lines = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
    return `${lines.join("\n")}\n`;
  }
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

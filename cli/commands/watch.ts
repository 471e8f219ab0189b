/** `fcrdns watch`: repeats the check and reports changes that last. */

import type { ServerAddress } from "../../fcrdns/ask/transport";
import type { VerifyAllOptions } from "../../fcrdns/options";
import { parseServer } from "../../fcrdns/parse-server";
import { forTerminal } from "../../fcrdns/report/escape";
import { addRequirementOptions, type RequirementFlags, requirementsOf } from "../check-options";
import {
  addConcurrency,
  addDnsOptions,
  appended,
  concurrencyOf,
  type DnsFlags,
  dnsSettings,
  numberOf,
  wholeNumber,
} from "../dns-options";
import type { Environment } from "../environment";
import { formatNamed } from "../formats/table";
import { givenAddresses } from "../given-addresses";
import { UsageProblem } from "../usage-problem";
import { type WatchRequest, watchAddresses } from "../watch/watching";
import { examples, type FcrdnsCommand } from "./command";

interface WatchFlags extends DnsFlags, RequirementFlags {
  readonly file?: readonly string[];
  readonly every?: string;
  readonly seen?: string;
  readonly passes?: string;
  readonly exit?: true;
  readonly webhook?: string;
  readonly listen?: string;
  readonly format: string;
}

const watchFormats = ["text", "ndjson"] as const;
const DEFAULT_EVERY_MINUTES = 15;
const DEFAULT_SEEN = 3;

export const watch: FcrdnsCommand<WatchFlags> = {
  define: (command) => {
    command
      .description(
        "Checks the addresses every few minutes and reports changes: on standard output, to a webhook, and as metrics for " +
          "Prometheus. A change must be seen several times in a row, because resolvers flap. Ctrl-C or SIGTERM stops it.",
      )
      .argument("[address...]", "as for fcrdns verify")
      .option(
        "--file <file>",
        "addresses, one per line, # begins a comment; - is standard input (repeatable)",
        appended,
      )
      .option("--every <minutes>", `pause between passes, varied by up to 10% (default: ${DEFAULT_EVERY_MINUTES})`)
      .option("--seen <times>", `how many times in a row a change must be seen (default: ${DEFAULT_SEEN})`)
      .option("--exit", "exit at the first change, with its status")
      .option("--passes <number>", "exit after this many passes, with the status of the last")
      .option(
        "--webhook <url>",
        "POST each change to this URL, in Slack's JSON format (or set FCRDNS_WEBHOOK, which ps does not show)",
      )
      .option("--listen <address:port>", "serve metrics for Prometheus at /metrics")
      .option("--format <name>", watchFormats.join(", "), "text");
    return addConcurrency(addDnsOptions(addRequirementOptions(command))).addHelpText(
      "after",
      `\nExit status: 0 stopped by Ctrl-C or SIGTERM; with --exit or --passes, as for fcrdns verify; 2 bad usage.\n${examples(
        [
          "fcrdns watch --file senders.txt --every 15 --listen 127.0.0.1:9110",
          "FCRDNS_WEBHOOK=https://hooks.slack.com/services/... fcrdns watch 192.0.2.10=mail.example.com",
          "fcrdns watch 192.0.2.10=mail.example.com --every 1 --exit",
        ],
      )}`,
    );
  },

  run: async (args, flags, environment) => {
    const format = formatNamed(flags.format, watchFormats);
    const options: VerifyAllOptions = {
      ...(await dnsSettings(flags, environment)),
      concurrency: concurrencyOf(flags),
      ...requirementsOf(flags),
    };
    const passes = wholeNumber("--passes", flags.passes, 1, 1_000_000_000);
    const webhook = webhookOf(flags, environment);
    const listen = listenAddress(flags.listen);
    const request: WatchRequest = {
      addresses: await givenAddresses(args, flags.file ?? [], environment),
      options,
      format,
      everyMs: everyMs(flags.every),
      times: wholeNumber("--seen", flags.seen, 1, 1000) ?? DEFAULT_SEEN,
      exitAtChange: flags.exit ?? false,
      ...(passes !== undefined && { passes }),
      ...(webhook !== undefined && { webhook }),
      ...(listen !== undefined && { listen }),
    };
    return watchAddresses(request, environment);
  },
};

function everyMs(text: string | undefined): number {
  const minutes = numberOf("--every", text) ?? DEFAULT_EVERY_MINUTES;
  if (minutes <= 0 || minutes > 10_080) {
    throw new UsageProblem(
      `--every ${forTerminal(text ?? "")} is not a number of minutes above 0 and at most 10080 (a week)`,
    );
  }
  return minutes * 60_000;
}

function webhookOf({ webhook }: WatchFlags, environment: Environment): string | undefined {
  const given = webhook ?? environment.environment.FCRDNS_WEBHOOK;
  if (given === undefined || given === "") return undefined;
  const from = webhook === undefined ? "FCRDNS_WEBHOOK" : "--webhook";
  // Not shown: it is a password.
  const problem = `${from} is not the URL of a webhook: it must begin with https:// or http://`;
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw new UsageProblem(problem);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new UsageProblem(problem);
  return given;
}

function listenAddress(text: string | undefined): ServerAddress | undefined {
  if (text === undefined) return undefined;
  const any = /^(.*):0$/s.exec(text);
  const parsed = parseServer(any ? `${any[1]}:1` : text, -1);
  if (!parsed.ok || parsed.server.port === -1) {
    throw new UsageProblem(
      `--listen "${forTerminal(text)}" is not an address with a port: write for example 127.0.0.1:9110 or [::1]:9110`,
    );
  }
  return any ? { ...parsed.server, port: 0 } : parsed.server;
}

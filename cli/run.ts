/** The whole command: arguments in, exit status out. */
import { Command, CommanderError } from "commander";
import { InputError } from "../fcrdns/input-error";
import { parseAddress } from "../fcrdns/names/address";
import { canonicalHostname } from "../fcrdns/names/name";
import { nearest } from "../fcrdns/names/nearest";
import { forTerminal } from "../fcrdns/report/escape";
import { examples, helpOf, parserOf } from "./commands/command";
import { commands } from "./commands/table";
import type { Environment } from "./environment";
import { type ExitStatus, exitStatus } from "./exit-status";
import { packageVersion } from "./package-version";
import { UsageProblem } from "./usage-problem";

/**
 * Runs the command.
 * @param args arguments after `fcrdns`
 * @returns the exit status; never rejects
 */
export async function run(args: readonly string[], environment: Environment): Promise<ExitStatus> {
  const status = await runToEnd(args, environment);
  const { failure } = environment.stdout;
  if (failure === null) return status;
  await environment.stderr.write(
    `fcrdns: standard output could not be written (${failure}), so the report is incomplete: fix that and run again\n`,
  );
  return status === exitStatus.pass ? exitStatus.unknown : status;
}

async function runToEnd(args: readonly string[], environment: Environment): Promise<ExitStatus> {
  try {
    return await dispatch(args, environment);
  } catch (error) {
    if (error instanceof UsageProblem || error instanceof InputError) {
      await environment.stderr.write(`fcrdns: ${oneLine(error.message)}\n`);
      return exitStatus.usage;
    }
    const { stack, message } = error instanceof Error ? error : new Error(String(error));
    const shown = environment.environment.FCRDNS_DEBUG ? (stack ?? message) : oneLine(message);
    await environment.stderr.write(`fcrdns: this is a bug, please report it (FCRDNS_DEBUG=1 shows more): ${shown}\n`);
    return exitStatus.unknown;
  }
}

async function dispatch(args: readonly string[], environment: Environment): Promise<ExitStatus> {
  const [first, ...rest] = args;
  if (first === undefined) {
    throw new UsageProblem(
      `no command given: use one of ${Object.keys(commands).join(", ")} (fcrdns --help explains them)`,
    );
  }
  if (first === "--version" || first === "-V") {
    await environment.stdout.write(`${packageVersion()}\n`);
    return exitStatus.pass;
  }
  if (first === "--help" || first === "-h" || (first === "help" && rest.length === 0)) {
    await environment.stdout.write(overview());
    return exitStatus.pass;
  }
  return first === "help" ? runNamed(rest[0] as string, ["--help"], environment) : runNamed(first, rest, environment);
}

async function runNamed(name: string, args: readonly string[], environment: Environment): Promise<ExitStatus> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) throw unknownCommand(name);
  const definition = await entry.load();
  const command = parserOf(name, definition, () => {});
  try {
    command.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new UsageProblem(`${usageMessage(error)}; fcrdns ${name} --help lists the options`);
    await environment.stdout.write(helpOf(name, definition));
    return exitStatus.pass;
  }
  return definition.run(command.args, command.opts(), environment);
}

/** `unknown option '--fromat' (Did you mean --format?)` */
function usageMessage({ message }: CommanderError): string {
  return message.replace(/^error: /, "").replace(/\.$/, "");
}

function unknownCommand(name: string): UsageProblem {
  if (parseAddress(name.split(/[=/]/)[0] ?? "").ok) {
    return new UsageProblem(`to check an address write fcrdns verify ${forTerminal(name)}`);
  }
  if (name.includes(".") && canonicalHostname(name).ok) {
    return new UsageProblem(
      `to check every address that may send for a domain write fcrdns domain ${forTerminal(name)}`,
    );
  }
  if (name.startsWith("-"))
    return new UsageProblem(`write the command before its options: fcrdns verify ${forTerminal(name)} ...`);
  const names = Object.keys(commands);
  const meant = nearest(name, names);
  const advice = meant === undefined ? `there are ${names.join(", ")}` : `did you mean ${meant}?`;
  return new UsageProblem(`there is no command "${forTerminal(name)}": ${advice}`);
}

function overview(): string {
  const program = new Command("fcrdns")
    .usage("<command> [options]")
    .description("Checks forward-confirmed reverse DNS: that the PTR of an address gives a name that has the address.")
    .helpOption("-h, --help", "show this help")
    .option("-V, --version", "show the version")
    .helpCommand("help <command>", "show the flags of a command");
  for (const [name, { summary }] of Object.entries(commands))
    program.command(name).summary(summary).description(summary);
  program.addHelpText(
    "after",
    examples([
      "fcrdns verify 192.0.2.10=mail.example.com",
      "fcrdns name mail.example.com",
      "fcrdns stack --stack prod --format github",
      "fcrdns ticket --list",
    ]),
  );
  let help = "";
  program.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  program.outputHelp();
  return help;
}

/** A user's mistake is reported in one line. */
function oneLine(message: string): string {
  return forTerminal(message.trim().replace(/\s*\n\s*/g, " "));
}

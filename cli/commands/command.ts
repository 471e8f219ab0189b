/** What each command is: its arguments and flags, and what it does with them. */
import { Command } from "commander";
import type { Environment } from "../environment";
import type { ExitStatus } from "../exit-status";

export interface FcrdnsCommand<Flags extends object = object> {
  /** Adds description, arguments, flags and examples. */
  define(command: Command): Command;
  /** @throws UsageProblem before anything is printed */
  run(args: readonly string[], flags: Flags, environment: Environment): Promise<ExitStatus>;
}

const HELP_WIDTH = 100;

/** The last part of a command's help. */
export function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;
}

/** What the exit statuses of the checking commands mean. */
export const exitStatusHelp =
  "\nExit status: 0 every address passes; 1 at least one fails; 3 none fails, but\nat least one is unknown or the report could not be written; 2 bad usage or\nunreadable input, nothing was checked.";

/** The parser for the arguments and flags of one command; its help goes to `print`. */
export function parserOf(name: string, definition: FcrdnsCommand, print: (text: string) => void): Command {
  return definition.define(
    new Command(`fcrdns ${name}`)
      .exitOverride()
      .helpOption("-h, --help", "show this help")
      .allowExcessArguments()
      .configureOutput({ writeOut: print, writeErr: () => {}, getOutHelpWidth: () => HELP_WIDTH })
      .action(() => {}),
  );
}

/** What `--help` shows, the same on every terminal. */
export function helpOf(name: string, definition: FcrdnsCommand): string {
  let help = "";
  parserOf(name, definition, (text) => {
    help += text;
  }).outputHelp();
  return help;
}

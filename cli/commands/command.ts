/** What each command is: its arguments and flags, and what it does with them. */
import type { Command } from "commander";
import type { ExitStatus } from "../exit-status";
import type { World } from "../world";

export interface FcrdnsCommand<Flags extends object = object> {
  /** Adds description, arguments, flags and examples. */
  define(command: Command): Command;
  /** @throws UsageProblem before anything is printed */
  run(args: readonly string[], flags: Flags, world: World): Promise<ExitStatus>;
}

/** The last part of a command's help. */
export function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;
}

/** What the exit statuses of the checking commands mean. */
export const exitStatusHelp =
  "\nExit status: 0 every address passes; 1 at least one fails; 3 none fails, but\nsomething is not known; 2 bad usage or unreadable input, nothing was checked.";

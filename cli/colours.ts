/** Colours on a terminal, plain text everywhere else. */
import { createColors } from "picocolors";
import type { Environment } from "./environment";

export type Colours = ReturnType<typeof createColors>;

/** `NO_COLOR` (https://no-color.org) wins, then `FORCE_COLOR`, then whether the report goes to a terminal. */
export function coloursFor({ environment, stdout }: Pick<Environment, "environment" | "stdout">): Colours {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return createColors(false);
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0") return createColors(true);
  return createColors(stdout.isTerminal && TERM !== "dumb");
}

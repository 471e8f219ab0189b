/** Mutants that no test can or should notice, with the reason: `survivors.md`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Reason by the mutant's identifier. */
export function explained(text = readFileSync(join(__dirname, "survivors.md"), "utf8")): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  let reason = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("## ")) reason = line.slice(3);
    const id = /^- `(.*)`$/.exec(line)?.[1];
    if (id !== undefined) reasons.set(id, reason);
  }
  return reasons;
}

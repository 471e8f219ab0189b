/** The list of formats in `action.yml`, from the table of formats; the rest of the file is written by hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatNames } from "../cli/formats/table";

export const file = "action.yml";

/** What an action uses where nothing is said. */
const USUAL = "github";

export function text(): string {
  const others = formatNames.filter((name) => name !== USUAL).join(", ");
  const description = `${USUAL} writes annotations and the job's summary; also ${others}`;
  return readFileSync(join(__dirname, "..", file), "utf8").replace(
    /^( {2}format:\n {4}description: ).*$/m,
    (_line, key: string) => `${key}${description}`,
  );
}

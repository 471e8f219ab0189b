/** Files that a configuration includes. */
import { dirname, isAbsolute, join } from "node:path";
import type { ConfigurationFile, OpenIncluded } from "../senders/mta/mail-server";
import type { Environment } from "./environment";
import { textOf } from "./input-lines";
import { UsageProblem } from "./usage-problem";

/**
 * Opens included files. A relative path begins at the folder of the including file, or at the working folder if that is
 * standard input. `*` and `?` in the last part of a path stand for any characters.
 */
export function openIncludedWith(environment: Pick<Environment, "stdin" | "readFile" | "readFolder">): OpenIncluded {
  return async (path, from) => {
    const whole = isAbsolute(path) || from === "-" ? path : join(dirname(from), path);
    const names = await namesOf(whole, environment);
    if (names === null) return { ok: false, why: "names a folder that cannot be read" };
    const files: ConfigurationFile[] = [];
    for (const name of names) {
      try {
        files.push({ name, text: (await textOf(name, environment)).replace(/^\ufeff/, "") });
      } catch (error) {
        if (error instanceof UsageProblem) return { ok: false, why: error.message };
        throw error;
      }
    }
    return { ok: true, files };
  };
}

async function namesOf(path: string, { readFolder }: Pick<Environment, "readFolder">): Promise<string[] | null> {
  const at = path.lastIndexOf("/") + 1;
  const pattern = path.slice(at);
  if (!/[*?]/.test(pattern)) return [path];
  const parts = pattern.split(/([*?])/).map((part) => {
    if (part === "*") return ".*";
    return part === "?" ? "." : part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  });
  const matches = new RegExp(`^${parts.join("")}$`, "s");
  try {
    const names = await readFolder(at === 0 ? "." : path.slice(0, at));
    return names
      .filter((name) => matches.test(name) && !name.startsWith("."))
      .sort()
      .map((name) => path.slice(0, at) + name);
  } catch {
    return null;
  }
}

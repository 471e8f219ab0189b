/** What is mutated, by room, and where the tests are that may notice. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Mutant, mutantsOf } from "./operators";

export const root = join(__dirname, "..", "..");

interface Room {
  /** Files, or folders with all that is in them. */
  readonly sources: readonly string[];
  /** Folders; which of their tests run a line is measured. */
  readonly tests: readonly string[];
}

export const rooms: Readonly<Record<string, Room>> = {
  judge: { sources: ["fcrdns/judge"], tests: ["test/fcrdns", "test/cli/formats"] },
  ask: { sources: ["fcrdns/ask"], tests: ["test/fcrdns"] },
  names: { sources: ["fcrdns/names"], tests: ["test/fcrdns/names", "test/fcrdns/judge"] },
  rules: {
    sources: ["policies/rules", "policies/rules.ts", "policies/provider-rules.ts"],
    tests: ["test/policies"],
  },
  escaping: {
    sources: ["fcrdns/report/escape.ts", "cli/formats", "providers/internal/rest/printable.ts"],
    tests: ["test/fcrdns/report", "test/cli/formats", "test/cli/watch", "test/providers/rest"],
  },
};

export function sourcesOf(room: string): string[] {
  return filesUnder(rooms[room]?.sources ?? [], (name) => name.endsWith(".ts"));
}

/** Test files in which a mistake can be planted: those that run long start processes of their own. */
export function testsOf(room: string): string[] {
  return filesUnder(
    rooms[room]?.tests ?? [],
    (name) => name.endsWith(".test.ts") && !name.endsWith(".slow.test.ts") && !name.includes("/real-"),
  );
}

export function mutantsIn(room: string): Mutant[] {
  return sourcesOf(room).flatMap((file) => mutantsOf(file, readFileSync(join(root, file), "utf8")));
}

function filesUnder(paths: readonly string[], isWanted: (name: string) => boolean): string[] {
  return paths
    .flatMap((path) =>
      path.endsWith(".ts")
        ? [path]
        : readdirSync(join(root, path), { recursive: true, encoding: "utf8" }).map((name) => `${path}/${name}`),
    )
    .filter(isWanted)
    .sort();
}

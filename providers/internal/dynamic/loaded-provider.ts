/**
 * A dynamic provider that is a file of this package. Pulumi's usual way is to turn the provider's functions and
 * everything that they use into text and to keep that in the state; what ends up there then depends on the compiler, and
 * old text goes on running after an upgrade. Here the text in the state only says where the file is, so that the
 * installed version does the work.
 */
import { basename, dirname, join } from "node:path";

/** Files whose export `provider` is a dynamic provider, from the root of the package. Renaming one orphans states. */
export type ProviderFile = "providers/internal/rest/provider" | "providers/internal/tickets/ticket-request-provider";

/**
 * The text for the input `__provider` of a dynamic resource. The host of dynamic providers evaluates it as a module and
 * calls its `handler`.
 */
export function loadedProvider(file: ProviderFile): string {
  const compiled = basename(ROOT) === "dist";
  const places = { root: compiled ? dirname(ROOT) : ROOT, file, compiled };
  return `exports.handler = ${load.toString()}.bind(undefined, ${JSON.stringify(places)}, require);`;
}

/** The folder that holds `components`: the checkout, or `dist` of an installed package. */
const ROOT = join(__dirname, "..", "..", "..");

/**
 * Runs inside the host, from its text alone: it may use its arguments and nothing else of this file.
 * The package is looked for where the program found it, then (another machine, another checkout) by its name from the
 * folder of the program and from the host's own place, then as the checkout that the program runs in.
 */
function load(places: { root: string; file: string; compiled: boolean }, required: NodeJS.Require): unknown {
  const { existsSync, readFileSync } = required("node:fs") as typeof import("node:fs");
  const path = required("node:path") as typeof import("node:path");
  const roots = [places.root];
  try {
    const paths = [process.cwd(), path.dirname(process.argv[1] ?? ".")];
    roots.push(path.dirname(required.resolve("pulumi-fcrdns/package.json", { paths })));
  } catch {
    // Not installed there.
  }
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, "package.json");
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "pulumi-fcrdns") roots.push(folder);
    if (path.dirname(folder) === folder) break;
  }
  for (const root of roots) {
    const compiled = path.join(root, "dist", `${places.file}.js`);
    const source = path.join(root, `${places.file}.ts`);
    const register = path.join(root, "register.js");
    const runsFromSource = existsSync(source) && existsSync(register);
    if (existsSync(compiled) && (places.compiled || !runsFromSource)) return required(compiled).provider;
    if (runsFromSource) {
      required(register);
      return required(source).provider;
    }
  }
  throw new Error(
    `the package pulumi-fcrdns is not installed where Pulumi runs (looked in ${roots.join(", ")}). ` +
      "Fix: run `npm install` in the folder of the Pulumi program",
  );
}

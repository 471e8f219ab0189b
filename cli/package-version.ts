/** The version of this package, wherever this file was built to. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export function packageVersion(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = manifestIn(folder);
    if (manifest?.name === "pulumi-fcrdns" && manifest.version !== undefined) return manifest.version;
    if (folder === dirname(folder)) return "0.0.0";
  }
}

function manifestIn(folder: string): { readonly name?: string; readonly version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  } catch {
    return undefined;
  }
}

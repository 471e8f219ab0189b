/** `docs/plugins.md` from `plugin.ts` in the providers' folders. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { PluginFacts, PluginResource } from "../providers/provider";

const PROVIDERS = join(__dirname, "../providers");

/** The page's whole text. */
export function text(): string {
  const plugins = readdirSync(PROVIDERS)
    .filter((name) => existsSync(join(PROVIDERS, name, "plugin.ts")))
    .sort()
    .map((name) => ({ name, ...(require(join(PROVIDERS, name, "plugin")) as { readonly plugin: PluginFacts }) }));
  return [
    "<!-- Generated from providers/*/plugin.ts: change it there. -->",
    "# Pulumi plugins",
    "",
    "What the plugins of the clouds and DNS hosts refuse in a preview, replace, drop on a refresh and try again, for each resource",
    "that this library creates, and the id that `pulumi import` takes. Read in their sources; the simulated clouds of the tests are",
    "held to it.",
    "",
    ...plugins.flatMap(({ name, plugin }) => section(name, plugin)),
  ].join("\n");
}

function section(name: string, { source, date, retries, resources }: PluginFacts): string[] {
  return [
    `## ${name}`,
    "",
    ...(retries === undefined ? [] : [`Tried again for every resource: ${retries}`, ""]),
    ...Object.entries(resources).flatMap(([type, resource]) => entry(type, resource)),
    `Source: ${source} (${date})`,
    "",
  ];
}

function entry(type: string, resource: PluginResource): string[] {
  const { preview = "a missing property.", replacedBy, replacement, refresh, errors, importId, files } = resource;
  const properties = replacedBy === "*" ? "every property" : replacedBy.map((each) => `\`${each}\``).join(", ");
  return [
    `### \`${type}\``,
    "",
    `- A preview refuses: ${preview}`,
    `- Replaced by: ${properties === "" ? "no property" : properties}.${replacement === undefined ? "" : ` ${replacement}`}`,
    `- Refresh: ${refresh}`,
    `- Errors: ${errors}`,
    `- Import: ${importId === null ? "not possible." : `\`${importId}\``}`,
    `- Files: ${files.join("; ")}`,
    "",
  ];
}

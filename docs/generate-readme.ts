/** The table of supported providers in `README.md`, from their facts; the rest of the page is written by hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cloudNames, cloudProvider, dnsHostNames, dnsHostProvider } from "../providers/find-provider";
import type { ProviderFacts } from "../providers/provider";

export const file = "README.md";

export function text(): string {
  const clouds = cloudNames.flatMap((name) => cloudProvider(name) ?? []);
  const by = (...how: readonly string[]) =>
    titles(clouds.filter(({ cloud }) => how.includes(cloud?.capabilities.reverse[4].how ?? "")).map(cloudTitle));
  const tickets = clouds.filter(({ ticket, rest, sdk }) => ticket?.fitsAnybody !== true && !rest && !sdk && ticket);
  const dnsHosts = dnsHostNames.flatMap((name) => dnsHostProvider(name) ?? []).filter(({ dns }) => !dns?.byHand);
  const table = [
    "| | |",
    "|---|---|",
    `| **Clouds** | ${by("resource", "field")} |`,
    `| **PTR by API, without a Pulumi resource** | ${by("rest")} |`,
    `| **PTR by support ticket, written for you** | ${titles(tickets.map(cloudTitle))}, and any other provider |`,
    `| **DNS hosts** | ${titles(dnsHosts.map(({ dns }) => dns?.capabilities.title ?? ""))}, or by hand |`,
  ];
  return readFileSync(join(__dirname, "..", file), "utf8").replace(
    /^\| \| \|\n\|---\|---\|\n\| \*\*Clouds\*\*(?:.*\n)+?(?=\n)/m,
    () => `${table.join("\n")}\n`,
  );
}

function cloudTitle({ cloud }: ProviderFacts): string {
  return cloud?.capabilities.title ?? "";
}

function titles(names: readonly string[]): string {
  return [...names].sort((a, b) => a.localeCompare(b, "en")).join(", ");
}

/** `docs/clouds.md` from the capabilities of the clouds and DNS hosts. */
import type { CloudCapabilities, Family, ReverseCapability, Source } from "../providers/cloud";
import type { ConfigSchema } from "../providers/config-schema";
import type { DnsHostCapabilities } from "../providers/dns-host";
import {
  cloudConfigKeys,
  cloudNames,
  cloudProvider,
  cloudSdk,
  dnsHostCapabilities,
  dnsHostConfigKeys,
  dnsHostNames,
  dnsHostSdk,
} from "../providers/find-provider";
import { type ManualPanel, manualPanels } from "../providers/manual/panels";

interface CloudEntry {
  readonly word: string;
  readonly capabilities: CloudCapabilities;
  readonly configKeys: ConfigSchema;
}

interface DnsEntry {
  readonly word: string;
  readonly capabilities: DnsHostCapabilities;
  readonly configKeys: ConfigSchema;
}

/** The page's whole text. */
export function text(): string {
  const clouds = cloudNames.map(cloudEntry).sort(byTitle);
  const hosts = dnsHostNames.map(dnsEntry).sort(byTitle);
  return [
    "<!-- Generated from providers/: change it there. -->",
    "# Clouds and DNS hosts",
    "",
    "Any cloud can be combined with any DNS host. The column `name` has the values for `pulumi config set cloud` and `dns`. A",
    "program imports from `pulumi-fcrdns/PROVIDER`: `pulumi-fcrdns/hetzner` exports `hetzner()` and `hetznerDns()`. The package",
    "is the one to add with `npm install`.",
    "",
    "## Clouds",
    "",
    "| cloud | name | package | PTR of IPv4 | PTR of IPv6 | port 25 |",
    "|---|---|---|---|---|---|",
    ...clouds.map(overviewRow),
    "",
    ...family(4, clouds),
    ...family(6, clouds),
    "## Caveats",
    "",
    ...clouds.flatMap(notes),
    "## DNS hosts",
    "",
    "| DNS host | name | package | records | minimum TTL | changes visible after |",
    "|---|---|---|---|---|---|",
    ...hosts.map(dnsRow),
    "",
    ...hosts.flatMap(dnsNotes),
    "## Panels for records by hand",
    "",
    "`manual({ zone, panel })` shows what to enter, with the field names of these panels. Describe any other panel as an object.",
    "",
    "| panel | name | path | fields |",
    "|---|---|---|---|",
    ...Object.entries<ManualPanel>(manualPanels).map(([word, panel]) => panelRow(word, panel)),
    "",
  ].join("\n");
}

function cloudEntry(word: string): CloudEntry {
  const capabilities = cloudProvider(word)?.cloud?.capabilities;
  if (capabilities === undefined) {
    throw new Error(`there is no cloud ${word}`);
  }
  return { word, capabilities, configKeys: cloudConfigKeys(word) };
}

function dnsEntry(word: string): DnsEntry {
  const capabilities = dnsHostCapabilities(word);
  if (capabilities === undefined) {
    throw new Error(`there is no DNS host ${word}`);
  }
  return { word, capabilities, configKeys: dnsHostConfigKeys(word) };
}

function byTitle(a: CloudEntry | DnsEntry, b: CloudEntry | DnsEntry): number {
  return a.capabilities.title.localeCompare(b.capabilities.title, "en") || a.word.localeCompare(b.word, "en");
}

const how: Readonly<Record<ReverseCapability["how"], string>> = {
  resource: "separate resource",
  field: "property of the address or machine",
  rest: "REST",
  ticket: "by request",
  zone: "record in your zone",
  none: "cannot be set",
};

const lost: Readonly<Record<NonNullable<ReverseCapability["afterLoss"]>, string | undefined>> = {
  refresh: undefined,
  "refresh-or-replace":
    "that was changed at the provider to another name is not visible to a refresh. `pulumi up --target-replace URN`, with the URN of its resource, sets it again; one that was put back to its default is set again by `pulumi up --refresh`.",
  replace:
    "that the provider lost is not visible to a refresh. `pulumi up --target-replace URN`, with the URN of its resource, sets it again.",
  "by-hand":
    "that the provider lost is not set again by the plugin, on a machine that exists. Set it with the provider's own command, then run `pulumi up --refresh`.",
  rename:
    "that the provider lost is not visible to a refresh. The PTR is the machine's name, so set that name again at the provider. After a failed rename, `pulumi up --refresh` renames it.",
};

/** What to do about a lost PTR that `pulumi up --refresh` does not restore. */
function afterLoss({ reverse }: CloudCapabilities): string[] {
  const [v4, v6] = [lost[reverse[4].afterLoss ?? "refresh"], lost[reverse[6].afterLoss ?? "refresh"]];
  if (v4 === v6) {
    return v4 === undefined ? [] : [`A PTR ${v4}`];
  }
  return [...(v4 === undefined ? [] : [`A PTR of IPv4 ${v4}`]), ...(v6 === undefined ? [] : [`A PTR of IPv6 ${v6}`])];
}

const port25: Readonly<Record<CloudCapabilities["port25"]["policy"], string>> = {
  open: "open",
  "blocked-by-default": "blocked until you ask",
  blocked: "blocked",
  "by-subscription": "by subscription",
  unknown: "unknown",
};

const afterDelete: Readonly<Record<ReverseCapability["afterDelete"], string>> = {
  "generic-default": "generic name",
  removed: "no PTR",
  "nothing-happens": "the PTR stays",
  unknown: "unknown",
};

function overviewRow({ word, capabilities }: CloudEntry): string {
  const { title, reverse, smtpOverIpv6 } = capabilities;
  const policy = `${port25[capabilities.port25.policy]}${smtpOverIpv6 ? "" : "; no SMTP over IPv6"}`;
  return row(title, code(word), packageOf(cloudSdk(word)), how[reverse[4].how], how[reverse[6].how], policy);
}

function family(number: Family, clouds: readonly CloudEntry[]): string[] {
  const able = clouds.filter(({ capabilities }) => capabilities.reverse[number].how !== "none");
  return [
    `### PTRs of IPv${number}`,
    "",
    "| cloud | looks up the name first | domain must be yours | after deletion | visible after | PTR name | generic name | PTR belongs to |",
    "|---|---|---|---|---|---|---|---|",
    ...able.map(({ capabilities }) => reverseRow(capabilities.title, capabilities.reverse[number])),
    "",
  ];
}

function reverseRow(title: string, reverse: ReverseCapability): string {
  const { finalDot, lowerCase, maxLength } = reverse.nameRules;
  const dot = { required: "final dot", forbidden: "no final dot", either: "" }[finalDot];
  const name = [`up to ${maxLength} characters`, dot, lowerCase ? "lower case" : ""]
    .filter((part) => part !== "")
    .join(", ");
  const locks = reverse.locksAddress ? " (locked while the PTR is set)" : "";
  return row(
    title,
    reverse.checksForward,
    reverse.domainOwnership ? "yes" : "no",
    afterDelete[reverse.afterDelete],
    lag(reverse.expectedLagMinutes),
    name,
    reverse.genericDefault === null ? "none" : code(reverse.genericDefault),
    `${reverse.stableObject}${locks}`,
  );
}

function notes({ word, capabilities, configKeys }: CloudEntry): string[] {
  const { title, reverse } = capabilities;
  const advice = [
    reverse[4].advice,
    reverse[6].advice,
    ...afterLoss(capabilities),
    `Port 25: ${capabilities.port25.advice}`,
    ...boundTo(capabilities),
  ];
  const caveats = [...new Set(advice.filter((line) => line !== undefined))];
  return [
    `### ${plain(title)} (${code(word)})`,
    "",
    ...caveats.map((line) => `- ${plain(line)}`),
    ...configLines(configKeys),
    ...sourceLines([
      ...reverse[4].sources,
      ...reverse[6].sources,
      ...capabilities.port25.sources,
      ...(capabilities.nat?.sources ?? []),
    ]),
    "",
  ];
}

function boundTo({ nat }: CloudCapabilities): string[] {
  const text =
    "The machine has a private IPv4 address, which the mail server must bind to: `mtaConfig` needs `bindAddress`, for example";
  return nat === undefined ? [] : [`${text} \`${nat.privateAddress}\`.`];
}

function configLines(schema: ConfigSchema): string[] {
  const keys = Object.entries(schema).map(([key, { description, default: fallback, required }]) => {
    const standard = fallback === undefined ? "" : ` (default ${code(String(fallback))})`;
    return `  - ${code(key)}: ${plain(description)}${standard}${required ? "; required" : ""}`;
  });
  return keys.length === 0 ? [] : ["- Stack config:", ...keys];
}

function dnsRow({ word, capabilities }: DnsEntry): string {
  const { title, types, minimumTtlSeconds, expectedLagMinutes } = capabilities;
  return row(
    title,
    code(word),
    packageOf(dnsHostSdk(word)),
    types.join(", "),
    `${minimumTtlSeconds} s`,
    lag(expectedLagMinutes),
  );
}

function dnsNotes({ word, capabilities, configKeys }: DnsEntry): string[] {
  const { title, advice, sources } = capabilities;
  const lines = [
    ...(advice === undefined ? [] : [`- ${plain(advice)}`]),
    ...configLines(configKeys),
    ...sourceLines(sources),
  ];
  return lines.length === 0 ? [] : [`### ${plain(title)} (${code(word)})`, "", ...lines, ""];
}

function panelRow(word: string, { title, path, fields }: ManualPanel): string {
  return row(title, code(word), path, Object.values(fields).join(", "));
}

function sourceLines(sources: readonly Source[]): string[] {
  const unique = [...new Map(sources.map((each) => [each.source, each])).values()];
  const read = unique.map(({ source, date }) => `${plain(source)} (${date})`);
  return read.length === 0 ? [] : [`- Sources: ${read.join("; ")}`];
}

function lag(minutes: number): string {
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function packageOf(sdk: string | null): string {
  return sdk === null ? "none" : code(sdk);
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => plain(cell).replaceAll("|", "\\|")).join(" | ")} |`;
}

function code(value: string): string {
  return `\`${value}\``;
}

/** Angle brackets outside of code would be taken for HTML. */
function plain(value: string): string {
  return value
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll("<", "&lt;").replaceAll(">", "&gt;")))
    .join("");
}

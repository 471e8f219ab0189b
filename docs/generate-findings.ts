/** `docs/findings.md` from the table of findings. */
import { FINDING_RULES, type FindingRule, type Owner } from "../fcrdns/judge/finding-rules";

const OWNERS: Record<Owner, string> = {
  "dns-host": "the domain's DNS host",
  "address-owner": "the owner of the address, in the provider's panel or API or through its support",
  "reverse-dns-operator": "whoever runs the reverse zone, usually the provider of the address",
  "server-operator": "whoever runs the name server",
  "mail-server-operator": "whoever configures the mail server that sends from the address",
  "resolver-operator": "whoever runs the resolver",
  "network-operator": "whoever runs the network that the check runs in",
};

/** The page's whole text. */
export function text(): string {
  const rules: [string, FindingRule][] = Object.entries(FINDING_RULES);
  const contents = rules.map(([id, { severity, cause }]) => `| [\`${id}\`](#${id}) | ${severity} | ${cause} |`);
  const sections = rules.flatMap(([id, { severity, milder, cause, explanation, fix, who, source }]) => [
    `## ${id}`,
    "",
    `**${cause}** (${severity}${milder === undefined ? "" : `; ${milder.severity} where ${milder.where}`}).`,
    explanation,
    "",
    `- Fix: ${fix}`,
    `- Who fixes it: ${OWNERS[who]}`,
    `- Source: ${source}`,
    "",
  ]);
  return [
    "<!-- Generated from fcrdns/judge/rules/: change it there. -->",
    "# Findings",
    "",
    "Everything that a verdict can report, with its severity, the fix and who makes it. `error`: mail must not leave from the",
    "address yet. `warning`: it works today, or for most receivers. `info`: for information.",
    "",
    "| rule | severity | finding |",
    "|---|---|---|",
    ...contents,
    "",
    ...sections,
  ].join("\n");
}

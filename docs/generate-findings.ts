/** `docs/findings.md` from the table of findings. */
import { FINDING_RULES, type Owner } from "../fcrdns/judge/finding-rules";

const MENDERS: Record<Owner, string> = {
  "dns-host": "the domain's DNS host",
  "address-owner": "the owner of the address, in the provider's panel or API or through its support",
  "reverse-dns-operator": "whoever runs the reverse zone, most often the provider of the address",
  "server-operator": "whoever runs the name server",
  "resolver-operator": "whoever runs the resolver",
  "network-operator": "whoever runs the network that the check was made from",
};

/** The page's whole text. */
export function text(): string {
  const rules = Object.entries(FINDING_RULES);
  const contents = rules.map(([id, { severity, cause }]) => `| [\`${id}\`](#${id}) | ${severity} | ${cause} |`);
  const sections = rules.flatMap(([id, { severity, cause, explanation, fix, who, source }]) => [
    `## ${id}`,
    "",
    `**${cause}** (${severity}).`,
    explanation,
    "",
    `- Fix: ${fix}`,
    `- Who: ${MENDERS[who]}`,
    `- Source: ${source}`,
    "",
  ]);
  return [
    "<!-- Generated from fcrdns/judge/finding-rules.ts: change it there. -->",
    "# Findings",
    "",
    "What a verdict can find, how bad it is, how it is mended and by whom. `error`: mail must not leave from the address",
    "yet. `warning`: it works today, or for most receivers. `info`: to know.",
    "",
    "| rule | severity | what was found |",
    "|---|---|---|",
    ...contents,
    "",
    ...sections,
  ].join("\n");
}

/** `docs/rules.md` from the table of rules. */
import type { Rule } from "../policies/rule";
import { RULES } from "../policies/rule-table";

const PREVIEW: Record<Rule["preview"], string> = {
  yes: "yes",
  partly: "as an advice",
  no: "no",
};

/** The page's whole text. */
export function text(): string {
  return [
    "<!-- Generated from policies/rules/ and docs/generate-rules.ts: change it there. -->",
    ...INTRODUCTION,
    "## Rules",
    "",
    "*Preview*: whether the rule already speaks in a preview, on what the stack shows. DNS is asked in updates alone.",
    "",
    "| rule | level | severity | preview | cause |",
    "|---|---|---|---|---|",
    ...RULES.map(
      ({ name, level, severity, preview, cause }) =>
        `| [\`${name}\`](#${name}) | ${level} | ${severity} | ${PREVIEW[preview]} | ${inCell(cause)} |`,
    ),
    "",
    ...RULES.flatMap(section),
  ].join("\n");
}

function section({
  name,
  requirement,
  level,
  severity,
  cause,
  explanation,
  fix,
  source,
  preview,
  config,
}: Rule): string[] {
  const properties = Object.entries(config ?? {}).map(
    ([key, { type, enum: choice, description }]) =>
      `| \`${key}\` | ${choice?.map((word) => `\`${word}\``).join(", ") ?? type} | ${inCell(description)} |`,
  );
  return [
    `### ${name}`,
    "",
    `**${requirement}** (${level}, ${severity}; in a preview: ${PREVIEW[preview]})`,
    "",
    `- Cause: ${cause}`,
    `- Explanation: ${explanation}`,
    `- Fix: ${fix}`,
    `- Source: ${source}`,
    "",
    ...(properties.length > 0 ? ["| key | value | meaning |", "|---|---|---|", ...properties, ""] : []),
  ];
}

function inCell(words: string): string {
  return words.replaceAll("|", "\\|");
}

const INTRODUCTION = `# The gate: a policy pack

\`\`\`sh
pulumi up --policy-pack node_modules/pulumi-fcrdns/policies   # in this checkout: --policy-pack policies
\`\`\`

The pack works on every stack, in any language: it reads the outputs of \`SendingIp\` and the raw resources of the clouds
and DNS hosts. \`fcrdns stack\` lists the addresses that it finds. Only \`node\` is needed, and no account at Pulumi.

- It runs at the end of each \`preview\` and \`up\`, also when nothing changed. A preview asks nothing of DNS, so that a first
  deployment can begin; an update waits until DNS agrees or the deadline passes, and shows a line every ten seconds.
- A mandatory violation ends the run with a failure. What was created stays; \`pulumi up\` again goes on from there.
- \`pulumi destroy\` and \`pulumi refresh\` do not run policies.

## Every night

Providers do not notice when a PTR is changed or lost. Check what is deployed, with neither program nor cloud credentials:

\`\`\`sh
pulumi policy analyze --stack prod --policy-pack node_modules/pulumi-fcrdns/policies
pulumi stack export --file stack.json && pulumi policy analyze --file stack.json --policy-pack ... --policy-pack-config fcrdns.json
\`\`\`

There is no stack config then: settings come from the policy config. State keeps no resource options, so that
\`fcrdns-replace-safely\` does not speak. An address that is a secret is masked in an export and counts as not verified.
\`deadlineSeconds: 0\` asks once instead of waiting for a change that nobody made.

## Configuration

\`--policy-pack-config fcrdns.json\`:

\`\`\`json
{
  "fcrdns-round-trip": {
    "enforcementLevel": "mandatory",
    "deadlineSeconds": 120,
    "ticketLevel": "advisory",
    "ticketEscalatesAfterDays": 14,
    "ticketSince": { "192.0.2.10": "2030-01-15" },
    "ignore": [{ "address": "192.0.2.11", "reason": "RackNerd ticket 4711", "until": "2030-01-31" }]
  },
  "fcrdns-stable-address": "disabled"
}
\`\`\`

A pack of your own, in a folder with \`PulumiPolicy.yaml\` and a \`package.json\` that has a \`version\`:

\`\`\`ts
import { PolicyPack } from "@pulumi/policy";
import { fcrdns } from "pulumi-fcrdns/policies";

new PolicyPack("mail", fcrdns({
  all: "advisory",
  "fcrdns-round-trip": { enforcementLevel: "mandatory", deadlineSeconds: 120 },
  ignore: [{ address: "192.0.2.11", reason: "RackNerd ticket 4711", until: "2030-01-31" }],
}));
\`\`\`

The keys of \`fcrdns-round-trip\` may also stand in the stack's config (\`pulumi config set fcrdns:deadlineSeconds 120\`);
lists and objects as JSON. The policy config is stronger than the arguments of \`fcrdns({...})\`, and both are stronger than
the stack config; waivers of all three count. A misspelt rule or key is an error that names the nearest right one.

A waiver needs a \`reason\` and an end, \`until\`, the last day on which it counts (UTC); without \`rules\` it is for all rules.
An expired one is a violation, and so is one that runs for more than five years; one for an address that the stack does
not have is an advice. The stack's config may have no other keys in the namespace \`fcrdns\` than the gate's and the
program's (\`Pulumi.yaml\`); enforcement levels are set in the policy config alone.

An address whose PTR people must set (\`reverse: ticket\`) fails \`fcrdns-round-trip\` with the text to send, unless DNS already
has it. \`ticketLevel: advisory\` lets the run pass while it waits, until \`ticketEscalatesAfterDays\` have gone by.

## What counts as mail

A rule fails a run only where something in the stack speaks of mail: a \`SendingIp\`, a resource that sets a PTR, or an MX or
SPF record (\`a\`, \`mx\`, \`ip4\`, \`ip6\`; blocks that hold the address too) that names a host or address of the stack.

- A DigitalOcean droplet gets a PTR from its name, wanted or not. Where no MX or SPF record names it, it is at most an advice.
- A null MX (\`0 .\`, RFC 7505) and \`v=spf1 -all\` speak of no mail. A domain that has both, or a host whose own SPF record is
  \`v=spf1 -all\`, is left alone even if its address has a PTR.
- Records of private zones (Route 53 with VPCs, Cloud DNS \`visibility: private\`, OCI views, Azure Private DNS) are left alone.
- Addresses of load balancers do not send mail and are not looked for.

## Secrets

Values that the stack keeps secret are written as \`[secret]\` in violations and in lines of progress: addresses in every form
(canonical, in full, reverse name and the zone above it, with hyphens), names, and the addresses and names in a secret SPF or
MX record. The address is verified all the same. What remains readable:

- of a secret name, the domains above it: a registered domain, or the zone that a record stands in;
- a secret of one to three characters that is not the first label of a name;
- names of resources, which the engine prints too; and whoever runs the DNS servers sees the questions.

## Words of a violation

*does not round-trip*: DNS answered, and the answer is wrong. *could not verify*: there was no answer, which is not a wrong
one; it fails too, because nobody knows. Each says which question went to which server, what came back, what was expected,
and who can change it.
`.split("\n");

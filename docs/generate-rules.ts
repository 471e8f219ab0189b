/** `docs/rules.md` from the table of rules. */
import type { Rule } from "../policies/rule";
import { RULES } from "../policies/rule-table";

const PREVIEW: Record<Rule["preview"], string> = {
  yes: "yes",
  partly: "as advice",
  no: "no",
};

/** The page's whole text. */
export function text(): string {
  return [
    "<!-- Generated from policies/rules/ and docs/generate-rules.ts: change it there. -->",
    ...INTRODUCTION,
    "## Rules",
    "",
    "*Preview*: whether the rule is checked in a preview, from what the stack shows. DNS is queried only in updates.",
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
and DNS hosts. \`fcrdns stack\` lists the addresses that it finds. It needs only \`node\`, and no Pulumi account.

- It runs at the end of each \`preview\` and \`up\`, even if nothing changed. A preview sends no DNS queries, so that a first
  deployment can begin. An update waits until DNS agrees or the deadline passes, and prints a line every ten seconds.
- A mandatory violation fails the run. Resources that were created stay; the next \`pulumi up\` continues from there.
- \`pulumi destroy\` and \`pulumi refresh\` do not run policies.

## Every night

Providers do not notice when a PTR is changed or lost. Check what is deployed; this needs neither the program nor cloud credentials:

\`\`\`sh
pulumi policy analyze --stack prod --policy-pack node_modules/pulumi-fcrdns/policies
pulumi stack export --file stack.json && pulumi policy analyze --file stack.json --policy-pack ... --policy-pack-config fcrdns.json
\`\`\`

There is no stack config then: settings come from the policy config. The state has no resource options, so
\`fcrdns-replace-safely\` is not checked. A secret address is masked in an export and counts as not verified.
\`deadlineSeconds: 0\` checks once instead of waiting for a change.

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
lists and objects are JSON. The policy config overrides the arguments of \`fcrdns({...})\`, and both override the stack
config; waivers from all three apply. A misspelt rule or key is an error that suggests the nearest valid one.

A waiver needs a \`reason\` and an end, \`until\`, the last day on which it applies (UTC); without \`rules\` it applies to all rules.
An expired waiver is a violation, and so is one for more than five years. A waiver for an address that is not in the stack is
an advisory violation. In the namespace \`fcrdns\`, the stack config may have only the keys of the gate and of the program
(\`Pulumi.yaml\`). Enforcement levels can only be set in the policy config.

An address whose PTR is set by request (\`reverse: ticket\`) fails \`fcrdns-round-trip\` with the text to send, unless DNS
already has the PTR. \`ticketLevel: advisory\` lets the run pass while the request is open, for \`ticketEscalatesAfterDays\`
days.

## Who really sends

\`observed\` names a file with what really sends, as \`fcrdns mta\` reads it from the mail server's configuration or \`fcrdns message\`
from a message that was received. The stack fails if it shows an address that is no sending address of the stack, or another
EHLO name than planned.

\`\`\`sh
fcrdns mta /etc/postfix/main.cf /etc/postfix/master.cf --list > senders.txt
pulumi config set fcrdns:observed senders.txt
pulumi up --policy-pack ...
\`\`\`

- The report may be \`--format json\`, \`--format ndjson\` or \`--list\`. Only addresses and EHLO names are taken from it: the gate makes
  its own verdicts.
- A file that cannot be read, is empty, or comes from a check that was stopped fails the run: what sends is then not known.
- A planned address that the file does not show is only advice, because one message shows one address.
- The file has no date, and the gate takes it as it is. Write it in the same job, before the gate runs: an old file that still
  agrees hides a later change of the mail server.
- In a preview, an address is not reported while addresses of the stack are still unknown.

## What counts as mail

A rule fails a run only if something in the stack shows that it sends mail: a \`SendingIp\`, a resource that sets a PTR, an MX or
SPF record (\`a\`, \`mx\`, \`ip4\`, \`ip6\`; blocks that hold the address too) that names a host or address of the stack, a firewall
rule, or a NAT gateway. Addresses without a PTR in the stack are verified too. The expected name is the one that A and AAAA
records give the address (of several, the one that the MX names); without exactly one, any name that confirms is accepted.

| in the stack | \`fcrdns stack\` | gate | reason |
|---|---|---|---|
| MX or SPF names an address | listed | mandatory | the record attracts mail or permits it |
| a firewall permits port 25 out to the Internet | listed | mandatory | that is how mail reaches its receivers |
| a firewall permits port 465 or 587 in from the Internet | listed | mandatory | users submit mail there, and the host sends it on |
| a firewall permits port 25 in from the Internet, and neither of the above | listed | advisory; mandatory if MX or SPF in the stack names a published host | the host may only receive |
| a NAT gateway of a mail host without a public address | listed | as its host | mail leaves by the gateway's addresses |
| a firewall permits port 465 or 587 out | not listed | nothing | the host submits to a mail service, which sends by its own addresses |
| port 25 to or from certain networks or groups only | not listed | nothing | an internal relay |
| every port, or a range of 1,000 ports or more | not listed | nothing | it says nothing about mail |
| port 25 out is denied, or left out where the firewall blocks the rest | not listed | nothing | no mail reaches its receivers |

- The last four rows say nothing against an MX or SPF record that names the address.
- Behind a NAT gateway, a host also counts as a mail host if MX or SPF in the stack names a published host and either port 25, 465
  or 587 is open to it from certain networks, or it has the name of a mail server (\`smtp-1\`, \`mailcow\`).
- A host that has a public address of its own sends by that one. A firewall rule for IPv6 (\`::/0\`) concerns its IPv6 address.
- A Kubernetes Service of type LoadBalancer for port 25, 465 or 587 makes the nodes in the stack mail hosts; so does a listener of a
  load balancer for its targets.
- Not knowable from a stack: a server that is set up as a router (Hetzner), addresses that a cloud or another stack assigns to a NAT gateway
  (\`fcrdns stack\` names the gateway and ends with status 3), what runs within Helm charts and machine images.

- A machine whose name is its PTR (docs/clouds.md) has one, wanted or not. If no MX or SPF record names it, the violation is
  only advisory.
- A null MX (\`0 .\`, RFC 7505) and \`v=spf1 -all\` mean that no mail is sent. A domain that has both, or a host whose own SPF record
  is \`v=spf1 -all\`, is not checked even if its address has a PTR.
- SPF \`a\` of a name that its DNS host proxies lets the proxy's addresses send, not the one in the record.
- Records of private zones are ignored: zones of a VPC, a private network or a DNS view.
- Addresses of load balancers are ignored: load balancers do not send mail.

## Secrets

Values that are secret in the stack are shown as \`[secret]\` in violations and progress lines: addresses in every form
(canonical, expanded, as a reverse name or the zone above it, with hyphens), names, and the addresses and names in a secret SPF
or MX record. The address is verified nevertheless. What stays readable:

- the domains above a secret name: its registered domain, or the zone that holds the record;
- a secret of one to three characters that is not the first label of a name;
- names of resources, which the engine prints too. The operators of the DNS servers see the queries.

## Reading a violation

*does not round-trip*: DNS answered, and the answer is wrong. *could not verify*: there was no answer; this fails too, because
the result is unknown. Each violation shows which query went to which server, the answer, what was expected, and who can
change it.
`.split("\n");

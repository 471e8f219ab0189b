/** `docs/command.md`: the help of every command, and what holds for all of them. */
import { arpa } from "../cli/commands/arpa";
import { type FcrdnsCommand, helpOf } from "../cli/commands/command";
import { name } from "../cli/commands/name";
import { stack } from "../cli/commands/stack";
import { commands } from "../cli/commands/table";
import { ticket } from "../cli/commands/ticket";
import { verify } from "../cli/commands/verify";
import { watch } from "../cli/commands/watch";
import { formats } from "../cli/formats/table";
import { MAX_BLOCK } from "../cli/given-addresses";

const definitions: Readonly<Record<string, FcrdnsCommand<never>>> = { verify, name, stack, watch, ticket, arpa };

/** What to know beside the help. */
const notes: Readonly<Record<string, readonly string[]>> = {
  verify: [
    "The last line sums up. A failure shows the answers that decided it, what was found, the fix, and who can make it:",
    "",
    "```",
    "✓ 192.0.2.10  mail.example.com  pass",
    "✗ 192.0.2.11  mail.example.com  fail  no-ptr",
    "    asked     11.2.0.192.in-addr.arpa PTR at ns1.example.net 192.0.2.53:53: nxdomain",
    "    expected  PTR mail.example.com, and mail.example.com has the address 192.0.2.11",
    "    found     192.0.2.11 has no PTR record",
    "    fix       Set the PTR of the address to the mail server's host name.",
    "    who       the owner of 192.0.2.11",
    "```",
    "",
    "`--deadline` is for right after a change: it asks again, with pauses that grow to 15 seconds, until everything holds.",
    "Without a terminal it says on standard error at most every ten seconds what it waits for.",
    "",
    "Ctrl-C ends the asking and prints what is known; an address without a verdict counts as not known (status 3, or 1 if",
    "another one failed). A second Ctrl-C ends at once with status 130. A reader that goes away (`| head`) ends it the same",
    "way, quietly.",
  ],
  name: [
    '`--format json` prints one object for one name and `{ "schema": 1, "results": [...] }` for several; `ndjson` one a line.',
  ],
  stack: [
    "A `SendingIp` that waits for a ticket is shown with the text to send. An address that the state does not show (a secret,",
    "or not made yet) is named on standard error and keeps the status from being 0.",
  ],
  watch: [
    "The first pass prints the state of each address; after that only changes are told. A state counts once it was seen",
    "`--seen` times in a row, so a resolver that flaps tells nobody anything; why nothing is known may differ from pass to",
    "pass. An address that fails from the beginning is told of as well.",
    "",
    "A webhook that does not answer within ten seconds, or not with 2xx, stops nothing: its messages (at most 100) wait and",
    "are sent again after the next pass. Its URL is never printed.",
    "",
    "At `--listen`, `/metrics` has the latest verdicts as they are; waiting for a change to last is for the alert's `for`:",
    "",
    "| figure | what |",
    "| --- | --- |",
    "| `fcrdns_iprev{ip,hostname,result}` | what a receiver computes (RFC 8601): 1 at the present result, 0 at the others |",
    "| `fcrdns_status{ip,hostname,status}` | the stricter verdict, in the same way |",
    "| `fcrdns_last_pass_timestamp_seconds` | when the last pass ended |",
    "| `fcrdns_last_pass_duration_seconds` | how long it took |",
    "| `fcrdns_passes_total`, `fcrdns_webhook_failures_total` | counters |",
    "",
    "`hostname` is the expected name, never what DNS says, so nobody else can make new time series.",
  ],
  ticket: [
    "What the providers want is in [tickets.md](tickets.md). An unknown provider gets the nearest known name; one that nobody",
    "has heard of gets the text that fits all, and a line on standard error that says so.",
  ],
};

/** The page's whole text. */
export function text(): string {
  const sections = Object.entries(commands).flatMap(([command, { summary }]) => [
    `## fcrdns ${command}`,
    "",
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.`,
    "",
    "```",
    helpOf(command, definitions[command] as FcrdnsCommand).trimEnd(),
    "```",
    ...(notes[command] === undefined ? [] : ["", ...notes[command]]),
    "",
  ]);
  return `${[...head, ...sections].join("\n").trimEnd()}\n`;
}

const head = [
  "<!-- Generated from cli/commands by docs/generate-command.ts: change it there. -->",
  "# The command",
  "",
  "`fcrdns` gives the verdict of the gate to people and to CI, without Pulumi. In a checkout: `npm run -s fcrdns -- verify ...`;",
  "installed: `npx fcrdns verify ...`. Pipelines are in [ci.md](ci.md).",
  "",
  "## Exit status",
  "",
  "| status | means |",
  "| --- | --- |",
  "| 0 | every address passes |",
  "| 1 | at least one definite failure |",
  "| 2 | bad usage, unreadable input or config: nothing was checked, nothing is on standard output, one line on standard error says how to mend it |",
  "| 3 | none failed, and of at least one nothing definite is known: a server or resolver did not answer |",
  "",
  "A job that must not be red for a name server's bad minute treats 3 as a warning; it is never a green 0.",
  "",
  "## Addresses",
  "",
  "As arguments, in files (`--file`, repeatable) and on standard input (`-`), in any mixture; the report has the same order.",
  "",
  "| written | means |",
  "| --- | --- |",
  "| `192.0.2.10`, `2001:db8::10` | any name that confirms the address is good |",
  "| `192.0.2.10=mail.example.com`, `192.0.2.10 mail.example.com` | the PTR must be this name |",
  `| \`192.0.2.0/28\` | every address of the block; at most ${MAX_BLOCK.toLocaleString("en")} in one block |`,
  "",
  "In files: one a line; `#` at the beginning of a line or after a space begins a comment; blank lines are skipped. Names may be in any",
  "case, international and with a final dot. An IPv4-mapped IPv6 address is the IPv4 address. An address that is given twice",
  "is reported twice. All input is read before the first question is asked: one bad line, and nothing is checked.",
  "",
  "## Formats",
  "",
  "| `--format` | for |",
  "| --- | --- |",
  ...Object.entries(formats).map(([name, { what }]) => `| \`${name}\` | ${what} |`),
  "",
  "Only the report goes to standard output. Progress goes to standard error, and a bar only where that is a terminal and the work",
  "takes longer than a second. Whatever DNS says is escaped for the format: no name can add a line, a cell, markup, a mention,",
  "an escape sequence or a CI command to a report, and no line begins with it.",
  "",
  "`FCRDNS_DEBUG=1` adds the stack trace to the line that a defect of this program prints.",
  "",
];

/** `docs/command.md`: the help of every command, and what holds for all of them. */
import { arpa } from "../cli/commands/arpa";
import { type FcrdnsCommand, helpOf } from "../cli/commands/command";
import { domain } from "../cli/commands/domain";
import { message } from "../cli/commands/message";
import { mta } from "../cli/commands/mta";
import { name } from "../cli/commands/name";
import { stack } from "../cli/commands/stack";
import { commands } from "../cli/commands/table";
import { ticket } from "../cli/commands/ticket";
import { verify } from "../cli/commands/verify";
import { watch } from "../cli/commands/watch";
import { formats } from "../cli/formats/table";
import { MAX_BLOCK } from "../cli/given-addresses";

const definitions: Readonly<Record<string, FcrdnsCommand<never>>> = {
  verify,
  name,
  stack,
  mta,
  domain,
  message,
  watch,
  ticket,
  arpa,
};

/** What the help does not say. */
const notes: Readonly<Record<string, readonly string[]>> = {
  verify: [
    "The last line is the summary. A failure shows the answers that decided it, what was found, the fix, and who makes it:",
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
    "Use `--deadline` right after a change: it checks again, with pauses of up to 10 seconds, until every address passes.",
    "Without a terminal it writes to standard error, at most every ten seconds, what it is waiting for.",
    "",
    "Ctrl-C stops the check and prints what is known; an address without a verdict is unknown (status 3, or 1 if another one",
    "failed). A second Ctrl-C exits at once with status 130. A reader that closes the pipe (`| head`) ends the command without",
    "a message.",
  ],
  name: [
    '`--format json` prints one object for one name and `{ "schema": 1, "results": [...] }` for several; `ndjson` prints one per line.',
  ],
  stack: [
    "A `SendingIp` that waits for a ticket is shown with the text to send. An address that the state does not show (a secret, or",
    "not created yet) is reported on standard error, and the exit status is then not 0.",
  ],
  mta: [
    "What the files alone do not tell is left out, never guessed: each such address or name is a line on standard error with file,",
    "line and reason. It does not change the exit status; only when no address is left, the status is 2.",
  ],
  domain: [
    "Every other permission is a line on standard error: what cannot be listed (`all`, `ptr`, macros), what could not be looked up,",
    "an error in the record, a block or a mail service that was not checked, and how many of the 10 look-ups the record takes. None",
    "of them changes the exit status; only when no address is known, or only blocks that are not walked, the status is 2. Where all",
    "addresses are a mail service's and every look-up was answered, nothing is checked and the status is 0. [senders.md](senders.md) says how SPF is read.",
  ],
  message: [
    "Only what the receiver wrote is believed: the trace fields from the top down, as long as one of its own servers wrote them. A",
    "server is the receiver's own if its name is within the same registered domain, or within `--receiver`. The sender is the first",
    "host that is not one of them; loopback, private and the receiver's own addresses are passed over. A HELO name alone proves",
    "nothing: a host that says a name of the receiver is its own only if the looked-up name says so too. `docs/senders.md` has the",
    "details.",
    "",
    "Several files are several messages. One without a sender is a line on standard error, and the others are checked; only when",
    "no message has one, the status is 2.",
  ],
  watch: [
    "The first pass prints the state of each address; after that, only changes are reported. A state counts once it has been seen",
    "`--seen` times in a row, so a resolver that flaps causes no report. For `unknown`, the reason may differ between passes. An",
    "address that fails from the beginning is reported too.",
    "",
    "If the webhook does not answer with 2xx within ten seconds, the watch continues; the messages (at most 100) are kept and",
    "sent again after the next pass. The webhook's URL is never printed.",
    "",
    "With `--listen`, `/metrics` serves the latest verdicts as they are, regardless of `--seen`; use `for` in the alert instead:",
    "",
    "| metric | meaning |",
    "| --- | --- |",
    "| `fcrdns_iprev{ip,hostname,result}` | what a receiver computes (RFC 8601): 1 for the current result, 0 for the others |",
    "| `fcrdns_status{ip,hostname,status}` | the stricter verdict, likewise |",
    "| `fcrdns_last_pass_timestamp_seconds` | when the last pass ended |",
    "| `fcrdns_last_pass_duration_seconds` | how long it took |",
    "| `fcrdns_passes_total`, `fcrdns_webhook_failures_total` | counters |",
    "",
    "`hostname` is the expected name, never what DNS says, so nobody else can create new time series.",
  ],
  ticket: [
    "[tickets.md](tickets.md) lists what each provider needs. For a misspelt provider, the nearest known name is suggested. For an",
    "unknown provider, the general text is printed, with a note on standard error.",
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
  "`fcrdns` gives the same verdict as the gate, without Pulumi, in a terminal and in CI. Installed: `npx fcrdns verify ...`. In a",
  "checkout: `npm run -s fcrdns -- verify ...`. Pipelines are in [ci.md](ci.md).",
  "",
  "## Exit status",
  "",
  "| status | means |",
  "| --- | --- |",
  "| 0 | every address passes |",
  "| 1 | at least one definite failure |",
  "| 2 | bad usage, unreadable input or config: nothing was checked, standard output is empty, one line on standard error says how to fix it |",
  "| 3 | none failed, at least one is unknown: a server or resolver did not answer |",
  "",
  "Treat 3 as a warning if a short outage of a name server must not fail the job. An unknown result never gives 0.",
  "",
  "## Addresses",
  "",
  "As arguments, in files (`--file`, repeatable) and on standard input (`-`), in any combination; the report keeps their order.",
  "",
  "| written | means |",
  "| --- | --- |",
  "| `192.0.2.10`, `2001:db8::10` | any name that confirms the address passes |",
  "| `192.0.2.10=mail.example.com`, `192.0.2.10 mail.example.com` | the PTR must be this name |",
  `| \`192.0.2.0/28\` | every address of the block; at most ${MAX_BLOCK.toLocaleString("en")} in one block |`,
  "",
  "In files: one per line; `#` at the beginning of a line or after a space begins a comment; blank lines are skipped. Names may be in any",
  "case, international and with a final dot. An IPv4-mapped IPv6 address is the IPv4 address. An address that is given twice",
  "is reported twice. All input is read before the first query is sent: if one line is bad, nothing is checked.",
  "",
  "## Formats",
  "",
  "| `--format` | for |",
  "| --- | --- |",
  ...Object.entries(formats).map(([name, { what }]) => `| \`${name}\` | ${what} |`),
  "",
  "Only the report goes to standard output. Progress goes to standard error; a bar is shown only if that is a terminal and the",
  "work takes longer than a second. All text from DNS is escaped for the format: no name can add a line, a cell, markup, a",
  "mention, an escape sequence or a CI command to a report, and no line begins with text from DNS.",
  "",
  "`FCRDNS_DEBUG=1` adds the stack trace to the line that is printed for a bug in this program.",
  "",
];

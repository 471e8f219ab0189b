/** `docs/tickets.md` from the table of ticket providers. */
import { makeTicket, ticketDetails } from "../providers/internal/tickets/make-ticket";
import { ticketProviders } from "../providers/internal/tickets/providers";
import { renderTicket } from "../providers/internal/tickets/render";
import type { Ask, TicketDetail } from "../providers/internal/tickets/ticket";
import type { TicketProvider } from "../providers/internal/tickets/ticket-provider";
import { racknerd } from "../providers/racknerd/ticket";

const STANDING: Record<TicketProvider["standing"], string> = {
  "vendor-page": "read on the vendor's page",
  "third-party": "read in somebody else's public repository",
  unconfirmed: "not confirmed",
};

const ASKS: readonly { readonly kind: Ask["kind"]; readonly flags: string; readonly what: string }[] = [
  { kind: "ptr", flags: "(nothing)", what: "the PTR" },
  { kind: "ptr+port25", flags: "`--port25`", what: "the PTR and outgoing TCP port 25" },
  {
    kind: "rfc2317",
    flags: "`--delegate CIDR --name-server NAME`",
    what: "the delegation of a block's reverse DNS to your name servers (RFC 2317)",
  },
  { kind: "removal", flags: "`--removal`", what: "the PTR's removal, before the address is given back" },
];

/** The page's whole text. */
export function text(): string {
  const onlyWay = ticketProviders.filter(({ role }) => role === "only-way");
  const fallback = ticketProviders.filter(({ role }) => role === "fallback");
  return [
    "<!-- Generated from providers/*/ticket.ts: change it there. -->",
    "# Tickets",
    "",
    "Some providers take a PTR from people only. For them `fcrdns` writes the request in the provider's own words, and a",
    "stack waits for the answer. Nothing is ever sent by the tool, nothing is made up, and no request is shown as ready",
    "before every name server of the domain shows the forward record: several providers look, and refuse.",
    "",
    "Without a stack:",
    "",
    "```sh",
    'fcrdns ticket racknerd 203.0.113.7=mail.example.com --service vps-1234 --purpose "order confirmations to customers"',
    "```",
    "",
    "In a stack:",
    "",
    "```ts",
    'new SendingIp("mail", {',
    '  hostname: "mail.example.com",',
    '  cloud: racknerd({ addresses: ["203.0.113.7"], service: "vps-1234", purpose: "order confirmations to customers" }),',
    '  dns: cloudflare({ zone: "example.com" }),',
    "});",
    "```",
    "",
    "The first `pulumi up` with the gate fails and shows the ticket; it is in the stack's outputs as well",
    "(`pulumi stack output endpoints --json`, the text is `[0].ticket.text`) and, with `file`, in a file. As soon as the PTR",
    "is there the same program passes. Since when the provider has been asked is kept in the stack; after three days",
    "(`remindAfterDays`) a reminder takes the ticket's place.",
    "",
    "## What can be asked",
    "",
    "| `ask` | command | what |",
    "|---|---|---|",
    ...ASKS.map(({ kind, flags, what }) => `| \`${kind}\` | ${flags} | ${what} |`),
    "",
    "## What only you know",
    "",
    "One line each. What a provider needs is asked for by name; what is not given is left out.",
    "",
    "| argument | what | example |",
    "|---|---|---|",
    ...Object.entries(ticketDetails).map(
      ([name, { question, example }]) => `| \`${name}\` | ${question} | ${example} |`,
    ),
    "",
    "## Providers without another way",
    "",
    ...onlyWay.flatMap(section),
    "## Providers that have an API or panel",
    "",
    "For when that fails: say in `tried` what was tried and what it answered.",
    "",
    ...fallback.flatMap(section),
    "## Adding a provider",
    "",
    "One file, `ticket.ts`, in the folder of the provider and one line in `providers/internal/tickets/providers.ts`. Say where each fact was",
    "read and when; what nobody read is `unconfirmed`.",
    "",
    "## An example",
    "",
    "```text",
    example(),
    "```",
    "",
  ].join("\n");
}

function section(provider: TicketProvider): string[] {
  const { name, title, route, prerequisites, families, maxAddresses, requires, form, turnaround, release } = provider;
  const where = [route.by, route.url, route.department].filter((part) => part !== undefined).join(", ");
  return [
    `### ${title}`,
    "",
    `- Word: \`${name}\`${provider.aliases === undefined ? "" : ` (also ${provider.aliases.map((alias) => `\`${alias}\``).join(", ")})`}`,
    `- Where: ${where}; sent from ${route.account}`,
    `- Needs: ${requires.length === 0 ? "nothing but the addresses" : requires.map(quoted).join(", ")}`,
    `- Addresses: ${families.map((family) => `IPv${family}`).join(" and ")}${maxAddresses === undefined ? "" : `, at most ${maxAddresses} in one request`}`,
    ...prerequisites.map((sentence) => `- First: ${sentence}`),
    ...(form === undefined ? [] : [`- Form: ${Object.keys(form).join("; ")}`]),
    `- Takes: ${turnaround}`,
    `- Afterwards: ${release}`,
    ...provider.sources.map(({ source, date }) => `- Source (${STANDING[provider.standing]}, ${date}): ${source}`),
    "",
  ];
}

function quoted(detail: TicketDetail): string {
  return `\`${detail}\``;
}

function example(): string {
  const made = makeTicket(racknerd, {
    service: "vps-1234",
    purpose: "order confirmations to customers",
    volume: "500",
    abuse: "abuse@example.com",
    addresses: [
      {
        address: "203.0.113.7",
        hostname: "mail.example.com",
        currentPtr: "203-0-113-7-host.colocrossing.com",
        proof: {
          server: "ns1.example.net 192.0.2.53:53",
          answer: "mail.example.com. A 203.0.113.7",
          at: "2026-11-21T09:30:00.000Z",
        },
      },
    ],
  });
  return made.ok ? renderTicket(made.ticket, "text").trimEnd() : "";
}

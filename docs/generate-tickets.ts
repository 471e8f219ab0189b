/** `docs/tickets.md` from the table of ticket providers. */
import { makeTicket, ticketDetails } from "../providers/internal/tickets/make-ticket";
import { ticketProviders } from "../providers/internal/tickets/providers";
import { renderTicket } from "../providers/internal/tickets/render";
import type { Ask, TicketDetail } from "../providers/internal/tickets/ticket";
import type { TicketProvider } from "../providers/internal/tickets/ticket-provider";
import { racknerd } from "../providers/racknerd/ticket";

const STANDING: Record<TicketProvider["standing"], string> = {
  "vendor-page": "on the vendor's page",
  "third-party": "in a third party's public repository",
  unconfirmed: "not confirmed",
};

const ASKS: readonly { readonly kind: Ask["kind"]; readonly flags: string; readonly what: string }[] = [
  { kind: "ptr", flags: "(none)", what: "the PTR" },
  { kind: "ptr+port25", flags: "`--port25`", what: "the PTR and outgoing TCP port 25" },
  {
    kind: "rfc2317",
    flags: "`--delegate CIDR --name-server NAME`",
    what: "the delegation of a block's reverse DNS to your name servers (RFC 2317)",
  },
  { kind: "removal", flags: "`--removal`", what: "the removal of the PTR, before you release the address" },
];

/** The page's whole text. */
export function text(): string {
  const onlyWay = ticketProviders.filter(({ role }) => role === "only-way");
  const fallback = ticketProviders.filter(({ role }) => role === "fallback");
  return [
    "<!-- Generated from providers/*/ticket.ts: change it there. -->",
    "# Tickets",
    "",
    "Some providers set a PTR only on request. For them `fcrdns` writes the request, with the fields that the provider asks for,",
    "and a stack waits until the PTR is set. The tool never sends a request and invents nothing. A request is shown as ready only",
    "when every name server of the domain has the forward record, because several providers check it and reject the request.",
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
    "is set, the same program passes. The stack keeps the date of the request; after three days (`remindAfterDays`) a reminder",
    "is shown instead of the ticket.",
    "",
    "## What you can request",
    "",
    "| `ask` | flags | request |",
    "|---|---|---|",
    ...ASKS.map(({ kind, flags, what }) => `| \`${kind}\` | ${flags} | ${what} |`),
    "",
    "## Details that you provide",
    "",
    "One line each. If a required detail is missing, an error names it; an optional one is left out of the text.",
    "",
    "| argument | meaning | example |",
    "|---|---|---|",
    ...Object.entries(ticketDetails).map(
      ([name, { question, example }]) => `| \`${name}\` | ${question} | ${example} |`,
    ),
    "",
    "## Providers that set PTRs only on request",
    "",
    ...onlyWay.flatMap(section),
    "## Providers that have an API or panel",
    "",
    "Use a ticket if the API or panel fails. Say in `tried` what you tried and what it answered.",
    "",
    ...fallback.flatMap(section),
    "## Adding a provider",
    "",
    "One file, `ticket.ts`, in the folder of the provider and one line in `providers/internal/tickets/providers.ts`. Give source and date",
    "of each fact; a fact without a source is `unconfirmed`.",
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
    `- Name: \`${name}\`${provider.aliases === undefined ? "" : ` (also ${provider.aliases.map((alias) => `\`${alias}\``).join(", ")})`}`,
    `- Where: ${where}; sent from ${route.account}`,
    `- Needs: ${requires.length === 0 ? "only the addresses" : requires.map(quoted).join(", ")}`,
    `- Families: ${families.map((family) => `IPv${family}`).join(" and ")}${maxAddresses === undefined ? "" : `, at most ${maxAddresses} in one request`}`,
    ...prerequisites.map((sentence) => `- Before: ${sentence}`),
    ...(form === undefined ? [] : [`- Form: ${Object.keys(form).join("; ")}`]),
    `- Turnaround: ${turnaround}`,
    `- On release: ${release}`,
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
        currentPtrs: ["203-0-113-7-host.colocrossing.com"],
        proof: {
          server: "ns1.example.net 192.0.2.53:53",
          hostname: "mail.example.com",
          address: "203.0.113.7",
          at: "2026-11-21T09:30:00.000Z",
        },
      },
    ],
  });
  return made.ok ? renderTicket(made.ticket, "text").trimEnd() : "";
}

/** The words of a ticket: subject, text and fields of a form. Everything in them was checked and is plain. */
import { listed, plainLine } from "./plain-text";
import type { Ask, ForwardProof, TicketAddress, TicketDetail, TicketDetails, TicketRoute } from "./ticket";
import { type TicketInput, ticketDetails } from "./ticket-input";
import type { TicketProvider } from "./ticket-provider";
import { utc } from "./waiting";

export function subjectPattern(provider: TicketProvider, ask: Ask): string {
  switch (ask.kind) {
    case "ptr":
      return provider.subject ?? "Reverse DNS (PTR) request for {addresses}";
    case "ptr+port25":
      return `${provider.subject ?? "Reverse DNS (PTR) request for {addresses}"} and outgoing TCP port 25`;
    case "rfc2317":
      return `Delegation of reverse DNS for ${ask.cidr} (RFC 2317)`;
    case "removal":
      return "Removal of reverse DNS (PTR) for {addresses} before release";
  }
}

/** Replaces the placeholders of the provider's data in one pass: a value that looks like one stays as it is. */
export function filled(
  pattern: string,
  addresses: readonly TicketAddress[],
  details: TicketDetails,
  request: TicketInput,
): string {
  return pattern.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
    if (name === "addresses") return shortList(addresses.map(({ address }) => address));
    if (name === "hostnames") return addresses.map(({ hostname }) => hostname).join(", ");
    if (name === "useCase") return useCase(request.ask ?? { kind: "ptr" }, addresses, details);
    return details[name as TicketDetail] ?? "";
  });
}

/** Everything in a form; in a subject three addresses say enough. */
function shortList(addresses: readonly string[]): string {
  return addresses.length <= 3 ? listed(addresses) : `${addresses.length} addresses (${addresses[0]} and others)`;
}

export function route(provider: TicketProvider, details: TicketDetails): TicketRoute {
  return details.account === undefined
    ? provider.route
    : { ...provider.route, account: `${provider.route.account} (${details.account})` };
}

export function fields(
  provider: TicketProvider,
  ask: Ask,
  addresses: readonly TicketAddress[],
  details: TicketDetails,
  request: TicketInput,
): Record<string, string> {
  const removal = ask.kind === "removal";
  return Object.fromEntries(
    Object.entries(provider.form ?? {}).map(([label, pattern]) => {
      if (pattern === "{addresses}") return [label, addresses.map(({ address }) => address).join(", ")];
      if (pattern === "{hostnames}" && removal) return [label, "(none: please remove)"];
      if (pattern === "{hostnames}") return [label, addresses.map((entry) => wantedPtr(provider, entry)).join(", ")];
      return [label, plainLine(filled(pattern, addresses, details, request))];
    }),
  );
}

function wantedPtr(provider: TicketProvider, { hostname }: TicketAddress): string {
  return provider.nameRules.finalDot === "required" ? `${hostname}.` : hostname;
}

/** One paragraph for a form's text box. */
function useCase(ask: Ask, addresses: readonly TicketAddress[], details: TicketDetails): string {
  if (ask.kind === "removal") {
    return `Please remove the reverse DNS of ${listed(addresses.map(({ address }) => address))}: we are about to release it.`;
  }
  const sentences = [
    ...addresses.map(({ address, hostname }) => `PTR of ${address}: ${hostname}.`),
    ...addresses.flatMap(({ proof }) => (proof ? [`Forward record published: ${proved(proof)}.`] : [])),
    ...detailLines(details, ["service", "account", "purpose", "volume", "mta", "abuse", "controls", "tried"]).map(
      ([label, value]) => `${label}: ${value}${/[.!?]$/.test(value) ? "" : "."}`,
    ),
    ...(ask.kind === "ptr+port25" ? ["Please also open outgoing TCP port 25."] : []),
  ];
  return sentences.join(" ");
}

const DETAILS_IN_TEXT: readonly TicketDetail[] = [
  "account",
  "email",
  "purpose",
  "volume",
  "mta",
  "abuse",
  "controls",
  "tried",
];
/** Who asks for a removal says who it is, and gives no reasons. */
const DETAILS_OF_REMOVAL: readonly TicketDetail[] = ["account", "email"];

export function body(
  provider: TicketProvider,
  ask: Ask,
  addresses: readonly TicketAddress[],
  details: TicketDetails,
): string {
  const short = provider.text === "short" && ask.kind !== "rfc2317";
  const paragraphs = short
    ? shortParagraphs(ask, addresses, details)
    : [
        ["Hello,"],
        asked(ask, addresses, details),
        ...addresses.map((address) => addressLines(provider, ask, address)),
        ask.kind === "removal" ? [] : forwardLines(addresses),
        shownDetails(ask, details),
        closing(ask, addresses),
        ["Thank you."],
      ];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** Service, address, wanted and present PTR, that it resolves, purpose, abuse contact, thanks. */
function shortParagraphs(ask: Ask, addresses: readonly TicketAddress[], details: TicketDetails): string[][] {
  const removal = ask.kind === "removal";
  return [
    ["Hello,"],
    asked(ask, addresses, details),
    ...addresses.map(({ address, hostname, currentPtr }) => [
      `IP: ${address}`,
      `PTR wanted: ${removal ? "none (please remove)" : hostname}`,
      ...(currentPtr === undefined ? [] : [`PTR now: ${currentPtr ?? "none"}`]),
    ]),
    [
      ...(removal ? [] : addresses.map(({ address, hostname }) => `${hostname} already resolves to ${address}.`)),
      ...(ask.kind === "ptr+port25" ? ["Please also open outgoing TCP port 25."] : []),
    ],
    shownDetails(ask, details),
    ["Thank you."],
  ];
}

function shownDetails(ask: Ask, details: TicketDetails): string[] {
  const wanted = ask.kind === "removal" ? DETAILS_OF_REMOVAL : DETAILS_IN_TEXT;
  return detailLines(details, wanted).map(([label, value]) => `${label}: ${value}`);
}

function asked(ask: Ask, addresses: readonly TicketAddress[], details: TicketDetails): string[] {
  const on = details.service === undefined ? "" : ` on our service ${details.service}`;
  const records = addresses.length === 1 ? "the reverse DNS (PTR) record" : "these reverse DNS (PTR) records";
  switch (ask.kind) {
    case "ptr":
    case "ptr+port25":
      return [`Please set ${records}${on}:`];
    case "removal":
      return [
        `Please remove ${records}${on}; we are about to release the ${addresses.length === 1 ? "address" : "addresses"}:`,
      ];
    case "rfc2317":
      return [
        `Please delegate the reverse DNS of ${ask.cidr}${on} to our name servers:`,
        ...ask.nameServers.map((server) => `  ${server}.`),
        "",
        ...delegation(ask.cidr),
        "",
        "The records that we will publish there:",
      ];
  }
}

/** RFC 2317 is for blocks smaller than an octet; on an octet (or nibble) boundary it is an ordinary delegation. */
function delegation(cidr: string): string[] {
  const [network = "", length = ""] = cidr.split("/");
  const bits = Number(length);
  if (network.includes(":")) {
    return [
      `An ordinary NS delegation in ip6.arpa will do${bits % 4 === 0 ? "" : ", one for each nibble that the block covers"}.`,
    ];
  }
  if (bits <= 24) {
    return [
      `An ordinary NS delegation in in-addr.arpa will do${bits % 8 === 0 ? "" : ", one for each /24 of the block"}.`,
    ];
  }
  const octets = network.split(".");
  const first = octets[3] ?? "0";
  const zone = `${octets.slice(0, 3).reverse().join(".")}.in-addr.arpa.`;
  return [
    `As in RFC 2317: NS records for a sub-zone such as ${first}/${bits}.${zone} or ${first}-${bits}.${zone},`,
    `and one CNAME for each address of the block into it (${first}.${zone} CNAME ${first}.${first}-${bits}.${zone}).`,
    "Please tell us the exact label of the sub-zone that you choose: our zone must have the same name.",
  ];
}

function addressLines(provider: TicketProvider, ask: Ask, entry: TicketAddress): string[] {
  const { address, fullAddress, arpa, hostname, currentPtrs } = entry;
  const now =
    currentPtrs === undefined
      ? []
      : [`    PTR now:       ${currentPtrs.map((name) => `${name}.`).join(" ") || "none"}`];
  const wanted = ask.kind === "removal" ? "none (please remove)" : `${hostname}   (with final dot: ${hostname}.)`;
  return [
    `  ${address}`,
    ...(fullAddress === undefined ? [] : [`    in full:       ${fullAddress}`]),
    `    reverse name:  ${arpa}.`,
    ...(fullAddress === undefined ? [] : [`    within its /64: ${insideNetwork(arpa)}`]),
    ...now,
    `    PTR wanted:    ${wanted}`,
    ...(provider.nameRules.finalDot === "required" && ask.kind !== "removal"
      ? ["    (your form requires the final dot)"]
      : []),
  ];
}

/** The reverse name as seen in the zone of the /64, where many providers keep it. */
function insideNetwork(arpa: string): string {
  const labels = arpa.split(".");
  return `${labels.slice(0, 16).join(".")} in ${labels.slice(16).join(".")}.`;
}

function forwardLines(addresses: readonly TicketAddress[]): string[] {
  return [
    `The forward ${addresses.length === 1 ? "record is" : "records are"} published; an authoritative name server answered:`,
    ...addresses.flatMap(({ proof }) => (proof ? [`  ${proved(proof)}`] : [])),
  ];
}

function proved({ answer, server, at }: ForwardProof): string {
  return `${answer} (server ${server}, ${utc(at)})`;
}

function detailLines(details: TicketDetails, wanted: readonly TicketDetail[]): [string, string][] {
  return wanted.flatMap((field) => {
    const value = details[field];
    if (value === undefined) return [];
    const shown = field === "volume" && /^\d+$/.test(value) ? `about ${value} messages a day` : value;
    return [[ticketDetails[field].label, shown] as [string, string]];
  });
}

function closing(ask: Ask, addresses: readonly TicketAddress[]): string[] {
  const these = addresses.length === 1 ? "this address" : "these addresses";
  switch (ask.kind) {
    case "ptr":
      return ["We check the result ourselves. Please tell us if anything is missing."];
    case "ptr+port25":
      return [
        `Please also open outgoing TCP port 25 for ${these}, or tell us what you need from us for it.`,
        "We check the result ourselves. Please tell us if anything is missing.",
      ];
    case "rfc2317":
      return [];
    case "removal":
      return ["Please tell us when it is done, so that we can release the address."];
  }
}

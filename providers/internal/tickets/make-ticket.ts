/** From what is known to the text that may be sent: one pure function of the provider's data and the request. */
import { sameName } from "../../../fcrdns/names/name";
import type { Problem } from "../../cloud";
import { holds, type WrittenAddress, writtenAddress, writtenHostname, writtenNetwork } from "./address";
import { listed, notPlain, plainLine, plainName } from "./plain-text";
import type { Ask, ForwardProof, Ticket, TicketAddress, TicketDetail, TicketDetails, TicketRoute } from "./ticket";
import type { TicketProvider } from "./ticket-provider";

/** One address and the name that its PTR shall carry. */
export interface TicketRequestAddress {
  readonly address: string;
  readonly hostname: string;
  /** null: none; undefined: not known. */
  readonly currentPtr?: string | null;
  /** Without it the ticket stays `blocked`; not needed for a removal. */
  readonly proof?: ForwardProof;
}

export interface TicketRequest extends TicketDetails {
  /** At least one. */
  readonly addresses: readonly TicketRequestAddress[];
  /** @default { kind: "ptr" } */
  readonly ask?: Ask;
  /** When the provider was first asked, ISO 8601: adds the reminder. @default not asked yet */
  readonly since?: string;
  /** The present moment, ISO 8601: `since` cannot be after it. @default not checked */
  readonly now?: string;
  /** @default 3 */
  readonly remindAfterDays?: number;
}

/** A detail that this provider works on nothing without. */
export interface MissingDetail {
  readonly field: TicketDetail;
  /** What to give, in one sentence. */
  readonly question: string;
  readonly example: string;
}

export type MadeTicket =
  | { readonly ok: true; readonly ticket: Ticket }
  | {
      readonly ok: false;
      /** Ask the user for these by name; nothing is ever made up. */
      readonly missing: readonly MissingDetail[];
      /** What was given and cannot be right. */
      readonly problems: readonly Problem[];
    };

/** What each detail is; the order is the order in the text. */
export const ticketDetails: Readonly<
  Record<TicketDetail, { readonly label: string; readonly question: string; readonly example: string }>
> = {
  service: {
    label: "Service",
    question: "the server or service as the provider's panel names it",
    example: "vps-1234 (mail1)",
  },
  account: { label: "Account", question: "your account or customer number, or PIN", example: "100234" },
  email: {
    label: "Reply to",
    question: "the e-mail address that the provider may answer to",
    example: "ops@example.com",
  },
  purpose: {
    label: "Purpose",
    question: "what mail is sent and to whom",
    example: "order confirmations to customers of shop.example.com",
  },
  volume: { label: "Volume", question: "how many messages a day", example: "500" },
  mta: { label: "Mail server", question: "the mail server software", example: "Postfix 3.9" },
  abuse: { label: "Abuse contact", question: "where complaints go", example: "abuse@example.com" },
  controls: {
    label: "Against abuse",
    question: "what keeps spam from leaving",
    example: "authenticated senders only, double opt-in, one-click unsubscribe",
  },
  tried: {
    label: "Tried before",
    question: "what was tried before, with the error that the panel or API gave",
    example: "panel answers 500 when the reverse name is saved",
  },
};

const DEFAULT_REMIND_AFTER_DAYS = 3;

/**
 * Makes the ticket for one provider. It is `ready` only when every address has its {@link ForwardProof}; until then it is
 * `blocked`, has no text, and `missing` says what must come first.
 * @param provider from `findTicketProvider`
 * @param request addresses, what is asked, and what only the sender knows
 * @example
 * makeTicket(racknerd, {
 *   addresses: [{ address: "203.0.113.7", hostname: "mail.example.com", proof }],
 *   service: "vps-1234",
 *   purpose: "order confirmations to customers",
 * });
 */
export function makeTicket(provider: TicketProvider, request: TicketRequest): MadeTicket {
  const ask = checkedAsk(request.ask ?? { kind: "ptr" });
  const details = givenDetails(request);
  const addresses = request.addresses.map(checkedAddress);
  const problems = [
    ...detailProblems(request),
    ...addressProblems(provider, request, addresses),
    ...askProblems(ask, addresses),
    ...sinceProblems(request),
  ];
  const missing = missingDetails(provider, ask, details);
  if (problems.length > 0 || missing.length > 0) return { ok: false, missing, problems };

  const given = addresses.flatMap((checked) => (checked.ok ? [checked.address] : []));
  const left = given.filter((address) => !isDone(ask, address));
  if (left.length === 0) return { ok: true, ticket: nothingToAsk(provider, ask, given, details) };
  const unproven = ask.kind === "removal" ? [] : left.filter((address) => address.proof === undefined);
  const ready = unproven.length === 0;
  const subject = plainLine(filled(subjectPattern(provider, ask), left, details, request));
  return {
    ok: true,
    ticket: {
      provider: provider.name,
      title: provider.title,
      route: route(provider, details),
      ask,
      addresses: left,
      details,
      state: ready ? "ready" : "blocked",
      missing: unproven.map(whatIsMissing),
      prerequisites: provider.prerequisites,
      subject,
      body: ready ? body(provider, ask, left, details) : "",
      fields: ready && ask.kind !== "rfc2317" ? fields(provider, ask, left, details, request) : {},
      ...(ready && request.since !== undefined && waiting(request.since, subject, left, ask, request)),
    },
  };
}

/** Whether DNS shows already what is asked for the address; port 25 and delegations are not seen there. */
function isDone(ask: Ask, { hostname, currentPtr }: TicketAddress): boolean {
  if (currentPtr === undefined) return false;
  const names = currentPtr === null ? [] : currentPtr.split(", ");
  if (ask.kind === "removal") return !names.some((name) => sameName(name, hostname));
  return ask.kind === "ptr" && names.length === 1 && sameName(names[0] ?? "", hostname);
}

function nothingToAsk(
  provider: TicketProvider,
  ask: Ask,
  addresses: readonly TicketAddress[],
  details: TicketDetails,
): Ticket {
  const { name, title } = provider;
  return {
    provider: name,
    title,
    route: route(provider, details),
    ask,
    addresses,
    details,
    state: "done",
    missing: [],
    subject: "",
    body: "",
    fields: {},
  };
}

// What was given, checked.

type CheckedAddress =
  | { readonly ok: true; readonly address: TicketAddress }
  | { readonly ok: false; readonly problem: Problem };

function checkedAddress(given: TicketRequestAddress): CheckedAddress {
  const written = writtenAddress(given.address);
  if (!written.ok) {
    return {
      ok: false,
      problem: {
        argument: "address",
        message: plainLine(written.reason),
        fix: "give one address such as 203.0.113.7 or 2001:db8::25",
      },
    };
  }
  const { value } = written;
  const hostname = writtenHostname(given.hostname);
  if (!hostname.ok) {
    return {
      ok: false,
      problem: {
        argument: "hostname",
        message: plainLine(hostname.reason),
        fix: `give the full name that ${value.address} shall have, such as mail.example.com`,
      },
    };
  }
  const proof = given.proof && checkedProof(given.proof, hostname.value, value);
  return {
    ok: true,
    address: {
      ...value,
      hostname: hostname.value,
      ...(given.currentPtr !== undefined && {
        currentPtr: given.currentPtr === null ? null : plainNames(given.currentPtr).join(", "),
      }),
      ...(proof && { proof }),
    },
  };
}

/** Several names at one address are separated by commas. */
function plainNames(text: string): string[] {
  return text.split(/, */).map((name) => plainName(name.replace(/\.$/, "")));
}

/** A proof counts only when it says what it must: this name, this address, a server and a moment. */
function checkedProof(proof: ForwardProof, hostname: string, written: WrittenAddress): ForwardProof | undefined {
  const words = plainLine(proof.answer).split(" ");
  const named = words.some((word) => sameName(word, hostname));
  const addressed = words.some((word) => {
    const read = writtenAddress(word);
    return read.ok && read.value.address === written.address;
  });
  const moment = new Date(proof.at);
  if (!named || !addressed || plainLine(proof.server) === "" || Number.isNaN(moment.getTime())) return undefined;
  return { server: plainLine(proof.server), answer: words.join(" "), at: moment.toISOString() };
}

function addressProblems(
  provider: TicketProvider,
  request: TicketRequest,
  addresses: readonly CheckedAddress[],
): Problem[] {
  const problems = addresses.flatMap((checked) => (checked.ok ? [] : [checked.problem]));
  const known = addresses.flatMap((checked) => (checked.ok ? [checked.address] : []));
  if (request.addresses.length === 0) {
    problems.push({
      argument: "addresses",
      message: "a ticket needs at least one address with its host name",
      fix: "give ADDRESS=HOSTNAME, such as 203.0.113.7=mail.example.com",
    });
  }
  for (const { address, family, hostname } of known) {
    if (!provider.families.includes(family)) {
      problems.push({
        argument: "address",
        message: `${address}: ${provider.title} sets no PTR for IPv${family} addresses`,
        fix: `leave it out, and do not send mail over IPv${family} from there`,
      });
    }
    if (hostname.length > provider.nameRules.maxLength) {
      problems.push({
        argument: "hostname",
        message: `${hostname} has ${hostname.length} characters; ${provider.title} takes at most ${provider.nameRules.maxLength}`,
        fix: "give a shorter host name",
      });
    }
  }
  const twice = known.filter(({ address }, index) => known.findIndex((other) => other.address === address) < index);
  for (const address of new Set(twice.map((entry) => entry.address))) {
    problems.push({
      argument: "address",
      message: `${address} is given more than once; an address has one PTR`,
      fix: "give each address once, with the one name that its PTR shall carry",
    });
  }
  if (provider.maxAddresses !== undefined && known.length > provider.maxAddresses) {
    problems.push({
      argument: "addresses",
      message: `${known.length} addresses were given; ${provider.title} takes at most ${provider.maxAddresses} in one request`,
      fix: `make one ticket for every ${provider.maxAddresses} addresses`,
    });
  }
  return problems;
}

/** The ask with its network and name servers in canonical spelling, where they have one. */
function checkedAsk(ask: Ask): Ask {
  if (ask.kind !== "rfc2317") return ask;
  return {
    kind: "rfc2317",
    cidr: writtenNetwork(ask.cidr)?.network ?? ask.cidr,
    nameServers: ask.nameServers.map((server) => {
      const read = writtenHostname(server);
      return read.ok ? read.value : server;
    }),
  };
}

function askProblems(ask: Ask, addresses: readonly CheckedAddress[]): Problem[] {
  if (ask.kind !== "rfc2317") return [];
  const problems: Problem[] = [];
  const network = writtenNetwork(ask.cidr);
  if (network === undefined) {
    problems.push({
      argument: "cidr",
      message: `${JSON.stringify(plainLine(ask.cidr))} is not a network in CIDR notation`,
      fix: "give the block that is yours, such as 203.0.113.0/29",
    });
  } else {
    for (const checked of addresses) {
      if (checked.ok && !holds(network.network, checked.address.address)) {
        problems.push({
          argument: "cidr",
          message: `${network.network} does not hold ${checked.address.address}`,
          fix: "give the block that holds every address of the ticket",
        });
      }
    }
  }
  if (ask.nameServers.length === 0) {
    problems.push({
      argument: "nameServers",
      message: "a delegation needs the name servers that it goes to",
      fix: "give at least two, such as ns1.example.com and ns2.example.com",
    });
  }
  for (const server of ask.nameServers) {
    const read = writtenHostname(server);
    if (!read.ok) {
      problems.push({
        argument: "nameServers",
        message: plainLine(read.reason),
        fix: "give its full name, such as ns1.example.com",
      });
    }
  }
  return problems;
}

/** A day or a moment in ISO 8601; undefined: it is none, as 2026-02-30 is none. */
function moment(text: string): Date | undefined {
  const [, day] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(text.trim()) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day) {
    return undefined;
  }
  const read = new Date(text.trim());
  return Number.isNaN(read.getTime()) ? undefined : read;
}

function sinceProblems({ since, now }: TicketRequest): Problem[] {
  if (since === undefined) return [];
  const asked = moment(since);
  const fix = "give the day of the request as 2026-01-31 or 2026-01-31T12:00:00Z";
  if (asked === undefined) {
    return [{ argument: "since", message: `since: ${JSON.stringify(plainLine(since))} is not a date`, fix }];
  }
  if (now === undefined || asked.getTime() <= new Date(now).getTime()) return [];
  return [{ argument: "since", message: `since: ${plainLine(since)} is in the future (now it is ${utc(now)})`, fix }];
}

function detailProblems(request: TicketRequest): Problem[] {
  return (Object.keys(ticketDetails) as TicketDetail[]).flatMap((field) => {
    const value = request[field];
    if (value === undefined || value.trim() === "") return [];
    const strange = notPlain(value);
    if (strange.length > 0) {
      const named = strange.slice(0, 5).map((character) => `${character} (${codePoint(character)})`);
      const more = strange.length > 5 ? ` and ${strange.length - 5} more` : "";
      return [
        {
          argument: field,
          message: `${field} holds ${named.join(", ")}${more}, which a ticket system may show as question marks`,
          fix: `write ${field} in plain English letters, such as "${ticketDetails[field].example}"`,
        },
      ];
    }
    const isAddress = field === "email" || (field === "abuse" && /^\S*@\S*$/.test(value.trim()));
    if (!isAddress || isMailAddress(value.trim())) return [];
    return [
      {
        argument: field,
        message: `${field}: ${JSON.stringify(plainLine(value))} is not an e-mail address`,
        fix: `give one such as ${ticketDetails[field].example}`,
      },
    ];
  });
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** An address as mail is sent to it: one `@`, an unquoted local part (RFC 5321 section 4.1.2), a name with a dot. */
function isMailAddress(text: string): boolean {
  const [, local = "", domain = ""] = /^([\w.!#$%&'*+/=?^`{|}~-]{1,64})@([^@]+)$/.exec(text) ?? [];
  return local !== "" && !/^\.|\.\.|\.$/.test(local) && domain.includes(".") && writtenHostname(domain).ok;
}

function givenDetails(request: TicketRequest): TicketDetails {
  const given = (Object.keys(ticketDetails) as TicketDetail[]).flatMap((field) => {
    const value = plainLine(request[field] ?? "");
    return value === "" ? [] : [[field, value] as const];
  });
  return Object.fromEntries(given);
}

/** Taking a PTR away needs no reason; who asks for a PTR must give what this provider wants to know. */
function missingDetails(provider: TicketProvider, ask: Ask, details: TicketDetails): MissingDetail[] {
  const needed = ask.kind === "removal" ? provider.requires.filter(identifies) : provider.requires;
  return needed
    .filter((field) => details[field] === undefined)
    .map((field) => ({
      field,
      question: ticketDetails[field].question,
      example: ticketDetails[field].example,
    }));
}

function identifies(field: TicketDetail): boolean {
  return field === "service" || field === "account" || field === "email";
}

function whatIsMissing({ address, family, hostname }: TicketAddress): string {
  const type = family === 4 ? "A" : "AAAA";
  return (
    `no proof yet that every authoritative name server of ${hostname} answers ${type} ${address}: ` +
    `publish ${hostname} ${type} ${address} at the DNS host of the domain, then make this ticket again`
  );
}

// The text.

function subjectPattern(provider: TicketProvider, ask: Ask): string {
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
function filled(
  pattern: string,
  addresses: readonly TicketAddress[],
  details: TicketDetails,
  request: TicketRequest,
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

function route(provider: TicketProvider, details: TicketDetails): TicketRoute {
  return details.account === undefined
    ? provider.route
    : { ...provider.route, account: `${provider.route.account} (${details.account})` };
}

function fields(
  provider: TicketProvider,
  ask: Ask,
  addresses: readonly TicketAddress[],
  details: TicketDetails,
  request: TicketRequest,
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

function body(provider: TicketProvider, ask: Ask, addresses: readonly TicketAddress[], details: TicketDetails): string {
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
    "Please tell us the exact label of the sub-zone that you choose: our zone must carry the same name.",
  ];
}

function addressLines(provider: TicketProvider, ask: Ask, entry: TicketAddress): string[] {
  const { address, fullAddress, arpa, hostname, currentPtr } = entry;
  const now =
    currentPtr === undefined ? [] : [`    PTR now:       ${currentPtr === null ? "none" : absolute(currentPtr)}`];
  const wanted = ask.kind === "removal" ? "none (please remove)" : `${hostname}   (with final dot: ${hostname}.)`;
  return [
    `  ${address}`,
    ...(fullAddress === undefined ? [] : [`    in full:       ${fullAddress}`]),
    `    reverse name:  ${arpa}.`,
    ...(fullAddress === undefined ? [] : [`    within its /64: ${insideNetwork(arpa)}`]),
    ...now,
    `    PTR wanted:    ${wanted}`,
    ...(provider.nameRules.finalDot === "required" && ask.kind !== "removal"
      ? ["    (your form wants the final dot)"]
      : []),
  ];
}

function absolute(names: string): string {
  return names
    .split(", ")
    .map((name) => `${name}.`)
    .join(" ");
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
    const said = field === "volume" && /^\d+$/.test(value) ? `about ${value} messages a day` : value;
    return [[ticketDetails[field].label, said] as [string, string]];
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

// Waiting.

function waiting(
  since: string,
  subject: string,
  addresses: readonly TicketAddress[],
  ask: Ask,
  request: TicketRequest,
): Pick<Ticket, "since" | "remindAfterDays" | "reminder"> {
  const at = new Date(since).toISOString();
  const what = ask.kind === "removal" ? "still there" : "not visible in DNS yet";
  return {
    since: at,
    remindAfterDays: request.remindAfterDays ?? DEFAULT_REMIND_AFTER_DAYS,
    reminder: {
      subject: plainLine(`Reminder: ${subject}`),
      body: [
        "Hello,",
        "",
        `on ${utc(at)} we asked for the change below. It is ${what}:`,
        "",
        ...addresses.map(({ address, arpa, hostname }) =>
          ask.kind === "removal" ? `  ${address}: ${arpa}. PTR` : `  ${address}: ${arpa}. PTR ${hostname}.`,
        ),
        ...(ask.kind === "rfc2317" ? ["", `Delegation of ${ask.cidr} to ${listed(ask.nameServers)}.`] : []),
        "",
        ask.kind === "removal"
          ? "Could you please tell us how far it is, or what you need from us?"
          : "The forward records are in place. Could you please tell us how far it is, or what you need from us?",
        "",
        "Thank you.",
      ].join("\n"),
    },
  };
}

function utc(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

/** Whole days that the provider has had the ticket at `now`; undefined: it was not asked yet. */
export function daysWaiting({ since }: Pick<Ticket, "since">, now: Date): number | undefined {
  return since === undefined
    ? undefined
    : Math.max(0, Math.floor((now.getTime() - new Date(since).getTime()) / 86_400_000));
}

/** Whether it is time for the reminder. */
export function reminderDue(ticket: Ticket, now: Date): boolean {
  const days = daysWaiting(ticket, now);
  return days !== undefined && days >= (ticket.remindAfterDays ?? DEFAULT_REMIND_AFTER_DAYS);
}

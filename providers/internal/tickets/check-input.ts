/** What was given for a ticket, checked and brought into one spelling. */
import { sameName } from "../../../fcrdns/names/name";
import type { Problem } from "../../cloud";
import { holds, type WrittenAddress, writtenAddress, writtenHostname, writtenNetwork } from "./address";
import { notPlain, plainLine, plainName } from "./plain-text";
import type { Ask, ForwardAnswer, ForwardProof, TicketAddress, TicketDetail, TicketDetails } from "./ticket";
import { type MissingDetail, type TicketInput, type TicketInputAddress, ticketDetails } from "./ticket-input";
import type { TicketProvider } from "./ticket-provider";
import { moment, utc } from "./waiting";

type CheckedAddress =
  | { readonly ok: true; readonly address: TicketAddress }
  | { readonly ok: false; readonly problem: Problem };

export function checkedAddress(given: TicketInputAddress): CheckedAddress {
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
        fix: `give the full name that ${value.address} should have, such as mail.example.com`,
      },
    };
  }
  const proof = given.proof && checkedProof(given.proof, hostname.value, value);
  return {
    ok: true,
    address: {
      ...value,
      hostname: hostname.value,
      ...(given.currentPtrs && presentPtr(given.currentPtrs)),
      ...(proof && { proof }),
    },
  };
}

function presentPtr(names: readonly string[]): Pick<TicketAddress, "currentPtrs" | "currentPtr"> {
  const currentPtrs = names.map((name) => plainName(name.replace(/\.$/, "")));
  return { currentPtrs, currentPtr: currentPtrs.length === 0 ? null : currentPtrs.join(", ") };
}

/** A proof counts only when it says what it must: this name, this address, a server and a moment. */
function checkedProof(
  given: ForwardAnswer,
  hostname: string,
  { address, family }: WrittenAddress,
): ForwardProof | undefined {
  // A stack's state may be of an older version, whose proof had one text in place of name and address: the next look renews it.
  if (![given.server, given.hostname, given.address].every((part) => typeof part === "string")) return undefined;
  const answered = writtenAddress(given.address);
  const isSame = sameName(given.hostname, hostname) && answered.ok && answered.value.address === address;
  const [server, moment] = [plainLine(given.server), new Date(given.at)];
  if (!isSame || server === "" || Number.isNaN(moment.getTime())) return undefined;
  const answer = `${hostname}. ${family === 4 ? "A" : "AAAA"} ${address}`;
  return { server, hostname, address, answer, at: moment.toISOString() };
}

export function addressProblems(
  provider: TicketProvider,
  request: TicketInput,
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
        fix: `leave it out, and do not send mail over IPv${family} from it`,
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
      fix: "give each address once, with the one name that its PTR should have",
    });
  }
  if (provider.maxAddresses !== undefined && known.length > provider.maxAddresses) {
    problems.push({
      argument: "addresses",
      message: `${known.length} addresses were given; ${provider.title} takes at most ${provider.maxAddresses} in one request`,
      fix: `create one ticket for every ${provider.maxAddresses} addresses`,
    });
  }
  return problems;
}

/** The ask with its network and name servers in canonical spelling, where they have one. */
export function checkedAsk(ask: Ask): Ask {
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

export function askProblems(ask: Ask, addresses: readonly CheckedAddress[]): Problem[] {
  if (ask.kind !== "rfc2317") return [];
  const problems: Problem[] = [];
  const network = writtenNetwork(ask.cidr);
  if (network === undefined) {
    problems.push({
      argument: "cidr",
      message: `${JSON.stringify(plainLine(ask.cidr))} is not a network in CIDR notation`,
      fix: "give your block, such as 203.0.113.0/29",
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
      message: "a delegation needs the name servers to delegate to",
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

export function sinceProblems({ since, now }: TicketInput): Problem[] {
  if (since === undefined) return [];
  const asked = moment(since);
  const fix = "give the day of the request as 2026-01-31 or 2026-01-31T12:00:00Z";
  if (asked === undefined) {
    return [{ argument: "since", message: `since: ${JSON.stringify(plainLine(since))} is not a date`, fix }];
  }
  if (now === undefined || asked.getTime() <= new Date(now).getTime()) return [];
  return [{ argument: "since", message: `since: ${plainLine(since)} is in the future (it is ${utc(now)} now)`, fix }];
}

export function detailProblems(request: TicketInput): Problem[] {
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

export function givenDetails(request: TicketInput): TicketDetails {
  const given = (Object.keys(ticketDetails) as TicketDetail[]).flatMap((field) => {
    const value = plainLine(request[field] ?? "");
    return value === "" ? [] : [[field, value] as const];
  });
  return Object.fromEntries(given);
}

/** Taking a PTR away needs no reason; who asks for a PTR must give what this provider wants to know. */
export function missingDetails(provider: TicketProvider, ask: Ask, details: TicketDetails): MissingDetail[] {
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

export function whatIsMissing({ address, family, hostname }: TicketAddress): string {
  const type = family === 4 ? "A" : "AAAA";
  return (
    `no proof yet that every authoritative name server of ${hostname} answers ${type} ${address}: ` +
    `publish ${hostname} ${type} ${address} at the DNS host of the domain, then create this ticket again`
  );
}

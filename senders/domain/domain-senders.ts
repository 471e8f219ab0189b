/** Every network that a domain's SPF record and its MX let send, with what lets it. */
import { parseAddress } from "../../fcrdns/names/address";
import { canonicalName } from "../../fcrdns/names/name";
import {
  type AddressSet,
  addressesOf,
  type Block,
  blocksOf,
  difference,
  type Family,
  networkOf,
  united,
} from "./address-set";
import {
  type Decision,
  type DnsLookUp,
  type DnsType,
  evaluateEvery,
  type SpfResult,
  type Step,
  type Trouble,
  type Undecided,
} from "./evaluate";
import { spfServiceOf } from "./mail-services";

/** What lets a network send. */
export type Permission =
  /** @param steps from the domain's own record inwards */
  { readonly kind: "spf"; readonly steps: readonly Step[] } | { readonly kind: "mx"; readonly exchange: string };

export interface SendingNetwork extends Block {
  readonly family: Family;
  readonly by: Permission;
  /** The mail service whose servers these are. @default none that is known */
  readonly service?: string;
}

/** Addresses for which the SPF record has no result. */
export interface Failure {
  readonly result: SpfResult;
  readonly trouble: Trouble;
  readonly steps: readonly Step[];
  readonly families: readonly Family[];
}

/** A term that lets every address send that no term before it decides on. */
export interface Unlisted {
  readonly steps: readonly Step[];
  readonly families: readonly Family[];
}

export interface DomainSenders {
  /** Canonical. */
  readonly domain: string;
  /** In the order found, each address once. */
  readonly networks: readonly SendingNetwork[];
  /** Terms of which nobody can say which addresses they let send. */
  readonly undecided: readonly (Undecided & { readonly service?: string })[];
  readonly unlisted: readonly Unlisted[];
  readonly failures: readonly Failure[];
  /** Exchanges that have no address, or of which nobody can say. @param why absent: none */
  readonly exchanges: readonly { readonly name: string; readonly type: DnsType; readonly why?: string }[];
  /** Look-ups of the way through the record that takes the most. */
  readonly lookUps: number;
  readonly voids: number;
  /** Whether there is an MX record that takes mail. */
  readonly hasMx: boolean;
}

/**
 * Finds what lets mail of a domain out.
 * @param domain canonical
 */
export async function domainSenders(domain: string, lookUp: DnsLookUp): Promise<DomainSenders> {
  const [{ decisions, undecided }, mx] = await Promise.all([
    evaluateEvery(domain, lookUp),
    exchangersOf(domain, lookUp),
  ]);
  const passes = decisions.filter(({ result }) => result === "pass");
  const listed = passes.filter(({ unlisted }) => !unlisted);
  const ofServices = serviceAddresses(mx.addresses, domain);
  const networks = [
    ...listed.flatMap((each) => networksOf(each, domain)).map((each) => ofExchangers(each, ofServices)),
    ...exchangerNetworks(mx.addresses, listed, ofServices),
  ];
  const failures = decisions.flatMap(({ result, trouble, steps, family }) =>
    trouble === undefined ? [] : [{ result, trouble, steps, families: [family] }],
  );
  return {
    domain,
    networks,
    undecided: undecided.map((each) => ({ ...each, ...serviceOf(each.steps, domain) })),
    unlisted: onceByFamily(
      passes.filter(({ unlisted }) => unlisted).map(({ steps, family }) => ({ steps, families: [family] })),
    ),
    failures: onceByFamily(failures),
    exchanges: mx.exchanges,
    hasMx: mx.hasMx,
    lookUps: Math.max(...decisions.map(({ lookUps }) => lookUps)),
    voids: Math.max(...decisions.map(({ voids }) => voids)),
  };
}

function networksOf({ addresses, family, steps }: Decision, domain: string): SendingNetwork[] {
  const by = { kind: "spf", steps } as const;
  return (
    blocksOf(addresses, family)
      // An IPv4-mapped IPv6 address is no address that anybody connects from (RFC 7208 section 5).
      .filter(({ first }) => family === 4 || first.includes(":"))
      .map((block) => ({ ...block, family, by, ...serviceOf(steps, domain) }))
  );
}

/** The service whose record lets the address send, unless it is the service's domain that is asked about. */
function serviceOf(steps: readonly Step[], domain: string): { readonly service?: string } {
  const own = spfServiceOf(domain);
  const names = steps.flatMap((step, index) => [...(index === 0 ? [] : [step.domain]), ...(step.aliases ?? [])]);
  const services = names.map(spfServiceOf);
  const service = services.find((each) => each !== undefined && each !== own);
  return service === undefined ? {} : { service };
}

interface Exchangers {
  readonly hasMx: boolean;
  readonly addresses: readonly {
    readonly exchange: string;
    /** The exchange, and the names that its aliases lead to. */
    readonly names: readonly string[];
    readonly ip: string;
  }[];
  readonly exchanges: DomainSenders["exchanges"];
}

async function exchangersOf(domain: string, lookUp: DnsLookUp): Promise<Exchangers> {
  const answer = await lookUp(domain, "MX");
  if (!answer.known) return { hasMx: false, addresses: [], exchanges: [{ name: domain, type: "MX", why: answer.why }] };
  // "." takes no mail (RFC 7505).
  const names = answer.values.flatMap((value) => {
    const name = canonicalName(value);
    return name.ok && name.name !== "." ? [name.name] : [];
  });
  const found = await Promise.all(
    [...new Set(names)].slice(0, MAX_EXCHANGES).map(async (exchange) => {
      const types = ["A", "AAAA"] as const;
      const answers = await Promise.all(types.map((type) => lookUp(exchange, type)));
      const addresses = answers.flatMap((each) =>
        each.known ? each.values.map((ip) => ({ exchange, names: [exchange, ...(each.aliases ?? [])], ip })) : [],
      );
      const failed = answers.flatMap((each, index) =>
        each.known ? [] : [{ name: exchange, type: types[index] as DnsType, why: each.why }],
      );
      const none = addresses.length === 0 && failed.length === 0 ? [{ name: exchange, type: "A" } as const] : [];
      return { addresses, exchanges: [...failed, ...none] };
    }),
  );
  return {
    hasMx: names.length > 0,
    addresses: found.flatMap(({ addresses }) => addresses),
    exchanges: found.flatMap(({ exchanges }) => exchanges),
  };
}

/** Far more than anybody has: the names come from DNS. */
const MAX_EXCHANGES = 50;

/** Addresses of exchangers that belong to a mail service, by their canonical text. */
function serviceAddresses(addresses: Exchangers["addresses"], domain: string): ReadonlyMap<string, string> {
  const own = spfServiceOf(domain);
  return new Map(
    addresses.flatMap(({ names, ip }): [string, string][] => {
      const [service, parsed] = [names.map(spfServiceOf).find((each) => each !== undefined), parseAddress(ip)];
      return service !== undefined && service !== own && parsed.ok ? [[parsed.address.text, service]] : [];
    }),
  );
}

/** The term `mx` lets the servers of a mail service send where the domain receives its mail there. */
function ofExchangers(network: SendingNetwork, ofServices: ReadonlyMap<string, string>): SendingNetwork {
  if (network.service !== undefined || network.count > BigInt(ofServices.size)) return network;
  const services = [...addressesOf(network)].map((address) => ofServices.get(address));
  const [service] = services;
  return service !== undefined && services.every((each) => each !== undefined) ? { ...network, service } : network;
}

function exchangerNetworks(
  addresses: Exchangers["addresses"],
  listed: readonly Decision[],
  ofServices: ReadonlyMap<string, string>,
): SendingNetwork[] {
  const seen: Record<Family, AddressSet> = {
    4: united(listed.filter(({ family }) => family === 4).flatMap((each) => each.addresses)),
    6: united(listed.filter(({ family }) => family === 6).flatMap((each) => each.addresses)),
  };
  return addresses.flatMap(({ exchange, ip }) => {
    const parsed = parseAddress(ip);
    if (!parsed.ok) return [];
    const { family, bytes, text } = parsed.address;
    const fresh = difference([networkOf(bytes, 8 * bytes.length)], seen[family]);
    seen[family] = united([...seen[family], ...fresh]);
    const service = ofServices.get(text);
    const by = { kind: "mx", exchange } as const;
    return blocksOf(fresh, family).map((block) => ({
      ...block,
      family,
      by,
      ...(service !== undefined && { service }),
    }));
  });
}

/** What is the same for both families is said once. */
function onceByFamily<T extends { readonly families: readonly Family[] }>(all: readonly T[]): T[] {
  const once = new Map<string, T>();
  for (const each of all) {
    const { families, ...rest } = each;
    const key = JSON.stringify(rest);
    const before = once.get(key)?.families ?? [];
    once.set(key, { ...each, families: [...new Set([...before, ...families])] });
  }
  return [...once.values()];
}

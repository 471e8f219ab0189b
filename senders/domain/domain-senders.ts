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
  including,
  intersection,
  networkOf,
  united,
} from "./address-set";
import {
  type Decision,
  type DnsLookUp,
  type DnsType,
  evaluateEvery,
  type Named,
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

/** The most addresses of a network that are senders one by one; a larger network is a block. */
export const MAX_LISTED_BLOCK = 256n;

export interface DomainSenders {
  /** Canonical. */
  readonly domain: string;
  /**
   * In the order found. Each address is in one network of at most {@link MAX_LISTED_BLOCK} addresses, if a term or an
   * exchanger names one, and may be within larger ones too.
   */
  readonly networks: readonly SendingNetwork[];
  /** Terms of which nobody can say which addresses they let send. */
  readonly undecided: readonly (Undecided & { readonly service?: string })[];
  readonly unlisted: readonly Unlisted[];
  readonly failures: readonly Failure[];
  /** Exchanges that have no address, or of which nobody can say. @param why absent: none */
  readonly exchanges: readonly { readonly name: string; readonly type: DnsType; readonly why?: string }[];
  /** Look-ups of the way through the record that takes the most. */
  readonly lookUps: number;
  /** Look-ups that find nothing, which differ where a host has addresses of one family. */
  readonly voids: Readonly<Record<Family, number>>;
  /** Whether there is an MX record that takes mail. */
  readonly hasMx: boolean;
}

/**
 * Finds what lets mail of a domain out.
 * @param domain canonical
 */
export async function domainSenders(domain: string, lookUp: DnsLookUp): Promise<DomainSenders> {
  const [{ decisions, undecided, named }, mx] = await Promise.all([
    evaluateEvery(domain, lookUp),
    exchangersOf(domain, lookUp),
  ]);
  const passes = decisions.filter(({ result }) => result === "pass");
  const listed = passes.filter(({ unlisted }) => !unlisted);
  const ofServices = serviceAddresses(mx.addresses, domain);
  const sets = setsOf(listed, domain);
  const spf = namedNetworks(named, sets, domain).map((each) => ofExchangers(each, ofServices));
  const networks = [...spf, ...exchangerNetworks(mx.addresses, spf, sets, ofServices)];
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
    voids: { 4: mostVoids(decisions, 4), 6: mostVoids(decisions, 6) },
  };
}

function mostVoids(decisions: readonly Decision[], wanted: Family): number {
  return Math.max(0, ...decisions.filter(({ family }) => family === wanted).map(({ voids }) => voids));
}

type Sets = Readonly<Record<Family, AddressSet>>;

interface LetSend {
  /** Every address that passes by a term that names it. */
  readonly passing: Sets;
  /** What the records of each service let send that no term before them decides on. */
  readonly ofServices: ReadonlyMap<string, Sets>;
}

function setsOf(listed: readonly Decision[], domain: string): LetSend {
  const byService = new Map<string, Decision[]>();
  for (const each of listed) {
    const { service } = serviceOf(each.steps, domain);
    if (service !== undefined) byService.set(service, [...(byService.get(service) ?? []), each]);
  }
  return {
    passing: unitedByFamily(listed),
    ofServices: new Map([...byService].map(([service, decisions]) => [service, unitedByFamily(decisions)])),
  };
}

function unitedByFamily(decisions: readonly Decision[]): Sets {
  const of = (wanted: Family) =>
    united(decisions.filter(({ family }) => family === wanted).flatMap(({ addresses }) => addresses));
  return { 4: of(4), 6: of(6) };
}

/**
 * The networks that the terms name, as far as they pass. The addresses of a small one are listed one by one even where a
 * larger one has them too, and a larger one stays whole where a small one has some of its addresses.
 */
function namedNetworks(named: readonly Named[], { passing, ofServices }: LetSend, domain: string): SendingNetwork[] {
  const seen: Record<"small" | "large", Record<Family, AddressSet>> = {
    small: { 4: [], 6: [] },
    large: { 4: [], 6: [] },
  };
  return named.flatMap(({ family, ranges, steps }) => {
    const by = { kind: "spf", steps } as const;
    const fresh = blocksOf(intersection(passing[family], ranges), family).flatMap((block) => {
      const size = block.count <= MAX_LISTED_BLOCK ? "small" : "large";
      const rest = difference([block.range], seen[size][family]);
      if (rest.length === 0) return [];
      seen[size][family] = including(seen[size][family], block.range);
      return size === "large" ? [block] : blocksOf(rest, family);
    });
    return (
      fresh
        // An IPv4-mapped IPv6 address is no address that anybody connects from (RFC 7208 section 5).
        .filter(({ first }) => family === 4 || first.includes(":"))
        .map((block) => {
          const own = serviceOf(steps, domain).service ?? serviceWith(block, family, ofServices);
          return { ...block, family, by, ...(own !== undefined && { service: own }) };
        })
    );
  });
}

/** The service whose record has let all of the block send before. */
function serviceWith(block: Block, family: Family, ofServices: LetSend["ofServices"]): string | undefined {
  const within = ([, sets]: readonly [string, Sets]) => difference([block.range], sets[family]).length === 0;
  return [...ofServices].find(within)?.[0];
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
  spf: readonly SendingNetwork[],
  sets: LetSend,
  ofServices: ReadonlyMap<string, string>,
): SendingNetwork[] {
  const small = spf.filter(({ count }) => count <= MAX_LISTED_BLOCK);
  const seen: Record<Family, AddressSet> = {
    4: united(small.filter(({ family }) => family === 4).map(({ range }) => range)),
    6: united(small.filter(({ family }) => family === 6).map(({ range }) => range)),
  };
  return addresses.flatMap(({ exchange, ip }) => {
    const parsed = parseAddress(ip);
    if (!parsed.ok) return [];
    const { family, bytes, text } = parsed.address;
    const fresh = difference([networkOf(bytes, 8 * bytes.length)], seen[family]);
    seen[family] = united([...seen[family], ...fresh]);
    const by = { kind: "mx", exchange } as const;
    return blocksOf(fresh, family).map((block) => {
      const service = ofServices.get(text) ?? serviceWith(block, family, sets.ofServices);
      return { ...block, family, by, ...(service !== undefined && { service }) };
    });
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

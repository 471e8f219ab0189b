/** The name servers of a loopback internet, the zones that they serve and how these are delegated, and the resolver. */
import type { Block } from "./blocks";
import { reverseZones } from "./blocks";
import type { Clock } from "./clock";
import { nameKey } from "./message";
import { type NameServer, startNameServer } from "./name-server";
import { isWithin, sameName } from "./read-reply";
import { type Resolver, startResolver } from "./resolver";
import { ZoneCopy } from "./served-zone";

export interface NetworkOptions {
  /** The second octet of every address: 127.`octet`.x.y. */
  readonly octet: number;
  readonly port: number;
  readonly blocks: readonly Block[];
  /** SOA.MINIMUM, seconds. */
  readonly negativeTtl: number;
  /** Milliseconds. @default 500 */
  readonly resolverTimeoutMs?: number;
  readonly clock: Clock;
  /** Receives everything that was opened, also when the rest fails. */
  readonly opened: { close(): Promise<void> }[];
}

export interface ForwardZoneOptions {
  /**
   * Whose name servers serve it: those of a DNS host, whose names lie in another zone, or two of its own,
   * `ns1.<zone>` and `ns2.<zone>`.
   * @default "dns-host"
   */
  readonly servedBy?: "dns-host" | "own";
}

/** A name server, and the zones that it has copies of. */
export interface Station {
  readonly name: string;
  readonly server: NameServer;
}

export interface PlacedZone {
  readonly origin: string;
  /** Forward: a customer's, which a cloud's API would list. */
  readonly role: "infrastructure" | "reverse" | "forward" | "own";
  readonly copies: readonly { readonly station: Station; readonly copy: ZoneCopy }[];
}

/** The last two octets of the addresses of each kind of name server. */
const PLACES = {
  root: [0, 1],
  resolver: [0, 53],
  "top-level": [1, 1],
  "in-addr": [2, 1],
  ip6: [2, 3],
  "dns-host": [3, 1],
  clouds: [10, 1],
  own: [100, 1],
} as const;

const TOP_LEVEL = ["com", "net", "org", "example", "test"];
const DNS_HOST = "dnshost.example";

export interface Network {
  /** The servers of the root zone. */
  readonly roots: readonly Station[];
  readonly resolver: Resolver;
  /** All servers, in the order in which they were started. */
  readonly stations: readonly Station[];
  readonly zones: readonly PlacedZone[];
  /** The zone that holds a name: the deepest at or above it. */
  zoneAt(name: string): PlacedZone | undefined;
  /** The zone that a customer's or a cloud's records at `owner` belong to; throws where there is none. */
  zoneHolding(owner: string): PlacedZone;
  /** Adds a zone and delegates it from the nearest zone above it; a top-level domain is made where there is none. */
  addForwardZone(origin: string, options?: ForwardZoneOptions): Promise<void>;
}

/** Starts every server, with the zones of the root, of the reverse trees, of a DNS host and of the clouds. */
export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const { octet, port, blocks, negativeTtl, resolverTimeoutMs, clock, opened } = options;
  const zones: PlacedZone[] = [];
  const stations: Station[] = [];

  const addressAt = ([third, fourth]: readonly [number, number], nth = 0) => `127.${octet}.${third}.${fourth + nth}`;

  async function startPair(names: readonly string[], place: readonly [number, number]): Promise<readonly Station[]> {
    const pair: Station[] = [];
    for (const [nth, name] of names.entries()) {
      const server = await startNameServer({ address: addressAt(place, nth), port, zones: [] });
      opened.push(server);
      pair.push({ name, server });
    }
    stations.push(...pair);
    return pair;
  }

  /** The zone that holds a name: the deepest at or above it. */
  function zoneAt(name: string, among: readonly PlacedZone[] = zones): PlacedZone | undefined {
    return among
      .filter(({ origin }) => isWithin(name, origin))
      .sort((a, b) => nameKey(b.origin).length - nameKey(a.origin).length)[0];
  }

  const zoneAbove = (zone: PlacedZone) =>
    zoneAt(
      zone.origin,
      zones.filter((other) => other !== zone),
    );

  /** Places a zone on servers and delegates it from the zone above it. */
  function placeZone(origin: string, servedBy: readonly Station[], role: PlacedZone["role"]): void {
    const above = zoneAt(origin);
    const names = servedBy.map(({ name }) => name);
    const copies = servedBy.map((station) => {
      const copy = new ZoneCopy(
        { origin: origin || ".", ns: names, soa: { minimum: negativeTtl, ttl: negativeTtl } },
        clock,
      );
      opened.push({ close: async () => copy.stop() });
      station.server.zones.push(copy.zone);
      return { station, copy };
    });
    const placed = { origin, role, copies };
    for (const below of zones.filter((zone) => zone !== above && isWithin(zone.origin, origin))) {
      if (above && zoneAbove(below) === above) {
        for (const { copy } of above.copies) copy.zone.delegate(below.origin, []);
        delegate(placed, below);
      }
    }
    zones.push(placed);
    if (above) delegate(above, placed);
  }

  /** With glue for the servers whose names are within the zone above (RFC 9471). */
  function delegate(above: PlacedZone, { origin, copies }: PlacedZone): void {
    const names = copies.map(({ station }) => station.name);
    const known = copies.map(({ station }) => station).filter(({ name }) => isWithin(name, above.origin));
    const glue = Object.fromEntries(known.map(({ name, server }) => [name, [server.address]]));
    for (const { copy } of above.copies) copy.zone.delegate(origin, names, glue);
  }

  /** The addresses of servers, in the zone that holds their names. */
  function publishAddresses(servers: readonly Station[]): void {
    for (const { name, server } of servers) {
      for (const { copy } of zoneAt(name)?.copies ?? []) copy.zone.set(name, "A", [server.address]);
    }
  }

  const roots = await startPair(["a.root-servers.net", "b.root-servers.net"], PLACES.root);
  const topLevel = await startPair(["a.tld-servers.net", "b.tld-servers.net"], PLACES["top-level"]);
  const inAddr = await startPair(["a.in-addr-servers.arpa", "b.in-addr-servers.arpa"], PLACES["in-addr"]);
  const ip6 = await startPair(["a.ip6-servers.arpa", "b.ip6-servers.arpa"], PLACES.ip6);
  const dnsHost = await startPair([`ns1.${DNS_HOST}`, `ns2.${DNS_HOST}`], PLACES["dns-host"]);

  placeZone("", roots, "infrastructure");
  for (const domain of TOP_LEVEL) placeZone(domain, topLevel, "infrastructure");
  placeZone("root-servers.net", roots, "infrastructure");
  placeZone("tld-servers.net", topLevel, "infrastructure");
  placeZone("arpa", roots, "infrastructure");
  placeZone("in-addr.arpa", inAddr, "infrastructure");
  placeZone("in-addr-servers.arpa", inAddr, "infrastructure");
  placeZone("ip6.arpa", ip6, "infrastructure");
  placeZone("ip6-servers.arpa", ip6, "infrastructure");
  placeZone(DNS_HOST, dnsHost, "infrastructure");
  for (const servers of [roots, topLevel, inAddr, ip6, dnsHost]) publishAddresses(servers);
  for (const [index, block] of blocks.entries()) {
    const own = [...reverseZones(block), ...(block.ownZones ?? [])];
    if (own.length === 0) continue;
    const home = `${block.cloud}-dns.example`;
    const [third, fourth] = PLACES.clouds;
    const servers = await startPair([`ns1.${home}`, `ns2.${home}`], [third + index, fourth]);
    placeZone(home, servers, "infrastructure");
    publishAddresses(servers);
    for (const origin of reverseZones(block)) placeZone(origin, servers, "reverse");
    for (const origin of block.ownZones ?? []) {
      placeTopLevel(origin);
      placeZone(origin, servers, "own");
    }
  }
  const resolver: Resolver = await startResolver({
    address: addressAt(PLACES.resolver),
    port,
    roots: roots.map(({ server }) => server.address),
    serverPort: port,
    clock,
    ...(resolverTimeoutMs === undefined ? {} : { timeoutMs: resolverTimeoutMs }),
  });
  opened.push(resolver);

  function placeTopLevel(origin: string): void {
    const domain = nameKey(origin).split(".").at(-1) ?? "";
    if (!zones.some((zone) => sameName(zone.origin, domain))) placeZone(domain, topLevel, "infrastructure");
  }

  let ownServers = 0;
  async function addForwardZone(origin: string, { servedBy = "dns-host" }: ForwardZoneOptions = {}): Promise<void> {
    const apex = origin.replace(/\.$/, "");
    const present = zones.find((zone) => sameName(zone.origin, apex));
    if (present?.role === "forward") return;
    if (present) throw new Error(`${apex} is a zone of this internet itself`);
    placeTopLevel(apex);
    if (servedBy === "dns-host") {
      placeZone(apex, dnsHost, "forward");
      return;
    }
    const [third, fourth] = PLACES.own;
    const servers = await startPair([`ns1.${apex}`, `ns2.${apex}`], [third + ownServers++, fourth]);
    placeZone(apex, servers, "forward");
    publishAddresses(servers);
  }

  function zoneHolding(owner: string): PlacedZone {
    const zone = zoneAt(owner);
    if (!zone || zone.role === "infrastructure") throw new Error(`no zone of this internet holds ${owner}`);
    return zone;
  }

  return { roots, resolver, stations, zones, zoneAt, zoneHolding, addForwardZone };
}

/** Whether a server has this name or address. */
export function isServer({ name, server }: Station, wanted: string): boolean {
  return sameName(name, wanted) || server.address === wanted || server.endpoint === wanted;
}

/**
 * A whole DNS internet on loopback: root, reverse and forward zones on name servers with addresses of their own, and one
 * recursive resolver. No port below 1024, nothing outside of 127.0.0.0/8; several stand side by side.
 */
import { randomInt } from "node:crypto";
import * as ipaddr from "ipaddr.js";
import type { Environment } from "../../providers/internal/simulation/simulated-cloud";
import { blocks as everyBlock } from "../simulations";
import { arpaName, type Block, blockHolds, reverseZone, reverseZones } from "./blocks";
import { type Clock, systemClock } from "./clock";
import { cloudEnvironment } from "./cloud-environment";
import type { InternetFault, Where } from "./internet-fault";
import { nameKey } from "./message";
import { type LoggedQuery, type NameServer, startNameServer } from "./name-server";
import { isWithin, sameName } from "./read-reply";
import { type Resolver, startResolver } from "./resolver";
import { type RecordSet, ZoneCopy, zoneLines } from "./served-zone";

export interface InternetOptions {
  /** Forward zones that are there from the beginning. @default ["example.com"] */
  readonly forwardZones?: readonly string[];
  /** The clouds' addresses. @default those of every simulated cloud */
  readonly blocks?: readonly Block[];
  /** Milliseconds between a change through a cloud's API and the moment at which name servers show it. @default 0 */
  readonly publishDelayMs?: number;
  /** How much later than the first each zone's second server shows a change, milliseconds. @default 0 */
  readonly secondServerDelayMs?: number;
  /** SOA.MINIMUM of reverse and forward zones, seconds: how long a resolver that asked too early is wrong. @default 300 */
  readonly negativeTtl?: number;
  /** How long the resolver waits for one name server, milliseconds. @default 500 */
  readonly resolverTimeoutMs?: number;
  readonly clock?: Clock;
}

export interface ForwardZoneOptions {
  /**
   * Whose name servers serve it: those of a DNS host, whose names lie in another zone, or two of its own,
   * `ns1.<zone>` and `ns2.<zone>`.
   * @default "dns-host"
   */
  readonly servedBy?: "dns-host" | "own";
}

/** A name server of this internet. */
export interface ServerInfo {
  readonly name: string;
  /** `127.x.y.z` */
  readonly address: string;
  /** `ADDRESS:PORT` */
  readonly endpoint: string;
  readonly zones: readonly string[];
}

/** What every name server shows: zone -> server -> one line a record, in one order, without the SOA. */
export type Snapshot = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export interface Internet {
  /** The root's name servers, `ADDRESS:PORT`: where a walk begins. */
  readonly roots: readonly string[];
  /** The recursive resolver, `ADDRESS:PORT`. */
  readonly resolver: string;
  /** The port of every server in this internet. */
  readonly port: number;
  /** The part that a simulated cloud sees and changes. @param cloud its Pulumi package */
  world(cloud: string): Environment;
  servers(): readonly ServerInfo[];
  /** Adds a zone and delegates it from the nearest zone above it; a top-level domain is made where there is none. */
  addForwardZone(origin: string, options?: ForwardZoneOptions): Promise<void>;
  /** Sets or (null) removes the PTR of any address in this internet. */
  setPtr(address: string, hostname: string | null): void;
  ptr(address: string): string | null;
  /** Sets a record set in the zone that holds `owner`; no values remove it. */
  setRecords(owner: string, type: string, values: readonly string[], ttl?: number): void;
  records(owner: string, type: string): readonly string[];
  /** Switches a fault on. @returns what {@link endFault} takes */
  fault(fault: InternetFault): number;
  /** Switches a fault off; a server that lagged because of it catches up. */
  endFault(id: number): void;
  endFaults(): void;
  /** Servers show now what they would show later. @param where @default all */
  catchUp(where?: Where): void;
  /** Resolves when every change is shown that is not held back without an end. */
  settled(): Promise<void>;
  snapshot(): Snapshot;
  /** What happened in which order. */
  journal(): readonly string[];
  note(event: string): void;
  /** What a server was asked lately. @param server its name or address */
  queries(server: string): readonly LoggedQuery[];
  /** The resolver forgets everything, or one name. */
  flushResolver(name?: string): void;
  stop(): Promise<void>;
}

/** A name server, and the zones that it has copies of. */
interface Station {
  readonly name: string;
  readonly server: NameServer;
}

interface PlacedZone {
  readonly origin: string;
  /** Forward: a customer's, which a cloud's API would list. */
  readonly role: "infrastructure" | "reverse" | "forward" | "own";
  readonly copies: readonly { readonly station: Station; readonly copy: ZoneCopy }[];
}

/** Where the kinds of name servers stand: the last two octets of their addresses. */
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

/**
 * Starts an internet. Rejects when the machine has no loopback addresses other than 127.0.0.1.
 *
 * @example
 * const internet = await startInternet({ forwardZones: ["example.com"] });
 * const world = internet.world("hcloud");
 * const address = world.allocate(4);
 * world.setRecords("mail.example.com", "A", [address]);
 * world.setPtr(address, "mail.example.com");
 * console.log(`dig -x ${address} @${internet.resolver.replace(":", " -p ")}`);
 */
export async function startInternet(options: InternetOptions = {}): Promise<Internet> {
  for (let attempt = 1; ; attempt++) {
    const opened: { close(): Promise<void> }[] = [];
    try {
      // Below the ports that systems give to outgoing connections.
      return await openInternet(options, randomInt(1, 255), randomInt(10_000, 30_000), opened);
    } catch (error) {
      await Promise.all(opened.map((part) => part.close()));
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EADDRNOTAVAIL") {
        throw new Error(
          "The loopback internet needs the addresses 127.0.0.0/8, of which this system has only some: run it on Linux, " +
            "or give the loopback interface addresses such as 127.1.0.1 first.",
        );
      }
      if (code !== "EADDRINUSE" || attempt >= 20) throw error;
    }
  }
}

async function openInternet(
  options: InternetOptions,
  octet: number,
  port: number,
  opened: { close(): Promise<void> }[],
): Promise<Internet> {
  const { clock = systemClock, blocks = everyBlock, publishDelayMs = 0, secondServerDelayMs = 0 } = options;
  const zones: PlacedZone[] = [];
  const stations: Station[] = [];
  const journal: string[] = [];
  let resourceIds = 0;
  let faultIds = 0;

  const note = (event: string): void => {
    journal.push(event);
  };

  // --- Servers and zones -----------------------------------------------------------------------------------------

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
    const minimum = options.negativeTtl ?? 300;
    const copies = servedBy.map((station) => {
      const copy = new ZoneCopy({ origin: origin || ".", ns: names, soa: { minimum, ttl: minimum } }, clock);
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

  /** A server's address is told with the delegation where the zone above may know it (RFC 9471). */
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
    ...(options.resolverTimeoutMs === undefined ? {} : { timeoutMs: options.resolverTimeoutMs }),
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
  for (const origin of options.forwardZones ?? ["example.com"]) await addForwardZone(origin);

  // --- Records: what was set, and what is shown ------------------------------------------------------------------

  const wanted = new Map<string, RecordSet>();
  let shown = new Map<string, RecordSet>();
  const faults = new Map<number, { readonly fault: InternetFault; readonly end: () => void }>();
  const keyOf = (owner: string, type: string) => `${nameKey(owner)} ${type.toUpperCase()}`;

  /** What name servers are to show: what was set, except where a fault pins something else. */
  function effective(): Map<string, RecordSet> {
    const sets = new Map(wanted);
    const put = (set: RecordSet) => {
      const key = keyOf(set.owner, set.type);
      if (set.values.length > 0) sets.set(key, set);
      else sets.delete(key);
    };
    for (const { fault } of faults.values()) {
      if (fault.kind === "pin-records") put(fault);
      if (fault.kind !== "pin-ptr") continue;
      for (const address of fault.address === undefined ? addressesWithPtr() : [fault.address]) {
        const { family } = fault;
        if (family !== undefined && familyOf(address) !== family) continue;
        const value = fault.value === null ? null : filledIn(fault.value, address);
        put({ owner: arpaName(address), type: "PTR", values: value === null ? [] : [value] });
        if (value === null || !fault.confirmed) continue;
        put({ owner: value, type: familyOf(address) === 4 ? "A" : "AAAA", values: [address] });
      }
    }
    return sets;
  }

  /** Sends what differs from what was shown so far on its way to the name servers. */
  function publish(): void {
    const next = effective();
    for (const { owner } of next.values()) zoneHolding(owner);
    for (const [key, set] of next) if (!sameSet(set, shown.get(key))) send(set);
    for (const [key, set] of shown) if (!next.has(key)) send({ ...set, values: [] });
    shown = next;
  }

  function send(set: RecordSet): void {
    for (const [nth, { station, copy }] of zoneHolding(set.owner).copies.entries()) {
      copy.change(set, publishDelayMs + (nth > 0 ? secondServerDelayMs : 0) + lagOf(station, set.owner));
    }
  }

  function zoneHolding(owner: string): PlacedZone {
    const zone = zoneAt(owner);
    if (!zone || zone.role === "infrastructure") throw new Error(`no zone of this internet holds ${owner}`);
    return zone;
  }

  function setRecords(owner: string, type: string, values: readonly string[], ttl?: number): void {
    zoneHolding(owner);
    const set: RecordSet = { owner, type: type.toUpperCase(), values, ...(ttl === undefined ? {} : { ttl }) };
    const key = keyOf(owner, type);
    if (values.length === 0 && !wanted.delete(key)) return;
    if (values.length > 0) wanted.set(key, set);
    publish();
  }

  function setNotedRecords(owner: string, type: string, values: readonly string[], ttl?: number): void {
    setRecords(owner, type, values, ttl);
    note(values.length > 0 ? `records set ${owner} ${type} ${values.join(" ")}` : `records removed ${owner} ${type}`);
  }

  const recordsOf = (owner: string, type: string) => wanted.get(keyOf(owner, type))?.values ?? [];

  const addresses = new Map<string, string>();
  const addressesWithPtr = () =>
    [...addresses].flatMap(([arpa, address]) => (wanted.has(`${arpa} PTR`) ? [address] : []));

  function setPtr(address: string, hostname: string | null): void {
    const text = ipaddr.process(address).toString();
    const arpa = arpaName(text);
    addresses.set(arpa, text);
    const before = recordsOf(arpa, "PTR")[0] ?? null;
    setRecords(arpa, "PTR", hostname === null ? [] : [hostname]);
    if (hostname !== null) note(`ptr set ${text} ${hostname}`);
    else if (before !== null) note(`ptr removed ${text}`);
  }

  const ptr = (address: string) => recordsOf(arpaName(ipaddr.process(address).toString()), "PTR")[0] ?? null;

  // --- Faults ----------------------------------------------------------------------------------------------------

  /** The copies of zones that fit: those of one zone, or everything that a server has. */
  function copiesAt(where: Where): readonly (PlacedZone["copies"][number] & { readonly zone: PlacedZone })[] {
    const named = where.zone === undefined ? undefined : zoneAt(where.zone);
    const block = where.reverseOf === undefined ? undefined : blocks.find(({ cloud }) => cloud === where.reverseOf);
    if (where.reverseOf !== undefined && !block) throw new Error(`no cloud is called ${where.reverseOf}`);
    const prefixes = block && [...(where.family === 6 ? [] : block.v4), ...(where.family === 4 ? [] : block.v6)];
    const reverse = prefixes?.map(reverseZone);
    const found = zones
      .filter((zone) => (named === undefined || zone === named) && (!reverse || reverse.includes(zone.origin)))
      .flatMap((zone) => zone.copies.map((copy, index) => ({ ...copy, zone, nth: index + 1 })))
      .filter(({ nth }) => where.nth === undefined || nth === where.nth)
      .filter(({ station }) => where.server === undefined || isServer(station, where.server));
    if (found.length === 0) throw new Error(`no name server fits ${JSON.stringify(where)}`);
    return found;
  }

  function lagOf(station: Station, owner: string): number {
    const zone = zoneHolding(owner);
    let lag = 0;
    for (const { fault } of faults.values()) {
      if (fault.kind !== "lag") continue;
      const fits = copiesAt(fault.where).some((copy) => copy.zone === zone && copy.station === station);
      if (fits) lag = Math.max(lag, fault.ms ?? Number.POSITIVE_INFINITY);
    }
    return lag;
  }

  function switchOn(fault: InternetFault): () => void {
    switch (fault.kind) {
      case "lag": {
        const copies = copiesAt(fault.where);
        return () => {
          for (const { copy } of copies) copy.catchUp();
        };
      }
      case "silence": {
        const silenced = new Set(copiesAt(fault.where).map(({ station }) => station));
        return all([...silenced].map(({ server }) => server.fault("timeout")));
      }
      case "servfail":
      case "misbehave": {
        const rule = fault.kind === "servfail" ? { fault: "servfail" as const } : fault.rule;
        const { zone, reverseOf } = fault.where;
        const narrowed = zone !== undefined || reverseOf !== undefined;
        if (!narrowed) {
          const servers = new Set(copiesAt(fault.where).map(({ station }) => station.server));
          return all([...servers].map((server) => server.fault({ ...rule })));
        }
        return all(
          copiesAt(fault.where).map((copy) => copy.station.server.fault({ under: copy.zone.origin, ...rule })),
        );
      }
      default:
        return () => {};
    }
  }

  function endFault(id: number): void {
    const present = faults.get(id);
    faults.delete(id);
    present?.end();
    if (present) publish();
  }

  // --- The whole -------------------------------------------------------------------------------------------------

  const endpointOf = ({ server }: Station) => `${server.address}:${port}`;
  const worlds = new Map<string, Environment>();

  const internet: Internet = {
    roots: roots.map(endpointOf),
    resolver: resolver.endpoint,
    port,
    world(cloud) {
      const known = worlds.get(cloud);
      if (known) return known;
      // A DNS host has zones, but no addresses.
      const block = blocks.find((candidate) => candidate.cloud === cloud) ?? { cloud, v4: [], v6: [] };
      const world = cloudEnvironment({
        block,
        setPtr: (address, hostname) => {
          if (!blockHolds(block, address)) throw new Error(`${address} is not an address of ${cloud}`);
          setPtr(address, hostname);
        },
        ptr,
        setRecords: setNotedRecords,
        records: recordsOf,
        zones: () => zones.filter(({ role }) => role === "forward").map(({ origin }) => origin),
        published: (name) => zoneAt(name)?.copies[0]?.copy.zone,
        addressesWithPtr,
        nextId: () => ++resourceIds,
        note,
      });
      worlds.set(cloud, world);
      return world;
    },
    servers: () =>
      stations.map((station) => ({
        name: station.name,
        address: station.server.address,
        endpoint: endpointOf(station),
        zones: station.server.zones.map(({ origin }) => origin || "."),
      })),
    addForwardZone,
    setPtr,
    ptr,
    setRecords: setNotedRecords,
    records: recordsOf,
    fault(fault) {
      const id = ++faultIds;
      const end = switchOn(fault);
      faults.set(id, { fault, end });
      try {
        publish();
      } catch (error) {
        faults.delete(id);
        end();
        throw error;
      }
      return id;
    },
    endFault,
    endFaults() {
      for (const id of [...faults.keys()]) endFault(id);
    },
    catchUp(where = {}) {
      for (const { copy } of copiesAt(where)) copy.catchUp();
    },
    async settled() {
      await Promise.all(zones.flatMap(({ copies }) => copies.map(({ copy }) => copy.settled())));
    },
    snapshot: () =>
      Object.fromEntries(
        zones.map(({ origin, copies }) => [
          origin || ".",
          Object.fromEntries(copies.map(({ station, copy }) => [station.name, zoneLines(copy.zone)])),
        ]),
      ),
    journal: () => [...journal],
    note,
    queries(server) {
      const station = stations.find((candidate) => isServer(candidate, server));
      if (!station) throw new Error(`no name server is called ${server}`);
      return [...station.server.queries];
    },
    flushResolver: (name) => resolver.flush(name),
    async stop() {
      await Promise.all(opened.splice(0).map((part) => part.close()));
    },
  };
  return internet;
}

function isServer({ name, server }: Station, wanted: string): boolean {
  return sameName(name, wanted) || server.address === wanted || server.endpoint === wanted;
}

function all(actions: readonly (() => void)[]): () => void {
  return () => {
    for (const action of actions) action();
  };
}

function sameSet(left: RecordSet, right: RecordSet | undefined): boolean {
  return right !== undefined && left.ttl === right.ttl && left.values.join("\n") === right.values.join("\n");
}

function familyOf(address: string): 4 | 6 {
  return address.includes(":") ? 6 : 4;
}

/** `{address}`, `{dashed}` and `{reversed}` in the name that a fault shows. */
function filledIn(template: string, address: string): string {
  const parts = arpaName(address).split(".").slice(0, -2);
  return template
    .replaceAll("{address}", address)
    .replaceAll("{dashed}", address.replaceAll(/[.:]+/g, "-"))
    .replaceAll("{reversed}", parts.join("."));
}

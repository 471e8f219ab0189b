/**
 * A whole DNS internet on loopback: root, reverse and forward zones on name servers with addresses of their own, and one
 * recursive resolver. No port below 1024, nothing outside of 127.0.0.0/8; several can run at the same time.
 */
import { randomInt } from "node:crypto";
import type { Environment } from "../../providers/internal/simulation/simulated-cloud";
import { blocks as everyBlock } from "../simulations";
import { activeFaults } from "./active-faults";
import { type Block, blockHolds } from "./blocks";
import { type Clock, systemClock } from "./clock";
import { cloudEnvironment } from "./cloud-environment";
import type { InternetFault, Where } from "./internet-fault";
import type { LoggedQuery } from "./name-server";
import { type ForwardZoneOptions, isServer, openNetwork, type Station } from "./network";
import { publishedRecords } from "./published-records";
import { zoneLines } from "./served-zone";

export type { ForwardZoneOptions } from "./network";

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

/** A name server of this internet. */
export interface ServerInfo {
  readonly name: string;
  /** `127.x.y.z` */
  readonly address: string;
  /** `ADDRESS:PORT` */
  readonly endpoint: string;
  readonly zones: readonly string[];
}

/** What every name server shows: zone -> server -> one line per record, in one order, without the SOA. */
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
  /** Resolves when every change is shown, except those that are delayed until {@link catchUp}. */
  settled(): Promise<void>;
  snapshot(): Snapshot;
  /** What happened in which order. */
  journal(): readonly string[];
  note(event: string): void;
  /** The latest queries at a server. @param server its name or address */
  queries(server: string): readonly LoggedQuery[];
  /** The resolver forgets everything, or one name. */
  flushResolver(name?: string): void;
  stop(): Promise<void>;
}

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
  const { clock = systemClock, blocks = everyBlock, negativeTtl = 300, resolverTimeoutMs } = options;
  const { publishDelayMs = 0, secondServerDelayMs = 0, forwardZones = ["example.com"] } = options;
  const network = await openNetwork({
    octet,
    port,
    blocks,
    negativeTtl,
    clock,
    opened,
    ...(resolverTimeoutMs === undefined ? {} : { resolverTimeoutMs }),
  });
  for (const origin of forwardZones) await network.addForwardZone(origin);

  const journal: string[] = [];
  const note = (event: string): void => {
    journal.push(event);
  };
  const faults = activeFaults(network, blocks);
  const records = publishedRecords({ network, faults, publishDelayMs, secondServerDelayMs, note });
  const endFault = (id: number): void => {
    if (faults.end(id)) records.publish();
  };
  let resourceIds = 0;

  const endpointOf = ({ server }: Station) => `${server.address}:${port}`;
  const worlds = new Map<string, Environment>();

  const internet: Internet = {
    roots: network.roots.map(endpointOf),
    resolver: network.resolver.endpoint,
    port,
    world(cloud) {
      const known = worlds.get(cloud);
      if (known) return known;
      // A DNS host has zones, but no addresses.
      const block = blocks.find((candidate) => candidate.cloud === cloud) ?? { cloud, v4: [], v6: [] };
      const world = cloudEnvironment({
        block,
        ...records,
        setPtr: (address, hostname) => {
          if (!blockHolds(block, address)) throw new Error(`${address} is not an address of ${cloud}`);
          records.setPtr(address, hostname);
        },
        zones: () => network.zones.filter(({ role }) => role === "forward").map(({ origin }) => origin),
        published: (name) => network.zoneAt(name)?.copies[0]?.copy.zone,
        nextId: () => ++resourceIds,
        note,
      });
      worlds.set(cloud, world);
      return world;
    },
    servers: () =>
      network.stations.map((station) => ({
        name: station.name,
        address: station.server.address,
        endpoint: endpointOf(station),
        zones: station.server.zones.map(({ origin }) => origin || "."),
      })),
    addForwardZone: network.addForwardZone,
    setPtr: records.setPtr,
    ptr: records.ptr,
    setRecords: records.setRecords,
    records: records.records,
    fault(fault) {
      const id = faults.begin(fault);
      try {
        records.publish();
      } catch (error) {
        faults.end(id);
        throw error;
      }
      return id;
    },
    endFault,
    endFaults() {
      for (const id of faults.ids()) endFault(id);
    },
    catchUp: (where = {}) => faults.catchUp(where),
    async settled() {
      await Promise.all(network.zones.flatMap(({ copies }) => copies.map(({ copy }) => copy.settled())));
    },
    snapshot: () =>
      Object.fromEntries(
        network.zones.map(({ origin, copies }) => [
          origin || ".",
          Object.fromEntries(copies.map(({ station, copy }) => [station.name, zoneLines(copy.zone)])),
        ]),
      ),
    journal: () => [...journal],
    note,
    queries(server) {
      const station = network.stations.find((candidate) => isServer(candidate, server));
      if (!station) throw new Error(`no name server is called ${server}`);
      return [...station.server.queries];
    },
    flushResolver: (name) => network.resolver.flush(name),
    async stop() {
      await Promise.all(opened.splice(0).map((part) => part.close()));
    },
  };
  return internet;
}

/**
 * A small DNS for one test: a root, two servers for the reverse zones, two for example.com, one for the names
 * of servers, and a resolver, each at a random address of 127.0.0.0/8 and all on one port.
 */
import { randomInt } from "node:crypto";
import { Verifier, type VerifierOptions } from "../../../fcrdns/index";
import type { Clock } from "../../../fcrdns/options";
import { type NameServer, startNameServer, Zone } from "../../../sandbox/internet/name-server";

export const REVERSE = "2.0.192.in-addr.arpa";
export const REVERSE6 = "8.b.d.0.1.0.0.2.ip6.arpa";
export const IP = "192.0.2.10";
export const PTR = "10.2.0.192.in-addr.arpa";
export const IP6 = "2001:db8::10";
export const PTR6 = `0.1.${"0.".repeat(22)}${REVERSE6}`;
export const MAIL = "mail.example.com";

export interface World {
  readonly port: number;
  /** First three octets of every address. */
  readonly net: string;
  readonly root: NameServer;
  /** ns1.example.com, in the zone, with glue. */
  readonly ns1: NameServer;
  /** ns2.example.net, of another zone, without glue. */
  readonly ns2: NameServer;
  /** r1.provider.test and r2.provider.test: the reverse zones. */
  readonly r1: NameServer;
  readonly r2: NameServer;
  /** Serves example.net and provider.test. */
  readonly infra: NameServer;
  /** Knows every zone as it is, without cache. */
  readonly resolver: NameServer;
  readonly zones: {
    readonly root: Zone;
    readonly com: Zone;
    readonly net: Zone;
    readonly provider: Zone;
    readonly reverse: Zone;
    readonly reverse6: Zone;
  };
  /** One more server on the port of the others. */
  start(host: number, zones: readonly Zone[], recursion?: boolean): Promise<NameServer>;
  address(host: number): string;
  /** Options that point at this world, with a resolver only where asked for. */
  options(more?: VerifierOptions): VerifierOptions;
  /** A verifier that is closed with the world. */
  verifier(more?: VerifierOptions): Verifier;
  servers(): NameServer[];
  /** Every server answers as it should again, and its queries are forgotten. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts the world with a good round trip of 192.0.2.10 and 2001:db8::10 in it. */
export async function startWorld(): Promise<World> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await tryWorld();
    } catch (error) {
      // The port is in use at one of the addresses.
      if (attempt === 10) throw error;
    }
  }
}

async function tryWorld(): Promise<World> {
  const net = `127.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  const address = (host: number) => `${net}.${host}`;
  const root = new Zone({ origin: ".", ns: ["a.root-servers.test"] });
  root.delegate("example.com", ["ns1.example.com", "ns2.example.net"], { "ns1.example.com": [address(2)] });
  root.delegate("example.net", ["ns.example.net"], { "ns.example.net": [address(6)] });
  root.delegate("provider.test", ["ns.provider.test"], { "ns.provider.test": [address(6)] });
  for (const zone of [REVERSE, REVERSE6]) root.delegate(zone, ["r1.provider.test", "r2.provider.test"]);

  const com = new Zone({ origin: "example.com", ns: ["ns1.example.com", "ns2.example.net"], soa: { minimum: 60 } });
  com.set("ns1.example.com", "A", [address(2)]);
  com.set(MAIL, "A", [IP]);
  com.set(MAIL, "AAAA", [IP6]);
  const example = new Zone({ origin: "example.net", ns: ["ns.example.net"] });
  example.set("ns.example.net", "A", [address(6)]);
  example.set("ns2.example.net", "A", [address(3)]);
  const provider = new Zone({ origin: "provider.test", ns: ["ns.provider.test"] });
  provider.set("ns.provider.test", "A", [address(6)]);
  provider.set("r1.provider.test", "A", [address(4)]);
  provider.set("r2.provider.test", "A", [address(5)]);
  const reverseServers = ["r1.provider.test", "r2.provider.test"];
  const reverse = new Zone({ origin: REVERSE, ns: reverseServers, soa: { minimum: 900 } });
  reverse.set(PTR, "PTR", [MAIL]);
  const reverse6 = new Zone({ origin: REVERSE6, ns: reverseServers });
  reverse6.set(PTR6, "PTR", [MAIL]);

  const started: NameServer[] = [];
  const verifiers: Verifier[] = [];
  const close = async (): Promise<void> => {
    for (const verifier of verifiers) verifier.close();
    await Promise.all(started.map((server) => server.close()));
  };
  const start = async (host: number, zones: readonly Zone[], recursion = false): Promise<NameServer> => {
    const server = await startNameServer({ address: address(host), port: started[0]?.port ?? 0, zones, recursion });
    started.push(server);
    return server;
  };
  try {
    const rootServer = await start(1, [root]);
    const ns1 = await start(2, [com]);
    const ns2 = await start(3, [com]);
    const r1 = await start(4, [reverse, reverse6]);
    const r2 = await start(5, [reverse, reverse6]);
    const infra = await start(6, [example, provider]);
    const resolver = await start(9, [root, com, example, provider, reverse, reverse6], true);
    const options = (more: VerifierOptions = {}): VerifierOptions => ({
      roots: [rootServer.endpoint],
      port: rootServer.port,
      timeoutSeconds: 0.25,
      ...more,
    });
    return {
      port: rootServer.port,
      net,
      root: rootServer,
      ns1,
      ns2,
      r1,
      r2,
      infra,
      resolver,
      zones: { root, com, net: example, provider, reverse, reverse6 },
      start,
      address,
      options,
      verifier(more) {
        const verifier = new Verifier(options(more));
        verifiers.push(verifier);
        return verifier;
      },
      servers: () => [...started],
      reset() {
        for (const server of started) {
          server.clearFaults();
          server.queries.length = 0;
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The body of a test that gets its own world, which is closed after it. */
export function inWorld(run: (world: World) => unknown): () => Promise<void> {
  return async () => {
    const world = await startWorld();
    try {
      await run(world);
    } finally {
      await world.close();
    }
  };
}

/** A clock on which sleeping takes no real time; queries take the time that they need. */
export class TestClock implements Clock {
  #virtual = 0;
  readonly #events: { at: number; run: () => void }[] = [];
  /** Every pause asked for, milliseconds. */
  readonly pauses: number[] = [];
  readonly epoch = Date.UTC(2030, 0, 1, 12, 0, 0);

  now(): number {
    return performance.now() + this.#virtual;
  }

  utc(): number {
    return this.epoch + this.#virtual;
  }

  /** Runs an action once so much time has been slept. */
  at(seconds: number, run: () => void): void {
    this.#events.push({ at: seconds * 1000, run });
  }

  async sleep(ms: number): Promise<void> {
    this.pauses.push(ms);
    this.#virtual += ms;
    for (const event of this.#events.splice(0)) {
      if (event.at <= this.#virtual) event.run();
      else this.#events.push(event);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

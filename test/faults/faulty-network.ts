/**
 * A bad network in front of name servers: the same addresses on another port. Datagrams are lost, doubled, late (so that
 * they overtake each other) and cut short in both directions; TCP connections are cut.
 */
import { createSocket, type Socket } from "node:dgram";
import { type Socket as Connection, connect, createServer, type Server } from "node:net";
import { type Seeded, seeded } from "./seeded";

/** Shares are of 1 and count for each datagram, or connection, by itself. */
export interface Weather {
  /** Datagrams that do not arrive, in each direction. @default 0 */
  readonly loss?: number;
  /** Datagrams that arrive twice. @default 0 */
  readonly duplicates?: number;
  /** Most milliseconds that one is under way; each has a delay of its own. @default 0 */
  readonly delayMs?: number;
  /** Answers that come without records, with TC set. @default 0 */
  readonly truncated?: number;
  /** Answers of which only the first octets arrive. @default 0 */
  readonly cutShort?: number;
  /** TCP connections that are reset before or in the middle of the answer. @default 0 */
  readonly cutConnections?: number;
}

export interface FaultyNetwork {
  readonly seed: number;
  /** Of every server in front of which it stands. */
  readonly port: number;
  /** How often each fault struck. */
  readonly counts: Readonly<Record<keyof Weather, number>> & { readonly datagrams: number };
  weather: Weather;
  close(): Promise<void>;
}

/**
 * @param addresses of the name servers
 * @param serverPort where they listen
 * @param wantedPort where they are found instead @default a free one
 */
export async function faultyNetwork(
  addresses: readonly string[],
  serverPort: number,
  weather: Weather,
  random: Seeded = seeded(),
  wantedPort?: number,
): Promise<FaultyNetwork> {
  for (let attempt = 1; ; attempt++) {
    const port = wantedPort ?? 30_001 + ((random.seed + attempt * 97 + process.pid) % 2_700);
    const opened: { close(): void }[] = [];
    const network = {
      seed: random.seed,
      port,
      counts: { datagrams: 0, loss: 0, duplicates: 0, delayMs: 0, truncated: 0, cutShort: 0, cutConnections: 0 },
      weather,
      close: async () => {
        for (const part of opened.splice(0)) part.close();
      },
    };
    try {
      for (const address of addresses) {
        opened.push(await inFrontOfUdp(network, address, serverPort, random));
        opened.push(await inFrontOfTcp(network, address, serverPort, random));
      }
      return network;
    } catch (error) {
      await network.close();
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || attempt >= 20 || wantedPort !== undefined)
        throw error;
    }
  }
}

type Open = Pick<FaultyNetwork, "port" | "weather"> & {
  readonly counts: Record<keyof FaultyNetwork["counts"], number>;
};

/** How long an answer is waited for, milliseconds. */
const ANSWER_MS = 5_000;

async function inFrontOfUdp(
  network: Open,
  address: string,
  serverPort: number,
  random: Seeded,
): Promise<{ close(): void }> {
  const front = createSocket("udp4");
  const behind = new Set<Socket>();
  const pass = (datagram: Buffer, isAnswer: boolean, deliver: (datagram: Buffer) => void): void => {
    const { loss = 0, duplicates = 0, delayMs = 0, truncated = 0, cutShort = 0 } = network.weather;
    network.counts.datagrams += 1;
    if (random.chance(loss)) {
      network.counts.loss += 1;
      return;
    }
    let shown = datagram;
    if (isAnswer && random.chance(truncated)) {
      network.counts.truncated += 1;
      shown = withoutRecords(datagram);
    } else if (isAnswer && random.chance(cutShort)) {
      network.counts.cutShort += 1;
      shown = datagram.subarray(0, Math.floor(random.next() * datagram.length));
    }
    const twice = random.chance(duplicates);
    if (twice) network.counts.duplicates += 1;
    if (delayMs > 0) network.counts.delayMs += 1;
    for (let copy = 0; copy < (twice ? 2 : 1); copy++) {
      setTimeout(() => deliver(shown), random.next() * delayMs);
    }
  };
  front.on("message", (query, from) => {
    const back = createSocket("udp4");
    behind.add(back);
    const end = setTimeout(() => {
      if (behind.delete(back)) back.close();
    }, ANSWER_MS);
    end.unref();
    back.on("error", () => {});
    back.on("message", (answer) =>
      pass(answer, true, (datagram) => {
        if (front.listenerCount("message") > 0) front.send(datagram, from.port, from.address, () => {});
      }),
    );
    pass(query, false, (datagram) => {
      if (behind.has(back)) back.send(datagram, serverPort, address, () => {});
    });
  });
  await new Promise<void>((resolve, reject) => {
    front.once("error", reject);
    front.bind(network.port, address, () => {
      front.off("error", reject);
      resolve();
    });
  });
  return {
    close: () => {
      front.removeAllListeners("message");
      front.close();
      for (const socket of behind) socket.close();
      behind.clear();
    },
  };
}

/** Header with TC and no records, and the question. */
function withoutRecords(answer: Buffer): Buffer {
  let end = 12;
  while (end < answer.length && (answer[end] ?? 0) > 0) end += 1 + (answer[end] ?? 0);
  const cut = Buffer.from(answer.subarray(0, end + 5));
  cut[2] = (cut[2] ?? 0) | 0x02;
  cut.fill(0, 6, 12);
  return cut;
}

async function inFrontOfTcp(
  network: Open,
  address: string,
  serverPort: number,
  random: Seeded,
): Promise<{ close(): void }> {
  const open = new Set<Connection>();
  const kept = (connection: Connection): Connection => {
    open.add(connection);
    connection.on("close", () => open.delete(connection));
    connection.on("error", () => {});
    return connection;
  };
  const server: Server = createServer((client) => {
    kept(client);
    const { cutConnections = 0, delayMs = 0 } = network.weather;
    const cut = random.chance(cutConnections);
    if (cut) network.counts.cutConnections += 1;
    if (cut && random.chance(0.5)) {
      client.resetAndDestroy();
      return;
    }
    const back = kept(connect(serverPort, address));
    client.pipe(back);
    back.on("data", (octets) => {
      setTimeout(() => {
        client.write(cut ? octets.subarray(0, Math.floor(octets.length / 2)) : octets);
        if (cut) client.resetAndDestroy();
      }, random.next() * delayMs);
    });
    back.on("close", () => setTimeout(() => client.end(), delayMs));
    client.on("close", () => back.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(network.port, address, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    close: () => {
      server.close();
      for (const connection of open) connection.destroy();
    },
  };
}

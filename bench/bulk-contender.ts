/**
 * One contender of the bulk benchmark, run as a process of its own so that its memory and CPU time are its own.
 * Arguments: KIND ADDRESS PORT FILE CONCURRENCY, where FILE has lines of IP=HOSTNAME. Prints one line of JSON.
 */
import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { writeQuery } from "../fcrdns/ask/wire";
import { reverseName, verifyAll } from "../fcrdns/index";

const [kind = "", address = "", port = "", file = "", concurrencyText = "50"] = process.argv.slice(2);
const concurrency = Number(concurrencyText);
const endpoint = `${address}:${port}`;

async function* items(): AsyncGenerator<{ ip: string; expected: string }> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [ip = "", expected = ""] = line.split("=");
    yield { ip, expected };
  }
}

interface Count {
  good: number;
  lost: number;
}

const contenders: Readonly<Record<string, () => Promise<Count>>> = {
  fcrdns: async () => {
    const count = { good: 0, lost: 0 };
    const settings = { stubs: { ".": endpoint }, mode: "authoritative" as const, concurrency };
    for await (const { status } of verifyAll(items(), settings)) {
      if (status === "pass") count.good++;
      else count.lost++;
    }
    return count;
  },
  "node:dns": async () => {
    const resolver = new Resolver();
    resolver.setServers([endpoint]);
    return inParallel(async ({ ip }) => {
      const [name = ""] = await resolver.resolvePtr(reverseName(ip));
      return (await resolver.resolve4(name)).includes(ip);
    });
  },
  // What the runtime's sockets and the server can do at all: the same questions, and nothing done with the answers.
  "bare sockets, 2 questions": () => bare(["PTR", "A"]),
  "bare sockets, 3 questions": () => bare(["PTR", "A", "AAAA"]),
};

async function inParallel(confirm: (item: { ip: string; expected: string }) => Promise<boolean>): Promise<Count> {
  const count = { good: 0, lost: 0 };
  const source = items();
  const work = async (): Promise<void> => {
    for (;;) {
      const next = await source.next();
      if (next.done) return;
      const good = await confirm(next.value).catch(() => false);
      if (good) count.good++;
      else count.lost++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return count;
}

async function bare(types: readonly ("PTR" | "A" | "AAAA")[]): Promise<Count> {
  const socket = createSocket({ type: "udp4", recvBufferSize: 1 << 20 });
  await new Promise<void>((connected) => socket.connect(Number(port), address, connected));
  const waiting = new Map<number, () => void>();
  socket.on("message", (message) => waiting.get(message.readUInt16BE(0))?.());
  let id = 0;
  const ask = (name: string, type: "PTR" | "A" | "AAAA"): Promise<void> =>
    new Promise((answered) => {
      const own = id++ & 0xffff;
      waiting.set(own, () => {
        waiting.delete(own);
        answered();
      });
      socket.send(writeQuery({ name, type }, { id: own, rd: false, edns: true }) as Uint8Array);
    });
  const count = await inParallel(async ({ ip, expected }) => {
    await Promise.all(types.map((type) => ask(type === "PTR" ? reverseName(ip) : expected, type)));
    return true;
  });
  socket.close();
  return count;
}

async function main(): Promise<void> {
  const contender = contenders[kind];
  if (!contender) throw new Error(`no contender is named ${kind}`);
  const start = performance.now();
  const before = process.cpuUsage();
  const count = await contender();
  const { user, system } = process.cpuUsage(before);
  const result = {
    ...count,
    seconds: (performance.now() - start) / 1000,
    cpuSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
  console.log(JSON.stringify(result));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

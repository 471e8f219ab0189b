/**
 * How soon a verdict follows the moment in which the last of two servers publishes the PTR, beside what people put into a
 * script: a loop that asks every 2 s, or every 10 s. All three watch the same publication.
 */
import { Resolver } from "node:dns/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Verifier } from "../fcrdns/index";
import { type NameServer, startNameServer, Zone } from "../sandbox/internet/name-server";
import { randomLoopback } from "../test/servers/real-server";
import { printMachine, printTable } from "./machine";

const RTT = 40;
const REVERSE = "2.0.192.in-addr.arpa";
const OWNER = `1.${REVERSE}`;
const HOST = "mx1.example.test";
const LOOPS = [2, 10];

/** Seconds after which the last server publishes; none a multiple of a loop's interval, which would flatter or hurt it. */
const MOMENTS = [0.7, 2.9, 6.3, 13.7];

async function main(): Promise<void> {
  printMachine(
    "From publication to the verdict",
    [],
    `Servers in this process, ${RTT} ms a round trip; real time; the last of two servers publishes at the given moment. The loops ask that server for the PTR (node:dns) and sleep.`,
  );
  const rows = [["published after", "fcrdns", "interval then", ...LOOPS.map((each) => `a loop of ${each} s`)]];
  let good = true;
  for (const seconds of MOMENTS) {
    const { noticed, interval, loops } = await publication(seconds);
    // A tenth of a second for the machine's timers.
    good &&= noticed <= interval + RTT + 100;
    rows.push([`${seconds} s`, ...[noticed, interval, ...loops].map((ms) => `${ms.toFixed(0)} ms`)]);
  }
  printTable(rows);
  console.log(`\n${good ? "reached" : "MISSED "}  at most the poll interval and one round trip`);
}

interface Publication {
  /** Milliseconds from the publication to our verdict. */
  readonly noticed: number;
  /** Milliseconds between our last two rounds. */
  readonly interval: number;
  /** Milliseconds from the publication to the answer, of each loop. */
  readonly loops: readonly number[];
}

async function publication(seconds: number): Promise<Publication> {
  const late = reverseZone();
  const early = reverseZone();
  early.set(OWNER, "PTR", [HOST]);
  const [first, second] = await Promise.all([serve(early), serve(late)]);
  let published = 0;
  const timer = setTimeout(() => {
    late.set(OWNER, "PTR", [HOST]);
    published = performance.now();
  }, seconds * 1000);
  const verifier = new Verifier({ stubs: { ".": [first.endpoint, second.endpoint] }, deadlineSeconds: 60 });
  let interval = 0;
  const ours = async (): Promise<number> => {
    const { status, reason } = await verifier.verify("192.0.2.1", {
      expected: HOST,
      onProgress: ({ nextInSeconds }) => {
        interval = nextInSeconds * 1000;
      },
    });
    if (status !== "pass") throw new Error(`${status}, ${reason}`);
    return performance.now() - published;
  };
  try {
    const [noticed, ...loops] = await Promise.all([
      ours(),
      ...LOOPS.map(async (every) => (await loop(second, every)) - published),
    ]);
    return { noticed, interval, loops };
  } finally {
    clearTimeout(timer);
    verifier.close();
    await Promise.all([first.close(), second.close()]);
  }
}

/** @returns when the answer came */
async function loop(server: NameServer, everySeconds: number): Promise<number> {
  const resolver = new Resolver();
  resolver.setServers([server.endpoint]);
  for (let round = 0; round * everySeconds < 60; round++) {
    const names = await resolver.resolvePtr(OWNER).catch((): string[] => []);
    if (names.includes(HOST)) return performance.now();
    await sleep(everySeconds * 1000);
  }
  throw new Error("nothing was published");
}

function reverseZone(): Zone {
  return new Zone({ origin: REVERSE, ns: ["ns1.example.test", "ns2.example.test"] });
}

function serve(reverse: Zone): Promise<NameServer> {
  const forward = new Zone({ origin: "example.test", ns: ["ns1.example.test"] });
  forward.set(HOST, "A", ["192.0.2.1"]);
  return startNameServer({ address: randomLoopback(), zones: [reverse, forward], faults: [{ delayMs: RTT }] });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

/** `fcrdns watch` for very many rounds: the clock is held, the questions and answers are real. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { run } from "../../cli/run";
import { verifyAll } from "../../fcrdns/index";
import { startNameServer, Zone } from "../../sandbox/internet/name-server";
import { FakeEnvironment } from "../cli/fake-environment";
import { randomLoopback } from "../servers/real-server";
import { type Held, heldNow } from "./memory";

export interface Watched {
  readonly rounds: number;
  /** `ROUND ADDRESS STATUS`, in the order told. */
  readonly told: readonly string[];
  /** What a reader of the zone's history expects. */
  readonly due: readonly string[];
  readonly posts: number;
  readonly held: readonly Held[];
}

const MINUTE = 60_000;
/** How often in a row a change must be seen before it is told. */
const TIMES = 3;

/** Rounds of good and bad answers, in turn, for each address: shorter than {@link TIMES} is not told. */
const PATTERNS = [
  { ip: "192.0.2.1", good: 10, bad: 5 },
  { ip: "192.0.2.2", good: 7, bad: 2 },
  { ip: "192.0.2.3", good: 1, bad: 9 },
  { ip: "192.0.2.4", good: 3, bad: 3 },
  { ip: "192.0.2.5", good: 50, bad: 1 },
] as const;

type Pattern = (typeof PATTERNS)[number];

function isGood({ good, bad }: Pattern, round: number): boolean {
  return round % (good + bad) < good;
}

export async function watchedRounds(rounds: number): Promise<Watched> {
  const zone = new Zone({ origin: "2.0.192.in-addr.arpa", ns: ["ns.soak.test"] });
  const forward = new Zone({ origin: "soak.test", ns: ["ns.soak.test"] });
  for (const { ip } of PATTERNS) forward.set(nameOf(ip), "A", [ip]);
  const publish = (round: number): void => {
    for (const pattern of PATTERNS) {
      const owner = `${pattern.ip.slice("192.0.2.".length)}.2.0.192.in-addr.arpa`;
      zone.set(owner, "PTR", isGood(pattern, round) ? [nameOf(pattern.ip)] : []);
    }
  };
  publish(0);
  const server = await startNameServer({ address: randomLoopback(), zones: [zone, forward] });
  const environment = new SoakedEnvironment();
  const startMs = performance.now();
  const held: Held[] = [];
  const told: string[] = [];
  try {
    const words = [
      "watch",
      ...PATTERNS.map(({ ip }) => `${ip}=${nameOf(ip)}`),
      "--every",
      "1",
      "--seen",
      String(TIMES),
    ];
    const flags = ["--mode", "authoritative", "--stub", `.=${server.endpoint}`, "--webhook", "https://hook.test/"];
    const end = run([...words, ...flags, "--format", "ndjson"], environment);
    for (let round = 0; round < rounds; round++) {
      await environment.pausing();
      told.push(...environment.changes().map(({ ip, status }) => `${round} ${ip} ${status}`));
      publish(round + 1);
      // The server of the tests, in this process, keeps what it was asked.
      server.queries.length = 0;
      if (round % Math.ceil(rounds / 24) === 0) held.push(heldNow(startMs));
      if (round + 1 < rounds) await environment.clock.advance(MINUTE);
    }
    environment.stop();
    await end;
    return { rounds, told, due: due(rounds), posts: environment.posts, held };
  } finally {
    await server.close();
  }
}

/** Queries are real; output is read and forgotten, as a pipe would. */
class SoakedEnvironment extends FakeEnvironment {
  public posts = 0;

  public constructor() {
    super({ post: () => ({ ok: true }) });
  }

  public override async checker() {
    return { verifyAll };
  }

  public override async postJson() {
    this.posts++;
    return { ok: true } as const;
  }

  /** Until the round is over and the next one is waited for. */
  public async pausing(): Promise<void> {
    while (this.clock.sleepers === 0) await nextTurn();
  }

  public changes(): { readonly ip: string; readonly status: string }[] {
    const lines = this.stdout.text.split("\n").filter(Boolean);
    this.stdout.text = "";
    return lines
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === "change")
      .map(({ to }) => to);
  }
}

function due(rounds: number): string[] {
  const told = PATTERNS.map((pattern) => ({ pattern, told: isGood(pattern, 0), other: 0 }));
  const all: string[] = [];
  for (let round = 1; round < rounds; round++) {
    for (const one of told) {
      one.other = isGood(one.pattern, round) === one.told ? 0 : one.other + 1;
      if (one.other < TIMES) continue;
      one.told = !one.told;
      one.other = 0;
      all.push(`${round} ${one.pattern.ip} ${one.told ? "pass" : "fail"}`);
    }
  }
  return all;
}

function nameOf(ip: string): string {
  return `mx${ip.slice("192.0.2.".length)}.soak.test`;
}

import * as assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Verdict, Verifier } from "../../fcrdns/index";
import { arpaName } from "../../sandbox/internet/blocks";
import { type RemoteInternet, startInternetProcess } from "../../sandbox/internet/remote-internet";
import { faultyNetwork, type Weather } from "./faulty-network";
import { seeded } from "./seeded";

/** An address, what is true of it, and what makes it so. */
interface Subject {
  readonly ip: string;
  readonly truth: `${Verdict["status"]} ${Verdict["reason"]}`;
  readonly ptr: readonly string[];
  readonly forward: Readonly<Record<string, readonly string[]>>;
  /** What a receiver computes. */
  readonly iprev: Verdict["iprev"];
}

const EXPECTED = "mail.example.com";

const subjects: readonly Subject[] = [
  { ip: "203.0.113.11", truth: "pass ok", iprev: "pass", ptr: [EXPECTED], forward: { [EXPECTED]: ["203.0.113.11"] } },
  {
    ip: "2001:db8:1:7::1",
    truth: "pass ok",
    iprev: "pass",
    ptr: [EXPECTED],
    forward: { [EXPECTED]: ["2001:db8:1:7::1"] },
  },
  { ip: "203.0.113.12", truth: "fail no-ptr", iprev: "permerror", ptr: [], forward: {} },
  { ip: "203.0.113.13", truth: "fail no-forward", iprev: "fail", ptr: ["gone.example.com"], forward: {} },
  {
    ip: "203.0.113.14",
    truth: "fail forward-mismatch",
    iprev: "fail",
    ptr: ["other.example.com"],
    forward: { "other.example.com": ["203.0.113.99"] },
  },
  {
    ip: "203.0.113.15",
    truth: "fail unexpected-name",
    iprev: "pass",
    ptr: ["named.example.com"],
    forward: { "named.example.com": ["203.0.113.15"] },
  },
  {
    ip: "203.0.113.16",
    truth: "fail unconfirmed-ptr",
    iprev: "pass",
    ptr: [EXPECTED, "second.example.com"],
    forward: { "second.example.com": ["203.0.113.98"], [EXPECTED]: ["203.0.113.16"] },
  },
];

const weathers: Readonly<Record<string, Weather>> = {
  "30 % loss": { loss: 0.3 },
  "30 % loss, duplicates, delay and overtaking, truncation, cut TCP": {
    loss: 0.3,
    duplicates: 0.3,
    delayMs: 60,
    truncated: 0.2,
    cutShort: 0.1,
    cutConnections: 0.3,
  },
};

/** Verdicts for each weather and way of asking. */
const ROUNDS = 25;

describe("verdicts over a bad network: no answer is not no record", () => {
  let internet: RemoteInternet;
  before(async () => {
    internet = await startInternetProcess({ forwardZones: ["example.com"], negativeTtl: 1 });
    const forward = new Map<string, string[]>();
    for (const { ip, ptr, forward: own } of subjects) {
      await internet.setRecords(arpaName(ip), "PTR", ptr);
      for (const [name, addresses] of Object.entries(own))
        forward.set(name, [...(forward.get(name) ?? []), ...addresses]);
    }
    for (const [name, addresses] of forward) {
      await internet.setRecords(
        name,
        "A",
        addresses.filter((address) => !address.includes(":")),
      );
      await internet.setRecords(
        name,
        "AAAA",
        addresses.filter((address) => address.includes(":")),
      );
    }
    await internet.settled();
  });
  after(() => internet.stop());

  async function verdicts(
    port: number,
    deadlineSeconds: number,
    rounds: number,
  ): Promise<{ subject: Subject; verdict: Verdict }[]> {
    const roots = internet.roots.map((root) => root.replace(/:\d+$/, `:${port}`));
    const verifier = new Verifier({
      roots,
      port,
      mode: "authoritative",
      timeoutSeconds: 0.4,
      tries: 2,
      deadlineSeconds,
    });
    const asked = Array.from({ length: rounds }, () => subjects).flat();
    const got: { subject: Subject; verdict: Verdict }[] = [];
    try {
      const all = verifier.verifyAll(
        asked.map(({ ip }) => ({ ip, expected: EXPECTED })),
        { concurrency: 20 },
      );
      for await (const verdict of all) got.push({ subject: asked[got.length] as Subject, verdict });
    } finally {
      verifier.close();
    }
    return got;
  }

  test("without faults each verdict is the true one", async () => {
    for (const { subject, verdict } of await verdicts(internet.port, 0, 1)) {
      assert.equal(`${verdict.status} ${verdict.reason}`, subject.truth, subject.ip);
    }
  });

  for (const [name, weather] of Object.entries(weathers)) {
    for (const deadlineSeconds of [0, 12]) {
      const how = deadlineSeconds === 0 ? "asked once" : `within ${deadlineSeconds} s`;
      test(`${name}, ${how}: no false verdict`, async (t) => {
        const addresses = (await internet.servers()).map(({ address }) => address);
        const random = seeded();
        const network = await faultyNetwork(addresses, internet.port, weather, random);
        try {
          const rounds = deadlineSeconds === 0 ? ROUNDS : 3;
          const got = await verdicts(network.port, deadlineSeconds, rounds);
          const falseOnes = got.filter(
            ({ subject, verdict }) =>
              verdict.status !== "unknown" && `${verdict.status} ${verdict.reason}` !== subject.truth,
          );
          const unknown = got.filter(({ verdict }) => verdict.status === "unknown");
          const { counts } = network;
          t.diagnostic(
            `seed ${random.seed}: ${got.length} verdicts, ${unknown.length} unknown, ${falseOnes.length} false; ${JSON.stringify(counts)}`,
          );
          assert.deepEqual(
            falseOnes.map(
              ({ subject, verdict }) => `${subject.ip} ${subject.truth}: ${verdict.status} ${verdict.reason}`,
            ),
            [],
            `seed ${random.seed} (FCRDNS_SEED)`,
          );
          assert.ok(got.length === rounds * subjects.length && counts.loss > counts.datagrams / 5);
          for (const { subject, verdict } of got) {
            assert.ok(["temperror", subject.iprev].includes(verdict.iprev), `${subject.ip} ${verdict.iprev}`);
          }
          // What holds is found in time.
          const missed = unknown.filter(({ subject }) => subject.truth === "pass ok");
          if (deadlineSeconds > 0) assert.deepEqual(missed, [], `seed ${random.seed}`);
        } finally {
          await network.close();
        }
      });
    }
  }
});

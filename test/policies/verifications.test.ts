import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { InputError } from "../../fcrdns/input-error";
import type { Clock, VerifyOptions } from "../../fcrdns/options";
import type { Verdict } from "../../fcrdns/verdict";
import { Verifications } from "../../policies/verifications";
import { runPack, verdict } from "./run-pack";

type Verify = (ip: string, options: VerifyOptions) => Promise<Verdict>;

/** A clock that is moved by hand. */
function handClock(): Clock & { move: (ms: number) => Promise<void> } {
  let now = 0;
  const sleepers = new Set<{ until: number; wake: () => void }>();
  return {
    now: () => now,
    utc: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = { until: now + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", () => resolve(), { once: true });
      }),
    async move(ms) {
      now += ms;
      for (const sleeper of sleepers) {
        if (sleeper.until <= now) {
          sleepers.delete(sleeper);
          sleeper.wake();
        }
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function verifications(verify: Verify, deadlineSeconds?: number) {
  const clock = handClock();
  const lines: string[] = [];
  const settings = deadlineSeconds === undefined ? {} : { deadlineSeconds };
  return {
    clock,
    lines,
    all: new Verifications({
      openVerifier: () => ({ verify: (ip, options = {}) => verify(ip, options), close: () => {} }),
      clock,
      settings,
      progress: (line) => lines.push(line),
    }),
  };
}

describe("verifications of one run", () => {
  it("share the answer on one address", async () => {
    let asked = 0;
    const { all } = verifications(async (ip) => {
      asked++;
      return verdict(ip, null);
    });
    await Promise.all([
      all.verdict("192.0.2.10", null),
      all.verdict("192.0.2.10", null),
      all.verdict("192.0.2.11", null),
    ]);
    assert.equal(asked, 2);
  });

  it("end even when the checker does not", async () => {
    const { all, clock } = verifications(() => new Promise(() => {}), 60);
    const pending = all.verdict("192.0.2.10", "mail.example.com");
    await clock.move(90_000);
    await clock.move(1_000);
    const { status, reason, expected, findings } = await pending;
    assert.deepEqual([status, reason, expected], ["unknown", "no-answer", "mail.example.com"]);
    assert.match(findings[0]?.message ?? "", /did not finish in time/);
  });

  it("take what the checker knows when it is stopped", async () => {
    const stopped: Verify = (ip, { signal }) =>
      new Promise((resolve) =>
        signal?.addEventListener("abort", () => resolve(verdict(ip, null, { status: "fail", reason: "no-ptr" }))),
      );
    const { all, clock } = verifications(stopped, 60);
    const pending = all.verdict("192.0.2.10", null);
    await clock.move(90_000);
    assert.equal((await pending).reason, "no-ptr");
  });

  it("share one deadline: who comes later has what is left", async () => {
    const seen: unknown[] = [];
    const { all, clock } = verifications(async (ip, options) => {
      seen.push(options.deadlineSeconds);
      return verdict(ip, null);
    }, 60);
    await all.verdict("192.0.2.10", null);
    await clock.move(45_000);
    await all.verdict("192.0.2.11", null);
    await clock.move(45_000);
    await all.verdict("192.0.2.12", null);
    assert.deepEqual(seen, [60, 15, 0]);
  });

  for (const [what, error, pattern] of [
    ["a fault of the checker", new TypeError("secret-value is not a function"), /failed with TypeError/],
    ["input that it refuses", new InputError("the address is a network"), /the address is a network/],
  ] as const) {
    it(`turn ${what} into "could not verify"`, async () => {
      const { all } = verifications(async () => Promise.reject(error));
      const { status, findings } = await all.verdict("192.0.2.10", null);
      assert.equal(status, "unknown");
      assert.match(findings[0]?.message ?? "", pattern);
      assert.doesNotMatch(JSON.stringify(findings), /secret-value/);
    });
  }

  it("show at most one line in ten seconds, however many addresses wait", async () => {
    const waiting: VerifyOptions[] = [];
    const { all, clock, lines } = verifications((_, options) => new Promise(() => waiting.push(options)));
    for (let i = 1; i <= 20; i++) void all.verdict(`192.0.2.${i}`, null);
    const news = () => {
      for (const [i, options] of waiting.entries()) {
        options.onProgress?.({
          ip: `192.0.2.${i + 1}`,
          expected: null,
          round: 1,
          elapsedSeconds: 0,
          servers: { asked: 2, agreed: 1 },
          waitingFor: ["ns1 says NXDOMAIN"],
          nextInSeconds: 2,
        });
      }
    };
    for (let second = 0; second < 60; second++) {
      news();
      await clock.move(1_000);
    }
    assert.equal(lines.length, 6);
    assert.match(
      lines[1] ?? "",
      /^fcrdns: 0 of 20 addresses round-trip after 10 s; waiting for 192\.0\.2\.1: ns1 says NXDOMAIN$/,
    );
  });
});

describe("a fault of a rule", () => {
  const broken = {
    type: "hcloud:index/rdns:Rdns",
    props: new Proxy(
      { dnsPtr: "s3cr3t-name" },
      {
        get: () => {
          throw new TypeError("s3cr3t-name has no method x");
        },
      },
    ),
  };

  it("is a violation that says so and repeats no value", async () => {
    const { told } = await runPack([broken], { rules: ["fcrdns-name-valid"] });
    assert.equal(told.length, 1);
    assert.match(told[0]?.message ?? "", /could not be checked: a bug in the rule itself \(TypeError at .*\.ts:\d+\)/);
    assert.doesNotMatch(told[0]?.message ?? "", /s3cr3t/);
  });
});

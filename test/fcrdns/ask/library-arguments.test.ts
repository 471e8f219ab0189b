/** Wrong arguments from untyped programs: each is an InputError with one sentence, and no query is sent. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { awaitForward } from "../../../fcrdns/await-forward";
import { InputError, Verifier, verify, verifyAll } from "../../../fcrdns/index";
import { played, record } from "./played-servers";
import { TestClock } from "./world";

const IP = "192.0.2.10";
const MAIL = "mail.example.com";
const loose = <T>(value: unknown): T => value as T;

/** Nothing may be asked before the arguments are known to be good. */
function quiet() {
  const transport = played(() => ({ rcode: 2 }));
  return { transport, options: { roots: ["127.0.0.1"], transport, timeoutSeconds: 0.05, tries: 1 } };
}

const badTexts: readonly unknown[] = [null, undefined, 0, 42, true, {}, [], [IP], Symbol.iterator, () => IP, ""];
const badOptions: readonly unknown[] = [null, 0, 1, "", "full", true, [], ["full"], () => ({})];
const badSettings: readonly Readonly<Record<string, unknown>>[] = [
  ...[{ roots: [] }, { roots: null }, { roots: "127.0.0.1" }, { roots: [53] }, { resolvers: [] }, { resolvers: "::1" }],
  ...[{ stubs: [] }, { stubs: null }, { stubs: { "example.com": [] } }, { mode: "none" }, { mode: null }],
  ...[{ port: 0 }, { port: "53" }, { port: 65_536 }, { tries: 0 }, { tries: 1.5 }, { timeoutSeconds: 0 }],
  ...[{ timeoutSeconds: Number.NaN }, { timeoutSeconds: "2" }, { deadlineSeconds: -1 }, { deadlineSeconds: "60" }],
  ...[{ deadlineSeconds: Number.POSITIVE_INFINITY }, { unknownSetting: 1 }],
  ...[{ signal: null }, { signal: {} }, { signal: new AbortController() }, { signal: "SIGINT" }, { signal: true }],
  ...[{ transport: null }, { transport: {} }, { transport: 1 }, { clock: {} }, { clock: null }, { clock: Date }],
  ...[{ random: 0.5 }, { random: null }],
];

function shown(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

async function refused(work: () => Promise<unknown>): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof InputError, String(error));
    assert.doesNotMatch(error.message, /undefined is not|Cannot read|is not a function|\[object Object\]/);
    return true;
  });
}

const entries: Readonly<Record<string, (ip: unknown, options?: unknown) => Promise<unknown>>> = {
  verify: (ip, options) => verify(loose(ip), loose(options)),
  "Verifier.verify": async (ip, options) => {
    const verifier = new Verifier(loose(options));
    try {
      return await verifier.verify(loose(ip));
    } finally {
      verifier.close();
    }
  },
  verifyAll: async (ip, options) => {
    for await (const verdict of verifyAll([{ ip: loose(ip) }], loose(options))) return verdict;
    return undefined;
  },
  awaitForward: (ip, options) => awaitForward(MAIL, loose(ip), loose(options)),
};

for (const [entry, call] of Object.entries(entries)) {
  describe(`${entry} refuses`, () => {
    for (const ip of badTexts) {
      it(`the address ${typeof ip} ${shown(ip)}`, async () => {
        const { transport, options } = quiet();
        await refused(() => call(ip, options));
        assert.deepEqual(transport.sent, []);
      });
    }
    for (const options of badOptions) {
      it(`the options ${typeof options} ${shown(options)}`, () => refused(() => call(IP, options)));
    }
    for (const bad of badSettings) {
      // The signal of a Verifier is handed in with each check.
      if (entry === "Verifier.verify" && "signal" in bad) continue;
      it(`the option ${Object.keys(bad)[0]}: ${shown(Object.values(bad)[0])}`, async () => {
        const { transport, options } = quiet();
        await refused(() => call(IP, { ...options, ...bad }));
        assert.deepEqual(transport.sent, []);
      });
    }
  });
}

describe("lists and names", () => {
  for (const list of [
    null,
    undefined,
    5,
    IP,
    {},
    [IP],
    [null],
    [[IP]],
    [{}],
    [{ ip: 1 }],
    [{ ip: IP, expected: 7 }],
    [{ ip: IP, helo: 7 }],
  ]) {
    it(`verifyAll refuses ${shown(list)}`, () =>
      refused(async () => {
        for await (const _ of verifyAll(loose(list), quiet().options));
      }));
  }
  for (const concurrency of [0, -1, 1.5, Number.NaN, "5", null]) {
    it(`verifyAll refuses the concurrency ${shown(concurrency)}`, () =>
      refused(async () => {
        for await (const _ of verifyAll([{ ip: IP }], { ...quiet().options, concurrency: loose(concurrency) }));
      }));
  }
  for (const name of [5, true, {}, [MAIL], "", "[192.0.2.1]", IP, "a b.example.com", "a\u0007.example.com"]) {
    it(`verify refuses the expected name ${shown(name)}`, () =>
      refused(() => verify(IP, { ...quiet().options, expected: loose(name) })));
  }
  for (const helo of [5, true, {}, [MAIL]]) {
    it(`verify refuses the EHLO name ${shown(helo)}`, () =>
      refused(() => verify(IP, { ...quiet().options, helo: loose(helo) })));
  }
  for (const name of badTexts) {
    it(`awaitForward refuses the host name ${shown(name)}`, () =>
      refused(() => awaitForward(loose(name), IP, quiet().options)));
  }
  it("a Verifier that is closed refuses", async () => {
    const verifier = new Verifier(quiet().options);
    verifier.close();
    await refused(() => verifier.verify(IP));
    await refused(async () => {
      for await (const _ of verifier.verifyAll([{ ip: IP }]));
    });
  });
});

describe("awaitForward in each mode, with a stub and without", () => {
  const shows = () =>
    played(({ name, type }, { address }) => {
      const answer = type === "A" && name.toLowerCase() === MAIL ? [record(name, "A", IP)] : [];
      return address === "127.0.0.53" ? { aa: false, ra: true, answer } : { answer };
    });
  const stubs = { "example.com": "127.0.0.2" };

  it("recursive with a stub asks the resolvers", async () => {
    const transport = shows();
    const options = { mode: "recursive", stubs, resolvers: ["127.0.0.53"], transport } as const;
    const { visible, waitingFor } = await awaitForward(MAIL, IP, options);
    assert.deepEqual([visible, waitingFor], [true, []]);
    assert.ok(transport.sent.length > 0 && transport.sent.every((query) => query.startsWith("127.0.0.53 ")));
  });

  for (const mode of ["full", "authoritative"] as const) {
    it(`${mode} with a stub asks the stub`, async () => {
      const transport = shows();
      const { visible } = await awaitForward(MAIL, IP, { mode, stubs, transport });
      assert.equal(visible, true);
      assert.ok(transport.sent.every((query) => query.startsWith("127.0.0.2 ")));
    });
  }

  for (const mode of ["full", "authoritative", "recursive"] as const) {
    it(`${mode}: where nobody answers it says what it waits for, never "undefined"`, async () => {
      const said: string[] = [];
      const { visible, waitingFor } = await awaitForward(MAIL, IP, {
        ...{ mode, stubs, resolvers: ["127.0.0.53"], transport: played(() => null) },
        ...{ timeoutSeconds: 0.01, tries: 1, deadlineSeconds: 30, clock: new TestClock() },
        onWaiting: (news) => said.push(String(news.waitingFor[0])),
      });
      assert.equal(visible, false);
      assert.ok(waitingFor.length > 0 && said.length > 0);
      for (const line of [...waitingFor, ...said]) {
        assert.match(line, /mail\.example\.com A/);
        assert.doesNotMatch(line, /undefined/);
      }
    });
  }
});

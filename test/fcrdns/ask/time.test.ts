/** However slowly a hostile DNS answers, a round ends, and a deadline holds to within one query's time-out. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { awaitForward } from "../../../fcrdns/await-forward";
import { systemClock } from "../../../fcrdns/clock";
import { Verifier, verify, verifyAll } from "../../../fcrdns/index";
import { Verifications } from "../../../policies/verifications";
import { played, record } from "./played-servers";

const IP = "192.0.2.10";
const MAIL = "mail.example.com";

/** Every zone is delegated one label further down, to servers whose names lie in ever new zones. */
function delegationsWithoutEnd(delayMs: number) {
  let made = 0;
  return played((query) => {
    const labels = query.name.toLowerCase().split(".");
    const cut = labels.slice(-Math.min(labels.length, 1 + (made++ % labels.length))).join(".");
    return {
      aa: false,
      authority: Array.from({ length: 8 }, (_, at) => record(cut, "NS", `ns${at}.z${made}.y${at}.test`)),
      additional: made % 3 ? [record(`ns0.z${made}.y0.test`, "A", "127.0.0.3")] : [],
    };
  }, delayMs);
}

/** Every name is an alias of another in a zone that takes as long to find. */
function aliasesWithoutEnd(delayMs: number) {
  let made = 0;
  return played((query) => ({ answer: [record(query.name, "CNAME", `a${++made}.b${made % 7}.example.com`)] }), delayMs);
}

/** Useless answers, each just before the time-out. */
function failures(delayMs: number) {
  return played(() => ({ rcode: 2 }), delayMs);
}

const hostile = { delegationsWithoutEnd, aliasesWithoutEnd, failures };
const TIMEOUT = 0.6;
const DEADLINE = 0.9;

/** What is allowed on top for a machine that has other things to do. */
const SLACK_MS = 250;

describe("a deadline holds to within one query's time-out", { concurrency: 4 }, () => {
  for (const [name, dns] of Object.entries(hostile)) {
    const options = () => ({
      roots: ["127.0.0.1", "127.0.0.2"],
      mode: "authoritative" as const,
      transport: dns(0.9 * TIMEOUT * 1000),
      timeoutSeconds: TIMEOUT,
      deadlineSeconds: DEADLINE,
    });
    const kinds: Readonly<Record<string, () => Promise<unknown>>> = {
      verify: () => verify(IP, { ...options(), expected: MAIL }),
      "verify with resolvers": () =>
        verify(IP, { ...options(), expected: MAIL, mode: "full", resolvers: ["127.0.0.9", "127.0.0.10"] }),
      "verify, the resolvers alone": () =>
        verify(IP, { ...options(), expected: MAIL, mode: "recursive", resolvers: ["127.0.0.9", "127.0.0.10"] }),
      verifyAll: async () => {
        for await (const _ of verifyAll([{ ip: IP }, { ip: "2001:db8::10" }, { ip: "192.0.2.11" }], options()));
      },
      awaitForward: () => awaitForward(MAIL, IP, options()),
      "the gate": () => {
        const { deadlineSeconds, transport, ...settings } = options();
        const verifications = new Verifications({
          openVerifier: (given, clock) => new Verifier({ ...given, clock, transport }),
          settings: { ...settings, deadlineSeconds },
          clock: systemClock,
          progress: () => {},
        });
        return Promise.all([IP, "192.0.2.11"].map((ip) => verifications.verdict(ip, MAIL)));
      },
    };
    for (const [kind, run] of Object.entries(kinds)) {
      it(`${kind}: ${name}`, async () => {
        const start = performance.now();
        await run();
        const seconds = (performance.now() - start) / 1000;
        assert.ok(seconds < DEADLINE + TIMEOUT + SLACK_MS / 1000, `${seconds.toFixed(2)} s`);
      });
    }
  }
});

describe("without a deadline", () => {
  it("one round ends, says so, and does not call silence what it had no time for", async () => {
    const start = performance.now();
    const verdict = await verify(IP, {
      expected: MAIL,
      roots: ["127.0.0.1"],
      mode: "authoritative",
      transport: delegationsWithoutEnd(540),
      timeoutSeconds: 0.6,
    });
    assert.ok(performance.now() - start < 11_000);
    assert.equal(verdict.status, "unknown");
    if (verdict.ms > 9_900) assert.ok(verdict.findings.some(({ rule }) => rule === "out-of-time"));
  });

  it("a slow but honest DNS is waited for", async () => {
    const slow = played((query) => {
      const name = query.name.toLowerCase();
      if (query.type === "PTR") return { answer: [record(name, "PTR", MAIL)] };
      if (query.type === "A" && name === MAIL) return { answer: [record(name, "A", IP)] };
      if (query.type === "NS") return { answer: [record(name || ".", "NS", "a.test")] };
      return { authority: [{ owner: ".", type: "SOA", ttl: 60, value: "a.test b.test 1 1 1 1 60" }] };
    }, 450);
    const verdict = await verify(IP, {
      roots: ["127.0.0.1"],
      mode: "authoritative",
      transport: slow,
      timeoutSeconds: 0.6,
    });
    assert.equal(verdict.status, "pass", JSON.stringify(verdict.findings));
  });
});

/** Sockets that cannot be had are our own lack: that server was not asked, and the others decide. */
import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { getEventListeners } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { socketTransport, verify } from "../../../fcrdns/index";
import { played, soa } from "./played-servers";
import { IP, inWorld, MAIL, startWorld, type World } from "./world";

const root = join(__dirname, "..", "..", "..");

/** Runs a script in its own process. */
async function run(script: string, limit?: number): Promise<string> {
  const node = [process.execPath, "--require", join(root, "register.js"), "-e", script];
  const [program = "", ...args] =
    limit === undefined ? node : ["sh", "-c", `ulimit -n ${limit}; exec "$@"`, "sh", ...node];
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.equal(errors, "");
  return out;
}

describe("when no more sockets can be had", () => {
  it("EMFILE at once is the end of that query, not of the run", { timeout: 60_000 }, async () => {
    // Everything that can be open is, so that not one socket more can be had.
    const out = await run(
      `const { openSync } = require("node:fs");
       const { verifyAll } = require("./fcrdns/index.ts");
       const list = ["192.0.2.1", "192.0.2.2", "2001:db8::1"].map((ip) => ({ ip }));
       (async () => {
         for await (const _ of verifyAll([{ ip: "192.0.2.9" }], { roots: ["127.0.0.1:9"], mode: "authoritative", timeoutSeconds: 0.1 }));
         try { for (;;) openSync("/dev/null", "r"); } catch {}
         const seen = [];
         for await (const v of verifyAll(list, { roots: ["127.0.0.1", "[::1]:53"], mode: "authoritative", timeoutSeconds: 0.5 })) {
           seen.push([v.status, v.reason, ...new Set(v.hops.map(({ outcome, note }) => outcome + " " + note))]);
         }
         console.log(JSON.stringify(seen));
       })();`,
      64,
    );
    const seen = JSON.parse(out) as string[][];
    assert.equal(seen.length, 3);
    for (const [status, reason, ...hops] of seen) {
      assert.deepEqual([status, reason], ["unknown", "no-answer"]);
      assert.ok(
        hops.some((hop) => hop.includes("not-asked") && hop.includes("EMFILE")),
        hops.join("; "),
      );
    }
  });

  it(
    "the server that cannot be reached from here is not asked, and the other one decides",
    inWorld(async (world) => {
      const sockets = socketTransport();
      for (const why of ["EMFILE", "ENFILE", "ENOBUFS", "ENETUNREACH", "EAFNOSUPPORT"]) {
        const transport = {
          udp: (...args: Parameters<typeof sockets.udp>) =>
            args[0].address === world.r2.address
              ? Promise.resolve({ kind: "unreachable" as const, why })
              : sockets.udp(...args),
          tcp: (...args: Parameters<typeof sockets.tcp>) => sockets.tcp(...args),
          close: () => {},
        };
        const verdict = await verify(IP, { ...world.options({ mode: "authoritative", transport }), expected: MAIL });
        assert.equal(verdict.status, "pass");
        const hop = verdict.hops.find(({ server }) => server.includes(world.r2.address));
        assert.equal(hop?.outcome, "not-asked");
      }
      sockets.close();
    }),
  );
});

describe("a signal shared by many", () => {
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  it("has no listener left once nobody waits, and never more than one", async () => {
    const { signal } = new AbortController();
    const warnings: Error[] = [];
    const warned = (warning: Error) => void warnings.push(warning);
    process.on("warning", warned);
    const checks = Array.from({ length: 30 }, () => verify(IP, { ...world.options(), expected: MAIL, signal }));
    assert.ok(getEventListeners(signal, "abort").length <= 1);
    await Promise.all(checks);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", warned);
    assert.deepEqual(warnings, []);
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });
});

describe("an answer without a question section (RFC 5452 section 9.1)", () => {
  const withoutQuestion = (rcode: number) =>
    played((query) => {
      const header = Buffer.from([query.id >> 8, query.id & 255, 0x84, rcode, 0, 0, 0, 1, 0, 0, 0, 0]);
      // `.` PTR mail.example.com
      const name = Buffer.concat([
        ...MAIL.split(".").map((l) => Buffer.from([l.length, ...Buffer.from(l)])),
        Buffer.of(0),
      ]);
      const owner = Buffer.concat([
        ...query.name.split(".").map((l) => Buffer.from([l.length, ...Buffer.from(l)])),
        Buffer.of(0),
      ]);
      return Buffer.concat([header, owner, Buffer.from([0, 12, 0, 1, 0, 0, 0, 60, 0, name.length]), name]);
    });
  for (const [rcode, outcome] of [
    [0, "timeout"],
    [1, "formerr"],
    [2, "servfail"],
    [3, "timeout"],
    [4, "notimp"],
    [5, "refused"],
    [6, "timeout"],
    [9, "timeout"],
    [10, "timeout"],
    [15, "timeout"],
  ] as const) {
    for (const tcp of [false, true]) {
      it(`rcode ${rcode} over ${tcp ? "TCP" : "UDP"} counts as ${outcome}, and nothing in it is read`, async () => {
        const wrong = withoutQuestion(rcode);
        const honest = played((query) =>
          query.type === "SOA" ? { authority: [soa(".")] } : tcp ? { tc: true } : { authority: [soa(".")] },
        );
        const transport = {
          ...honest,
          udp: (...args: Parameters<typeof honest.udp>) => (tcp ? honest : wrong).udp(...args),
          tcp: wrong.tcp,
        };
        const verdict = await verify(IP, {
          stubs: { ".": "127.0.0.1" },
          mode: "authoritative",
          transport,
          timeoutSeconds: 0.05,
        });
        assert.deepEqual([verdict.status, verdict.ptr], ["unknown", []]);
        const outcomes = new Set(verdict.hops.map((hop) => hop.outcome));
        assert.ok(outcomes.has(outcome) || (tcp && outcomes.has("malformed")), [...outcomes].join());
      });
    }
  }
});

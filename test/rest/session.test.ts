import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hetznerRobot } from "../../components/rest-ptr/apis/hetzner-robot";
import { hostinger } from "../../components/rest-ptr/apis/hostinger";
import { leaseweb } from "../../components/rest-ptr/apis/leaseweb";
import { RestPtrError } from "../../components/rest-ptr/rest-ptr-error";
import { endpointProblem, openSession, type SessionOptions } from "../../components/rest-ptr/session";

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

type Reply = Response | Error;

/** A session whose answers are given in order (the last one repeats), and whose pauses take no time. */
function scripted(replies: readonly Reply[], options: Partial<SessionOptions> = {}, api = hostinger) {
  const sent: Sent[] = [];
  const pauses: number[] = [];
  let now = Date.parse("2026-10-05T12:00:00Z");
  const session = openSession(api, {
    credentials: { token: "t0p-secret-token", user: "robot-user", password: "robot-password" },
    purpose: "set the PTR of 203.0.113.7 to mail.example.com",
    fetch: async (url, init) => {
      sent.push({ url: String(url), init: init ?? {} });
      const reply = replies[Math.min(sent.length, replies.length) - 1];
      if (reply instanceof Error) throw reply;
      return (reply as Response).clone();
    },
    clock: {
      now: () => now,
      sleep: async (milliseconds) => {
        pauses.push(milliseconds);
        now += milliseconds;
      },
    },
    random: () => 0.5,
    ...options,
  });
  return { session, sent, pauses };
}

const fine = Response.json({ state: "success" });
const write = { method: "POST", path: "/x", json: { domain: "mail.example.com" } } as const;

function status(code: number, headers: Record<string, string> = {}, body: unknown = { message: "Too Many" }): Response {
  return new Response(JSON.stringify(body), { status: code, headers });
}

async function errorOf(promise: Promise<unknown>): Promise<RestPtrError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RestPtrError, String(error));
  return error;
}

describe("a request to an API", () => {
  it("carries the token, JSON, and no way to be redirected", async () => {
    const { session, sent } = scripted([fine]);
    assert.deepEqual(await session.call(write), { status: 200, body: { state: "success" } });
    assert.equal(sent[0]?.url, "https://developers.hostinger.com/x");
    assert.equal(sent[0]?.init.redirect, "manual");
    const headers = new Headers(sent[0]?.init.headers);
    assert.equal(headers.get("authorization"), "Bearer t0p-secret-token");
    assert.equal(headers.get("content-type"), "application/json");
    assert.equal(sent[0]?.init.body, '{"domain":"mail.example.com"}');
  });

  const mended: [name: string, replies: Reply[], pauses: number[]][] = [
    ["429 without a word: half a second", [status(429), fine], [500]],
    ["429 with Retry-After in seconds", [status(429, { "retry-after": "7" }), fine], [7000]],
    [
      "503 with Retry-After as a date",
      [status(503, { "retry-after": "Mon, 05 Oct 2026 12:00:20 GMT" }), fine],
      [20_000],
    ],
    ["a date that is over", [status(503, { "retry-after": "Mon, 05 Oct 2026 11:00:00 GMT" }), fine], [0]],
    ["nonsense in Retry-After", [status(503, { "retry-after": "soon" }), fine], [500]],
    ["500, 502, 504: doubling", [status(500), status(502), status(504), fine], [500, 1000, 2000]],
    ["a cut connection", [new TypeError("fetch failed", { cause: new Error("other side closed") }), fine], [500]],
  ];
  for (const [name, replies, pauses] of mended) {
    it(`is tried again: ${name}`, async () => {
      const { session, pauses: seen } = scripted(replies);
      assert.equal((await session.call(write)).status, 200);
      assert.deepEqual(seen, pauses);
    });
  }

  for (const code of [200, 204, 301, 400, 401, 403, 404, 409, 422]) {
    it(`is not tried again after ${code}`, async () => {
      const { session, sent } = scripted([new Response(null, { status: code })]);
      assert.equal((await session.call(write)).status, code);
      assert.equal(sent.length, 1);
    });
  }

  it("gives up after the tries that were allowed, with the reason and the next step", async () => {
    const { session, sent } = scripted([status(503, {}, { message: "maintenance" })], { tries: 3 });
    const error = await errorOf(session.call(write));
    assert.equal(sent.length, 3);
    assert.match(
      error.message,
      /^Hostinger \(developers\.hostinger\.com\) could not be asked to set the PTR of 203\.0\.113\.7 to mail\.example\.com: maintenance \(HTTP 503\) \(3 tries\)\.\nNext step: run this again/,
    );
    assert.equal(error.uncertain, true, "a gateway may have passed it on");
  });

  it("does not wait an hour because it is told to", async () => {
    const { session, sent, pauses } = scripted([status(429, { "retry-after": "3600" })]);
    const error = await errorOf(session.call(write));
    assert.equal(sent.length, 1);
    assert.deepEqual(pauses, []);
    assert.match(error.message, /asks to wait 3600 s\.\nNext step: run this again after 2026-10-05 13:00 UTC/);
    assert.equal(error.uncertain, false, "nothing was done");
  });

  it("knows a rate limit that comes as 403 (Robot)", async () => {
    const limited = status(403, {}, { error: { status: 403, code: "RATE_LIMIT_EXCEEDED", interval: 30 } });
    const { session, pauses } = scripted([limited, fine], {}, hetznerRobot);
    await session.call(write);
    assert.deepEqual(pauses, [30_000]);
  });

  it("takes a read that was not answered for certain, a write not", async () => {
    const cut = new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
    const read = await errorOf(scripted([cut]).session.call({ method: "GET", path: "/x" }));
    assert.equal(read.uncertain, false);
    assert.match(read.message, /no answer: reset \(ECONNRESET\)/);
    assert.equal((await errorOf(scripted([cut]).session.call(write))).uncertain, true);
  });

  it("ends a silence", async () => {
    const silence = new DOMException("The operation was aborted due to timeout", "TimeoutError");
    const { session } = scripted([silence as unknown as Error], { tries: 1, timeoutSeconds: 4 });
    assert.match((await errorOf(session.call(write))).message, /no answer within 4 s \(1 try\)/);
  });
});

describe("an answer that ends it", () => {
  it("becomes what the API says and the next step", () => {
    const { session } = scripted([fine], {}, hetznerRobot);
    const error = session.refused({
      status: 404,
      body: { error: { status: 404, code: "IP_NOT_FOUND", message: "The IP address 203.0.113.7 was not found" } },
    });
    assert.equal(
      error.message,
      "Hetzner Robot refused to set the PTR of 203.0.113.7 to mail.example.com: " +
        "The IP address 203.0.113.7 was not found (HTTP 404 IP_NOT_FOUND).\n" +
        "Next step: check that the address belongs to a server or subnet of this Robot account.",
    );
    assert.equal(error.stack, "");
  });

  it("never shows a secret or moves the cursor, whatever the API echoes", () => {
    const { session } = scripted([fine]);
    const body = { message: "bad token t0p-secret-token\n\u001b[2Jowned" };
    const { message } = session.refused({ status: 401, body });
    assert.ok(!message.includes("t0p-secret-token"));
    assert.match(message, /bad token \[hidden\]/);
    assert.ok(!message.includes("\u001b"));
    assert.equal(message.split("\n").length, 2);
  });

  for (const code of [400, 401, 403, 404, 409, 418, 422]) {
    it(`has a next step for HTTP ${code} without a body`, () => {
      const { session } = scripted([fine], {}, leaseweb);
      assert.match(session.refused({ status: code, body: undefined }).message, /\nNext step: .{20,}\.$/);
    });
  }
});

describe("an endpoint", () => {
  const cases: [endpoint: string, problem: RegExp | undefined][] = [
    ["https://api.example.com", undefined],
    ["https://api.example.com/v2/", undefined],
    ["http://127.0.0.1:8080", undefined],
    ["http://[::1]:8080", undefined],
    ["http://api.example.com", /in the clear/],
    ["http://127.0.0.1.example.com", /in the clear/],
    ["https://user:secret@api.example.com", /secret config/],
    ["api.example.com", /not a URL/],
    ["ftp://api.example.com", /in the clear/],
  ];
  for (const [endpoint, problem] of cases) {
    it(`${endpoint} is ${problem === undefined ? "taken" : "refused"}`, () => {
      const found = endpointProblem(endpoint);
      if (problem === undefined) assert.equal(found, undefined);
      else assert.match(found ?? "", problem);
    });
  }
});

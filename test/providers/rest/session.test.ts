import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { contabo } from "../../../providers/contabo/api";
import { hetznerRobot } from "../../../providers/hetzner-robot/api";
import { hostinger } from "../../../providers/hostinger/api";
import { RestPtrError } from "../../../providers/internal/rest/rest-ptr-error";
import { endpointProblem, openSession, type SessionOptions } from "../../../providers/internal/rest/session";
import { leaseweb } from "../../../providers/leaseweb/api";
import { netcup } from "../../../providers/netcup/api";

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
      /^Hostinger \(developers\.hostinger\.com\) could not set the PTR of 203\.0\.113\.7 to mail\.example\.com: maintenance \(HTTP 503\) \(3 tries\)\.\nFix: run this again/,
    );
    assert.equal(error.uncertain, true, "a gateway may have passed it on");
  });

  it("does not wait an hour because the API asks for it", async () => {
    const { session, sent, pauses } = scripted([status(429, { "retry-after": "3600" })]);
    const error = await errorOf(session.call(write));
    assert.equal(sent.length, 1);
    assert.deepEqual(pauses, []);
    assert.match(error.message, /asks to wait 3600 s\.\nFix: run this again after 2026-10-05 13:00 UTC/);
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
        "Fix: check that the address belongs to a server or subnet of this Robot account.",
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
      assert.match(session.refused({ status: code, body: undefined }).message, /\nFix: .{20,}\.$/);
    });
  }
});

describe("the next step", () => {
  function failed(code: string, message = code): Error {
    return new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
  }

  const certificates: [code: string, step: RegExp][] = [
    ["DEPTH_ZERO_SELF_SIGNED_CERT", /NODE_EXTRA_CA_CERTS=FILE/],
    ["SELF_SIGNED_CERT_IN_CHAIN", /NODE_EXTRA_CA_CERTS=FILE/],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /NODE_EXTRA_CA_CERTS=FILE/],
    ["CERT_HAS_EXPIRED", /clock of this machine/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", /check `endpoint`/],
    ["ERR_SSL_WRONG_VERSION_NUMBER", /does not speak TLS/],
  ];
  for (const [code, step] of certificates) {
    it(`after ${code} is not to run it again`, async () => {
      const { session, sent } = scripted([failed(code)]);
      const error = await errorOf(session.call(write));
      assert.match(error.message, step);
      assert.doesNotMatch(error.message, /run this again/);
      assert.equal(sent.length, 1, "time mends nothing");
      assert.equal(error.uncertain, false, "nothing was sent");
    });
  }

  for (const code of ["ENOTFOUND", "ECONNREFUSED", "UND_ERR_CONNECT_TIMEOUT"]) {
    it(`after ${code} is the network and the endpoint; nothing was sent`, async () => {
      const error = await errorOf(scripted([failed(code)], { tries: 2 }).session.call(write));
      assert.match(error.message, /\(2 tries\)\.\nFix: check this machine's network, and `endpoint`/);
      assert.equal(error.uncertain, false);
    });
  }

  it("after a redirect is the endpoint, with the place it points to", async () => {
    const redirect = new Response(null, {
      status: 302,
      headers: { location: "https://login.hotel.example/?token=t0p-secret-token" },
    });
    const { session } = scripted([redirect]);
    const { message } = session.refused(await session.call(write));
    assert.match(message, /a redirect to https:\/\/login\.hotel\.example\/\?token=\[hidden\] \(HTTP 302\)/);
    assert.match(message, /Fix: check `endpoint` \(https:\/\/developers\.hostinger\.com\)/);
  });

  const waits: [status: number, body: unknown][] = [
    [409, { error: { code: "CONFLICT", message: "The server is in maintenance" } }],
    [409, { message: "another change is in progress" }],
    [423, {}],
  ];
  for (const [code, body] of waits) {
    it(`after ${code} ${JSON.stringify(body)} is to wait`, () => {
      assert.match(
        scripted([fine]).session.refused({ status: code, body }).message,
        /Fix: wait until Hostinger has finished/,
      );
    });
  }

  it("after another conflict is not the host name", () => {
    const { message } = scripted([fine]).session.refused({ status: 409, body: { message: "record exists" } });
    assert.match(message, /record exists \(HTTP 409\)\.\nFix: look at the address in Hostinger's panel/);
  });

  const tokenRefusals: [status: number, body: string, said: RegExp, step: RegExp][] = [
    [
      404,
      "<html><title>Page not found</title></html>",
      /Page not found \(HTTP 404\)/,
      /check `tokenEndpoint`: .*Contabo's own is/,
    ],
    [
      409,
      '{"error":"conflict","message":"the service is in maintenance"}',
      /in maintenance/,
      /wait until Contabo has finished/,
    ],
    [404, '{"error":"Realm does not exist"}', /Realm does not exist \(HTTP 404\)/, /check `tokenEndpoint`/],
    [
      401,
      '{"error":"invalid_grant","error_description":"Invalid user credentials"}',
      /Invalid user credentials \(HTTP 401 invalid_grant\)/,
      /set contabo:clientId/,
    ],
  ];
  for (const [code, body, said, step] of tokenRefusals) {
    it(`after ${code} at a token endpoint: ${body.slice(0, 30)}`, async () => {
      const { session } = scripted(
        [new Response(body, { status: code })],
        { tokenEndpoint: "https://auth.example.com/token" },
        contabo,
      );
      const error = await errorOf(session.call(write));
      assert.match(error.message, said);
      assert.match(error.message.split("\nFix: ")[1] ?? "", step);
    });
  }

  it("keeps the vendor's words, whatever they are wrapped in", () => {
    const { session } = scripted([fine]);
    const cases: [answer: Parameters<typeof session.refused>[0], words: RegExp][] = [
      [{ status: 404, body: { detail: "no such VPS" } }, /no such VPS \(HTTP 404\)/],
      [{ status: 404, body: { oops: ["gone"] } }, /gone.*\(HTTP 404\)/],
      [{ status: 404, body: undefined, text: "<h1>Not here</h1><script>x()</script>" }, /: Not here \(HTTP 404\)/],
    ];
    for (const [answer, words] of cases) assert.match(session.refused(answer).message, words);
  });

  it("at netcup after 401 and 403 names the list of addresses that may call", () => {
    const { session } = scripted([fine], {}, netcup);
    for (const code of [401, 403]) {
      assert.match(
        session.refused({ status: code, body: { message: "Forbidden" } }).message,
        /Fix: [\s\S]*list of the SCP's REST API/,
      );
    }
  });

  it("comes without the tokens that an endpoint repeats", async () => {
    const repeats = "refresh token t0p/secret+token was t0p%2Fsecret%2Btoken\u001b[2J\n::error::owned";
    const body = JSON.stringify({ error: "invalid_grant", error_description: repeats });
    const credentials = { refreshToken: "t0p/secret+token" };
    const { session } = scripted([new Response(body, { status: 400 })], { credentials }, netcup);
    const { message } = await errorOf(session.call(write));
    assert.match(message, /refresh token \[hidden\] was \[hidden\]\\u\{1b\}\[2J : :error::owned/);
    assert.equal(message.split("\n").length, 2);
  });

  it("is for a certificate that nobody trusts, seen for real", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "self-signed-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const request = [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-subj",
      "/CN=localhost",
      "-addext",
      "subjectAltName=DNS:localhost",
    ];
    const made = spawnSync("openssl", [...request, "-keyout", key, "-out", cert, "-days", "2"], { encoding: "utf8" });
    if (made.error !== undefined) return t.skip("no openssl here");
    assert.equal(made.status, 0, made.stderr);
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, outgoing) =>
      outgoing.end("{}"),
    );
    await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
    t.after(() => server.close());
    const endpoint = `https://localhost:${(server.address() as AddressInfo).port}`;
    const error = await errorOf(scripted([], { endpoint, fetch }).session.call(write));
    assert.match(
      error.message,
      /its certificate is not accepted: self-signed certificate \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    );
    assert.match(error.message, /Fix: .*NODE_EXTRA_CA_CERTS=FILE/);
  });
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

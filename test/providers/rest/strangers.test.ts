import * as assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { isRestApiName } from "../../../providers/internal/rest/apis";
import { provider } from "../../../providers/internal/rest/provider";
import { type Account, openAccount } from "../../../providers/internal/simulation/account";
import { type RestFault, type SeenRequest, type ServedApi, serveRestApi } from "../../../sandbox/rest/serve";
import { simulatedApis } from "../../../sandbox/simulations";
import { ptrInputs } from "./ptr-inputs";

const V4 = "203.0.113.7";
const V6 = "2001:db8:7::25";
const OLD = "old.example.net";
const json = { "content-type": "application/json" };

/** Answers that say yes and are not the API's. */
const strangers: readonly (readonly [name: string, status: number, body: string, headers?: Record<string, string>])[] =
  [
    ["the sign-in page of a hotel", 200, "<html><head><title>Hotel Wi-Fi</title></head><body>Sign in</body></html>"],
    ["such a page with the status of a change", 202, "<p>Welcome</p>"],
    ["a page that claims to be JSON", 200, "<p>Welcome</p>", json],
    ["text", 200, "OK", { "content-type": "text/plain" }],
    ["JSON of something else", 200, '{"portal":"login","success":true}', json],
    ["an empty object", 200, "{}", json],
    ["null", 200, "null", json],
    ["a number", 200, "1", json],
    ["a list of something else", 200, '[{"a":1}]', json],
    [
      "the names of all members with other types",
      200,
      '{"rdns":1,"data":{},"items":"","ip_address":[],"reverseLookups":1}',
      json,
    ],
    ["nothing", 200, ""],
    ["no content", 204, ""],
  ];

interface Attempt {
  readonly error?: Error & { id?: string };
}

async function attempt(promise: Promise<unknown> | undefined): Promise<Attempt> {
  return (promise ?? Promise.resolve()).then(
    () => ({}),
    (error: Error) => ({ error }),
  );
}

for (const name of Object.keys(simulatedApis).filter(isRestApiName)) {
  const api = simulatedApis[name];
  describe(`a 2xx that is not ${name}'s`, () => {
    let account: Account;
    let served: ServedApi;
    const inputs = (address: string) => ({ ...ptrInputs(name, served, address), tries: 1, timeoutSeconds: 5 });
    const isToken = ({ path }: SeenRequest) => path === api.tokenPath;
    const fail = (fault: RestFault, matches: (request: SeenRequest) => boolean) => served.fail(fault, matches);
    const config = { get: (key: string) => api.config[key], require: (key: string) => api.config[key] ?? "" };

    before(async () => {
      account = openAccount([V4, V6]);
      served = await serveRestApi(api, account);
    });
    after(() => served.close());

    for (const [what, status, body, headers] of strangers) {
      const stranger: RestFault = { kind: "stranger", status, body, ...(headers && { headers }) };
      it(`is no PTR, when read: ${what}`, async () => {
        await provider.configure?.({ config });
        for (const address of [V4, V6]) {
          account.setPtr(address, OLD);
          fail(stranger, (request) => request.method === "GET" && !isToken(request));
          const { error } = await attempt(provider.read?.("id", { ...inputs(address), previous: null }));
          assert.match(
            error?.message ?? "no error",
            /HTTP 20\d, but the body is not an answer of its API[\s\S]*\nFix: check what answers at http/,
          );
          const changes = account.journal.length;
          const created = await attempt(provider.create(inputs(address)));
          assert.match(created.error?.message ?? "no error", /is not an answer of its API/);
          assert.equal(created.error?.id, undefined, "nothing was changed");
          assert.equal(account.journal.length, changes);
          served.clearFaults();
        }
      });
    }

    it("is no change, when written", async () => {
      await provider.configure?.({ config });
      for (const [what, status, body, headers] of strangers.slice(0, 3)) {
        account.setPtr(V4, OLD);
        const stranger: RestFault = { kind: "stranger", status, body, ...(headers && { headers }) };
        fail(stranger, (request) => request.method !== "GET" && !isToken(request));
        const { error } = await attempt(provider.create(inputs(V4)));
        assert.match(error?.message ?? "no error", /is not an answer of its API/, what);
        assert.equal(error?.id, `${name}/${V4}`, "kept in mind: nobody knows what became of it");
        assert.equal(account.ptr(V4), OLD);
        const removed = await attempt(
          provider.delete?.("id", { ...inputs(V4), hostname: OLD, previous: "before.example.net" }),
        );
        assert.match(removed.error?.message ?? "no error", /is not an answer of its API/, what);
        served.clearFaults();
      }
    });

    it("is not the word that there is no PTR or no such address: a page with 404", async () => {
      await provider.configure?.({ config });
      for (const address of [V4, V6]) {
        account.setPtr(address, OLD);
        const page = "<html><head><title>404 Not Found</title></head></html>";
        fail(
          { kind: "stranger", status: 404, body: page, headers: { "content-type": "text/html" } },
          (request) => !isToken(request),
        );
        const says = /HTTP 404, but the body is not an answer of its API: 404 Not Found\.\nFix: check what answers at/;
        const read = await attempt(provider.read?.("id", { ...inputs(address), previous: null }));
        assert.match(read.error?.message ?? "the PTR is taken out of the state", says);
        const removed = await attempt(
          provider.delete?.("id", { ...inputs(address), hostname: OLD, previous: "before.example.net" }),
        );
        assert.match(removed.error?.message ?? "the PTR is forgotten and stays", says);
        assert.equal(account.ptr(address), OLD);
        served.clearFaults();
      }
    });

    if (api.tokenPath !== undefined)
      it("is no token", async () => {
        for (const [what, status, body, headers] of strangers) {
          await provider.configure?.({ config });
          const before = served.requests.length;
          fail({ kind: "stranger", status, body, ...(headers && { headers }) }, isToken);
          const { error } = await attempt(provider.create(inputs(V4)));
          assert.match(error?.message ?? "no error", /is not an answer of its API[\s\S]*`tokenEndpoint`/, what);
          assert.ok(served.requests.slice(before).every(isToken), "no other request");
          served.clearFaults();
        }
      });
  });
}

describe("an answer about another address", () => {
  it("is no answer to the question", async () => {
    const other = "203.0.113.8";
    const answers: Readonly<Record<string, string>> = {
      "hetzner-robot": JSON.stringify({ rdns: { ip: other, ptr: OLD } }),
      contabo: JSON.stringify({ data: [{ ip: other, ptr: OLD }] }),
      upcloud: JSON.stringify({ ip_address: { address: other, ptr_record: OLD } }),
      leaseweb: JSON.stringify({ ip: other, reverseLookup: OLD }),
    };
    for (const name of Object.keys(answers).filter(isRestApiName)) {
      const api = simulatedApis[name];
      const served = await serveRestApi(api, openAccount([V4]));
      const config = { get: (key: string) => api.config[key], require: (key: string) => api.config[key] ?? "" };
      await provider.configure?.({ config });
      served.fail(
        { kind: "stranger", status: 200, body: answers[name] ?? "", headers: json },
        ({ method }) => method === "GET",
      );
      const { endpoint, tokenEndpoint } = served;
      const { error } = await attempt(
        provider.create({
          provider: name,
          address: V4,
          hostname: "mail.example.com",
          endpoint,
          ...(tokenEndpoint && { tokenEndpoint }),
        }),
      );
      await served.close();
      assert.match(error?.message ?? "no error", /is not an answer of its API/, name);
    }
  });
});

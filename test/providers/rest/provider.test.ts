import * as assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { isRestApiName, restApis } from "../../../providers/internal/rest/apis";
import { findCredentials } from "../../../providers/internal/rest/credentials";
import { provider } from "../../../providers/internal/rest/provider";
import type { RestApi } from "../../../providers/internal/rest/rest-api";
import { type Account, openAccount } from "../../../providers/internal/simulation/account";
import { type ServedApi, serveRestApi } from "../../../sandbox/rest/serve";
import { simulatedApis } from "../../../sandbox/simulations";
import { ptrInputs } from "./ptr-inputs";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

async function configured(values: Readonly<Record<string, string>>): Promise<void> {
  await provider.configure?.({
    config: { get: (key) => values[key], require: (key) => values[key] ?? assert.fail(`no ${key}`) },
  });
}

async function failures(news: Record<string, unknown>): Promise<string[]> {
  const inputs = { provider: "upcloud", address: "203.0.113.7", hostname: "mail.example.com", ...news };
  const result = await provider.check?.({} as never, inputs as never);
  return (result?.failures ?? []).map(({ property, reason }) => `${property}: ${reason}`);
}

describe("what is given to a REST PTR", () => {
  before(() => configured({ "upcloud:token": "x", "leaseweb:token": "x" }));

  const cases: [name: string, news: Record<string, unknown>, failure: RegExp | undefined][] = [
    ["is taken", {}, undefined],
    ["may be unknown in a preview", { address: UNKNOWN, hostname: UNKNOWN }, undefined],
    ["may have unknown settings in a preview", { settings: UNKNOWN, endpoint: UNKNOWN }, undefined],
    ["wants an address", { address: "203.0.113.7/32" }, /^address: .*prefix/],
    ["wants a name", { hostname: "mail..example.com" }, /^hostname: .*empty label/],
    ["wants a provider that is known", { provider: "upclod" }, /^provider: .*Did you mean upcloud/],
    ["wants a safe endpoint", { endpoint: "http://api.example.com" }, /^endpoint: .*in the clear/],
    ["wants settings that the API knows", { settings: { virtualMachine: "1" } }, /^settings: .*takes none/],
    [
      "takes the settings that the API knows",
      { provider: "leaseweb", settings: { ipv6Range: "2001:db8::/112" } },
      undefined,
    ],
    ["wants credentials", { provider: "hostinger" }, /^provider: no credentials for Hostinger: token is missing/],
  ];
  for (const [name, news, failure] of cases) {
    it(name, async () => {
      const found = await failures(news);
      if (failure === undefined) assert.deepEqual(found, []);
      else assert.match(found.join("\n"), failure);
    });
  }

  it("is brought into one spelling", async () => {
    const inputs = { provider: "upcloud", address: "2001:DB8:0:0::25", hostname: "MAIL.Example.com." };
    const result = await provider.check?.({} as never, inputs as never);
    assert.deepEqual(
      { address: result?.inputs?.address, hostname: result?.inputs?.hostname },
      { address: "2001:db8::25", hostname: "mail.example.com" },
    );
  });

  it("is replaced for another address or provider, and only then", async () => {
    const olds = { provider: "upcloud", address: "203.0.113.7", hostname: "mail.example.com", previous: null };
    const diff = async (news: Record<string, unknown>) => {
      const result = await provider.diff?.("id", olds, { ...olds, ...news } as never);
      return { changes: result?.changes, replaces: result?.replaces };
    };
    assert.deepEqual(await diff({}), { changes: false, replaces: [] });
    assert.deepEqual(await diff({ hostname: "b.example.com" }), { changes: true, replaces: [] });
    assert.deepEqual(await diff({ hostname: UNKNOWN }), { changes: true, replaces: [] });
    assert.deepEqual(await diff({ tries: 9 }), { changes: false, replaces: [] });
    assert.deepEqual(await diff({ endpoint: "https://other.example" }), { changes: true, replaces: [] });
    assert.deepEqual(await diff({ address: "203.0.113.8" }), { changes: true, replaces: ["address"] });
    assert.deepEqual(await diff({ address: UNKNOWN }), { changes: true, replaces: [] });
    assert.deepEqual(await diff({ provider: "leaseweb" }), { changes: true, replaces: ["provider"] });
  });
});

describe("credentials", () => {
  const none = { config: () => undefined, environment: {} };
  for (const [name, api] of Object.entries(restApis) as [string, RestApi][]) {
    it(`of ${name} come from config or environment; without them the error names the command that sets them`, () => {
      const missing = findCredentials(api, none);
      assert.ok(!missing.ok);
      for (const { config, environment } of api.credentials[0] ?? []) {
        assert.ok(missing.problem.includes(`pulumi config set --secret ${config}`));
        assert.ok(missing.problem.includes(environment));
      }
      for (const set of api.credentials) {
        const values = Object.fromEntries(set.map(({ config }) => [config, " value\n"]));
        const fromConfig = findCredentials(api, { ...none, config: (key) => values[key] });
        assert.deepEqual(fromConfig, {
          ok: true,
          credentials: Object.fromEntries(set.map((credential) => [credential.name, "value"])),
        });
        const variables = Object.fromEntries(set.map(({ environment }) => [environment, "other"]));
        assert.ok(findCredentials(api, { ...none, environment: variables }).ok);
      }
    });
  }
});

const V4 = "203.0.113.7";
const V6 = "2001:db8:7::25";

for (const name of Object.keys(simulatedApis).filter(isRestApiName)) {
  describe(`${name} against its simulated API`, () => {
    let account: Account;
    let served: ServedApi;
    const inputs = (address: string, hostname?: string) => ({
      ...ptrInputs(name, served, address, hostname),
      tries: 2,
      timeoutSeconds: 1,
    });
    before(async () => {
      await configured(simulatedApis[name].config);
      account = openAccount([V4, V6]);
      served = await serveRestApi(simulatedApis[name], account);
    });
    after(() => served.close());

    it("adopts a PTR that is there already without writing", async () => {
      account.setPtr(V4, "mail.example.com");
      const writes = account.journal.length;
      const { outs } = await provider.create(inputs(V4));
      assert.equal(account.journal.length, writes);
      assert.equal(outs?.previous, null);
    });

    it("remembers what was there before", async () => {
      account.setPtr(V6, "old.example.net");
      const { outs } = await provider.create(inputs(V6));
      assert.equal(outs?.previous, "old.example.net");
      assert.equal(account.ptr(V6), "mail.example.com");
    });

    it("refuses an address that is not the account's", async () => {
      await assert.rejects(
        provider.create(inputs("198.51.100.1")),
        /refused to set the PTR of 198\.51\.100\.1[\s\S]*Fix: /,
      );
    });

    it("waits as Retry-After says and goes on", async () => {
      served.fail({ kind: "status", status: 429, headers: { "retry-after": "0" } }, () => true, 1);
      const { outs } = await provider.create(inputs(V4));
      assert.equal(outs?.hostname, "mail.example.com");
      served.clearFaults();
    });

    it("keeps in mind a change whose answer was lost, so that the next run finishes it", async () => {
      account.setPtr(V4, "old.example.net");
      const isWrite = ({ method, path }: { method: string; path: string }) =>
        method !== "GET" && path !== simulatedApis[name].tokenPath;
      served.fail({ kind: "cut-after" }, isWrite);
      const error = await provider.create(inputs(V4)).then(
        () => assert.fail("it was answered"),
        (reason: Error & { id?: string; properties?: Record<string, unknown> }) => reason,
      );
      assert.equal(error.id, `${name}/${V4}`);
      assert.equal(error.properties?.previous, "old.example.net");
      served.clearFaults();
      const finished = await provider.update?.(error.id ?? "", error.properties as never, inputs(V4));
      assert.equal(finished?.outs?.previous, "old.example.net");
      assert.equal(account.ptr(V4), "mail.example.com");
    });

    it("does not keep in mind a change that was never sent", async () => {
      account.setPtr(V4, "old.example.net");
      served.fail({ kind: "silence" }, ({ method }) => method === "GET" || name === "hostinger");
      const error = await provider.create({ ...inputs(V4), timeoutSeconds: 0.2, tries: 1 }).then(
        () => assert.fail("it was answered"),
        (reason: Error & { id?: string }) => reason,
      );
      assert.equal(error.id, undefined);
      assert.match(error.message, /no answer within 0\.2 s/);
      served.clearFaults();
    });

    it("reads what is there, and tells an address that went from one without a PTR", async () => {
      account.setPtr(V4, "Elsewhere.example.NET");
      const props = { ...inputs(V4), previous: null };
      assert.equal((await provider.read?.("id", props))?.props?.hostname, "elsewhere.example.net");
      account.setPtr(V6, null);
      assert.deepEqual((await provider.read?.("id", { ...inputs(V6), previous: null }))?.props?.hostname, "");
      const gone = await provider.read?.("id", { ...inputs("198.51.100.1"), previous: null });
      // At IONOS an address of another customer looks like one without a record.
      if (name !== "ionos") assert.deepEqual(gone, { id: "" });
    });

    it("deletes twice without an error", async () => {
      const props = { ...inputs(V6), previous: null };
      await provider.delete?.("id", props);
      await provider.delete?.("id", props);
    });
  });
}

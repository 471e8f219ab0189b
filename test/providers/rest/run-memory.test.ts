import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isRestApiName, type RestApiName } from "../../../providers/internal/rest/apis";
import { provider } from "../../../providers/internal/rest/provider";
import { type Account, openAccount } from "../../../providers/internal/simulation/account";
import { type ServedApi, serveRestApi } from "../../../sandbox/rest/serve";
import { simulatedApis } from "../../../sandbox/simulations";
import { ptrInputs } from "./ptr-inputs";

const ADDRESSES = ["203.0.113.7", "203.0.113.8", "203.0.113.9", "203.0.113.10", "2001:db8:7::25"];

async function withApi(
  name: RestApiName,
  secrets: Readonly<Record<string, string>>,
  run: (tools: {
    account: Account;
    served: ServedApi;
    create: (address: string, hostname?: string, timeoutSeconds?: number) => Promise<unknown>;
    again: (secrets: Readonly<Record<string, string>>) => Promise<void>;
  }) => Promise<void>,
): Promise<void> {
  const api = simulatedApis[name];
  const account = openAccount(ADDRESSES, () => "default.example.net");
  const served = await serveRestApi(api, account);
  const configure = async (values: Readonly<Record<string, string>>) => {
    await provider.configure?.({ config: { get: (key) => values[key], require: (key) => values[key] ?? "" } });
  };
  await configure(secrets);
  const create = (address: string, hostname?: string, timeoutSeconds = 20) =>
    provider.create({ ...ptrInputs(name, served, address, hostname), tries: 2, timeoutSeconds });
  try {
    await run({ account, served, create, again: configure });
  } finally {
    await served.close();
  }
}

async function errors(promises: readonly Promise<unknown>[]): Promise<string[]> {
  const results = await Promise.allSettled(promises);
  return results.flatMap((result) => (result.status === "rejected" ? [(result.reason as Error).message] : []));
}

for (const name of Object.keys(simulatedApis).filter(isRestApiName)) {
  const api = simulatedApis[name];
  const wrong = Object.fromEntries(Object.keys(api.config).map((key) => [key, "wrong-password"]));

  describe(`${name}, five addresses at once`, () => {
    it("is sent a wrong password once, and every address reports what to do", async () => {
      await withApi(name, wrong, async ({ account, served, create, again }) => {
        const told = await errors(ADDRESSES.map((address) => create(address)));
        assert.equal(told.length, ADDRESSES.length);
        for (const address of ADDRESSES) {
          const own = told.filter((message) => message.includes(`set the PTR of ${address} to mail.example.com`));
          assert.match(own.join("\n"), /refused to .*HTTP 40[01][\s\S]*\nFix: .{20,}/);
          assert.equal(own.join("\n").split("Fix: ").length, 2, "one next step");
        }
        assert.equal(served.requests.length, 1);
        assert.match((await errors([create("203.0.113.7")])).join(), /are not sent again/);
        assert.equal(served.requests.length, 1, "later neither");
        assert.deepEqual(account.journal, []);

        // The next run, with the right one.
        await again(api.config);
        assert.deepEqual(await errors([create("203.0.113.7")]), []);
      });
    });

    if (api.tokenPath !== undefined)
      it("hands out one token", async () => {
        await withApi(name, api.config, async ({ served, create }) => {
          assert.deepEqual(await errors(ADDRESSES.map((address) => create(address))), []);
          assert.deepEqual(await errors(ADDRESSES.map((address) => create(address, "mail2.example.com"))), []);
          assert.equal(served.requests.filter(({ path }) => path === api.tokenPath).length, 1);
        });
      });

    if (api.tokenPath !== undefined)
      it("hands out another token when the first is no longer taken", async () => {
        await withApi(name, api.config, async ({ served, create }) => {
          assert.deepEqual(await errors([create("203.0.113.7")]), []);
          served.fail({ kind: "status", status: 401 }, ({ path }) => path !== api.tokenPath, 1);
          assert.deepEqual(await errors([create("203.0.113.8")]), []);
          assert.equal(served.requests.filter(({ path }) => path === api.tokenPath).length, 2);
          served.fail({ kind: "status", status: 401 }, ({ path }) => path !== api.tokenPath);
          assert.match((await errors([create("203.0.113.9")])).join(), /HTTP 401/);
          const sent = served.requests.length;
          assert.match((await errors([create("203.0.113.10")])).join(), /HTTP 401/);
          assert.equal(served.requests.length, sent);
        });
      });

    it("is found out of reach once, and each address reports it", async () => {
      await withApi(name, api.config, async ({ served, create }) => {
        served.fail({ kind: "silence" });
        const told = await errors(ADDRESSES.map((address) => create(address, "mail.example.com", 1)));
        assert.equal(served.requests.length, 2, "two tries");
        for (const address of ADDRESSES) {
          assert.match(
            told.join("\n"),
            new RegExp(`set the PTR of ${address} to mail.example.com: no answer within 1 s`),
          );
        }
        served.clearFaults();
        assert.deepEqual(await errors(ADDRESSES.map((address) => create(address))), []);
      });
    });

    it("serves the others when the first request is refused for itself", async () => {
      await withApi(name, api.config, async ({ account, create }) => {
        const told = await errors([create("198.51.100.1"), ...ADDRESSES.map((address) => create(address))]);
        assert.equal(told.length, 1, told.join("\n"));
        assert.equal(account.ptr("203.0.113.7"), "mail.example.com");
      });
    });
  });
}

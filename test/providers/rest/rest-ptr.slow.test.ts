import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { RestApiName } from "../../../providers/internal/rest/apis";
import { RestPtr } from "../../../providers/internal/rest/rest-ptr";
import { type Account, openAccount } from "../../../providers/internal/simulation/account";
import type { SimulatedApi } from "../../../providers/internal/simulation/simulated-api";
import { type ServedApi, serveRestApi } from "../../../sandbox/rest/serve";
import { simulatedApis } from "../../../sandbox/simulations";
import { ptrInputs } from "./ptr-inputs";
import { engineAtHand, openRestStack, type Run } from "./rest-stack";

const V4 = "203.0.113.7";
const V6 = "2001:db8:7::25";
const DEFAULT_V4 = "default-v4.example.net";
const names = Object.keys(simulatedApis) as RestApiName[];

/** What is left after the resource is gone, as each vendor's API has it. */
const leftBehind: Readonly<Partial<Record<RestApiName, { v4: string | null; v6: string | null }>>> = {
  "hetzner-robot": { v4: DEFAULT_V4, v6: null },
  hostinger: { v4: null, v6: null },
  // No deletion for IPv4: what was there before is put back.
  contabo: { v4: DEFAULT_V4, v6: null },
  netcup: { v4: DEFAULT_V4, v6: null },
  // No deletion, and the IPv6 address had no PTR that could be put back.
  upcloud: { v4: DEFAULT_V4, v6: "mail2.example.com" },
  leaseweb: { v4: DEFAULT_V4, v6: null },
  ionos: { v4: null, v6: null },
  powerdns: { v4: DEFAULT_V4, v6: null },
};

interface Vendor {
  readonly name: RestApiName;
  readonly api: SimulatedApi;
  readonly account: Account;
  readonly served: ServedApi;
}

async function openVendor(name: RestApiName): Promise<Vendor> {
  const api = simulatedApis[name];
  // At IONOS a PTR is a separate record, and the default name is not one.
  const account = openAccount([V4, V6], (address) => (address === V4 && name !== "ionos" ? DEFAULT_V4 : null));
  return { name, api, account, served: await serveRestApi(api, account) };
}

describe("PTRs by REST through the real engine", () => {
  it("live through every step of a stack's life at every provider", { timeout: 600_000 }, async (t) => {
    const engine = await engineAtHand();
    if ("skip" in engine) return t.skip(engine.skip);
    const home = mkdtempSync(join(tmpdir(), "rest-home-"));
    const vendors = await Promise.all(names.map(openVendor));
    const program = (hostname: string) => async () => {
      const ptrs = vendors.flatMap(({ name, served }) =>
        [V4, V6].map(
          (address) =>
            new RestPtr(`${name}-${address === V4 ? "v4" : "v6"}`, {
              ...ptrInputs(name, served, address, hostname),
              tries: 2,
              timeoutSeconds: 5,
            }),
        ),
      );
      return { hostnames: ptrs.map((ptr) => ptr.hostname) };
    };
    const stack = await openRestStack(engine.command, home, program("mail.example.com"));
    t.after(async () => {
      await Promise.all(vendors.map(({ served }) => served.close()));
      stack.close();
      rmSync(home, { recursive: true, force: true });
    });

    const printed: string[] = [];
    const states: string[] = [];
    const run = async (command: () => Promise<Run>): Promise<Run> => {
      const result = await command();
      printed.push(result.text);
      states.push(await stack.exported());
      return result;
    };
    const ptrs = () => vendors.map(({ account }) => [account.ptr(V4), account.ptr(V6)]);
    const all = <Value>(value: Value) => vendors.map(() => value);
    const requests = () => vendors.reduce((sum, { served }) => sum + served.requests.length, 0);
    const changes = () => vendors.reduce((sum, { account }) => sum + account.journal.length, 0);

    await t.test("a missing secret is refused before a single request, with the command that sets it", async () => {
      const result = await run(stack.up);
      assert.equal(result.ok, false);
      assert.match(result.text, /no credentials for [\s\S]*Fix: run `pulumi config set --secret [a-z-]+:[a-zA-Z]+`/);
      assert.equal(requests(), 0);
    });

    await t.test(
      "a wrong secret is reported in the words of the API; nothing is changed and nothing is in the state",
      async () => {
        const wrong = vendors.flatMap(({ api }) =>
          Object.keys(api.config).map((key) => [key, "wrong-secret"] as const),
        );
        await stack.setSecrets(Object.fromEntries(wrong));
        const result = await run(stack.up);
        assert.equal(result.ok, false);
        for (const { name } of vendors) {
          const urn = `${name}-v4`;
          assert.match(result.text, new RegExp(`${urn}[\\s\\S]*?HTTP 40[01][\\s\\S]*?Fix: `), `${name} says nothing`);
        }
        assert.equal(changes(), 0);
        assert.doesNotMatch(states.at(-1) ?? "", /rest-ptr:RestPtr/);
      },
    );

    await t.test("a preview asks nobody", async () => {
      await stack.setSecrets(Object.assign({}, ...vendors.map(({ api }) => api.config)));
      const before = requests();
      const result = await run(stack.preview);
      assert.equal(result.ok, true, result.text);
      assert.equal(requests(), before);
    });

    await t.test(
      "a connection that is cut after the work was done is reported, and the next run puts it right",
      async () => {
        for (const { api, served } of vendors) {
          served.fail({ kind: "cut-after" }, ({ method, path }) => method !== "GET" && path !== api.tokenPath);
        }
        const result = await run(stack.up);
        assert.equal(result.ok, false);
        assert.match(result.text, /no answer: .*\(2 tries\)/);
        assert.match(result.text, /Fix: run this again/);
        for (const { served } of vendors) served.clearFaults();

        const second = await run(stack.up);
        assert.equal(second.ok, true, second.text);
        assert.deepEqual(ptrs(), all(["mail.example.com", "mail.example.com"]));
        assert.deepEqual(
          second.outputs.hostnames,
          vendors.flatMap(() => ["mail.example.com", "mail.example.com"]),
        );
      },
    );

    await t.test("the next run has nothing to do", async () => {
      const before = requests();
      const result = await run(stack.up);
      assert.deepEqual(result.steps, []);
      assert.equal(requests(), before);
    });

    await t.test("what somebody else changed or removed is seen by refresh and put right in place", async () => {
      for (const { account } of vendors) {
        account.setPtr(V4, "elsewhere.example.net");
        account.setPtr(V6, null);
      }
      const refreshed = await run(stack.refresh);
      assert.equal(refreshed.ok, true, refreshed.text);
      assert.match(states.at(-1) ?? "", /elsewhere\.example\.net/);
      const result = await run(stack.up);
      assert.equal(result.ok, true, result.text);
      assert.deepEqual([...new Set(result.steps)], ["update pulumi-nodejs:dynamic/rest-ptr:RestPtr"]);
      assert.equal(result.steps.length, 2 * vendors.length);
      assert.deepEqual(ptrs(), all(["mail.example.com", "mail.example.com"]));
    });

    await t.test("another spelling of the name is no change, another name is changed in place", async () => {
      stack.program = program("MAIL.example.com.");
      assert.deepEqual((await run(stack.up)).steps, []);
      stack.program = program("mail2.example.com");
      const before = vendors.map(({ account }) => account.journal.length);
      const result = await run(stack.up);
      assert.equal(result.ok, true, result.text);
      assert.deepEqual([...new Set(result.steps)], ["update pulumi-nodejs:dynamic/rest-ptr:RestPtr"]);
      for (const [index, { account, name }] of vendors.entries()) {
        const written = account.journal.slice(before[index]).sort();
        assert.deepEqual(written, [`${V6} mail2.example.com`, `${V4} mail2.example.com`].sort(), name);
      }
    });

    await t.test("a name that the API refuses leaves everything as it was", async () => {
      stack.program = program("mail..example.com");
      const result = await run(stack.up);
      assert.equal(result.ok, false);
      stack.program = program("no-dots");
      const refused = await run(stack.up);
      assert.equal(refused.ok, false);
      for (const { name, account } of vendors) {
        // PowerDNS takes any name.
        const isRefused = name !== "powerdns";
        const said = new RegExp(`${name}-v4[\\s\\S]*?refused to set the PTR[\\s\\S]*?Fix: `);
        if (isRefused) assert.match(refused.text, said, name);
        const kept = isRefused ? "mail2.example.com" : "no-dots";
        assert.deepEqual([account.ptr(V4), account.ptr(V6)], [kept, kept]);
      }
      stack.program = program("mail2.example.com");
      assert.equal((await run(stack.up)).ok, true);
    });

    await t.test("destroy leaves what the API leaves", async () => {
      const result = await run(stack.destroy);
      assert.equal(result.ok, true, result.text);
      assert.deepEqual(
        vendors.map(({ name, account }) => ({ name, v4: account.ptr(V4), v6: account.ptr(V6) })),
        vendors.map(({ name }) => ({ name, ...leftBehind[name] })),
      );
      assert.match(result.text, /UpCloud's API cannot delete it/);
      assert.doesNotMatch(states.at(-1) ?? "", /rest-ptr:RestPtr/);
    });

    await t.test("an address that went back to the vendor leaves the state at the next refresh", async () => {
      assert.equal((await run(stack.up)).ok, true);
      // At IONOS an address of another customer looks like one without a record.
      const losing = vendors.filter(({ name }) => name !== "ionos");
      for (const { account } of losing) account.release(V4);
      const refreshed = await run(stack.refresh);
      assert.equal(refreshed.ok, true, refreshed.text);
      for (const { name } of vendors) {
        const kept = (states.at(-1) ?? "").includes(`RestPtr::${name}-v4`);
        assert.equal(kept, name === "ionos", name);
      }
      assert.equal((await run(stack.destroy)).ok, true);
    });

    await t.test("no secret was printed or stored in the clear, and no stack trace shown", () => {
      const secrets = vendors.flatMap(({ api }) => Object.values(api.config)).filter((value) => !value.includes("@"));
      assert.ok(secrets.length >= 7);
      for (const text of [...printed, ...states]) {
        for (const secret of [...secrets, "contabo-access-token", "netcup-access-token"]) {
          assert.ok(!text.includes(secret), `${secret} shows in ${text.slice(0, 300)}`);
          assert.ok(!text.includes(Buffer.from(secret).toString("base64")), `${secret} shows in base64`);
        }
      }
      for (const text of printed) assert.doesNotMatch(text, /^\s+at .*\.(ts|js):\d+/m);
    });
  });
});

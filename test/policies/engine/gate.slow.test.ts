import * as assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { PrimaryIp, Rdns, ZoneRrset } from "@pulumi/hcloud";
import type { Sandbox } from "../../../sandbox/sandbox";
import type { StackRun } from "../../../sandbox/sandbox-stack";
import { engineFor, failed, succeeded, withSandbox } from "../../engine/engine-stack";
import { analyze } from "./analyze";

const pack = join(__dirname, "..", "..", "..", "policies");
const policyPacks = [pack];

/** A mail address out of raw resources: what a program in any language would make. */
function mail(name: string, hostname = `${name}.example.com`) {
  const ip = new PrimaryIp(name, { type: "ipv4", assigneeType: "server", autoDelete: false, location: "fsn1" });
  const options = { deleteBeforeReplace: true };
  new ZoneRrset(name, { zone: "example.com", name, type: "A", records: [{ value: ip.ipAddress }] }, options);
  new Rdns(name, { primaryIpId: ip.id.apply(Number), ipAddress: ip.ipAddress, dnsPtr: hostname }, options);
  return ip.ipAddress;
}

const program = async () => ({ address: mail("mail") });
const at = (run: StackRun, policy: string) => run.violations.filter((each) => each.policy === policy);

function withMail(
  t: TestContext,
  config: Record<string, string>,
  use: (sandbox: Sandbox, address: string) => Promise<void>,
) {
  return withSandbox(t, { program, config }, async (sandbox) => {
    const { outputs } = succeeded(await sandbox.stack.up());
    await use(sandbox, String(outputs.address));
  });
}

describe("the gate under the real engine, on raw resources", () => {
  it("lets a stack through, stops it when the PTR is gone though nothing changed, and says where that was seen", (t) =>
    withSandbox(t, { program, config: { "fcrdns:deadlineSeconds": "2" } }, async ({ stack, internet }) => {
      assert.deepEqual(succeeded(await stack.preview({ policyPacks })).violations, []);
      const { outputs } = succeeded(await stack.up({ policyPacks }));
      const address = String(outputs.address);

      await internet.setPtr(address, null);
      await internet.settled();
      // The engine shows a preview's violations too; in it nothing was asked.
      assert.deepEqual(succeeded(await stack.preview({ policyPacks })).violations, []);
      const again = failed(await stack.up({ policyPacks }));
      const [violation, ...others] = at(again, "fcrdns-round-trip");
      assert.deepEqual(others, []);
      assert.equal(violation?.level, "mandatory");
      assert.match(violation?.urn ?? "", /hcloud:index\/rdns:Rdns::mail$/);
      assert.match(violation?.message ?? "", /in-addr\.arpa PTR at \S+ 127\.\S+ -> (nxdomain|nodata)/);
      assert.match(violation?.message ?? "", /expected\s+PTR mail\.example\.com/);
      assert.equal(again.outputs.address, address);

      const exported = await stack.export();
      const engine = (await engineFor(t)) ?? "";
      const ask = { roots: internet.roots, resolvers: [internet.resolver], port: internet.port, deadlineSeconds: 0 };
      const drift = await analyze(engine, pack, exported, { "fcrdns-round-trip": ask });
      assert.equal(drift.ok, false, drift.text);
      assert.deepEqual([...new Set(drift.policies.map((each) => each.policy))], ["fcrdns-round-trip"], drift.text);
      assert.match(drift.policies[0]?.message ?? "", /does not round-trip \(no-ptr\)/);

      await internet.setPtr(address, "mail.example.com");
      await internet.settled();
      const mended = await analyze(engine, pack, exported, { "fcrdns-round-trip": ask });
      assert.equal(mended.ok, true, mended.text);
      assert.deepEqual(mended.policies, []);
    }));

  it("waits for name servers that are late, with news on the way", (t) =>
    withSandbox(
      t,
      { program, config: { "fcrdns:deadlineSeconds": "30" }, internet: { publishDelayMs: 6_000 } },
      async ({ stack }) => {
        const up = succeeded(await stack.up({ policyPacks }));
        assert.deepEqual(up.violations, []);
        assert.match(up.text, /fcrdns: 0 of 1 addresses round-trip after \d+ s; waiting for 203\.0\.113\.\d+/);
      },
    ));

  it("says that it could not verify where nobody answers", (t) =>
    withMail(
      t,
      { "fcrdns:deadlineSeconds": "0", "fcrdns:timeoutSeconds": "0.2", "fcrdns:tries": "1" },
      async ({ stack, internet }) => {
        for (const { name } of await internet.servers())
          await internet.fault({ kind: "silence", where: { server: name } } as never);
        const [violation] = at(failed(await stack.up({ policyPacks })), "fcrdns-round-trip");
        assert.match(violation?.message ?? "", /could not verify/);
        assert.doesNotMatch(violation?.message ?? "", /does not round-trip/);
      },
    ));

  const record = (name: string, type: string, value: string) =>
    new ZoneRrset(type, { zone: "example.com", name, type, records: [{ value }] }, { deleteBeforeReplace: true });
  const withMx = async () => {
    const addresses = ["mail", "out"].map((name) => mail(name));
    record("@", "MX", "10 mail.example.com.");
    record("@", "TXT", '"v=spf1 mx a:out.example.com -all"');
    return { addresses };
  };

  it("tells one cause once, though MX and SPF name the address too", (t) =>
    withSandbox(t, { program: withMx, config: { "fcrdns:deadlineSeconds": "0" } }, async ({ stack, internet }) => {
      const { outputs } = succeeded(await stack.up());
      await internet.settled();
      assert.deepEqual(succeeded(await stack.up({ policyPacks })).violations, []);
      const [address] = outputs.addresses as readonly string[];
      await internet.setPtr(String(address), null);
      await internet.settled();
      const { violations } = failed(await stack.up({ policyPacks }));
      assert.deepEqual(
        violations.map(({ policy, level }) => [policy, level]),
        [["fcrdns-round-trip", "mandatory"]],
      );
    }));

  it("tells once that none of the addresses could be verified", (t) =>
    withSandbox(
      t,
      {
        program: withMx,
        config: { "fcrdns:deadlineSeconds": "0", "fcrdns:timeoutSeconds": "0.2", "fcrdns:tries": "1" },
      },
      async ({ stack, internet }) => {
        const { outputs } = succeeded(await stack.up());
        for (const { name } of await internet.servers())
          await internet.fault({ kind: "silence", where: { server: name } } as never);
        const { violations } = failed(await stack.up({ policyPacks }));
        const [violation, ...others] = violations;
        assert.deepEqual(others, []);
        assert.match(violation?.message ?? "", /could not verify any of the 2 addresses/);
        for (const address of outputs.addresses as readonly string[])
          assert.ok(violation?.message.includes(address), violation?.message);
      },
    ));

  it("judges names before anything exists", (t) =>
    withSandbox(
      t,
      { program: async () => void mail("mail", "static.10.113.0.203.clients.your-server.de") },
      async ({ stack }) => {
        const preview = failed(await stack.preview({ policyPacks }));
        assert.deepEqual(
          preview.violations.map(({ policy, level }) => [policy, level]).filter(([, level]) => level === "mandatory"),
          [["fcrdns-name-not-generic", "mandatory"]],
        );
      },
    ));

  it("refuses configuration that means nothing, and never repeats a secret", (t) =>
    withMail(
      t,
      { "fcrdns:deadlineSeconds": "0", "fcrdns:deadlineSecnds": "s3cr3t" },
      async ({ stack, internet }, address) => {
        const configured = async (config: object) => {
          const run = await stack.up({ policyPacks, policyConfigs: [config] });
          return { run, messages: at(run, "fcrdns-configuration").map(({ message, level }) => `${level} ${message}`) };
        };
        const stackKey = await configured({});
        assert.equal(stackKey.run.ok, false);
        assert.match(stackKey.messages.join("\n"), /fcrdns:deadlineSecnds .*deadlineSeconds/);
        assert.doesNotMatch(stackKey.run.text, /s3cr3t/);
        await stack.unset("fcrdns:deadlineSecnds");

        const rule = await configured({ "fcrdns-rond-trip": "mandatory" });
        assert.match(rule.messages.join("\n"), /^mandatory .*"fcrdns-rond-trip" is not a rule.*fcrdns-round-trip/s);
        assert.equal(rule.run.ok, false);

        // Everything switched off, and the one rule that was to stay misspelt.
        const off = await configured({ all: "disabled", "fcrdns-rond-trip": "mandatory" });
        assert.equal(off.run.ok, false, off.run.text);

        const key = await configured({ "fcrdns-round-trip": { deadlineSecond: 1 } });
        assert.match(key.messages.join("\n"), /^mandatory .*deadlineSecond is not a key.*deadlineSeconds/s);

        await internet.setPtr(address, null);
        await internet.settled();
        const waiver = { address, reason: "ticket 4711", until: "2000-01-01" };
        const expired = await configured({ "fcrdns-round-trip": { ignore: [waiver] } });
        assert.equal(expired.run.ok, false);
        assert.match(expired.messages.join("\n"), /ended on 2000-01-01 \(it was: ticket 4711\)/);
        assert.equal(at(expired.run, "fcrdns-round-trip").length, 1);

        const until = `${new Date().getUTCFullYear() + 1}-12-31`;
        const waived = await configured({ "fcrdns-round-trip": { ignore: [{ ...waiver, until }] } });
        assert.deepEqual(succeeded(waived.run).violations, []);
        assert.match(waived.run.text, /is waived until \d{4}-12-31: ticket 4711/);
      },
    ));

  it("checks fifty addresses at once", (t) => {
    const names = Array.from({ length: 50 }, (_, index) => `m${index + 1}`);
    return withSandbox(
      t,
      { program: async () => void names.map((name) => mail(name)), config: { "fcrdns:deadlineSeconds": "60" } },
      async ({ stack, internet }) => {
        assert.deepEqual(succeeded(await stack.up({ policyPacks })).violations, []);
        await internet.setPtr("203.0.113.10", null);
        await internet.settled();
        await stack.configure({ "fcrdns:deadlineSeconds": "0" });
        const run = failed(await stack.up({ policyPacks }));
        assert.equal(at(run, "fcrdns-round-trip").length, 1);
      },
    );
  });
});

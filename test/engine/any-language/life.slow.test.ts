import * as assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { StackRun } from "../../../sandbox/sandbox-stack";
import { failed, operations, succeeded } from "../engine-stack";
import { programOf, withPlugin } from "./remote-component";

const gate = { policyPacks: [join(__dirname, "..", "..", "..", "policies")] };
const config = { "fcrdns:deadlineSeconds": "20", "fcrdns:timeoutSeconds": "1" };

const HETZNER = { hostname: "mail.example.com", zone: "example.com", cloud: "hetzner", dns: "hetzner" };

function errorsOf({ diagnostics }: StackRun): string {
  return diagnostics.flatMap(({ severity, message }) => (severity === "error" ? [message] : [])).join("\n---\n");
}

describe("the component from any language, through the engine", () => {
  test("up, again, another host name, destroy: verified, with the gate", (t) =>
    withPlugin(t, { program: programOf(() => HETZNER), config }, async ({ stack, internet }) => {
      const untouched = await internet.snapshot();
      succeeded(await stack.preview(gate));
      const { outputs } = succeeded(await stack.up(gate));
      const addresses = outputs.addresses as string[];
      assert.equal(outputs.hostname, "mail.example.com");
      assert.deepEqual(outputs.verified, { hostname: "mail.example.com", addresses });
      for (const address of addresses) assert.equal(await internet.ptr(address), "mail.example.com");
      assert.deepEqual(operations(succeeded(await stack.up(gate))), []);
      // What resolvers remember of the old name is another matter, and takes its time to live.
      await internet.flushResolver();
      const program = programOf(() => ({ ...HETZNER, hostname: "mx.example.com" }));
      const renamed = succeeded(await stack.up({ ...gate, program }));
      assert.deepEqual(renamed.outputs.addresses, addresses);
      succeeded(await stack.destroy());
      assert.deepEqual(await internet.snapshot(), untouched);
    }));

  test("MX and SPF are published once it is verified", (t) =>
    withPlugin(t, { program: programOf(() => ({ ...HETZNER, mx: true })), config }, async ({ stack, internet }) => {
      succeeded(await stack.preview());
      succeeded(await stack.up());
      assert.deepEqual(await internet.records("example.com", "MX"), ["10 mail.example.com."]);
    }));

  test("a round trip that does not hold fails the run, its text is told once, and the next run mends it", (t) =>
    withPlugin(
      t,
      { program: programOf(() => HETZNER), config: { ...config, "fcrdns:deadlineSeconds": "4" } },
      async ({ stack, internet }) => {
        await internet.fault({ kind: "pin-ptr", value: null });
        const told = errorsOf(failed(await stack.up()));
        assert.equal(
          told.match(/203\.0\.113\.10 as mail\.example\.com does not round-trip \(no-ptr\)/g)?.length,
          1,
          told,
        );
        assert.doesNotMatch(told, /\n {4}at |resource monitor shut down/);
        await internet.endFaults();
        await internet.settled();
        await internet.flushResolver();
        await stack.configure(config);
        assert.deepEqual(operations(succeeded(await stack.up())), []);
      },
    ));

  test("arguments that are wrong are told together, once, before anything is created", (t) =>
    withPlugin(
      t,
      { program: programOf(() => ({ ...HETZNER, cloud: "hetzer", dns: "nowhere" })), config },
      async ({ stack, internet }) => {
        const before = await internet.journal();
        const told = errorsOf(failed(await stack.up()));
        assert.deepEqual(await internet.journal(), before);
        assert.equal(told.match(/did you mean hetzner\?/g)?.length, 1, told);
        assert.match(told, /dns is "nowhere"/);
      },
    ));
});

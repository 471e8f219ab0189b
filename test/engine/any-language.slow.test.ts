/** The component as a program in any language uses it: registered as a remote component, made by the plugin's process. */
import * as assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { StackRun } from "../../sandbox/sandbox-stack";
import { type ServedPlugin, servePlugin } from "../plugin/served-plugin";
import { failed, operations, succeeded, withSandbox } from "./engine-stack";

const gate = { policyPacks: [join(__dirname, "..", "..", "policies")] };
const config = { "fcrdns:deadlineSeconds": "20", "fcrdns:timeoutSeconds": "1" };

const OUTPUTS = ["hostname", "addresses", "endpoints", "verified", "manualSteps"] as const;

/** What a generated SDK's class is: the token, the inputs, and `remote`. */
class RemoteSendingIp extends pulumi.ComponentResource {
  declare readonly addresses: pulumi.Output<string[]>;

  public constructor(name: string, inputs: pulumi.Inputs, options: pulumi.ComponentResourceOptions = {}) {
    const outputs = Object.fromEntries(OUTPUTS.map((key) => [key, undefined]));
    super("pulumi-fcrdns:index:SendingIp", name, { ...outputs, ...inputs }, options, true);
  }
}

function programOf(inputs: pulumi.Inputs) {
  return async () => {
    const mail = new RemoteSendingIp("mail", inputs);
    return Object.fromEntries(OUTPUTS.map((key) => [key, mail[key as "addresses"]]));
  };
}

function errorsOf({ diagnostics }: StackRun): string {
  return diagnostics.flatMap(({ severity, message }) => (severity === "error" ? [message] : [])).join("\n---\n");
}

async function withPlugin(use: (plugin: ServedPlugin) => Promise<void>): Promise<void> {
  const plugin = await servePlugin();
  try {
    await use(plugin);
  } finally {
    await plugin.close();
  }
}

const HETZNER = { hostname: "mail.example.com", zone: "example.com", cloud: "hetzner", dns: "hetzner" };

describe("the component from any language, through the engine", () => {
  test("up, again, another host name, destroy: verified, with the gate", (t) =>
    withPlugin((plugin) =>
      withSandbox(
        t,
        { program: programOf(HETZNER), config, served: { "pulumi-fcrdns": plugin.port } },
        async ({ stack, internet }) => {
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
          const renamed = succeeded(
            await stack.up({ ...gate, program: programOf({ ...HETZNER, hostname: "mx.example.com" }) }),
          );
          assert.deepEqual(renamed.outputs.addresses, addresses);
          succeeded(await stack.destroy());
          assert.deepEqual(await internet.snapshot(), untouched);
        },
      ),
    ));

  test("a round trip that does not hold fails the run, its text is told once, and the next run mends it", (t) =>
    withPlugin((plugin) =>
      withSandbox(
        t,
        {
          program: programOf(HETZNER),
          config: { ...config, "fcrdns:deadlineSeconds": "4" },
          served: { "pulumi-fcrdns": plugin.port },
        },
        async ({ stack, internet }) => {
          await internet.fault({ kind: "pin-ptr", value: null });
          const run = failed(await stack.up());
          const told = errorsOf(run);
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
      ),
    ));

  test("arguments that are wrong are told together, once, before anything is created", (t) =>
    withPlugin((plugin) =>
      withSandbox(
        t,
        {
          program: programOf({
            ...HETZNER,
            hostname: "mail.example.com",
            cloud: "hetzer",
            hetzner: { locaton: "fsn1" },
          }),
          config,
          served: { "pulumi-fcrdns": plugin.port },
        },
        async ({ stack, internet }) => {
          const before = await internet.journal();
          const run = failed(await stack.up());
          assert.deepEqual(await internet.journal(), before);
          const told = errorsOf(run);
          assert.equal(told.match(/did you mean hetzner\?/g)?.length, 1, told);
        },
      ),
    ));
});

import * as assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";

import program = require("../../index");

import type { StackRun } from "../../sandbox/sandbox-stack";
import { failed, succeeded, withSandbox } from "./engine-stack";

const gate = { policyPacks: [join(__dirname, "..", "..", "policies")] };
const config = {
  "fcrdns:hostname": "mail.example.com",
  "fcrdns:zone": "example.com",
  "fcrdns:ipv6": "false",
  "fcrdns:deadlineSeconds": "3",
  "fcrdns:timeoutSeconds": "1",
};

/** The errors of a run, each as it is printed. */
function errorsOf(run: StackRun): string[] {
  return run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
}

function reportedOnce(run: StackRun, what: RegExp): void {
  const told = errorsOf(run).filter((message) => what.test(message));
  assert.equal(told.length, 1, run.text);
  assert.doesNotMatch(run.text, /unhandled exception|error serializing property|\n\s+at \S+ \(/i, run.text);
}

describe("a plain `pulumi up` of the program", () => {
  test("fails while nothing round-trips, names the stack that sets the PTR, and passes with `verified` once it does", (t) =>
    withSandbox(t, { program, config }, async ({ stack, internet }) => {
      succeeded(await stack.up());
      const fault = await internet.fault({ kind: "pin-ptr", value: null });
      await internet.flushResolver();
      const run = failed(await stack.up(gate));
      reportedOnce(run, /does not round-trip/);
      assert.deepEqual(run.violations, [], "where the program fails, the cause is told once");
      assert.match(run.text, /fix +`?pulumi up --refresh/);
      assert.match(run.text, /who +you: this stack sets this PTR/);
      await internet.endFault(fault);
      await internet.settled();
      await internet.flushResolver();
      const mended = succeeded(await stack.up());
      const [endpoint] = mended.outputs.endpoints as { address: string }[];
      assert.deepEqual(mended.outputs.verified, { hostname: "mail.example.com", addresses: [endpoint?.address] });
    }));

  test("without a token, or with a zone that is not there, says so once and with the command, and makes nothing", (t) =>
    withSandbox(t, { program, config }, async ({ stack, internet }) => {
      const before = await internet.journal();
      await stack.configure({ "fcrdns:hostname": "mail.example.net", "fcrdns:zone": "example.net" });
      const unknownZone = failed(await stack.up());
      reportedOnce(unknownZone, /Hetzner DNS does not have the zone example\.net/);
      assert.match(unknownZone.text, /pulumi config set zone ZONE/);

      await stack.unset("hcloud:token");
      const noToken = failed(await stack.up());
      reportedOnce(noToken, /Hetzner Cloud needs an API token/);
      assert.match(noToken.text, /pulumi config set hcloud:token --secret/);
      assert.deepEqual(await internet.journal(), before);
    }));
});

import * as assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import program = require("../../../index");

import { ownInstance } from "../../../providers/vultr/simulation";
import { succeeded, withSandbox } from "../engine-stack";

const gate = { policyPacks: [join(__dirname, "..", "..", "..", "policies")] };
const config = {
  "fcrdns:hostname": "mail.example.com",
  "fcrdns:zone": "example.com",
  "fcrdns:cloud": "vultr",
  "fcrdns:dns": "vultr",
  "fcrdns:instance": ownInstance,
  "fcrdns:location": "ewr",
  "fcrdns:deadlineSeconds": "20",
  "fcrdns:timeoutSeconds": "1",
};

test("Vultr: the preview that repairs lost PTRs draws no advice, and the repair passes", (t) =>
  withSandbox(t, { program, config }, async ({ stack, internet }) => {
    const { outputs } = succeeded(await stack.up(gate));
    for (const { address } of outputs.endpoints as { address: string }[]) {
      await internet.setPtr(address, "lost.vultrusercontent.com");
    }
    await internet.settled();
    await internet.flushResolver();
    const preview = succeeded(await stack.preview({ ...gate, refresh: true }));
    assert.deepEqual(preview.violations, [], preview.text);
    assert.match(preview.text, /replace/);
    succeeded(await stack.up({ ...gate, refresh: true }));
  }));

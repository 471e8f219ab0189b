import * as assert from "node:assert/strict";
import { test } from "node:test";
import type * as pulumi from "@pulumi/pulumi";
import { hetzner } from "../../providers/hetzner/cloud";
import { hetznerDns } from "../../providers/hetzner/dns";
import { lookedUp } from "../../providers/internal/look-up";
import { failed, operations, succeeded, withSandbox } from "./engine-stack";
import { mailing, OLD, ZONE } from "./rename/renaming";

const kind = { cloud: () => hetzner(), dns: () => hetznerDns({ zone: ZONE }), ipv6: false };
const config = { "fcrdns:deadlineSeconds": "3", "fcrdns:mode": "authoritative" };

/** The same program without an output, so that nothing that Pulumi's SDK or the sandbox looks at is rejected. */
const silently = (program: pulumi.automation.PulumiFn, before?: () => void) => async () => {
  before?.();
  await program();
  return {};
};

/** Waits until Pulumi's handlers of the runs so far are gone: it takes them away just after the engine has ended. */
async function handlersGone(before: number): Promise<void> {
  for (const until = Date.now() + 10_000; process.listenerCount("unhandledRejection") > before; ) {
    assert.ok(Date.now() < until, "Pulumi's handlers are gone");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("a run that the engine ends leaves no handlers of Pulumi in the process", (t) =>
  withSandbox(
    t,
    { program: mailing(kind, OLD), internet: { forwardZones: [ZONE], negativeTtl: 1 }, config },
    async ({ stack }) => {
      const listeners = process.listenerCount("unhandledRejection");
      for (const step of ["mail-forward", "mail-ptr"]) {
        assert.match(failed(await stack.up({ program: mailing(kind, OLD, step) })).text, /injected/);
        await handlersGone(listeners);
      }
      succeeded(await stack.up({ program: mailing(kind, OLD) }));
      await handlersGone(listeners);
    },
  ));

const failures = {
  "a failed verified": undefined,
  "a failed look-up": () => {
    const wanted = { title: "Hetzner DNS", package: "hcloud", what: "the zone x", ifMissing: "create it" };
    lookedUp(wanted, Promise.reject(new Error("not found")));
  },
};

for (const [what, before] of Object.entries(failures)) {
  test(`${what} that is no output ends an inline program, and nothing is deleted`, (t) =>
    withSandbox(
      t,
      { program: mailing(kind, OLD), internet: { forwardZones: [ZONE], negativeTtl: 1 }, config },
      async ({ stack, internet }) => {
        const first = succeeded(await stack.up());
        const [{ address }] = first.outputs.endpoints as [{ address: string }];
        const listeners = process.listenerCount("unhandledRejection");
        if (before === undefined) {
          await internet.fault({ kind: "pin-ptr", address, value: null });
          await internet.settled();
        }
        const run = failed(await stack.up({ program: silently(mailing(kind, OLD), before) }));
        assert.match(run.text, before === undefined ? /has no PTR|no-ptr/ : /Hetzner DNS does not have the zone x/);
        assert.deepEqual(operations(run), []);
        assert.equal((await internet.records(ZONE, "MX")).length, 1);
        assert.equal((await internet.records(ZONE, "TXT")).length, 1);
        assert.equal((await internet.records(OLD, "A")).length, 1);
        await handlersGone(listeners);
      },
    ));
}

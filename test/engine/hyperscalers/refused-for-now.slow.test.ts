import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aws } from "../../../providers/aws/cloud";
import { route53 } from "../../../providers/aws/dns";
import { azure } from "../../../providers/azure/cloud";
import { digitaloceanDns } from "../../../providers/digitalocean/dns";
import type { RemoteInternet } from "../../../sandbox/internet/remote-internet";
import { failed, operations, succeeded, withSandbox } from "../engine-stack";
import { assertRoundTrip, endpointsOf, type Life, recordsLeft, sendingFrom, ZONE } from "./life";

const hostname = "mail.example.com";

function setUp(life: Life) {
  return {
    program: sendingFrom(life, hostname),
    internet: { forwardZones: [ZONE], negativeTtl: 1 },
    config: { "fcrdns:deadlineSeconds": "60", ...life.config },
  };
}

describe("a cloud whose own resolver remembers that the name was not there", () => {
  const lives: Readonly<Record<string, Life & { readonly refusal: string }>> = {
    AWS: {
      cloud: () => aws(),
      dns: () => digitaloceanDns({ zone: ZONE }),
      config: { "aws:sandbox": '{"blindTries":2}' },
      refusal: "ec2 refuses mail.example.com for ",
    },
  };
  for (const [name, life] of Object.entries(lives)) {
    test(`is asked again until it sees it: ${name}`, (t) =>
      withSandbox(t, setUp(life), async ({ stack, internet }) => {
        const run = succeeded(await stack.up());
        const refusals = (await internet.journal()).filter((event) => event.startsWith(life.refusal));
        assert.equal(refusals.length, 2);
        assert.match(run.text, /refuses for now \(try 1\), trying again in 1 s/);
        await assertRoundTrip(internet, endpointsOf(run), hostname);
        succeeded(await stack.destroy());
        assert.deepEqual(await recordsLeft(internet, ZONE), []);
      }));
  }

  // The plugin looks before it creates, and finds the deployment that has failed.
  test("is asked again in the next run where the plugin creates nothing twice: Azure", (t) => {
    const life: Life = {
      cloud: () => azure(),
      dns: () => route53({ zone: ZONE }),
      config: { "azure-native:sandbox": '{"blindTries":3}' },
    };
    const refusals = async (internet: RemoteInternet) =>
      (await internet.journal()).filter((event) => event.startsWith("azure refuses mail.example.com for ")).length;
    return withSandbox(t, setUp(life), async ({ stack, internet }) => {
      const first = failed(await stack.up());
      assert.match(first.text, /Azure refuses for now: Code="ReverseFqdnDoesNotBelongToSubscription"/);
      assert.match(first.text, /Run pulumi up again: it tries again for up to 600 s/);
      assert.equal(await refusals(internet), 1);
      const second = succeeded(await stack.up());
      assert.match(second.text, /refuses for now \(try 1\), trying again in 1 s/);
      assert.equal(await refusals(internet), 3);
      await assertRoundTrip(internet, endpointsOf(second), hostname);
      // The engine keeps the errors of the tries before the last (`InitErrors` in `resource/deploy/step.go`): once more.
      assert.deepEqual(operations(succeeded(await stack.up())), ["update azure-native:resources:Deployment"]);
      assert.deepEqual(operations(succeeded(await stack.up())), []);
      succeeded(await stack.destroy());
      assert.deepEqual(await recordsLeft(internet, ZONE), []);
    });
  });

  test("is given up on when patience is over, with the cloud's words and the next step; the next up goes on", (t) => {
    const life: Life = {
      cloud: () => aws({ patienceSeconds: 1 }),
      dns: () => route53({ zone: ZONE }),
      config: { "aws:sandbox": '{"blindTries":3}' },
    };
    return withSandbox(t, setUp(life), async ({ stack, internet }) => {
      const run = failed(await stack.up());
      assert.match(run.text, /EC2 still refuses after 2 tries in 1 s: .*does not resolve to the Elastic IP address/);
      assert.match(run.text, /Check that the A record is public, then run pulumi up again/);
      await assertRoundTrip(internet, endpointsOf(succeeded(await stack.up())), hostname);
      succeeded(await stack.destroy());
    });
  });
});

describe("a forward record that never shows", () => {
  const lives: Readonly<Record<string, Life>> = {
    AWS: { cloud: () => aws(), dns: () => route53({ zone: ZONE }), config: { "fcrdns:deadlineSeconds": "3" } },
    Azure: { cloud: () => azure(), dns: () => route53({ zone: ZONE }), config: { "fcrdns:deadlineSeconds": "3" } },
  };
  for (const [name, life] of Object.entries(lives)) {
    test(`fails the run when the deadline is over, and the cloud is never asked: ${name}`, (t) =>
      withSandbox(t, setUp(life), async ({ stack, internet }) => {
        await internet.fault({ kind: "pin-records", owner: hostname, type: "A", values: [] });
        const run = failed(await stack.up());
        assert.match(run.text, /mail\.example\.com/);
        assert.deepEqual(
          (await internet.journal()).filter((event) => event.includes("refuses")),
          [],
        );
        succeeded(await stack.destroy());
      }));
  }
});

describe("an Elastic IP whose PTR was just reset", () => {
  test("may stay locked for a while: destroy says so, and goes on when it is run again", (t) => {
    const life: Life = {
      cloud: () => aws(),
      dns: () => route53({ zone: ZONE }),
      config: { "aws:sandbox": '{"lockedTries":1}' },
    };
    return withSandbox(t, setUp(life), async ({ stack, internet }) => {
      const [endpoint] = endpointsOf(succeeded(await stack.up()));
      assert.match(failed(await stack.destroy()).text, /InvalidAddress\.PtrSet/);
      succeeded(await stack.destroy());
      assert.equal(await internet.ptr(endpoint?.address ?? ""), null);
      assert.deepEqual(await recordsLeft(internet, ZONE), []);
    });
  });
});

/** A PTR that the stack set and that somebody changed or took away: what the cloud's facts advise sets it again. */
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aws } from "../../../providers/aws/cloud";
import { route53 } from "../../../providers/aws/dns";
import { azure } from "../../../providers/azure/cloud";
import type { RunOptions, StackRun } from "../../../sandbox/sandbox-stack";
import { failed, succeeded, withSandbox } from "../engine-stack";
import { assertRoundTrip, endpointsOf, type Life, sendingFrom, ZONE } from "./life";

const HOSTNAME = "mail.example.com";

const dns = () => route53({ zone: ZONE });
/** `type`: of the resource that sets the PTR. */
const clouds: Readonly<Record<string, Life & { readonly type: string }>> = {
  "at AWS": { cloud: () => aws(), dns, type: "aws:ec2/eipDomainName:EipDomainName" },
  "at Azure": { cloud: () => azure(), dns, type: "azure-native:resources:Deployment" },
};

function urnOf({ steps }: StackRun, type: string): string {
  return steps.find((step) => step.type === type)?.urn ?? assert.fail(`no ${type}`);
}

describe("a PTR that was changed at the provider", () => {
  for (const [where, { type, ...life }] of Object.entries(clouds)) {
    test(`${where}: is set again by \`pulumi up --target-replace URN\`, and by nothing before it`, (t) =>
      withSandbox(
        t,
        {
          program: sendingFrom(life, HOSTNAME),
          config: { "fcrdns:deadlineSeconds": "2", "fcrdns:timeoutSeconds": "1" },
        },
        async ({ stack, internet }) => {
          const made = succeeded(await stack.up());
          const setAgain: RunOptions = { targetReplace: [urnOf(made, type)] };
          for (const { address } of endpointsOf(made)) await internet.setPtr(address, "other.example.net");
          await internet.settled();
          await internet.flushResolver();
          assert.match(failed(await stack.up({ refresh: true })).text, /--target-replace 'urn:/);
          succeeded(await stack.up(setAgain));
          await internet.settled();
          await internet.flushResolver();
          await assertRoundTrip(internet, endpointsOf(made), HOSTNAME);
          succeeded(await stack.up());
        },
      ));
  }
});

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type * as pulumi from "@pulumi/pulumi";
import { isTransientRefusal as ec2Heals } from "../../../providers/aws/cloud";
import { isTransientRefusal as azureHeals, innermost } from "../../../providers/azure/cloud";
import {
  afterRefusal,
  pauseBeforeNextTry,
  type RetryOnRefusal,
  shouldRetry,
} from "../../../providers/internal/addresses/retry-on-refusal";

function asking(changes: Partial<RetryOnRefusal> = {}) {
  const slept: number[] = [];
  const said: string[] = [];
  const gaveUp: string[] = [];
  const asked: RetryOnRefusal = {
    name: "mail-ptr-v4",
    who: "EC2",
    isTransient: (error) => error.includes("no such name"),
    progress: (line) => void said.push(line),
    giveUp: (message) => void gaveUp.push(message),
    nextStep: "Check the A record.",
    sleep: async (seconds) => void slept.push(seconds),
    ...changes,
  };
  return { asked, slept, said, gaveUp };
}

describe("asking again after a refusal", () => {
  test("waits longer each time, never longer than half a minute", () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8].map((failures) => pauseBeforeNextTry(failures, 600));
    assert.deepEqual(pauses, [1, 2, 4, 8, 16, 30, 30, 30]);
  });

  test("ends when the next try would come too late", () => {
    assert.equal(pauseBeforeNextTry(3, 7), 4);
    assert.equal(pauseBeforeNextTry(4, 7), undefined);
    assert.equal(pauseBeforeNextTry(1, 0), undefined);
  });

  test("stays below the hundred tries that the engine allows, whatever the default patience", () => {
    const tries = Array.from({ length: 200 }, (_, index) => index + 1).filter(
      (n) => pauseBeforeNextTry(n, 600) !== undefined,
    );
    assert.ok(tries.length < 100 && tries.length > 10, String(tries.length));
  });

  test("sleeps, then tries, and says what it waits for in the cloud's own words", async () => {
    const { asked, slept, said } = asking();
    assert.equal(await shouldRetry(["\n  no such name\ngoroutine 1"], asked), true);
    assert.deepEqual(slept, [1]);
    assert.match(said[0] ?? "", /^EC2 refuses for now \(try 1\), trying again in 1 s: no such name$/);
  });

  test("does not ask again when time cannot heal the refusal", async () => {
    const { asked, slept, gaveUp } = asking();
    assert.equal(await shouldRetry(["access denied", "no such name"], asked), false);
    assert.deepEqual([slept, gaveUp], [[], []]);
  });

  test("gives up with the cloud's words and the next step", async () => {
    const { asked, slept, gaveUp } = asking({ patienceSeconds: 2 });
    assert.equal(await shouldRetry(["no such name", "no such name"], asked), false);
    assert.deepEqual(slept, []);
    assert.equal(gaveUp[0], "EC2 still refuses after 2 tries in 2 s: no such name\nCheck the A record.");
  });
});

describe("a refusal whose reason the provider's error does not have", () => {
  const failure = (failedOperation: string): pulumi.ErrorHookArgs => ({
    urn: "urn",
    id: "",
    name: "mail-ptr-v4",
    type: "deployment",
    failedOperation,
    errors: ["it failed later"],
  });
  const read = (reason: string | undefined) => ({
    reasonOf: async () => reason,
    isThere: (error: string) => error.includes("later"),
  });

  test("is tried again by an update, with the reason", async () => {
    const { asked, said } = asking(read("no such name"));
    assert.equal(await afterRefusal(failure("update"), asked), true);
    assert.match(said[0] ?? "", /no such name/);
  });

  test("is left to the next run by what exists now and would not be created twice", async () => {
    const { asked, slept, gaveUp } = asking(read("no such name"));
    assert.equal(await afterRefusal(failure("create"), asked), false);
    assert.deepEqual(slept, []);
    assert.match(
      gaveUp[0] ?? "",
      /^EC2 refuses for now: no such name\nRun pulumi up again: .* 600 s\. Check the A record\.$/,
    );
  });

  test("is told where time does not mend it, and left to the provider's words where it could not be read", async () => {
    const told = asking(read("access denied"));
    assert.equal(await afterRefusal(failure("create"), told.asked), false);
    assert.deepEqual(told.gaveUp, ["EC2 refuses: access denied"]);
    const unread = asking(read(undefined));
    assert.equal(await afterRefusal(failure("create"), unread.asked), false);
    assert.deepEqual(unread.gaveUp, []);
  });

  test("is the innermost of ARM's errors", () => {
    const inner = {
      error: { code: "ReverseFqdnDoesNotBelongToSubscription", message: "ReverseFqdn a. does not", details: [] },
    };
    const details = [{ code: "BadRequest", message: JSON.stringify(inner, null, 2) }];
    assert.equal(
      innermost({ code: "DeploymentFailed", message: "At least one resource deployment operation failed.", details }),
      'Code="ReverseFqdnDoesNotBelongToSubscription" Message="ReverseFqdn a. does not"',
    );
    assert.equal(innermost({ code: "Conflict", message: "{not json" }), 'Code="Conflict" Message="{not json"');
    assert.equal(innermost(undefined), undefined);
  });
});

describe("a refusal that may heal", () => {
  const ec2 = (code: string) =>
    `creating EC2 EIP Domain Name: operation error EC2: ModifyAddressAttribute, https response error StatusCode: 400, api error ${code}: some words`;
  const cases: readonly (readonly [string, (error: string) => boolean, string, boolean])[] = [
    ["EC2: the name does not resolve to the address", ec2Heals, ec2("InvalidParameterValue"), true],
    ["EC2: the update failed later", ec2Heals, "waiting for EC2 EIP Domain Name (eipalloc-1) create: FAILED", true],
    ["EC2: not allowed", ec2Heals, ec2("UnauthorizedOperation"), false],
    ["EC2: no such allocation", ec2Heals, ec2("InvalidAllocationID.NotFound"), false],
    ["EC2: something else altogether", ec2Heals, "creating EC2 EIP: AddressLimitExceeded", false],
    [
      "Azure: the name does not resolve to the address",
      azureHeals,
      'Code="ReverseFqdnDoesNotBelongToSubscription"',
      true,
    ],
    ["Azure: an IPv6 address", azureHeals, "Cannot specify reverse fqdn a. for IPv6 PublicIp b", false],
    ["Azure: no label", azureHeals, "The domain name label in the dnsSettings section ... reverseFqdn", false],
    ["Azure: something else altogether", azureHeals, 'Code="AuthorizationFailed"', false],
  ];
  for (const [what, isTransient, error, expected] of cases) {
    test(`${what}: ${expected ? "yes" : "no"}`, () => assert.equal(isTransient(error), expected));
  }
});

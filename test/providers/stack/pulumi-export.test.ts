import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fromPulumiExport } from "../../../providers/internal/stack/pulumi-export";
import { sendingAddresses } from "../../../providers/internal/stack/sending-addresses";
import { UnreadableStack } from "../../../providers/internal/stack/unreadable-stack";

const urn = "urn:pulumi:dev::mail::hcloud:index/rdns:Rdns::v4";
const rdns = (outputs: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  urn,
  custom: true,
  id: "s-1-192.0.2.10",
  type: "hcloud:index/rdns:Rdns",
  outputs,
  ...more,
});
const exported = (...resources: unknown[]) => ({ version: 3, deployment: { manifest: {}, resources } });
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

describe("a stack export", () => {
  it("is read as resources", () => {
    const parent = "urn:pulumi:dev::mail::pulumi:pulumi:Stack::mail-dev";
    const [resource] = fromPulumiExport(
      exported(
        rdns({ ipAddress: "192.0.2.10" }, { parent, propertyDependencies: { ipAddress: ["urn:x"], dnsPtr: null } }),
      ),
    );
    assert.deepEqual(resource, {
      type: "hcloud:index/rdns:Rdns",
      urn,
      id: "s-1-192.0.2.10",
      parent,
      properties: { ipAddress: "192.0.2.10" },
      propertyDependencies: { ipAddress: ["urn:x"], dnsPtr: [] },
    });
  });

  it("is also read as a checkpoint file", () => {
    const { deployment } = exported(rdns({ ipAddress: "192.0.2.10" }));
    assert.equal(fromPulumiExport({ version: 3, checkpoint: { stack: "dev", latest: deployment } }).length, 1);
  });

  it("of an empty stack has no resources", () => {
    assert.deepEqual(fromPulumiExport({ version: 3, deployment: { manifest: {} } }), []);
  });

  it("leaves out what waits to be deleted", () => {
    assert.deepEqual(fromPulumiExport(exported(rdns({ ipAddress: "192.0.2.10" }, { delete: true }))), []);
  });

  const hidden: readonly [string, unknown][] = [
    ["an encrypted secret", { ...secret, ciphertext: "v1:abc" }],
    ["a masked secret", "[secret]"],
    ["a masked secret in its envelope", { ...secret, plaintext: '"[secret]"' }],
    ["a value of a preview", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
    [
      "an output without a value",
      { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4", secret: true },
    ],
  ];
  for (const [what, value] of hidden) {
    it(`does not know ${what}`, () => {
      const [resource] = fromPulumiExport(
        exported(rdns({ ipAddress: value, dnsPtr: "mail.example.com", list: [value, "b"] })),
      );
      assert.deepEqual(resource?.properties, { dnsPtr: "mail.example.com", list: [undefined, "b"] });
      assert.deepEqual(resource?.unknown, ["ipAddress", "list[0]"]);
      assert.equal(sendingAddresses(resource ? [resource] : [])[0]?.ip, null);
    });
  }

  it("reads secrets exported with --show-secrets", () => {
    const [resource] = fromPulumiExport(exported(rdns({ ipAddress: { ...secret, plaintext: '"192.0.2.10"' } })));
    assert.deepEqual(resource?.properties, { ipAddress: "192.0.2.10" });
  });

  for (const [what, json] of [
    ["null", null],
    ["a list", []],
    ["something else", { resources: "none" }],
    ["Terraform's state", { format_version: "1.0", values: {} }],
  ] as const) {
    it(`is not ${what}`, () => {
      assert.throws(
        () => fromPulumiExport(json),
        (error) => error instanceof UnreadableStack && /pulumi stack export/.test(error.message),
      );
    });
  }
});

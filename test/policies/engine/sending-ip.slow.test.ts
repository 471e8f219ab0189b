import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { type Endpoint, SendingIp } from "../../../components/sending-ip";
import { hetzner } from "../../../providers/hetzner/cloud";
import { hetznerDns } from "../../../providers/hetzner/dns";
import { racknerd } from "../../../providers/racknerd";
import { failed, succeeded, withSandbox } from "../../engine/engine-stack";

const policyPacks = [join(__dirname, "..", "..", "..", "policies")];
const dns = () => hetznerDns({ zone: "example.com" });

describe("the gate on SendingIp", () => {
  it("checks both families of the component once each, and nothing in its first preview", (t) => {
    const program = async () => {
      const mail = new SendingIp("mail", { hostname: "mail.example.com", cloud: hetzner(), dns: dns() });
      return { endpoints: mail.endpoints };
    };
    return withSandbox(t, { program, config: { "fcrdns:deadlineSeconds": "2" } }, async ({ stack, internet }) => {
      assert.deepEqual(succeeded(await stack.preview({ policyPacks })).violations, []);
      const { outputs } = succeeded(await stack.up({ policyPacks }));
      const endpoints = outputs.endpoints as { address: string; family: number }[];
      assert.deepEqual(
        endpoints.map(({ family }) => family),
        [4, 6],
      );

      const v6 = endpoints.find(({ family }) => family === 6)?.address ?? "";
      await internet.setPtr(v6, "elsewhere.example.com");
      await internet.settled();
      const { violations } = failed(await stack.up({ policyPacks }));
      const [violation, ...others] = violations.filter(({ policy }) => policy === "fcrdns-round-trip");
      assert.deepEqual(others, []);
      assert.match(violation?.urn ?? "", /pulumi-fcrdns:index:SendingIp::mail$/);
      assert.ok(violation?.message.includes(v6));
    });
  });

  it("hands over the ticket that an address waits for, and lets it through once people have acted", (t) => {
    const program = async () => {
      const details = { service: "vps-1234", purpose: "order confirmations to customers" };
      const cloud = racknerd({ addresses: ["198.51.100.25"], ...details });
      const mail = new SendingIp("mail", { hostname: "mail.example.com", cloud, dns: dns(), ipv6: false });
      return { endpoints: mail.endpoints };
    };
    return withSandbox(t, { program, config: { "fcrdns:deadlineSeconds": "30" } }, async ({ stack, internet }) => {
      const address = "198.51.100.25";
      const run = failed(await stack.up({ policyPacks }));
      const [violation] = run.violations.filter(({ policy }) => policy === "fcrdns-round-trip");
      assert.match(violation?.message ?? "", /198\.51\.100\.25 is waiting for RackNerd/);
      assert.match(violation?.message ?? "", /\| .*198\.51\.100\.25/);

      const advisory = await stack.up({
        policyPacks,
        policyConfigs: [{ "fcrdns-round-trip": { ticketLevel: "advisory" }, "fcrdns-forward-in-place": "advisory" }],
      });
      succeeded(advisory);
      assert.deepEqual(
        advisory.violations.filter(({ level }) => level === "mandatory"),
        [],
      );

      await internet.setPtr(address, "mail.example.com");
      await internet.settled();
      assert.deepEqual(succeeded(await stack.up({ policyPacks })).violations, []);
    });
  });
});

describe("the gate on what really sends", () => {
  it("fails the stack where the planned EHLO name does not have the address", (t) => {
    const program = async () => {
      const mail = new SendingIp("mail", {
        hostname: "mail.example.com",
        helo: "smtp.example.com",
        cloud: hetzner(),
        dns: dns(),
        ipv6: false,
      });
      return { endpoints: mail.endpoints };
    };
    return withSandbox(t, { program, config: { "fcrdns:deadlineSeconds": "3" } }, async ({ stack }) => {
      const elsewhere = failed(await stack.up({ policyPacks })).violations;
      assert.deepEqual(
        elsewhere.map(({ policy, level }) => `${policy} ${level}`),
        ["fcrdns-helo mandatory"],
      );
      assert.match(elsewhere[0]?.message ?? "", /the mail server says smtp\.example\.com in EHLO, but the PTR of/);
    });
  });

  it("fails the stack where the file shows another address or another name, and passes where it shows the plan", (t) => {
    const program = async () => {
      const mail = new SendingIp("mail", { hostname: "mail.example.com", cloud: hetzner(), dns: dns(), ipv6: false });
      return { endpoints: mail.endpoints };
    };
    const file = join(mkdtempSync(join(tmpdir(), "fcrdns-observed-")), "senders.txt");
    const config = { "fcrdns:deadlineSeconds": "3", "fcrdns:observed": file };
    return withSandbox(t, { program, config }, async ({ stack }) => {
      const missing = failed(await stack.up({ policyPacks }));
      assert.match(missing.violations[0]?.message ?? "", /senders\.txt cannot be read: it does not exist/);
      const [{ address } = { address: "" }] = (succeeded(await stack.up()).outputs.endpoints ?? []) as Endpoint[];

      const told = async (text: string) => {
        writeFileSync(file, text);
        const run = await stack.up({ policyPacks });
        return { ok: run.ok, messages: run.violations.map(({ policy, message }) => `${policy} ${message}`) };
      };
      const seen = await told(`203.0.113.250=mail.example.com\n${address}=localhost\n`);
      assert.equal(seen.ok, false);
      assert.equal(seen.messages.length, 2);
      assert.match(
        seen.messages[0] ?? "",
        /^fcrdns-observed [\s\S]*mail leaves by 203\.0\.113\.250, which is no address/,
      );
      assert.match(
        seen.messages[1] ?? "",
        /found {5}localhost \(.*senders\.txt, line 2\)\n {2}expected {2}mail\.example\.com/,
      );
      const verdict = { schema: 1, ip: address, expected: null, helo: "mail.example.com", status: "pass" };
      assert.deepEqual(await told(JSON.stringify({ schema: 1, results: [verdict] })), { ok: true, messages: [] });
    }).finally(() => rmSync(dirname(file), { recursive: true }));
  });
});

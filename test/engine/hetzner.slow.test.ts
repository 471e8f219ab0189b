import * as assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { SendingIp } from "../../components/sending-ip";
import { hetzner } from "../../providers/hetzner/cloud";
import { hetznerDns } from "../../providers/hetzner/dns";

import program = require("../../index");

import type { Sandbox } from "../../sandbox/sandbox";
import { scenarios } from "../../sandbox/scenarios";
import { failed, operations, succeeded, withSandbox } from "./engine-stack";

const POLICIES = join(__dirname, "..", "..", "policies");
const gate = { policyPacks: [POLICIES] };
const config = {
  "fcrdns:hostname": "mail.example.com",
  "fcrdns:zone": "example.com",
  "fcrdns:deadlineSeconds": "20",
  "fcrdns:timeoutSeconds": "1",
};

/** Only the pack verifies, so that its messages are seen. */
const byGate = { ...config, "fcrdns:verify": "gate" };

/** Waits less for what will not come. */
const failing = { ...byGate, "fcrdns:deadlineSeconds": "4" };

/** Both PTRs as they are published, IPv4 first. */
async function ptrs({ internet }: Sandbox, outputs: Readonly<Record<string, unknown>>): Promise<(string | null)[]> {
  const endpoints = outputs.endpoints as { address: string }[];
  return Promise.all(endpoints.map(({ address }) => internet.ptr(address)));
}

/** The journal's events of the clouds since `from`, without their ids. */
function done(journal: readonly string[], from: number): string[] {
  return journal.slice(from).flatMap((event) => event.match(/^(?:create|update|delete) \S+/)?.[0] ?? []);
}

describe("Hetzner Cloud through the engine", () => {
  test("a preview before the first up is clean, asks no DNS and creates nothing", (t) =>
    withSandbox(t, { program, config }, async ({ stack, internet }) => {
      const before = await internet.journal();
      const run = succeeded(await stack.preview(gate));
      assert.deepEqual(run.violations, []);
      assert.deepEqual(await internet.journal(), before);
      const [root] = await internet.servers();
      assert.deepEqual(await internet.queries(root?.address ?? ""), []);
    }));

  test("up, again, another host name, destroy: verified, re-verified, never without a PTR, clean", (t) =>
    withSandbox(t, { program, config }, async (sandbox) => {
      const { stack, internet } = sandbox;
      const untouched = await internet.snapshot();

      const first = succeeded(await stack.up(gate));
      assert.deepEqual(await ptrs(sandbox, first.outputs), ["mail.example.com", "mail.example.com"]);
      const journal = done(await internet.journal(), 0);
      assert.ok(
        journal.lastIndexOf("create hcloud:index/zoneRrset:ZoneRrset") <
          journal.indexOf("create hcloud:index/rdns:Rdns"),
        `forward before reverse: ${journal.join(", ")}`,
      );
      assert.ok(first.outputs.endpoints);
      const [v4, v6] = first.outputs.endpoints as { address: string; family: number; reverse: string; cloud: string }[];
      assert.deepEqual([v4?.family, v6?.family], [4, 6]);
      assert.match(v6?.address ?? "", /::1$/, "the host address, not the network");

      const asked = (await internet.queries("ns1.hcloud-dns.example")).length;
      const again = succeeded(await stack.up(gate));
      assert.deepEqual(operations(again), []);
      assert.ok((await internet.queries("ns1.hcloud-dns.example")).length > asked, "the gate asked again");

      await stack.configure({ "fcrdns:hostname": "mx1.example.com" });
      // What resolvers remember of the old name is another matter, and takes its time to live.
      await internet.flushResolver();
      const renamed = succeeded(await stack.up(gate));
      assert.deepEqual(await ptrs(sandbox, renamed.outputs), ["mx1.example.com", "mx1.example.com"]);
      assert.deepEqual(await internet.records("mail.example.com", "A"), []);

      const from = (await internet.journal()).length;
      succeeded(await stack.destroy());
      const undone = done(await internet.journal(), from);
      assert.deepEqual(undone.slice(0, 2), Array(2).fill("delete hcloud:index/rdns:Rdns"));
      assert.deepEqual(undone.slice(-2), Array(2).fill("delete hcloud:index/primaryIp:PrimaryIp"));
      assert.deepEqual(await internet.snapshot(), untouched);
    }));

  for (const scenario of scenarios.filter(({ ends, name }) => ends !== "pass" && name !== "ticket")) {
    test(`${scenario.name} fails the stack and keeps what was made`, (t) =>
      withSandbox(t, { program, config: { ...failing, ...scenario.config } }, async ({ stack, internet }) => {
        for (const fault of scenario.faults({ cloud: "hcloud", hostname: "mail.example.com" })) {
          await internet.fault(fault);
        }
        const run = failed(await stack.up(gate));
        const violations = run.violations.filter(({ policy }) => policy === "fcrdns-round-trip");
        assert.ok(violations.length > 0, run.text);
        for (const { message, level } of violations) {
          assert.equal(level, "mandatory");
          assert.match(message, scenario.ends === "unknown" ? /could not verify/ : /does not (round-trip|pass)/);
          assert.doesNotMatch(message, scenario.ends === "unknown" ? /has no PTR record/ : /could not verify/);
          assert.match(message, /asked {5}\S+ (PTR|A|AAAA) at \S+ 127\.\S+ -> /);
        }
        await internet.endFaults();
        await internet.settled();
        await internet.flushResolver();
        await stack.configure({ "fcrdns:deadlineSeconds": config["fcrdns:deadlineSeconds"] });
        const mended = succeeded(await stack.up(gate));
        assert.deepEqual(operations(mended), [], "nothing had to be made again");
      }));
  }

  for (const scenario of scenarios.filter(({ ends, name }) => ends === "pass" && name !== "ok")) {
    test(`${scenario.name} passes`, (t) =>
      withSandbox(t, { program, config: { ...config, ...scenario.config } }, async ({ stack, internet }) => {
        for (const fault of scenario.faults({ cloud: "hcloud", hostname: "mail.example.com" })) {
          await internet.fault(fault);
        }
        succeeded(await stack.up(gate));
      }));
  }
});

describe("what waits for `verified`", () => {
  const withMail = { ...config, "fcrdns:mx": "true" };

  test("MX and SPF come after the PTR is seen, with the verified values", (t) =>
    withSandbox(t, { program, config: withMail }, async ({ stack, internet }) => {
      await internet.fault({ kind: "lag", where: { reverseOf: "hcloud", nth: 2 }, ms: 2500 });
      succeeded(await stack.preview(gate));
      const run = succeeded(await stack.up(gate));
      const made = run.steps.filter(({ op }) => op === "create").map(({ urn }) => urn.split("::").at(-1));
      const records = made.filter((name) => name?.startsWith("mail-"));
      assert.deepEqual(records.slice(-2), ["mail-spf/example.com/@", "mail-mx/example.com/@"], made.join(", "));
      assert.ok(made.includes("mail-ptr-v6"), made.join(", "));
      assert.deepEqual(await internet.records("example.com", "MX"), ["10 mail.example.com."]);
      const [v4, v6] = (run.outputs.endpoints as { address: string }[]).map(({ address }) => address);
      assert.deepEqual(await internet.records("example.com", "TXT"), [`v=spf1 ip4:${v4} ip6:${v6} ~all`]);

      const preview = succeeded(await stack.preview(gate));
      assert.deepEqual(
        preview.steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn}`),
        [],
        "no spurious diff",
      );
      succeeded(await stack.destroy());
    }));

  test("neither is made when the round trip does not hold; the next up goes on from there", (t) =>
    withSandbox(t, { program, config: { ...withMail, "fcrdns:deadlineSeconds": "3" } }, async ({ stack, internet }) => {
      const untouched = await internet.snapshot();
      const fault = await internet.fault({ kind: "pin-ptr", value: null });
      const run = failed(await stack.up(gate));
      assert.deepEqual(await internet.records("example.com", "MX"), []);
      assert.deepEqual(await internet.records("example.com", "TXT"), []);
      // The inline mode of the engine repeats a diagnostic in its last line.
      const errors = run.diagnostics.filter(({ severity }) => severity === "error");
      const told = errors.map(({ message }) => message).join("\n");
      assert.equal(told.match(/203\.0\.113\.10 as mail\.example\.com does not round-trip/g)?.length, 1, run.text);
      assert.doesNotMatch(run.text, /\n\s+at \S+ \(/, "no stack trace");
      await internet.endFault(fault);
      await internet.settled();
      succeeded(await stack.up());
      assert.deepEqual(await internet.records("example.com", "MX"), ["10 mail.example.com."]);
      succeeded(await stack.destroy());
      assert.deepEqual(await internet.snapshot(), untouched);
    }));
});

describe("addresses that exist", () => {
  test("the addresses of a server carry the PTR", (t) =>
    withSandbox(
      t,
      {
        program: async () => {
          const { Server } = await import("@pulumi/hcloud/server");
          const server = new Server("existing", { serverType: "cx23", image: "debian-13", location: "fsn1" });
          const mail = new SendingIp("mail", {
            hostname: "mail.example.com",
            cloud: hetzner({ server: server.id.apply(Number) }),
            dns: hetznerDns({ zone: "example.com" }),
          });
          return { endpoints: mail.endpoints };
        },
        config,
      },
      async (sandbox) => {
        // The gate's advice to put the PTR on a primary IP is no error.
        const run = succeeded(await sandbox.stack.up(gate));
        assert.deepEqual(await ptrs(sandbox, run.outputs), ["mail.example.com", "mail.example.com"]);
      },
    ));

  test("both at once is refused before anything exists", (t) =>
    withSandbox(
      t,
      {
        program: async () => {
          new SendingIp("mail", {
            hostname: "mail.example.com",
            cloud: hetzner({ server: 1, primaryIps: { v4: 2, v6: 3 } }),
            dns: hetznerDns({ zone: "example.com" }),
          });
        },
        config,
      },
      async ({ stack, internet }) => {
        const run = failed(await stack.up());
        assert.match(run.text, /cloud\.primaryIps, cloud\.server: .*several were given/);
        assert.match(run.text, /nothing was created/);
        assert.deepEqual(done(await internet.journal(), 0), []);
      },
    ));
});

describe("config that is wrong", () => {
  test("is refused before anything exists, once, without a stack trace", (t) =>
    withSandbox(t, { program, config: { "fcrdns:zone": "example.com" } }, async ({ stack, internet }) => {
      const run = failed(await stack.up(gate));
      assert.equal(run.text.match(/fcrdns:hostname is missing/g)?.length, 1, run.text);
      assert.match(run.text, /pulumi config set hostname mail\.example\.com/);
      assert.doesNotMatch(run.text, /\n\s+at \S+ \(/);
      assert.deepEqual(done(await internet.journal(), 0), []);
    }));
});

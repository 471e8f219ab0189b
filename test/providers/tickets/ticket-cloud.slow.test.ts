import * as assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type Endpoint, SendingIp } from "../../../components/sending-ip";
import { hetznerDns } from "../../../providers/hetzner/dns";
import { racknerd } from "../../../providers/racknerd";
import { failed, operations, succeeded, withSandbox } from "../../engine/engine-stack";

const POLICIES = join(__dirname, "..", "..", "..", "policies");
const gate = { policyPacks: [POLICIES] };
const config = {
  "fcrdns:deadlineSeconds": "4",
  "fcrdns:timeoutSeconds": "1",
};
const V4 = "192.0.2.77";
const V6 = "2001:db8:f::25";
const file = join(tmpdir(), `ticket-${process.pid}.txt`);

function program(remindAfterDays?: number, hostname = "mail.example.com") {
  return async () => {
    const mail = new SendingIp("mail", {
      hostname,
      cloud: racknerd({
        addresses: [V4, V6],
        service: "vps-1234",
        purpose: "order confirmations to customers",
        file,
        ...(remindAfterDays !== undefined && { remindAfterDays }),
      }),
      dns: hetznerDns({ zone: "example.com" }),
    });
    return { endpoints: mail.endpoints };
  };
}

function tickets(outputs: Readonly<Record<string, unknown>>): (Endpoint["ticket"] | undefined)[] {
  return (outputs.endpoints as Endpoint[]).map(({ ticket }) => ticket);
}

describe("an address at RackNerd through the engine", () => {
  test("waits with a ticket until support has set the PTR, and then passes without a change of the program", (t) =>
    withSandbox(t, { program: program(), config }, async ({ stack, internet }) => {
      t.after(() => rmSync(file, { force: true }));

      // A preview knows nothing of DNS, and asks nothing.
      const [root] = await internet.servers();
      succeeded(await stack.preview(gate));
      assert.deepEqual(await internet.queries(root?.address ?? ""), []);

      // The gate fails, with the ticket; the stack's outputs carry it, and so does the file.
      const first = failed(await stack.up(gate));
      const [v4, v6] = tickets(first.outputs);
      assert.equal(v4?.state, "ready");
      assert.deepEqual(v4, v6, "one ticket for both families");
      assert.deepEqual(
        v4?.addresses.map(({ address, hostname, currentPtr, proof }) => [address, hostname, currentPtr, typeof proof]),
        [
          [V4, "mail.example.com", null, "object"],
          [V6, "mail.example.com", null, "object"],
        ],
      );
      assert.match(v4?.text ?? "", /Please set these reverse DNS \(PTR\) records on our service vps-1234/);
      assert.equal(readFileSync(file, "utf8"), v4?.text);
      assert.ok(
        first.violations.some(({ policy, message }) => policy === "fcrdns-round-trip" && /waiting for/.test(message)),
      );
      assert.ok(
        first.violations.some(
          ({ message }) => message.includes("7.2.0.192.in-addr.arpa.") || message.includes("Subject:"),
        ),
      );

      // Since when it waits is kept; nothing else changes from run to run.
      assert.ok(Math.abs(Date.now() - Date.parse(v4?.since ?? "")) < 120_000, v4?.since);
      const second = failed(await stack.up(gate));
      assert.deepEqual(operations(second), []);
      assert.deepEqual(second.outputs, first.outputs);

      // After the days are over the reminder takes the ticket's place.
      const late = failed(await stack.up({ ...gate, program: program(0) }));
      assert.match(tickets(late.outputs)[0]?.body ?? "", /we asked for the change below/);
      assert.equal(tickets(late.outputs)[0]?.since, v4?.since);

      // Support sets the PTRs; the same program passes and has nothing more to ask.
      await internet.setPtr(V4, "mail.example.com");
      await internet.setPtr(V6, "mail.example.com");
      await internet.settled();
      const passed = succeeded(await stack.up({ ...gate, program: program() }));
      assert.deepEqual(passed.violations, []);
      assert.deepEqual(tickets(passed.outputs), [undefined, undefined]);
      succeeded(await stack.destroy());
    }));

  test("says what is missing while the forward record is not visible, and starts to wait when it is", (t) =>
    withSandbox(t, { program: program(), config }, async ({ stack, internet }) => {
      t.after(() => rmSync(file, { force: true }));
      const fault = await internet.fault({ kind: "pin-records", owner: "mail.example.com", type: "A", values: [] });
      const first = failed(await stack.up(gate));
      const [ticket] = tickets(first.outputs);
      assert.equal(ticket?.state, "blocked");
      assert.equal(ticket?.body, "");
      assert.equal(ticket?.since, undefined);
      assert.match(ticket?.missing.join("\n") ?? "", /publish mail\.example\.com A 192\.0\.2\.77/);
      assert.match(readFileSync(file, "utf8"), /NOT READY/);

      await internet.endFault(fault);
      await internet.settled();
      const second = failed(await stack.up(gate));
      assert.equal(tickets(second.outputs)[0]?.state, "ready");
      assert.ok(tickets(second.outputs)[0]?.since);
    }));
});

import * as assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { publishMailRecords } from "../../../components/mail-records";
import { vultrDns } from "../../../providers/vultr/dns";
import { failed, operations, succeeded, withSandbox } from "../engine-stack";

let addresses = ["192.0.2.10"];

async function program() {
  const verified = pulumi.output({ hostname: "mail.example.com", addresses });
  publishMailRecords("mail", vultrDns({ zone: "example.com" }), verified);
  return {};
}

test("Vultr DNS: an SPF record that the state has lost is never published a second time; a change is an update", (t) =>
  withSandbox(t, { program, config: { "fcrdns:timeoutSeconds": "0.5" } }, async ({ stack, internet }) => {
    // As after a refresh that could not read the record: it is there, and the stack does not know it.
    const fault = await internet.fault({
      kind: "pin-records",
      owner: "example.com",
      type: "TXT",
      values: ["v=spf1 ip4:192.0.2.10 ~all"],
    });
    await internet.settled();
    const refused = failed(await stack.up());
    assert.match(refused.text, /example\.com already has an SPF record.*\n.*v=spf1 ip4:192\.0\.2\.10 ~all/);
    assert.doesNotMatch(refused.text, /unhandled exception|\n\s+at \S+ \(/i);
    assert.deepEqual(await internet.records("example.com", "MX"), [], "no mail is invited either");

    await internet.endFault(fault);
    const silence = await internet.fault({ kind: "silence", where: { zone: "example.com" } });
    await internet.settled();
    assert.match(
      failed(await stack.up()).text,
      /example\.com TXT could not be looked up, and Vultr DNS would accept a second/,
    );
    assert.deepEqual(await internet.records("example.com", "TXT"), [], "no answer is not no record");

    await internet.endFault(silence);
    await internet.settled();
    succeeded(await stack.up());
    addresses = ["192.0.2.11"];
    const changed = succeeded(await stack.up());
    assert.deepEqual(operations(changed), ["update vultr:index/dnsRecord:DnsRecord"]);
  }));

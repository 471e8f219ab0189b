import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { route53 } from "../../../providers/aws/dns";
import { azureDns } from "../../../providers/azure/dns";
import { cloudflare } from "../../../providers/cloudflare/dns";
import { digitaloceanDns } from "../../../providers/digitalocean/dns";
import type { DnsHost, RecordSet } from "../../../providers/dns-host";
import { cloudDns } from "../../../providers/google/dns";
import { operations, succeeded, withSandbox } from "../engine-stack";
import { recordsLeft } from "./life";

/** One zone per DNS host, so that one stack covers them all. */
const hosts: readonly DnsHost[] = [
  route53({ zone: "route53.example" }),
  cloudflare({ zone: "cloudflare.example" }),
  digitaloceanDns({ zone: "digitalocean.example" }),
  cloudDns({ zone: "cloud-dns.example" }),
  azureDns({ zone: "azure-dns.example", resourceGroupName: "dns" }),
];

type Wanted = Pick<RecordSet, "type" | "values"> & { readonly name: string; readonly shown: readonly string[] };

const key = "k".repeat(300);

/** As a DKIM key and a policy with quotes would be: text that no host may mangle. */
const before: readonly Wanted[] = [
  { name: "mail", type: "A", values: ["192.0.2.1"], shown: ["192.0.2.1"] },
  { name: "mail", type: "AAAA", values: ["2001:db8:f::1"], shown: ["2001:db8:f::1"] },
  {
    name: "",
    type: "MX",
    values: ["10 a.example.com", "20 b.example.com"],
    shown: ["10 a.example.com", "20 b.example.com"],
  },
  { name: "key", type: "TXT", values: [`v=DKIM1; p=${key}`], shown: [`v=DKIM1; p=${key}`] },
  { name: "alias", type: "CNAME", values: ["mail.example.com"], shown: ["mail.example.com"] },
  { name: "1", type: "PTR", values: ["mail.example.com"], shown: ["mail.example.com"] },
];

const after: readonly Wanted[] = [
  { name: "mail", type: "A", values: ["192.0.2.2"], shown: ["192.0.2.2"] },
  { name: "mail", type: "AAAA", values: ["2001:db8:f::2"], shown: ["2001:db8:f::2"] },
  { name: "", type: "MX", values: ["10 c.example.com"], shown: ["10 c.example.com"] },
  { name: "key", type: "TXT", values: ['say "hi" \\ bye'], shown: ['say "hi" \\ bye'] },
  { name: "alias", type: "CNAME", values: ["mx.example.com"], shown: ["mx.example.com"] },
  { name: "1", type: "PTR", values: ["mx.example.com"], shown: ["mx.example.com"] },
];

function holds(host: DnsHost, { type }: Wanted): boolean {
  return host.capabilities.types.includes(type);
}

function ownerIn(host: DnsHost, { name }: Wanted): string {
  return name === "" ? host.zone : `${name}.${host.zone}`;
}

function publishing(wanted: readonly Wanted[]) {
  return async () => {
    for (const host of hosts) {
      for (const set of wanted.filter((each) => holds(host, each))) {
        const { type, values } = set;
        host.publish(
          `${host.name}-${type}`,
          { owner: ownerIn(host, set), type, values },
          { deleteBeforeReplace: true },
        );
      }
    }
    return {};
  };
}

describe("every DNS host", () => {
  test("publishes each of its types, changes it and takes it away, text unharmed", (t) =>
    withSandbox(
      t,
      { program: publishing(before), internet: { forwardZones: hosts.map(({ zone }) => zone) } },
      async ({ stack, internet }) => {
        const assertShown = async (wanted: readonly Wanted[]) => {
          for (const host of hosts) {
            for (const set of wanted.filter((each) => holds(host, each))) {
              const values = await internet.records(ownerIn(host, set), set.type);
              const dotless = values.map((value) => (set.type === "TXT" ? value : value.replace(/\.$/, "")));
              assert.deepEqual([...dotless].sort(), [...set.shown].sort(), `${host.name} ${set.type}`);
            }
          }
        };
        succeeded(await stack.up());
        await assertShown(before);
        assert.deepEqual(operations(succeeded(await stack.up())), []);

        succeeded(await stack.up({ program: publishing(after) }));
        await assertShown(after);

        succeeded(await stack.up({ program: publishing([]) }));
        for (const { zone } of hosts) {
          assert.deepEqual(await recordsLeft(internet, zone), [], zone);
        }
      },
    ));
});

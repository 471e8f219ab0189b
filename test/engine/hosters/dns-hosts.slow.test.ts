import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { DnsHost, RecordSet } from "../../../providers/dns-host";
import { gandi } from "../../../providers/gandi/dns";
import { linodeDns } from "../../../providers/linode/dns";
import { ovhDns } from "../../../providers/ovh/dns";
import { scalewayDns } from "../../../providers/scaleway/dns";
import { vultrDns } from "../../../providers/vultr/dns";
import type { RemoteInternet } from "../../../sandbox/internet/remote-internet";
import { failed, operations, succeeded, withSandbox } from "../engine-stack";
import { recordsLeft, ZONE } from "../hyperscalers/life";

const hosts: Readonly<Record<string, (zone: string) => DnsHost>> = {
  Gandi: (zone) => gandi({ zone }),
  Linode: (zone) => linodeDns({ zone }),
  OVHcloud: (zone) => ovhDns({ zone }),
  Scaleway: (zone) => scalewayDns({ zone }),
  Vultr: (zone) => vultrDns({ zone }),
};

function records(address: string, ttl: number): RecordSet[] {
  return [
    { owner: `mail.${ZONE}`, type: "A", values: [address, "192.0.2.99"], ttl },
    { owner: `mail.${ZONE}`, type: "AAAA", values: ["2001:db8:f::10"], ttl },
    { owner: ZONE, type: "MX", values: [`10 mail.${ZONE}`] },
    { owner: ZONE, type: "TXT", values: [`v=spf1 ip4:${address} ~all`] },
    { owner: `www.${ZONE}`, type: "CNAME", values: [`mail.${ZONE}`] },
  ];
}

function publishing(host: DnsHost, address: string, ttl = 300): PulumiFn {
  return async () => {
    records(address, ttl).forEach((record, index) => {
      assert.deepEqual(host.validate(record), []);
      host.publish(`record-${index}`, record, { deleteBeforeReplace: true });
    });
  };
}

/** As the first name server shows it, without final dots. */
async function shown(internet: RemoteInternet): Promise<string[]> {
  await internet.settled();
  const [lines = []] = Object.values((await internet.snapshot())[ZONE] ?? {});
  return lines.filter((line) => !/ ns /i.test(line)).map((line) => line.replace(/\.$/, "").toLowerCase());
}

describe("every record that mail needs is created, changed and deleted", () => {
  for (const [where, host] of Object.entries(hosts)) {
    test(`at ${where}`, (t) =>
      withSandbox(
        t,
        { program: publishing(host(ZONE), "192.0.2.10"), internet: { forwardZones: [ZONE] } },
        async ({ stack, internet }) => {
          succeeded(await stack.up());
          const first = (await shown(internet)).join("\n");
          for (const line of [
            /^mail\.example\.com 300 a 192\.0\.2\.10$/m,
            /^mail\.example\.com 300 a 192\.0\.2\.99$/m,
            /^mail\.example\.com 300 aaaa 2001:db8:f::10$/m,
            /^example\.com \d+ mx 10 mail\.example\.com$/m,
            /^example\.com \d+ txt .*v=spf1 ip4:192\.0\.2\.10 ~all/m,
            /^www\.example\.com \d+ cname mail\.example\.com$/m,
          ]) {
            assert.match(first, line);
          }
          assert.deepEqual(operations(succeeded(await stack.up())), []);

          succeeded(await stack.up({ program: publishing(host(ZONE), "192.0.2.11", 3600) }));
          const second = (await shown(internet)).join("\n");
          assert.match(second, /^mail\.example\.com 3600 a 192\.0\.2\.11$/m);
          assert.match(second, /^mail\.example\.com 3600 a 192\.0\.2\.99$/m);
          assert.match(second, /^example\.com \d+ txt .*v=spf1 ip4:192\.0\.2\.11 ~all/m);
          assert.doesNotMatch(second, /192\.0\.2\.10\b/);

          succeeded(await stack.destroy());
          assert.deepEqual(await recordsLeft(internet, ZONE), []);
        },
      ));
  }

  test("and a zone that is not there is refused before a record is made", (t) =>
    withSandbox(
      t,
      { program: async () => undefined, internet: { forwardZones: ["example.net"] } },
      async ({ stack }) => {
        for (const [where, host] of Object.entries(hosts)) {
          const program: PulumiFn = async () => {
            host(ZONE).publish("record", { owner: `mail.${ZONE}`, type: "A", values: ["192.0.2.10"] }, {});
          };
          const { text } = failed(await stack.up({ program }));
          assert.match(text, /does not have the zone example\.com/, where);
        }
      },
    ));
});

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Endpoint } from "../../../components/sending-ip";
import { aws } from "../../../providers/aws/cloud";
import { route53 } from "../../../providers/aws/dns";
import { azure } from "../../../providers/azure/cloud";
import { azureDns } from "../../../providers/azure/dns";
import { cloudflare } from "../../../providers/cloudflare/dns";
import { digitalocean } from "../../../providers/digitalocean/cloud";
import { digitaloceanDns } from "../../../providers/digitalocean/dns";
import { gandi } from "../../../providers/gandi/dns";
import { google } from "../../../providers/google/cloud";
import { cloudDns } from "../../../providers/google/dns";
import { hetzner } from "../../../providers/hetzner/cloud";
import { hetznerDns } from "../../../providers/hetzner/dns";
import { linode } from "../../../providers/linode/cloud";
import { linodeDns } from "../../../providers/linode/dns";
import { ownLinode } from "../../../providers/linode/simulation";
import { ovh } from "../../../providers/ovh/cloud";
import { ovhDns } from "../../../providers/ovh/dns";
import { ownZone } from "../../../providers/own-zone/cloud";
import { inSandbox, ownAddress, ownReverseZone } from "../../../providers/own-zone/simulation";
import { scaleway } from "../../../providers/scaleway/cloud";
import { scalewayDns } from "../../../providers/scaleway/dns";
import { vultr } from "../../../providers/vultr/cloud";
import { vultrDns } from "../../../providers/vultr/dns";
import { ownInstance } from "../../../providers/vultr/simulation";
import { failed, operations, succeeded, withSandbox } from "../engine-stack";
import { recordsLeft } from "../hyperscalers/life";
import { assertNeverBroken, type Mailing, mailing, NEW, OLD, seen, whileLooking, ZONE } from "./renaming";

interface Kind extends Mailing {
  /** The steps that may fail, in the order in which a rename takes them. */
  readonly steps: readonly string[];
  /** The PTR of the old name is gone when the creation of the new one fails. */
  readonly replacesPtr?: true;
  /** What a rename says that leaves the IPv6 PTR to people. */
  readonly byHand?: RegExp;
}

// The two families go at the same time: what is to fail second comes alone.
const both = ["mail-forward", "mail-forward-v6", "mail-ptr", "mail-ptr-v6", "mail-mx"];
const v4 = ["mail-forward-v4", "mail-ptr-v4", "mail-mx"];
const zone = ZONE;

const kinds: Readonly<Record<string, Kind>> = {
  "Hetzner: record sets that the name replaces, PTR changed in place": {
    cloud: () => hetzner(),
    dns: () => hetznerDns({ zone }),
    steps: both,
  },
  "Cloudflare: records renamed in place": { cloud: () => hetzner(), dns: () => cloudflare({ zone }), steps: both },
  "Linode: records renamed in place, PTR checked": {
    cloud: () => linode({ create: { linode: ownLinode } }),
    dns: () => linodeDns({ zone }),
    steps: both,
  },
  "Scaleway: records that the name replaces, PTR checked": {
    cloud: () => scaleway(),
    dns: () => scalewayDns({ zone }),
    steps: both,
  },
  "Vultr: PTRs that every change replaces": {
    cloud: () => vultr({ instance: ownInstance, create: { region: "ewr" } }),
    dns: () => vultrDns({ zone }),
    steps: both,
    replacesPtr: true,
  },
  "OVHcloud: PTRs that every change replaces, checked": {
    cloud: () => ovh({ existing: { v4: "198.18.9.10", v6: "2001:db8:9:1::10" } }),
    dns: () => ovhDns({ zone }),
    steps: both,
    replacesPtr: true,
  },
  "AWS and Route 53": { cloud: () => aws(), dns: () => route53({ zone }), steps: v4 },
  "Azure and Azure DNS": {
    cloud: () => azure(),
    dns: () => azureDns({ zone, resourceGroupName: "dns" }),
    steps: v4,
  },
  "Google Cloud and Cloud DNS: PTR in the machine": {
    cloud: () => google(),
    dns: () => cloudDns({ zone }),
    ipv6: false,
    steps: ["mail-forward-v4", "mail-instance", "mail-mx"],
  },
  "Google Cloud over IPv6: a PTR that only Google's own command changes": {
    cloud: () => google({ subnetwork: "dual" }),
    dns: () => cloudDns({ zone }),
    ipv6: true,
    steps: ["mail-forward", "mail-forward-v6", "mail-instance"],
    byHand: /gcloud compute instances update-access-config \S+ .*--ipv6-public-ptr-domain=mx\.example\.com\.\s/,
  },
  "records at DigitalOcean, renamed in place": {
    cloud: () => hetzner({ create: "floating-ip" }),
    dns: () => digitaloceanDns({ zone }),
    ipv6: false,
    steps: v4,
  },
  "a droplet, whose name is the PTR": {
    cloud: () => digitalocean(),
    dns: () => digitaloceanDns({ zone }),
    ipv6: false,
    steps: ["mail-forward-v4", "mail-droplet", "mail-mx"],
  },
  "a reverse zone of your own, at Gandi": {
    cloud: () => ownZone({ address: ownAddress, dns: gandi({ zone: ownReverseZone }) }),
    dns: () => gandi({ zone }),
    steps: v4,
  },
};

const config = { "fcrdns:deadlineSeconds": "8", "fcrdns:mode": "authoritative" };

describe("a new host name: the old one round-trips until the new one does", () => {
  for (const [name, kind] of Object.entries(kinds)) {
    test(name, (t) =>
      withSandbox(
        t,
        { program: mailing(kind, OLD), internet: { forwardZones: [ZONE], negativeTtl: 1 }, config },
        async ({ stack, internet }) => {
          await inSandbox.people?.(internet, OLD);
          const first = succeeded(await stack.up());
          const addresses = (first.outputs.endpoints as Endpoint[]).map(({ address }) => address);
          assertNeverBroken([await seen(internet, addresses)], "before");

          for (const step of kind.steps) {
            const { result, moments } = await whileLooking(
              internet,
              addresses,
              stack.up({ program: mailing(kind, NEW, step) }),
            );
            assert.match(failed(result).text, /injected/, step);
            await internet.settled();
            const after = await seen(internet, addresses);
            if (kind.replacesPtr && step.startsWith("mail-ptr")) {
              // Nothing but the PTR that was refused is missing, and the next run sets it.
              const own = addresses.filter((address) => address.includes(":") || !step.endsWith("6"));
              const others = Object.entries(after.trips).filter(([address]) => !own.includes(address));
              assertNeverBroken([{ ...after, trips: Object.fromEntries(others) }], step);
            } else if (kind.replacesPtr) {
              assert.ok(after.mxLeads);
            } else {
              assertNeverBroken([...moments, after], step);
            }
            assert.ok((await internet.records(OLD, "A")).length > 0, `${step}: the old record is the last to go`);
          }

          const program = mailing(kind, NEW);
          const refresh = kind.byHand !== undefined;
          if (kind.byHand !== undefined) {
            const { result, moments } = await whileLooking(internet, addresses, stack.up({ program }));
            assert.match(failed(result).text, kind.byHand);
            const v6 = addresses.filter((address) => address.includes(":"));
            for (const address of v6) await internet.setPtr(address, NEW);
            await internet.settled();
            assertNeverBroken([...moments, await seen(internet, addresses)], "changed by hand");
          }

          const { result, moments } = await whileLooking(internet, addresses, stack.up({ program, refresh }));
          succeeded(result);
          await internet.settled();
          const last = await seen(internet, addresses);
          assertNeverBroken(kind.replacesPtr ? [last] : [...moments, last], "last");
          assert.deepEqual(
            Object.values(last.trips).map(({ ptr }) => ptr),
            addresses.map(() => NEW),
          );
          assert.deepEqual(last.mx, [NEW]);
          assert.deepEqual(await internet.records(OLD, "A"), []);
          assert.deepEqual(await internet.records(OLD, "AAAA"), []);
          assert.deepEqual(operations(succeeded(await stack.up())), []);

          succeeded(await stack.destroy());
          assert.deepEqual(await recordsLeft(internet, ZONE), []);
        },
      ),
    );
  }
});

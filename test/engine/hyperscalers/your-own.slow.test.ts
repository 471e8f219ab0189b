import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Eip } from "@pulumi/aws/ec2/eip";
import { PublicIPAddress } from "@pulumi/azure-native/network/publicIPAddress";
import { Droplet } from "@pulumi/digitalocean/droplet";
import { Address } from "@pulumi/gcp/compute/address";
import { Instance } from "@pulumi/gcp/compute/instance";
import { SendingIp } from "../../../components/sending-ip";
import { aws } from "../../../providers/aws/cloud";
import { azure } from "../../../providers/azure/cloud";
import type { Cloud } from "../../../providers/cloud";
import { cloudflare } from "../../../providers/cloudflare/dns";
import { digitalocean } from "../../../providers/digitalocean/cloud";
import { accessConfig, google, ipv6AccessConfig } from "../../../providers/google/cloud";
import { failed, operations, succeeded, withSandbox } from "../engine-stack";
import { assertRoundTrip, endpointsOf, recordsLeft, ZONE } from "./life";

const hostname = "mail.example.com";
const internet = { forwardZones: [ZONE], negativeTtl: 1 };
const config = { "fcrdns:deadlineSeconds": "60" };

function mailFrom(cloud: Cloud): SendingIp {
  return new SendingIp("mail", { hostname, cloud, dns: cloudflare({ zone: ZONE }) });
}

function outputsOf(mail: SendingIp) {
  return { endpoints: mail.endpoints, verified: mail.verified };
}

describe("what you have already gets its PTR and keeps its address", () => {
  const programs: Readonly<Record<string, () => ReturnType<typeof outputsOf>>> = {
    "an Elastic IP by its allocation": () => {
      const eip = new Eip("ours", { domain: "vpc" });
      return outputsOf(mailFrom(aws({ existing: { allocationId: eip.allocationId } })));
    },
    "an Elastic IP by its address": () => {
      const eip = new Eip("ours", { domain: "vpc" });
      return outputsOf(mailFrom(aws({ existing: { publicIp: eip.publicIp } })));
    },
    "a public IP address at Azure, tags and all": () => {
      const ours = new PublicIPAddress("ours", {
        resourceGroupName: "mail",
        publicIPAllocationMethod: "Static",
        publicIPAddressVersion: "IPv4",
        sku: { name: "Standard" },
        tags: { team: "mail" },
      });
      return outputsOf(mailFrom(azure({ existing: { resourceGroupName: "mail", publicIpAddressName: ours.name } })));
    },
    "a droplet that is named as the host": () => {
      const droplet = new Droplet("ours", {
        name: hostname,
        image: "debian-12-x64",
        size: "s-1vcpu-1gb",
        region: "ams3",
      });
      return outputsOf(mailFrom(digitalocean({ existing: droplet })));
    },
    "a static address at Google": () => {
      const ours = new Address("ours", { name: "ours", region: "europe-west1" });
      return outputsOf(mailFrom(google({ existing: { v4: ours.name } })));
    },
    "a machine of one's own at Google": () => {
      const mail = mailFrom(google({ instance: "mine" }));
      new Instance("mta", {
        machineType: "e2-small",
        zone: "europe-west1-b",
        bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
        networkInterfaces: [{ network: "default", accessConfigs: [accessConfig(mail)] }],
      });
      return outputsOf(mail);
    },
  };
  for (const [what, program] of Object.entries(programs)) {
    test(what, (t) =>
      withSandbox(t, { program: async () => program(), internet, config }, async ({ stack, internet }) => {
        const run = succeeded(await stack.up());
        await assertRoundTrip(internet, endpointsOf(run), hostname);
        assert.deepEqual(operations(succeeded(await stack.up())), []);
        succeeded(await stack.destroy());
        assert.deepEqual(await recordsLeft(internet, ZONE), []);
      }),
    );
  }
});

describe("what cannot work is said in time", () => {
  test("a droplet with another name: which one, and who renames it", (t) => {
    const program = async () => {
      const droplet = new Droplet("ours", {
        name: "web-1",
        image: "debian-12-x64",
        size: "s-1vcpu-1gb",
        region: "ams3",
      });
      return outputsOf(mailFrom(digitalocean({ existing: droplet })));
    };
    return withSandbox(t, { program, internet, config }, async ({ stack }) => {
      succeeded(await stack.preview());
      const run = failed(await stack.up());
      assert.match(run.text, /is named "web-1".*mail\.example\.com was expected/);
      assert.match(run.text, /doctl compute droplet-action rename/);
      assert.doesNotMatch(run.text, /at .*\.ts:\d+/, "no stack trace for a user's mistake");
    });
  });

  test("a domain that Google does not know as yours: before it happens in the preview, and Google's words when it does", (t) => {
    const program = async () => outputsOf(mailFrom(google()));
    const unverified = { ...config, "gcp:sandbox": '{"unverified":["example.com"]}' };
    return withSandbox(t, { program, internet, config: unverified }, async ({ stack }) => {
      const preview = succeeded(await stack.preview());
      assert.match(preview.text, /refuse the PTR unless the domain of mail\.example\.com is verified/);
      assert.match(preview.text, /port 25 is blocked/);
      assert.match(failed(await stack.up()).text, /Please verify ownership of the PTR domain/);
    });
  });

  test("a dynamic address at Azure: that it must be static", (t) => {
    const program = async () => {
      const ours = new PublicIPAddress("ours", { resourceGroupName: "mail", publicIPAllocationMethod: "Dynamic" });
      return outputsOf(mailFrom(azure({ existing: { resourceGroupName: "mail", publicIpAddressName: ours.name } })));
    };
    return withSandbox(t, { program, internet, config }, async ({ stack }) => {
      assert.match(failed(await stack.up()).text, /is a dynamic address: Azure keeps a PTR only on static IPv4/);
    });
  });
});

describe("a new host name for a machine of one's own at Google, over IPv6", () => {
  test("stops before the machine is changed, until people have changed the IPv6 PTR", (t) => {
    const renamed = "mx.example.com";
    const program = (name: string) => async () => {
      const cloud = google({ instance: "mine", subnetwork: "dual" });
      const mail = new SendingIp("mail", { hostname: name, cloud, dns: cloudflare({ zone: ZONE }), ipv6: true });
      new Instance("mta", {
        machineType: "e2-small",
        zone: "europe-west1-b",
        bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
        networkInterfaces: [
          {
            subnetwork: "dual",
            stackType: "IPV4_IPV6",
            accessConfigs: [accessConfig(mail)],
            ipv6AccessConfigs: [ipv6AccessConfig(mail)],
          },
        ],
      });
      return { endpoints: mail.endpoints };
    };
    return withSandbox(t, { program: program(hostname), internet, config }, async ({ stack, internet }) => {
      const up = endpointsOf(succeeded(await stack.up()));
      await assertRoundTrip(internet, up, hostname);
      await internet.flushResolver();

      const refused = failed(await stack.up({ program: program(renamed) }));
      assert.match(
        refused.text,
        /update-access-config MACHINE --zone=ZONE --ipv6-public-ptr-domain=mx\.example\.com\./,
      );
      await assertRoundTrip(internet, up, hostname);

      for (const { address } of up.filter(({ family }) => family === 6)) await internet.setPtr(address, renamed);
      await internet.settled();
      await internet.flushResolver();
      const last = endpointsOf(succeeded(await stack.up({ program: program(renamed), refresh: true })));
      await assertRoundTrip(internet, last, renamed);
      succeeded(await stack.destroy());
    });
  });
});

describe("a change of the public IP address at Azure", () => {
  test("takes the PTR away for a moment and gives it back in the same run", (t) => {
    const program = (team: string) => async () =>
      outputsOf(mailFrom(azure({ create: { resourceGroupName: "mail", tags: { team } } })));
    return withSandbox(t, { program: program("a"), internet, config }, async ({ stack, internet }) => {
      succeeded(await stack.up());
      await internet.flushResolver();
      const run = succeeded(await stack.up({ program: program("b") }));
      assert.deepEqual(operations(run), [
        "update azure-native:network:PublicIPAddress",
        "update azure-native:resources:Deployment",
      ]);
      await assertRoundTrip(internet, endpointsOf(run), hostname);
    });
  });
});

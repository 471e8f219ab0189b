import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { SendingIp } from "../../../components/sending-ip";
import { aws } from "../../../providers/aws/cloud";
import { route53 } from "../../../providers/aws/dns";
import { azure } from "../../../providers/azure/cloud";
import { azureDns } from "../../../providers/azure/dns";
import type { Cloud } from "../../../providers/cloud";
import { cloudflare } from "../../../providers/cloudflare/dns";
import { digitalocean } from "../../../providers/digitalocean/cloud";
import { digitaloceanDns } from "../../../providers/digitalocean/dns";
import type { DnsHost } from "../../../providers/dns-host";
import { dnsHostNames } from "../../../providers/find-provider";
import { gandi } from "../../../providers/gandi/dns";
import { google } from "../../../providers/google/cloud";
import { cloudDns } from "../../../providers/google/dns";
import { hetzner } from "../../../providers/hetzner/cloud";
import { hetznerDns } from "../../../providers/hetzner/dns";
import { linode } from "../../../providers/linode/cloud";
import { linodeDns } from "../../../providers/linode/dns";
import { ovhDns } from "../../../providers/ovh/dns";
import { scaleway } from "../../../providers/scaleway/cloud";
import { scalewayDns } from "../../../providers/scaleway/dns";
import { vultr } from "../../../providers/vultr/cloud";
import { vultrDns } from "../../../providers/vultr/dns";
import type { StackRun } from "../../../sandbox/sandbox-stack";
import { failed, operations, withSandbox } from "../engine-stack";

const HERE = "example.com";
const ELSEWHERE = "token.example";

const hosts: Readonly<Record<string, (zone: string) => DnsHost>> = {
  "azure-dns": (zone) => azureDns({ zone, resourceGroupName: "dns" }),
  "cloud-dns": (zone) => cloudDns({ zone }),
  cloudflare: (zone) => cloudflare({ zone }),
  digitalocean: (zone) => digitaloceanDns({ zone }),
  gandi: (zone) => gandi({ zone }),
  hetzner: (zone) => hetznerDns({ zone }),
  linode: (zone) => linodeDns({ zone }),
  ovh: (zone) => ovhDns({ zone }),
  route53: (zone) => route53({ zone }),
  scaleway: (zone) => scalewayDns({ zone }),
  vultr: (zone) => vultrDns({ zone }),
};

/** Addresses and machines that exist, by ids that do not. */
const clouds: Readonly<Record<string, () => Cloud>> = {
  "an Elastic IP": () => aws({ existing: { allocationId: "eipalloc-00000000000000000" } }),
  "a public IP address": () => azure({ existing: { resourceGroupName: "mail", publicIpAddressName: "none" } }),
  "an address": () => google({ existing: { v4: "none" }, region: "europe-west1" }),
  "a droplet": () => digitalocean({ existing: { id: 4711 } }),
  "a server": () => hetzner({ server: 4711 }),
  "a primary IP": () => hetzner({ primaryIps: { v4: 4711 } }),
  "a Linode": () => linode({ existing: { linode: 1 } }),
  "a flexible IP": () => scaleway({ existing: { v4: "fr-par-1/11111111-1111-4111-8111-111111111111" } }),
  "an instance": () => vultr({ instance: "11111111-1111-4111-8111-111111111111" }),
};

/** Wrong credentials that the plugin notices; the others were read, and are cases of `look-up.test.ts`. */
const wrong: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cloudflare: { "cloudflare:apiToken": "short" },
  hetzner: { "hcloud:token": "short" },
  ovh: { "ovh:consumerKey": "expired" },
  scaleway: { "scaleway:accessKey": "SCW1" },
};

function sending(cloud: Cloud, dns: DnsHost): PulumiFn {
  return async () => {
    const mail = new SendingIp("mail", { hostname: `mail.${dns.zone}`, cloud, dns, ipv6: false });
    return { endpoints: mail.endpoints };
  };
}

/** One error, in our words, with the next step; no stack trace, and nothing done. */
function reportedOnce(run: StackRun, what: RegExp, where: string): void {
  const errors = failed(run)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
  assert.equal(errors.length, 1, `${where}: ${run.text}`);
  assert.match(errors[0] ?? "", what, where);
  assert.match(errors[0] ?? "", /\n {2}(?:Fix:|Set) /, where);
  assert.doesNotMatch(run.text, /unhandled exception|error serializing property|\n\s+at \S+ \(/i, where);
  assert.deepEqual(operations(run), [], where);
}

describe("a look-up that fails is one sentence with the next step, and nothing is made", () => {
  test("every DNS host with a plugin looks its zone up", () => {
    const looked = dnsHostNames.filter((name) => name !== "manual" && name !== "own-zone");
    assert.deepEqual(Object.keys(hosts).sort(), [...looked].sort());
    for (const [name, host] of Object.entries(hosts)) {
      assert.equal(typeof host(HERE).lookUp, "function", name);
    }
  });

  test("where the zone is not there", (t) =>
    withSandbox(t, { program: async () => undefined, internet: { forwardZones: [HERE] } }, async ({ stack }) => {
      for (const [name, host] of Object.entries(hosts)) {
        const program = sending(hetzner(), host(ELSEWHERE));
        const what = /(?:does not have|has) .*the zone token\.example|no public managed zone for token\.example/;
        reportedOnce(await stack.preview({ program }), what, name);
      }
    }));

  test("where the zone is given by an id that is not there", (t) =>
    withSandbox(t, { program: async () => undefined, internet: { forwardZones: [HERE] } }, async ({ stack }) => {
      const route = sending(hetzner(), route53({ zone: HERE, zoneId: "Z00000000000000000000" }));
      reportedOnce(await stack.preview({ program: route }), /does not have the zone Z0+/, "route53");
      const cloud = sending(hetzner(), cloudDns({ zone: HERE, managedZone: "none" }));
      reportedOnce(await stack.preview({ program: cloud }), /does not have the managed zone none/, "cloud-dns");
      const flare = sending(hetzner(), cloudflare({ zone: HERE, zoneId: "example.com" }));
      assert.match(failed(await stack.preview({ program: flare })).text, /cannot be the id of a zone at Cloudflare/);
    }));

  test("where the address or machine is not there", (t) =>
    withSandbox(t, { program: async () => undefined, internet: { forwardZones: [HERE] } }, async ({ stack }) => {
      for (const [name, cloud] of Object.entries(clouds)) {
        reportedOnce(await stack.up({ program: sending(cloud(), hetznerDns({ zone: HERE })) }), /does not have/, name);
      }
    }));

  test("where the credentials are wrong", (t) =>
    withSandbox(t, { program: async () => undefined, internet: { forwardZones: [HERE] } }, async ({ stack }) => {
      for (const [name, config] of Object.entries(wrong)) {
        await stack.configure(config);
        reportedOnce(
          await stack.up({ program: sending(hetzner(), hosts[name]?.(HERE) as DnsHost) }),
          /refused to look up the zone example\.com[^\n]*\n {2}Fix: set .*: pulumi config set /,
          name,
        );
      }
    }));

  /** The plugin is not called, because it would log its own error beside ours. */
  test("where there are no credentials", (t) =>
    withSandbox(t, { program: async () => undefined, internet: { forwardZones: [HERE] } }, async ({ stack }) => {
      for (const [name, key] of [
        ["hetzner", "hcloud:token"],
        ["linode", "linode:token"],
        ["vultr", "vultr:apiKey"],
      ] as const) {
        await stack.unset(key);
        const what = new RegExp(`needs an API (?:token|key), and none is set[^]*pulumi config set ${key} --secret`);
        reportedOnce(await stack.up({ program: sending(hetzner(), hosts[name]?.(HERE) as DnsHost) }), what, name);
      }
    }));
});

/** The DNS hosts by the word used in stack config; each is loaded only when it is used. */
import type { ConfigReader } from "../config-reader";
import { needSdk } from "../need-sdk";
import type { DnsHost } from "./dns-host";

interface DnsHostFile {
  fromConfig(config: ConfigReader): DnsHost;
}

/** One line a DNS host: its word, what to install, its file. */
const hosts: Readonly<Record<string, { readonly sdk: string | null; readonly load: () => DnsHostFile }>> = {
  hetzner: { sdk: "@pulumi/hcloud", load: () => require("./hetzner") },
  "azure-dns": { sdk: "@pulumi/azure-native", load: () => require("./azure-dns") },
  "cloud-dns": { sdk: "@pulumi/gcp", load: () => require("./cloud-dns") },
  cloudflare: { sdk: "@pulumi/cloudflare", load: () => require("./cloudflare") },
  digitalocean: { sdk: "@pulumi/digitalocean", load: () => require("./digitalocean") },
  route53: { sdk: "@pulumi/aws", load: () => require("./route53") },
  gandi: { sdk: null, load: () => require("./gandi") },
  linode: { sdk: "@pulumi/linode", load: () => require("./linode") },
  ovh: { sdk: "@ovhcloud/pulumi-ovh", load: () => require("./ovh") },
  scaleway: { sdk: "@pulumiverse/scaleway", load: () => require("./scaleway") },
  vultr: { sdk: "@ediri/vultr", load: () => require("./vultr") },
  manual: { sdk: null, load: () => require("./manual") },
};

export const dnsHostNames: readonly string[] = Object.keys(hosts);

/** The npm package that a DNS host needs; null: none. */
export function dnsHostSdk(name: string): string | null {
  return hosts[name]?.sdk ?? null;
}

/**
 * The DNS host called `name`, set up from the stack's config.
 * @throws PlainError with the command that installs its SDK, when it is not there
 */
export function dnsHostFromConfig(name: string, config: ConfigReader): DnsHost | undefined {
  const found = hosts[name];
  // Before its file is loaded: ts-node would report every import in it as a compiler error.
  if (found?.sdk != null) {
    needSdk(found.sdk, `dns ${name}`);
  }
  return found?.load().fromConfig(config);
}

/**
 * The clouds by the word used in stack config. Each is loaded only when it is used: a cloud's SDK is big, and one that
 * is not installed must not matter to people who use another.
 */
import type { ConfigReader } from "../config-reader";
import { needSdk } from "../need-sdk";
import type { Cloud } from "./cloud";

interface CloudFile {
  fromConfig(config: ConfigReader): Cloud;
}

/** One line a cloud: its word, what to install, its file. */
const clouds: Readonly<Record<string, { readonly sdk: string | null; readonly load: () => CloudFile }>> = {
  hetzner: { sdk: "@pulumi/hcloud", load: () => require("./hetzner") },
  aws: { sdk: "@pulumi/aws", load: () => require("./aws") },
  azure: { sdk: "@pulumi/azure-native", load: () => require("./azure") },
  digitalocean: { sdk: "@pulumi/digitalocean", load: () => require("./digitalocean") },
  google: { sdk: "@pulumi/gcp", load: () => require("./google") },
  linode: { sdk: "@pulumi/linode", load: () => require("./linode") },
  ovh: { sdk: "@ovhcloud/pulumi-ovh", load: () => require("./ovh") },
  scaleway: { sdk: "@pulumiverse/scaleway", load: () => require("./scaleway") },
  vultr: { sdk: "@ediri/vultr", load: () => require("./vultr") },
  existing: { sdk: null, load: () => require("./existing") },
  "own-zone": { sdk: null, load: () => require("./own-zone") },
  contabo: { sdk: null, load: () => require("./contabo") },
  "hetzner-robot": { sdk: null, load: () => require("./hetzner-robot") },
  hostinger: { sdk: null, load: () => require("./hostinger") },
  ionos: { sdk: null, load: () => require("./ionos") },
  leaseweb: { sdk: null, load: () => require("./leaseweb") },
  netcup: { sdk: null, load: () => require("./netcup") },
  upcloud: { sdk: null, load: () => require("./upcloud") },
  frontier: { sdk: null, load: () => require("./ticket-cloud").ticketCloudFile("frontier") },
  govcloud: { sdk: null, load: () => require("./ticket-cloud").ticketCloudFile("govcloud") },
  interserver: { sdk: null, load: () => require("./ticket-cloud").ticketCloudFile("interserver") },
  lightsail: { sdk: null, load: () => require("./ticket-cloud").ticketCloudFile("lightsail") },
  oracle: { sdk: null, load: () => require("./ticket-cloud").ticketCloudFile("oracle") },
  racknerd: { sdk: null, load: () => require("./ticket-cloud").ticketCloudFile("racknerd") },
  generic: { sdk: null, load: () => require("./ticket-cloud").ticketCloudFile("generic") },
};

export const cloudNames: readonly string[] = Object.keys(clouds);

/** The npm package that a cloud needs; null: none. */
export function cloudSdk(name: string): string | null {
  return clouds[name]?.sdk ?? null;
}

/**
 * The cloud called `name`, set up from the stack's config.
 * @throws PlainError with the command that installs its SDK, when it is not there
 */
export function cloudFromConfig(name: string, config: ConfigReader): Cloud | undefined {
  const found = clouds[name];
  // Before its file is loaded: ts-node would report every import in it as a compiler error.
  if (found?.sdk != null) {
    needSdk(found.sdk, `cloud ${name}`);
  }
  return found?.load().fromConfig(config);
}

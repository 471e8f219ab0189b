/** Who plays whom: the simulated cloud behind each word that stack config takes, and the config that it needs here. */
import { ownLinode } from "../providers/linode/simulation";
import { ownInstance } from "../providers/vultr/simulation";
import { existingAddress, ownAddress, ownReverseZone } from "./people";

export interface Part {
  /** The simulated cloud's Pulumi package. */
  readonly packageName: string;
  /** The DNS host that people of this cloud usually take. */
  readonly dns: string;
  /** Stack config that the cloud needs beyond the defaults. */
  readonly config: Readonly<Record<string, string>>;
}

/** One line a cloud, by the word used in stack config. */
export const clouds: Readonly<Record<string, Part>> = {
  hetzner: { packageName: "hcloud", dns: "hetzner", config: {} },
  aws: { packageName: "aws", dns: "route53", config: {} },
  azure: { packageName: "azure-native", dns: "azure-dns", config: {} },
  digitalocean: { packageName: "digitalocean", dns: "digitalocean", config: {} },
  google: { packageName: "gcp", dns: "cloud-dns", config: {} },
  linode: { packageName: "linode", dns: "linode", config: { "fcrdns:linode": String(ownLinode) } },
  ovh: {
    packageName: "ovh",
    dns: "ovh",
    config: { "fcrdns:address": "198.18.9.10", "fcrdns:ipv6Address": "2001:db8:9:1::10" },
  },
  scaleway: { packageName: "scaleway", dns: "scaleway", config: {} },
  vultr: { packageName: "vultr", dns: "vultr", config: { "fcrdns:instance": ownInstance, "fcrdns:location": "ewr" } },
  existing: {
    packageName: "elsewhere",
    dns: "hetzner",
    config: { "fcrdns:address": existingAddress, "fcrdns:provider": "somebody else" },
  },
  "own-zone": {
    packageName: "elsewhere",
    dns: "gandi",
    config: { "fcrdns:address": ownAddress, "fcrdns:reverseDns": "gandi", "fcrdns:reverseZone": ownReverseZone },
  },
};

/** One line a DNS host: the stack config that it needs beyond the zone. */
export const dnsHosts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  hetzner: {},
  "azure-dns": { "fcrdns:dnsResourceGroup": "dns" },
  "cloud-dns": {},
  cloudflare: {},
  digitalocean: {},
  route53: {},
  gandi: {},
  linode: {},
  ovh: {},
  scaleway: {},
  vultr: {},
  manual: { "fcrdns:panel": "namecheap" },
};

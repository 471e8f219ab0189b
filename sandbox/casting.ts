/** Who plays whom: the simulated cloud behind each word that stack config takes, and the config that it needs here. */

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
};

/** One line a DNS host: the stack config that it needs beyond the zone. */
export const dnsHosts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  hetzner: {},
  "azure-dns": { "fcrdns:dnsResourceGroup": "dns" },
  "cloud-dns": {},
  cloudflare: {},
  digitalocean: {},
  route53: {},
};

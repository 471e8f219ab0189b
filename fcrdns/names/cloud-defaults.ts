/**
 * Where providers put the servers that nobody has named: data, so that a report can say whose default a name is. The
 * detector does not depend on this table being complete; what is not here is found by its structure (`generic-name.ts`).
 */
export interface CloudDefault {
  readonly provider: string;
  /** The default names lie under this domain. */
  readonly domain: string;
  /**
   * What stands left of the domain in a default name, where the provider's own hosts share the domain.
   * @default anything: the domain holds default names only
   */
  readonly labels?: RegExp;
  /** Where the shape is documented or was seen. */
  readonly source: string;
}

const SEEN = "seen in reverse DNS";

export const CLOUD_DEFAULTS: readonly CloudDefault[] = [
  {
    provider: "Amazon EC2",
    domain: "compute-1.amazonaws.com",
    source: "AWS documentation: Amazon EC2 instance hostname types",
  },
  {
    provider: "Amazon EC2",
    domain: "compute.amazonaws.com",
    source: "AWS documentation: Amazon EC2 instance hostname types",
  },
  {
    provider: "Amazon EC2",
    domain: "compute.amazonaws.com.cn",
    source: "AWS documentation: Amazon EC2 instance hostname types",
  },
  {
    provider: "Amazon EC2",
    domain: "compute.internal",
    source: "AWS documentation: Amazon EC2 instance hostname types",
  },
  { provider: "Amazon EC2", domain: "ec2.internal", source: "AWS documentation: Amazon EC2 instance hostname types" },
  { provider: "Hetzner", domain: "clients.your-server.de", source: "Hetzner documentation: reverse DNS" },
  { provider: "Google Cloud", domain: "bc.googleusercontent.com", source: "Google Cloud documentation: PTR records" },
  { provider: "Google Cloud", domain: "googleusercontent.com", source: SEEN },
  { provider: "Akamai (Linode)", domain: "ip.linodeusercontent.com", source: "Linode documentation: rDNS" },
  { provider: "Akamai (Linode)", domain: "members.linode.com", source: SEEN },
  { provider: "Akamai", domain: "static.akamaitechnologies.com", source: SEEN },
  { provider: "Vultr", domain: "vultrusercontent.com", source: "Vultr documentation: reverse DNS" },
  { provider: "Vultr", domain: "vultr.com", labels: /^\d+\.\d+\.\d+\.\d+$/, source: SEEN },
  { provider: "OVHcloud", domain: "vps.ovh.net", source: "OVHcloud documentation: reverse" },
  { provider: "OVHcloud", domain: "vps.ovh.ca", source: SEEN },
  { provider: "OVHcloud", domain: "vps.ovh.us", source: SEEN },
  { provider: "OVHcloud", domain: "ovh.net", labels: /^(?:vps|ns|ks|ip)[\d-]+$/, source: SEEN },
  { provider: "OVHcloud", domain: "kimsufi.com", labels: /^(?:ns|ks)\d+$/, source: SEEN },
  {
    provider: "Scaleway",
    domain: "scw.cloud",
    // Its web hosting sends from hosts of its own there, such as pf-012.whm.fr-par.scw.cloud.
    labels: /(?:^|\.)(?:instances|baremetal)(?:\.|$)/,
    source: "Scaleway documentation: default reverse of Instances",
  },
  { provider: "Scaleway", domain: "poneytelecom.eu", source: SEEN },
  { provider: "Scaleway", domain: "dedibox.fr", labels: /^sd-\d+$/, source: SEEN },
  { provider: "UpCloud", domain: "upcloud.host", source: "UpCloud API documentation: ptr_record" },
  { provider: "ColoCrossing", domain: "colocrossing.com", labels: /-host$/, source: SEEN },
  { provider: "Contabo", domain: "contaboserver.net", source: SEEN },
  { provider: "IONOS", domain: "pbiaas.com", source: SEEN },
  { provider: "IONOS", domain: "onlinehome-server.info", source: SEEN },
  { provider: "IONOS", domain: "onlinehome-server.com", source: SEEN },
  { provider: "Leaseweb", domain: "leaseweb.com", labels: /^hosted-by$/, source: SEEN },
  { provider: "Hostinger", domain: "hstgr.cloud", source: SEEN },
  { provider: "Hostwinds", domain: "hostwindsdns.com", source: SEEN },
  { provider: "GoDaddy", domain: "startdedicated.com", source: SEEN },
  { provider: "GoDaddy", domain: "server4you.com", source: SEEN },
  { provider: "GoDaddy", domain: "serverloft.com", source: SEEN },
  { provider: "GoDaddy", domain: "dedicatedpanel.com", source: SEEN },
  { provider: "GoDaddy", domain: "ip.secureserver.net", source: SEEN },
  { provider: "GoDaddy", domain: "host.secureserver.net", source: SEEN },
  {
    provider: "Microsoft Azure",
    domain: "cloudapp.azure.com",
    source: "Azure documentation: public IP address DNS name label",
  },
  { provider: "Microsoft Azure", domain: "cloudapp.net", source: "Azure documentation: cloud services" },
  { provider: "IBM Cloud", domain: "reverse.softlayer.com", source: SEEN },
  { provider: "IBM Cloud", domain: "sl-reverse.com", source: SEEN },
  { provider: "Huawei Cloud", domain: "compute.hwclouds-dns.com", source: SEEN },
  { provider: "Strato", domain: "stratoserver.net", source: SEEN },
  { provider: "Sakura", domain: "vs.sakura.ne.jp", source: SEEN },
  { provider: "ConoHa", domain: "static.cnode.io", source: SEEN },
  { provider: "Gandi", domain: "ghst.net", source: SEEN },
  { provider: "DreamHost", domain: "dreamhostps.com", source: SEEN },
  { provider: "VNPT", domain: "static.vnpt.vn", source: "OpenSSH log of Loghub (github.com/logpai/loghub)" },
  { provider: "VNPT", domain: "static.vdc.vn", source: SEEN },
  { provider: "Viettel", domain: "adsl.viettel.vn", source: "github.com/stevejenkins/hardwarefreak.com-fqrdns.pcre" },
  { provider: "EUserv", domain: "serverprofi24.net", labels: /^euve\d+$/, source: SEEN },
  { provider: "Reg.ru", domain: "regruhosting.ru", source: SEEN },
];

/** The table's entry whose default names have this shape, and the part of the name that shows it. */
export function cloudDefaultOf(name: string): { readonly entry: CloudDefault; readonly part: string } | null {
  if (!ENDINGS.has(lastTwoLabels(name))) return null;
  for (const entry of CLOUD_DEFAULTS) {
    if (name === entry.domain && entry.labels === undefined) return { entry, part: entry.domain };
    if (!name.endsWith(`.${entry.domain}`)) continue;
    const labels = name.slice(0, -entry.domain.length - 1);
    if (entry.labels === undefined) return { entry, part: entry.domain };
    if (entry.labels.test(labels)) return { entry, part: name };
  }
  return null;
}

/** Most names end in none of these, which is told without going through the table. */
const ENDINGS: ReadonlySet<string> = new Set(CLOUD_DEFAULTS.map(({ domain }) => lastTwoLabels(domain)));

function lastTwoLabels(name: string): string {
  const dot = name.lastIndexOf(".", name.lastIndexOf(".") - 1);
  return name.slice(dot + 1);
}

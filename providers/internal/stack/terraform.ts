/** What `terraform show -json` (or `tofu show -json`) writes, as a stack's resources. A type is one line in a table. */
import { knownValues, type Read } from "./known-values";
import { isObject, type StackResource } from "./stack-resource";
import { UnreadableStack } from "./unreadable-stack";

/** Terraform's type -> the Pulumi type that wraps it, or that and the attributes that are called differently there. */
const TERRAFORM_TYPES: Readonly<Record<string, string | readonly [string, Readonly<Record<string, string>>]>> = {
  aws_eip: "aws:ec2/eip:Eip",
  aws_eip_domain_name: "aws:ec2/eipDomainName:EipDomainName",
  aws_route53_record: "aws:route53/record:Record",
  aws_route53_zone: "aws:route53/zone:Zone",
  azurerm_dns_a_record: "azure:dns/aRecord:ARecord",
  azurerm_dns_aaaa_record: "azure:dns/aaaaRecord:AaaaRecord",
  azurerm_dns_cname_record: "azure:dns/cNameRecord:CNameRecord",
  azurerm_dns_mx_record: ["azure:dns/mxRecord:MxRecord", { record: "records" }],
  azurerm_dns_ptr_record: "azure:dns/ptrRecord:PtrRecord",
  azurerm_dns_txt_record: ["azure:dns/txtRecord:TxtRecord", { record: "records" }],
  azurerm_public_ip: "azure:network/publicIp:PublicIp",
  cloudflare_dns_record: "cloudflare:index/dnsRecord:DnsRecord",
  cloudflare_record: "cloudflare:index/record:Record",
  cloudflare_zone: "cloudflare:index/zone:Zone",
  desec_rrset: "desec:index/rrset:Rrset",
  digitalocean_domain: "digitalocean:index/domain:Domain",
  digitalocean_droplet: "digitalocean:index/droplet:Droplet",
  digitalocean_record: "digitalocean:index/dnsRecord:DnsRecord",
  dns_a_record_set: "dns:index/aRecordSet:ARecordSet",
  dns_aaaa_record_set: "dns:index/aaaaRecordSet:AaaaRecordSet",
  dns_cname_record: "dns:index/cnameRecord:CnameRecord",
  dns_mx_record_set: "dns:index/mxRecordSet:MxRecordSet",
  dns_ptr_record: "dns:index/ptrRecord:PtrRecord",
  dns_txt_record_set: "dns:index/txtRecordSet:TxtRecordSet",
  dnsimple_zone_record: "dnsimple:index/zoneRecord:ZoneRecord",
  exoscale_compute_instance: "exoscale:index/computeInstance:ComputeInstance",
  exoscale_domain_record: "exoscale:index/domainRecord:DomainRecord",
  exoscale_elastic_ip: "exoscale:index/elasticIp:ElasticIp",
  gandi_livedns_record: "gandi:livedns/record:Record",
  godaddy_domain_record: "godaddy:index/domainRecord:DomainRecord",
  google_compute_address: "gcp:compute/address:Address",
  google_compute_instance: [
    "gcp:compute/instance:Instance",
    { networkInterface: "networkInterfaces", accessConfig: "accessConfigs", ipv6AccessConfig: "ipv6AccessConfigs" },
  ],
  google_dns_managed_zone: "gcp:dns/managedZone:ManagedZone",
  google_dns_record_set: "gcp:dns/recordSet:RecordSet",
  hcloud_floating_ip: "hcloud:index/floatingIp:FloatingIp",
  hcloud_primary_ip: "hcloud:index/primaryIp:PrimaryIp",
  hcloud_rdns: "hcloud:index/rdns:Rdns",
  hcloud_server: "hcloud:index/server:Server",
  hcloud_zone: "hcloud:index/zone:Zone",
  hcloud_zone_record: "hcloud:index/zoneRecord:ZoneRecord",
  hcloud_zone_rrset: "hcloud:index/zoneRrset:ZoneRrset",
  ionoscloud_dns_record: "ionoscloud:dns/record:Record",
  ionoscloud_dns_reverse_record: "ionoscloud:dns/reverseRecord:ReverseRecord",
  ionoscloud_dns_zone: "ionoscloud:dns/zone:Zone",
  leaseweb_ipmgmt_ip: "leaseweb:index/ipmgmtIp:IpmgmtIp",
  leaseweb_public_cloud_ip: "leaseweb:index/publicCloudIp:PublicCloudIp",
  linode_domain: "linode:index/domain:Domain",
  linode_domain_record: "linode:index/domainRecord:DomainRecord",
  linode_instance: "linode:index/instance:Instance",
  linode_instance_ip: "linode:index/instanceIp:InstanceIp",
  linode_networking_ip: "linode:index/networkingIp:NetworkingIp",
  linode_rdns: "linode:index/rdns:Rdns",
  linode_reserved_ip_assignment: "linode:index/reservedIpAssignment:ReservedIpAssignment",
  netcup_scp_rdns: "netcup:index/scpRdns:ScpRdns",
  oci_dns_rrset: "oci:Dns/rrset:Rrset",
  ovh_domain_zone_record: "ovh:Domain/zoneRecord:ZoneRecord",
  ovh_ip_reverse: [
    "ovh:Ip/reverse:Reverse",
    { ipReverse: "ReverseIp", ipreverse: "ReverseIp", reverse: "ReverseValue" },
  ],
  powerdns_record: "powerdns:index/record:Record",
  scaleway_baremetal_ip: "scaleway:elasticmetal/ip:Ip",
  scaleway_domain_record: "scaleway:domain/record:Record",
  scaleway_flexible_ip: "scaleway:elasticmetal/ip:Ip",
  scaleway_instance_ip: "scaleway:instance/ip:Ip",
  scaleway_instance_ip_reverse_dns: "scaleway:instance/ipReverseDns:IpReverseDns",
  scaleway_ipam_ip_reverse_dns: "scaleway:ipam/ipReverseDns:IpReverseDns",
  scaleway_lb_ip: "scaleway:loadbalancers/ip:Ip",
  vultr_dns_domain: "vultr:index/dnsDomain:DnsDomain",
  vultr_dns_record: "vultr:index/dnsRecord:DnsRecord",
  vultr_instance: "vultr:index/instance:Instance",
  vultr_reserved_ip: "vultr:index/reservedIp:ReservedIp",
  vultr_reverse_ipv4: "vultr:index/reverseIpv4:ReverseIpv4",
  vultr_reverse_ipv6: "vultr:index/reverseIpv6:ReverseIpv6",
};

/**
 * The resources of a Terraform state or plan that say something about addresses and DNS, under the Pulumi types that
 * wrap them; their `urn` is the Terraform address (`module.mail.hcloud_rdns.v4`). Data sources are left out. In a plan
 * what is known only after apply, and what Terraform marks sensitive, is not known.
 * @param json parsed output of `terraform show -json`
 * @throws UnreadableStack when it is something else
 */
export function fromTerraformShow(json: unknown): StackResource[] {
  if (!isObject(json) || typeof json.format_version !== "string") {
    throw new UnreadableStack(
      'this is not what Terraform writes: "format_version" is missing. Write it with: terraform show -json > state.json',
    );
  }
  const values = json.planned_values ?? json.values;
  // A state that holds nothing has no values.
  const module = isObject(values) ? values.root_module : undefined;
  const unknownAfterApply = plannedUnknowns(json.resource_changes);
  return modulesBelow(module).flatMap((each) =>
    objects(each.resources).flatMap((resource) => fromResource(resource, unknownAfterApply)),
  );
}

function fromResource(
  resource: Readonly<Record<string, unknown>>,
  unknownAfterApply: ReadonlyMap<string, unknown>,
): StackResource[] {
  const { mode, type, address } = resource;
  if (mode === "data" || typeof type !== "string" || typeof address !== "string") return [];
  const entry = TERRAFORM_TYPES[type];
  if (entry === undefined) return [];
  const [pulumiType, renamed] = typeof entry === "string" ? [entry, {}] : entry;
  const values = isObject(resource.values) ? resource.values : {};
  const hidden = [unknownAfterApply.get(address), resource.sensitive_values];
  const shown = withPulumiNames(merged(values, hidden), renamed);
  const { properties, unknown } = knownValues(isObject(shown) ? shown : {}, readShown);
  return [
    {
      type: pulumiType,
      urn: address,
      properties,
      ...(unknown.length > 0 && { unknown }),
      ...(typeof values.id === "string" && { id: values.id }),
    },
  ];
}

/** Stands where a value is not known or must not be shown. */
const HIDDEN = Symbol("hidden");

function readShown(container: object, key: string): Read {
  const value = (container as Readonly<Record<string, unknown>>)[key];
  return value === HIDDEN ? { known: false } : { known: true, value };
}

/** The values, with {@link HIDDEN} wherever one of the trees beside them says `true`. */
function merged(value: unknown, hidden: readonly unknown[]): unknown {
  if (hidden.includes(true)) return HIDDEN;
  const inner = hidden.filter((each) => typeof each === "object" && each !== null) as Readonly<
    Record<string, unknown>
  >[];
  if (inner.length === 0) return value;
  const below = (key: string) => inner.map((each) => each[key]);
  if (Array.isArray(value)) return value.map((item, index) => merged(item, below(String(index))));
  const keys = new Set([...(isObject(value) ? Object.keys(value) : []), ...inner.flatMap(Object.keys)]);
  if (!isObject(value) && keys.size === 0) return value;
  return Object.fromEntries(
    [...keys].map((key) => [key, merged(isObject(value) ? value[key] : undefined, below(key))]),
  );
}

function withPulumiNames(value: unknown, renamed: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((item) => withPulumiNames(item, renamed));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const name = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      return [renamed[name] ?? name, withPulumiNames(each, renamed)];
    }),
  );
}

function plannedUnknowns(changes: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    objects(changes).flatMap((change) =>
      typeof change.address === "string" && isObject(change.change)
        ? [[change.address, change.change.after_unknown] as const]
        : [],
    ),
  );
}

function modulesBelow(module: unknown): readonly Readonly<Record<string, unknown>>[] {
  return isObject(module) ? [module, ...objects(module.child_modules).flatMap(modulesBelow)] : [];
}

function objects(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

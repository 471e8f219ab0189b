/** What Scaleway resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

/** The name is that of Scaleway's own zones where nobody set one. */
const ofAddress = { hostname: "reverse", optional: true, unset: /\.(scw\.cloud|poneytelecom\.eu)$/ } as const;

export const stack: StackFacts = {
  resources: {
    "scaleway:applesilicon/server:Server": {
      addresses: ["ip"],
      formerly: ["scaleway:index/appleSiliconServer:AppleSiliconServer"],
      terraform: "scaleway_apple_silicon_server",
    },
    "scaleway:domain/record:Record": {
      records: { fqdn: "fqdn", zone: "dnsZone", values: ["data"] },
      formerly: ["scaleway:index/domainRecord:DomainRecord"],
    },
    "scaleway:elasticmetal/ip:Ip": {
      addresses: ["ipAddress"],
      ptr: { ...ofAddress, address: "ipAddress" },
      formerly: ["scaleway:index/flexibleIp:FlexibleIp"],
      terraform: ["scaleway_flexible_ip", "scaleway_baremetal_ip"],
    },
    "scaleway:elasticmetal/server:Server": {
      addresses: ["ipv4s[].address", "ipv6s[].address", "ips[].address"],
      formerly: ["scaleway:index/baremetalServer:BaremetalServer"],
      terraform: "scaleway_baremetal_server",
    },
    "scaleway:instance/ip:Ip": { addresses: ["address"], formerly: ["scaleway:index/instanceIp:InstanceIp"] },
    "scaleway:instance/ipReverseDns:IpReverseDns": {
      ptr: { hostname: "reverse", address: { of: "ipId", types: ["scaleway:instance/ip:Ip"] } },
      formerly: ["scaleway:index/instanceIpReverseDns:InstanceIpReverseDns"],
    },
    "scaleway:instance/server:Server": {
      addresses: ["publicIps[].address", "publicIp"],
      formerly: ["scaleway:index/instanceServer:InstanceServer"],
    },
    "scaleway:ipam/ipReverseDns:IpReverseDns": {
      ptr: { hostname: "hostname", address: "address" },
      overwrites: {
        property: "ipamIpId",
        source: "https://github.com/scaleway/terraform-provider-scaleway/issues/2373",
      },
      lateDelete: "clears every reverse name of the address",
      afterLoss: "replace",
      formerly: ["scaleway:index/ipamIpReverseDns:IpamIpReverseDns"],
    },
    "scaleway:loadbalancers/ip:Ip": {
      ptr: { ...ofAddress, address: "ipAddress" },
      formerly: ["scaleway:index/loadbalancerIp:LoadbalancerIp"],
      terraform: "scaleway_lb_ip",
    },
    "scaleway:network/publicGatewayIp:PublicGatewayIp": {
      addresses: ["address"],
      ptr: { ...ofAddress, address: "address", mirrors: true },
      formerly: ["scaleway:index/vpcPublicGatewayIp:VpcPublicGatewayIp"],
      terraform: "scaleway_vpc_public_gateway_ip",
    },
    "scaleway:network/publicGatewayIpReverseDns:PublicGatewayIpReverseDns": {
      ptr: {
        hostname: "reverse",
        address: { of: "gatewayIpId", types: ["scaleway:network/publicGatewayIp:PublicGatewayIp"] },
      },
      formerly: ["scaleway:index/vpcPublicGatewayIpReverseDns:VpcPublicGatewayIpReverseDns"],
      terraform: "scaleway_vpc_public_gateway_ip_reverse_dns",
    },
  },
  sources: [{ source: "@pulumiverse/scaleway (npm): type tokens and their aliases", date: "2026-11-21" }],
};

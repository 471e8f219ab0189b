/** What Scaleway resources mean in anybody's stack. */
import { textAt } from "../internal/stack/stack-resource";
import type { NetworkFacts, PortRuleFacts, StackFacts } from "../stack-facts";

/** The name is that of Scaleway's own zones where nobody set one. */
const ofAddress = { hostname: "reverse", optional: true, unset: /\.(scw\.cloud|poneytelecom\.eu)$/ } as const;

const groupRule: Omit<PortRuleFacts, "direction"> = {
  ports: ["port", "portRange"],
  protocol: "protocol",
  denies: "action",
  peers: ["ip", "ipRange"],
};
const groupRules: readonly PortRuleFacts[] = [
  { ...groupRule, list: "inboundRules[]", direction: "in" },
  { ...groupRule, list: "outboundRules[]", direction: "out" },
];
const ofServer: NetworkFacts = { is: "address", neighbours: { serverId: "host" } };

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
    "scaleway:instance/ip:Ip": {
      addresses: ["address"],
      network: ofServer,
      formerly: ["scaleway:index/instanceIp:InstanceIp"],
    },
    "scaleway:instance/ipReverseDns:IpReverseDns": {
      ptr: { hostname: "reverse", address: { of: "ipId", types: ["scaleway:instance/ip:Ip"] } },
      formerly: ["scaleway:index/instanceIpReverseDns:InstanceIpReverseDns"],
    },
    "scaleway:instance/privateNic:PrivateNic": {
      network: { is: "association", neighbours: { serverId: "host", privateNetworkId: "network" } },
      formerly: ["scaleway:index/instancePrivateNic:InstancePrivateNic"],
    },
    // Its default security blocks port 25, 465 and 587 out.
    "scaleway:instance/securityGroup:SecurityGroup": {
      network: {
        is: "firewall",
        rules: groupRules,
        closed: ({ properties }) => textAt(properties, "outboundDefaultPolicy") === "drop",
        blocksMail: ({ properties }) => properties.enableDefaultSecurity === true,
      },
      formerly: ["scaleway:index/instanceSecurityGroup:InstanceSecurityGroup"],
    },
    "scaleway:instance/securityGroupRules:SecurityGroupRules": {
      network: { is: "firewall", neighbours: { securityGroupId: "firewall" }, rules: groupRules },
      formerly: ["scaleway:index/instanceSecurityGroupRules:InstanceSecurityGroupRules"],
    },
    "scaleway:instance/server:Server": {
      addresses: ["publicIps[].address", "publicIp"],
      network: {
        is: "host",
        neighbours: {
          securityGroupId: "firewall",
          ipId: "address",
          ipIds: "address",
          "privateNetworks[].pnId": "network",
        },
      },
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
    "scaleway:kubernetes/cluster:Cluster": {
      network: { is: "host", kubernetes: true, neighbours: { privateNetworkId: "network" } },
      formerly: ["scaleway:index/kubernetesCluster:KubernetesCluster"],
      terraform: "scaleway_k8s_cluster",
    },
    "scaleway:network/gatewayNetwork:GatewayNetwork": {
      network: { is: "association", neighbours: { gatewayId: "nat", privateNetworkId: "network" } },
      formerly: ["scaleway:index/vpcGatewayNetwork:VpcGatewayNetwork"],
      terraform: "scaleway_vpc_gateway_network",
    },
    "scaleway:network/privateNetwork:PrivateNetwork": {
      network: { is: "network" },
      formerly: ["scaleway:index/vpcPrivateNetwork:VpcPrivateNetwork"],
      terraform: "scaleway_vpc_private_network",
    },
    // It lets no mail through unless it is told to.
    "scaleway:network/publicGateway:PublicGateway": {
      network: {
        is: "nat",
        neighbours: { ipId: "address" },
        serves: ({ properties }) => properties.enableSmtp !== false,
      },
      formerly: ["scaleway:index/vpcPublicGateway:VpcPublicGateway"],
      terraform: "scaleway_vpc_public_gateway",
    },
    "scaleway:network/publicGatewayIp:PublicGatewayIp": {
      addresses: ["address"],
      network: { is: "address" },
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

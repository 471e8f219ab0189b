/** What Azure resources mean in anybody's stack, in the native provider and in the classic one. */
import { textAt } from "../internal/stack/stack-resource";
import type {
  Hazard,
  NetworkRole,
  PortRuleFacts,
  ResourceFacts,
  StackFacts,
  UnstableAddress,
  ZoneFacts,
} from "../stack-facts";

function classic(type: string, values: string): ResourceFacts {
  return { records: { fqdn: "fqdn", zone: "zoneName", type, values: [values] } };
}

/** Each record type has a list of its own, and none gives the record type back. */
const nativeSets = Object.entries({
  A: "aRecords[].ipv4Address",
  AAAA: "aaaaRecords[].ipv6Address",
  PTR: "ptrRecords[].ptrdname",
  MX: "mxRecords[].exchange",
  CNAME: "cnameRecord.cname",
  TXT: "txtRecords[].value",
}).map(([type, values]) => ({ fqdn: "fqdn", zone: "zoneName", type, values: [values] }));

const nativeZone: ZoneFacts = {
  name: ["zoneName", "name"],
  isPrivate: ({ properties }) => textAt(properties, "zoneType")?.toLowerCase() === "private",
};

/** Static since the Standard SKU; the Basic one still takes both. */
const dynamic: Hazard<readonly UnstableAddress[]> = {
  source: "https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses",
  find({ properties }) {
    const reverse = textAt(properties, "dnsSettings.reverseFqdn") ?? textAt(properties, "reverseFqdn");
    const method = textAt(properties, "publicIPAllocationMethod") ?? textAt(properties, "allocationMethod");
    if (reverse === undefined || method !== "Dynamic") return [];
    const ip = textAt(properties, "ipAddress");
    const why =
      'is allocated dynamically and changes when the machine is stopped: set publicIPAllocationMethod: "Static"';
    return [{ ...(ip !== undefined && { ip }), why }];
  },
};

const securityRule: PortRuleFacts = {
  direction: "direction",
  ports: ["destinationPortRange", "destinationPortRanges"],
  protocol: "protocol",
  denies: "access",
  priority: "priority",
  peers: {
    in: ["sourceAddressPrefix", "sourceAddressPrefixes"],
    out: ["destinationAddressPrefix", "destinationAddressPrefixes"],
  },
  otherPeers: ["sourceApplicationSecurityGroups", "sourceApplicationSecurityGroupIds"],
};

const machine: ResourceFacts = {
  addresses: ["publicIpAddress", "publicIpAddresses"],
  network: { is: "host", neighbours: { networkInterfaceIds: "interface" } },
};

function association(...ids: readonly string[]): ResourceFacts {
  const roles: Readonly<Record<string, NetworkRole>> = {
    natGatewayId: "nat",
    networkInterfaceId: "interface",
    networkSecurityGroupId: "firewall",
    publicIpAddressId: "address",
    subnetId: "subnet",
  };
  return { network: { is: "association", neighbours: Object.fromEntries(ids.map((id) => [id, roles[id] ?? "host"])) } };
}

export const stack: StackFacts<"fcrdns-azure-reverse-fqdn"> = {
  terraform: { azure: "azurerm", "azure-native": null },
  resources: {
    "azure:compute/linuxVirtualMachine:LinuxVirtualMachine": {
      ...machine,
      terraform: "azurerm_linux_virtual_machine",
    },
    "azure:compute/windowsVirtualMachine:WindowsVirtualMachine": {
      ...machine,
      terraform: "azurerm_windows_virtual_machine",
    },
    "azure:dns/aRecord:ARecord": classic("A", "records"),
    "azure:dns/aaaaRecord:AaaaRecord": classic("AAAA", "records"),
    "azure:dns/cNameRecord:CNameRecord": { ...classic("CNAME", "record"), terraform: "azurerm_dns_cname_record" },
    "azure:dns/mxRecord:MxRecord": classic("MX", "records[].exchange"),
    "azure:dns/ptrRecord:PtrRecord": classic("PTR", "records"),
    "azure:dns/txtRecord:TxtRecord": classic("TXT", "records[].value"),
    "azure:compute/virtualMachine:VirtualMachine": {
      network: { is: "host", neighbours: { networkInterfaceIds: "interface" } },
      terraform: "azurerm_virtual_machine",
    },
    "azure:containerservice/kubernetesCluster:KubernetesCluster": {
      network: { is: "host", kubernetes: true, neighbours: { "defaultNodePool[].vnetSubnetId": "subnet" } },
      terraform: "azurerm_kubernetes_cluster",
    },
    "azure:network/natGateway:NatGateway": { network: { is: "nat" }, terraform: "azurerm_nat_gateway" },
    "azure:network/natGatewayPublicIpAssociation:NatGatewayPublicIpAssociation": {
      ...association("natGatewayId", "publicIpAddressId"),
      terraform: "azurerm_nat_gateway_public_ip_association",
    },
    "azure:network/networkInterface:NetworkInterface": {
      network: {
        is: "interface",
        neighbours: { "ipConfigurations[].subnetId": "subnet", "ipConfigurations[].publicIpAddressId": "address" },
      },
      terraform: "azurerm_network_interface",
    },
    "azure:network/networkInterfaceSecurityGroupAssociation:NetworkInterfaceSecurityGroupAssociation": {
      ...association("networkInterfaceId", "networkSecurityGroupId"),
      terraform: "azurerm_network_interface_security_group_association",
    },
    "azure:network/networkSecurityGroup:NetworkSecurityGroup": {
      ids: ["name"],
      network: { is: "firewall", rules: [{ ...securityRule, list: "securityRules[]" }] },
      terraform: "azurerm_network_security_group",
    },
    "azure:network/networkSecurityRule:NetworkSecurityRule": {
      network: { is: "firewall", neighbours: { networkSecurityGroupName: "firewall" }, rules: [securityRule] },
      terraform: "azurerm_network_security_rule",
    },
    "azure:network/publicIp:PublicIp": {
      addresses: ["ipAddress"],
      network: { is: "address" },
      ptr: { hostname: "reverseFqdn", address: "ipAddress", optional: true },
      unstable: dynamic,
      terraform: "azurerm_public_ip",
    },
    "azure:network/subnet:Subnet": { network: { is: "subnet" }, terraform: "azurerm_subnet" },
    "azure:network/subnetNatGatewayAssociation:SubnetNatGatewayAssociation": {
      ...association("subnetId", "natGatewayId"),
      terraform: "azurerm_subnet_nat_gateway_association",
    },
    "azure:network/subnetNetworkSecurityGroupAssociation:SubnetNetworkSecurityGroupAssociation": {
      ...association("subnetId", "networkSecurityGroupId"),
      terraform: "azurerm_subnet_network_security_group_association",
    },
    "azure-native:compute:VirtualMachine": {
      network: { is: "host", neighbours: { "networkProfile.networkInterfaces[].id": "interface" } },
    },
    "azure-native:compute:VirtualMachineScaleSet": {
      network: {
        is: "host",
        neighbours: Object.fromEntries(
          (
            [
              ["networkSecurityGroup.id", "firewall"],
              ["ipConfigurations[].subnet.id", "subnet"],
            ] as const
          ).map(([path, role]) => [
            `virtualMachineProfile.networkProfile.networkInterfaceConfigurations[].${path}`,
            role,
          ]),
        ),
      },
    },
    "azure-native:containerservice:ManagedCluster": {
      network: { is: "host", kubernetes: true, neighbours: { "agentPoolProfiles[].vnetSubnetID": "subnet" } },
    },
    "azure-native:dns:RecordSet": { records: nativeSets },
    "azure-native:dns:Zone": { ids: ["name"], zone: nativeZone },
    "azure-native:network:NatGateway": {
      network: { is: "nat", neighbours: { "publicIpAddresses[].id": "address", "subnets[].id": "subnet" } },
    },
    "azure-native:network:NetworkInterface": {
      network: {
        is: "interface",
        neighbours: {
          "ipConfigurations[].subnet.id": "subnet",
          "ipConfigurations[].publicIPAddress.id": "address",
          "networkSecurityGroup.id": "firewall",
          "virtualMachine.id": "host",
        },
      },
    },
    "azure-native:network:NetworkSecurityGroup": {
      network: { is: "firewall", rules: [{ ...securityRule, list: "securityRules[]" }] },
    },
    "azure-native:network:SecurityRule": {
      network: {
        is: "firewall",
        neighbours: { networkSecurityGroupName: "firewall" },
        inId: { pattern: /\/networkSecurityGroups\/([^/]{1,100})\/securityRules\//i, role: "firewall" },
        rules: [securityRule],
      },
    },
    "azure-native:network:PublicIPAddress": {
      addresses: ["ipAddress"],
      network: { is: "address" },
      // After a refresh it also shows what a deployment has set.
      ptr: { hostname: "dnsSettings.reverseFqdn", address: "ipAddress", optional: true, mirrors: true },
      unstable: dynamic,
    },
    "azure-native:network:RecordSet": { records: nativeSets },
    "azure-native:network:Subnet": {
      network: { is: "subnet", neighbours: { "natGateway.id": "nat", "networkSecurityGroup.id": "firewall" } },
    },
    "azure-native:network:Zone": { ids: ["name"], zone: nativeZone },
    // Only with the parameters that `reverseParameters` in `cloud.ts` writes.
    "azure-native:resources:Deployment": {
      ptr: {
        hostname: "properties.parameters.properties.value.dnsSettings.reverseFqdn",
        address: { of: "properties", types: ["azure-native:network:PublicIPAddress"] },
        optional: true,
      },
      afterLoss: "replace",
    },
  },
  rules: [
    {
      name: "fcrdns-azure-reverse-fqdn",
      requirement: "Azure's reverseFqdn ends with a dot and is set on an IPv4 address.",
      severity: "medium",
      level: "advisory",
      cause: "reverseFqdn lacks the final dot, or the public address is IPv6.",
      explanation: "Azure treats a name without the final dot as incomplete, and does not set PTRs for IPv6 addresses.",
      fix: 'Write `reverseFqdn: "mail.example.com."`; send over IPv4 only.',
      source:
        "https://learn.microsoft.com/azure/dns/dns-reverse-dns-for-azure-services; https://github.com/MicrosoftDocs/azure-docs/issues/49316",
      types: ["azure-native:network:PublicIPAddress", "azure:network/publicIp:PublicIp"],
      find({ properties }) {
        const reverse = textAt(properties, "dnsSettings.reverseFqdn") ?? textAt(properties, "reverseFqdn");
        if (reverse === undefined) return null;
        const version = textAt(properties, "publicIPAddressVersion") ?? textAt(properties, "ipVersion");
        if (version === "IPv6") return "is IPv6, for which Azure sets no PTR";
        return reverse.endsWith(".") ? null : "has a reverseFqdn without final dot";
      },
    },
  ],
  sources: [{ source: "@pulumi/azure-native, @pulumi/azure (npm)", date: "2026-11-21" }],
};

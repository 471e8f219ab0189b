/** What Azure resources mean in anybody's stack, in the native provider and in the classic one. */
import { textAt } from "../internal/stack/stack-resource";
import type { Hazard, ResourceFacts, StackFacts, UnstableAddress, ZoneFacts } from "../stack-facts";

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

export const stack: StackFacts<"fcrdns-azure-reverse-fqdn"> = {
  terraform: { azure: "azurerm", "azure-native": null },
  resources: {
    "azure:compute/linuxVirtualMachine:LinuxVirtualMachine": {
      addresses: ["publicIpAddress", "publicIpAddresses"],
      terraform: "azurerm_linux_virtual_machine",
    },
    "azure:compute/windowsVirtualMachine:WindowsVirtualMachine": {
      addresses: ["publicIpAddress", "publicIpAddresses"],
      terraform: "azurerm_windows_virtual_machine",
    },
    "azure:dns/aRecord:ARecord": classic("A", "records"),
    "azure:dns/aaaaRecord:AaaaRecord": classic("AAAA", "records"),
    "azure:dns/cNameRecord:CNameRecord": { ...classic("CNAME", "record"), terraform: "azurerm_dns_cname_record" },
    "azure:dns/mxRecord:MxRecord": classic("MX", "records[].exchange"),
    "azure:dns/ptrRecord:PtrRecord": classic("PTR", "records"),
    "azure:dns/txtRecord:TxtRecord": classic("TXT", "records[].value"),
    "azure:network/publicIp:PublicIp": {
      addresses: ["ipAddress"],
      ptr: { hostname: "reverseFqdn", address: "ipAddress", optional: true },
      unstable: dynamic,
      terraform: "azurerm_public_ip",
    },
    "azure-native:dns:RecordSet": { records: nativeSets },
    "azure-native:dns:Zone": { ids: ["name"], zone: nativeZone },
    "azure-native:network:PublicIPAddress": {
      addresses: ["ipAddress"],
      // After a refresh it also shows what a deployment has set.
      ptr: { hostname: "dnsSettings.reverseFqdn", address: "ipAddress", optional: true, mirrors: true },
      unstable: dynamic,
    },
    "azure-native:network:RecordSet": { records: nativeSets },
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

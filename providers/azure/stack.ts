/** What Azure resources mean in anybody's stack, in the native provider and in the classic one. */
import { textAt } from "../internal/stack/stack-resource";
import type { ResourceFacts, StackFacts, ZoneFacts } from "../stack-facts";

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

export const stack: StackFacts = {
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
      terraform: "azurerm_public_ip",
    },
    "azure-native:dns:RecordSet": { records: nativeSets },
    "azure-native:dns:Zone": { ids: ["name"], zone: nativeZone },
    "azure-native:network:PublicIPAddress": {
      addresses: ["ipAddress"],
      ptr: { hostname: "dnsSettings.reverseFqdn", address: "ipAddress", optional: true },
    },
    "azure-native:network:RecordSet": { records: nativeSets },
    "azure-native:network:Zone": { ids: ["name"], zone: nativeZone },
  },
  sources: [{ source: "@pulumi/azure-native, @pulumi/azure (npm)", date: "2026-11-21" }],
};

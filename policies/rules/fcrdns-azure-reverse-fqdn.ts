import { textAt } from "../../providers/internal/stack/stack-resource";
import { rule } from "../rule";
import { displayName } from "../stack-view";

export const azureReverseFqdn = rule({
  name: "fcrdns-azure-reverse-fqdn",
  requirement: "Azure's reverseFqdn ends with a dot and stands on an IPv4 address.",
  severity: "medium",
  level: "advisory",
  cause: "reverseFqdn lacks the final dot, or the public address is IPv6.",
  explanation: "Azure takes a name without the final dot as unfinished, and sets no PTR for IPv6 addresses at all.",
  fix: 'Write `reverseFqdn: "mail.example.com."`; send over IPv4 only.',
  source:
    "https://learn.microsoft.com/azure/dns/dns-reverse-dns-for-azure-services; https://github.com/MicrosoftDocs/azure-docs/issues/49316",
  preview: "yes",
  check: ({ stack }) =>
    stack.ofType("azure-native:network:PublicIPAddress", "azure:network/publicIp:PublicIp").flatMap((address) => {
      const reverse =
        textAt(address.properties, "dnsSettings.reverseFqdn") ?? textAt(address.properties, "reverseFqdn");
      if (reverse === undefined) return [];
      const version = textAt(address.properties, "publicIPAddressVersion") ?? textAt(address.properties, "ipVersion");
      const ip = textAt(address.properties, "ipAddress") ?? null;
      const why =
        version === "IPv6"
          ? "is IPv6, for which Azure sets no PTR"
          : reverse.endsWith(".")
            ? ""
            : "has a reverseFqdn without final dot";
      return why === "" ? [] : [{ urn: address.urn, ip, message: `${displayName(address)} ${why}.` }];
    }),
});

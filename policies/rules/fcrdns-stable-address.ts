import type { SendingAddress } from "../../providers/internal/stack/sending-addresses";
import {
  objectsAt,
  type StackResource,
  textAt,
  unversionedType,
  valuesAt,
} from "../../providers/internal/stack/stack-resource";
import { rule, type Violation } from "../rule";
import { displayName, type StackView } from "../stack-view";

export const stableAddress = rule({
  name: "fcrdns-stable-address",
  requirement: "Mail leaves from an address that outlives the machine.",
  severity: "medium",
  level: "advisory",
  cause: "The PTR belongs to an address that is released with the server, though the cloud has addresses of their own.",
  explanation:
    "The reputation of a sending address takes weeks to build. With the server's own address, rebuilding the server loses it, and its PTR.",
  fix: "Use what the violation names: a primary IP with autoDelete off, a static or reserved address.",
  source:
    "https://docs.hetzner.com/cloud/servers/primary-ips/overview/; https://cloud.google.com/compute/docs/ip-addresses; https://techdocs.akamai.com/cloud-computing/docs/reserved-ip-addresses",
  preview: "yes",
  check: ({ stack }) => [
    ...hetznerServerAddresses(stack),
    ...hetznerAutoDelete(stack),
    ...googleEphemeral(stack),
    ...azureDynamic(stack),
    ...heldByMachine(
      stack,
      ["linode:index/instance:Instance"],
      isReservedAtLinode,
      "a reserved address (linode.NetworkingIp with reserved: true)",
    ),
    ...heldByMachine(
      stack,
      ["vultr:index/instance:Instance"],
      (other) => other.type === "vultr:index/reservedIp:ReservedIp",
      "a vultr.ReservedIp",
    ),
  ],
});

function hetznerServerAddresses(stack: StackView): readonly Violation[] {
  return stack.ofType("hcloud:index/rdns:Rdns").flatMap((rdns) => {
    const onServer = textAt(rdns.properties, "serverId") !== undefined || (rdns.unknown ?? []).includes("serverId");
    return onServer
      ? [
          {
            urn: rdns.urn,
            ip: textAt(rdns.properties, "ipAddress") ?? null,
            message: `${displayName(rdns)} sets the PTR on the server: use an hcloud.PrimaryIp with autoDelete: false and set it there (primaryIpId).`,
          },
        ]
      : [];
  });
}

function hetznerAutoDelete(stack: StackView): readonly Violation[] {
  const reversed = stack.ofType("hcloud:index/rdns:Rdns");
  const type = "hcloud:index/primaryIp:PrimaryIp";
  const mail = new Set(reversed.map((rdns) => stack.related.pointedTo(rdns, "primaryIpId", type)?.urn));
  return stack.ofType(type).flatMap((primaryIp) =>
    mail.has(primaryIp.urn) && primaryIp.properties.autoDelete === true
      ? [
          {
            urn: primaryIp.urn,
            ip: textAt(primaryIp.properties, "ipAddress") ?? null,
            message: `${displayName(primaryIp)} is deleted together with the server: set autoDelete: false.`,
          },
        ]
      : [],
  );
}

function googleEphemeral(stack: StackView): readonly Violation[] {
  const type = "gcp:compute/address:Address";
  const statics = new Set(stack.ofType(type).map((address) => textAt(address.properties, "address")));
  return stack.ofType("gcp:compute/instance:Instance").flatMap((instance) =>
    objectsAt(instance.properties, "networkInterfaces[].accessConfigs[]").flatMap((config): readonly Violation[] => {
      if (textAt(config, "publicPtrDomainName") === undefined) return [];
      const natIp = textAt(config, "natIp");
      const traced = (instance.propertyDependencies?.networkInterfaces ?? []).some(
        (urn) => stack.related.at(urn)?.type === type,
      );
      return traced || (natIp !== undefined && statics.has(natIp))
        ? []
        : [
            {
              urn: instance.urn,
              ip: natIp ?? null,
              message: `${displayName(instance)} has a PTR on ${natIp ?? "an address"} that is no gcp.compute.Address of this stack: changing the PTR or the machine loses an ephemeral address. Give natIp a static one.`,
            },
          ];
    }),
  );
}

function azureDynamic(stack: StackView): readonly Violation[] {
  return stack.ofType("azure-native:network:PublicIPAddress", "azure:network/publicIp:PublicIp").flatMap((address) => {
    const reverse = textAt(address.properties, "dnsSettings.reverseFqdn") ?? textAt(address.properties, "reverseFqdn");
    const method =
      textAt(address.properties, "publicIPAllocationMethod") ?? textAt(address.properties, "allocationMethod");
    return reverse !== undefined && method === "Dynamic"
      ? [
          {
            urn: address.urn,
            ip: textAt(address.properties, "ipAddress") ?? null,
            message: `${displayName(address)} is allocated dynamically and changes when the machine is stopped: set publicIPAllocationMethod: "Static".`,
          },
        ]
      : [];
  });
}

/** A sending address that a machine of the stack holds, and no resource of its own. */
function heldByMachine(
  stack: StackView,
  machines: readonly string[],
  isStable: (resource: StackResource) => boolean,
  instead: string,
): readonly Violation[] {
  const once = new Map(stack.sending.map((address): [string | null, SendingAddress] => [address.ip, address]));
  return [...once.values()].flatMap((address) => {
    const holders = stack.held.filter(({ ip }) => ip === address.ip).map(({ urn }) => stack.related.at(urn));
    const machine = holders.find((holder) => holder !== undefined && machines.includes(unversionedType(holder.type)));
    if (machine === undefined || holders.some((holder) => holder !== undefined && isStable(holder))) return [];
    return [
      {
        urn: address.urn,
        ip: address.ip,
        message: `${address.ip} belongs to ${displayName(machine)} and goes with it: use ${instead}.`,
      },
    ];
  });
}

function isReservedAtLinode(resource: StackResource): boolean {
  return (
    resource.type === "linode:index/networkingIp:NetworkingIp" && valuesAt(resource.properties, "reserved")[0] === true
  );
}

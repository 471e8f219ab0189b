/**
 * The public addresses that a stack's resources hold: what could send mail, whether or not anything sets its PTR. A type
 * of resource is one line in {@link HOLDERS}.
 */
import { parseAddress } from "../address";
import { SENDING_IP } from "./sending-addresses";
import { type StackResource, textsAt, unversionedType } from "./stack-resource";

export interface HeldAddress {
  /** Canonical text; for a network such as a /64 its first address as the provider gives it. */
  readonly ip: string;
  readonly urn: string;
  readonly type: string;
}

/** Type -> where its public addresses stand; paths as in `valuesAt`. */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/eip:Eip": ["publicIp"],
  "aws:ec2/instance:Instance": ["publicIp", "ipv6Addresses"],
  "aws:lightsail/instance:Instance": ["publicIpAddress", "ipv6Addresses"],
  "aws:lightsail/staticIp:StaticIp": ["ipAddress"],
  "azure-native:network:PublicIPAddress": ["ipAddress"],
  "azure:network/publicIp:PublicIp": ["ipAddress"],
  "digitalocean:index/droplet:Droplet": ["ipv4Address", "ipv6Address"],
  "digitalocean:index/reservedIp:ReservedIp": ["ipAddress"],
  "digitalocean:index/reservedIpv6:ReservedIpv6": ["ip"],
  "exoscale:index/computeInstance:ComputeInstance": ["publicIpAddress", "ipv6Address"],
  "exoscale:index/elasticIp:ElasticIp": ["ipAddress"],
  "gcp:compute/address:Address": ["address"],
  "gcp:compute/instance:Instance": [
    "networkInterfaces[].accessConfigs[].natIp",
    "networkInterfaces[].ipv6AccessConfigs[].externalIpv6",
  ],
  "hcloud:index/floatingIp:FloatingIp": ["ipAddress"],
  "hcloud:index/primaryIp:PrimaryIp": ["ipAddress"],
  "hcloud:index/server:Server": ["ipv4Address", "ipv6Address"],
  "linode:index/instance:Instance": ["ipAddress", "ipv4s", "ipv6"],
  "linode:index/networkingIp:NetworkingIp": ["address"],
  "oci:Core/publicIp:PublicIp": ["ipAddress"],
  "scaleway:instance/ip:Ip": ["address"],
  "vultr:index/instance:Instance": ["mainIp", "v6MainIp"],
  "vultr:index/reservedIp:ReservedIp": ["subnet"],
  [SENDING_IP]: ["endpoints[].address"],
};

/** Every address that is known, in the order of the resources; one that two resources show is there twice. */
export function heldAddresses(resources: readonly StackResource[]): HeldAddress[] {
  return resources.flatMap((resource) =>
    (HOLDERS[unversionedType(resource.type)] ?? [])
      .flatMap((path) => textsAt(resource.properties, path))
      .flatMap((text): HeldAddress[] => {
        const parsed = parseAddress(text.replace(/\/\d+$/, ""));
        return parsed.ok ? [{ ip: parsed.address.text, urn: resource.urn, type: resource.type }] : [];
      }),
  );
}

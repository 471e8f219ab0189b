/**
 * The public addresses that a stack's resources hold: what could send mail, whether or not anything sets its PTR. A type
 * of resource is one line in {@link HOLDERS}.
 */
import { parseAddress } from "../../../fcrdns/names/address";
import { SENDING_IP } from "./sending-addresses";
import { type StackResource, textsAt, unversionedType } from "./stack-resource";

export interface HeldAddress {
  /** Canonical text; for a network such as a /64 its first address as the provider gives it. */
  readonly ip: string;
  readonly urn: string;
  readonly type: string;
}

/**
 * Type -> where its public addresses stand; paths as in `valuesAt`. Tokens and properties as in the providers' own SDKs
 * (npm and PyPI, 2026-11). Load balancers are left out: mail arrives at their addresses, none leaves from them.
 */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  "alicloud:ecs/eip:Eip": ["ipAddress"],
  "alicloud:ecs/eipAddress:EipAddress": ["ipAddress"],
  "alicloud:ecs/instance:Instance": ["publicIp", "ipv6Addresses"],
  "aws-native:ec2:Eip": ["publicIp"],
  "aws-native:ec2:EIP": ["publicIp"],
  "aws-native:ec2:EipAssociation": ["eip"],
  "aws-native:ec2:Instance": ["publicIp", "ipv6Addresses[].ipv6Address"],
  "aws-native:lightsail:Instance": ["publicIpAddress", "ipv6Addresses"],
  "aws-native:lightsail:StaticIp": ["ipAddress"],
  "aws:ec2/eip:Eip": ["publicIp"],
  "aws:ec2/eipAssociation:EipAssociation": ["publicIp"],
  "aws:ec2/instance:Instance": ["publicIp", "ipv6Addresses"],
  "aws:ec2/natGateway:NatGateway": ["publicIp"],
  "aws:ec2/networkInterface:NetworkInterface": ["ipv6Addresses"],
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ["publicIp", "ipv6Addresses"],
  "aws:lightsail/instance:Instance": ["publicIpAddress", "ipv6Addresses"],
  "aws:lightsail/staticIp:StaticIp": ["ipAddress"],
  "azure-native:network:PublicIPAddress": ["ipAddress"],
  "azure:compute/linuxVirtualMachine:LinuxVirtualMachine": ["publicIpAddress", "publicIpAddresses"],
  "azure:compute/windowsVirtualMachine:WindowsVirtualMachine": ["publicIpAddress", "publicIpAddresses"],
  "azure:network/publicIp:PublicIp": ["ipAddress"],
  "civo:index/instance:Instance": ["publicIp"],
  "civo:index/reservedIp:ReservedIp": ["ip"],
  "digitalocean:index/droplet:Droplet": ["ipv4Address", "ipv6Address"],
  "digitalocean:index/floatingIp:FloatingIp": ["ipAddress"],
  "digitalocean:index/floatingIpAssignment:FloatingIpAssignment": ["ipAddress"],
  "digitalocean:index/reservedIp:ReservedIp": ["ipAddress"],
  "digitalocean:index/reservedIpAssignment:ReservedIpAssignment": ["ipAddress"],
  "digitalocean:index/reservedIpv6:ReservedIpv6": ["ip"],
  "digitalocean:index/reservedIpv6Assignment:ReservedIpv6Assignment": ["ip"],
  "exoscale:index/compute:Compute": ["ipAddress", "ip6Address"],
  "exoscale:index/computeInstance:ComputeInstance": ["publicIpAddress", "ipv6Address"],
  "exoscale:index/elasticIp:ElasticIp": ["ipAddress"],
  "exoscale:index/iPAddress:IPAddress": ["ipAddress"],
  "gcp:compute/address:Address": ["address"],
  "gcp:compute/instance:Instance": googleInterfaces("natIp"),
  "gcp:compute/instanceFromMachineImage:InstanceFromMachineImage": googleInterfaces("natIp"),
  "gcp:compute/instanceFromTemplate:InstanceFromTemplate": googleInterfaces("natIp"),
  "google-native:compute:Address": ["address"],
  "google-native:compute:Instance": googleInterfaces("natIP"),
  "hcloud:index/floatingIp:FloatingIp": ["ipAddress"],
  "hcloud:index/primaryIp:PrimaryIp": ["ipAddress"],
  "hcloud:index/server:Server": ["ipv4Address", "ipv6Address"],
  "ionoscloud:compute/cubeServer:CubeServer": ["primaryIp"],
  "ionoscloud:compute/iPBlock:IPBlock": ["ips"],
  "ionoscloud:compute/nic:Nic": ["ips"],
  "ionoscloud:compute/server:Server": ["primaryIp"],
  "ionoscloud:compute/vCPUServer:VCPUServer": ["primaryIp"],
  "linode:index/instance:Instance": ["ipAddress", "ipv4s", "ipv6"],
  "linode:index/instanceIp:InstanceIp": ["address"],
  "linode:index/networkingIp:NetworkingIp": ["address"],
  "oci:Core/instance:Instance": ["publicIp"],
  "oci:Core/ipv6:Ipv6": ["ipAddress"],
  "oci:Core/publicIp:PublicIp": ["ipAddress"],
  "openstack:compute/floatingIp:FloatingIp": ["address"],
  "openstack:compute/floatingIpAssociate:FloatingIpAssociate": ["floatingIp"],
  "openstack:compute/instance:Instance": ["accessIpV4", "accessIpV6", "floatingIp"],
  "openstack:networking/floatingIp:FloatingIp": ["address"],
  "openstack:networking/floatingIpAssociate:FloatingIpAssociate": ["floatingIp"],
  "ovh:CloudProject/failoverIpAttach:FailoverIpAttach": ["ip"],
  "ovh:CloudProject/instance:Instance": ["addresses[].ip"],
  "ovh:Dedicated/server:Server": ["ip"],
  "scaleway:elasticmetal/ip:Ip": ["ipAddress"],
  "scaleway:elasticmetal/server:Server": ["ipv4s[].address", "ipv6s[].address", "ips[].address"],
  "scaleway:index/baremetalServer:BaremetalServer": ["ipv4s[].address", "ipv6s[].address", "ips[].address"],
  "scaleway:index/flexibleIp:FlexibleIp": ["ipAddress"],
  "scaleway:index/instanceIp:InstanceIp": ["address"],
  "scaleway:index/instanceServer:InstanceServer": ["publicIps[].address", "publicIp"],
  "scaleway:index/vpcPublicGatewayIp:VpcPublicGatewayIp": ["address"],
  "scaleway:instance/ip:Ip": ["address"],
  "scaleway:instance/server:Server": ["publicIps[].address", "publicIp"],
  "scaleway:network/publicGatewayIp:PublicGatewayIp": ["address"],
  "upcloud:index/floatingIpAddress:FloatingIpAddress": ["ipAddress"],
  "upcloud:index/server:Server": ["networkInterfaces[].ipAddress"],
  "vultr:index/bareMetalServer:BareMetalServer": ["mainIp", "v6MainIp"],
  "vultr:index/instance:Instance": ["mainIp", "v6MainIp"],
  "vultr:index/instanceIpv4:InstanceIpv4": ["ip"],
  "vultr:index/reservedIp:ReservedIp": ["subnet"],
  [SENDING_IP]: ["endpoints[].address"],
};

function googleInterfaces(natIp: "natIp" | "natIP"): readonly string[] {
  return [`networkInterfaces[].accessConfigs[].${natIp}`, "networkInterfaces[].ipv6AccessConfigs[].externalIpv6"];
}

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

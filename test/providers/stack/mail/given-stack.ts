/** Stacks as their owners export them, in as few words as a table of cases has room for. */
import { fromPulumiExport } from "../../../../providers/internal/stack/pulumi-export";
import type { StackResource } from "../../../../providers/internal/stack/stack-resource";
import { fromTerraformShow } from "../../../../providers/internal/stack/terraform";

type Properties = Readonly<Record<string, unknown>>;

/** Type and name of a resource -> its outputs; `id` is its id too, and `dependsOn` names what its values came from. */
export function pulumi(resources: Readonly<Record<string, Properties>>): readonly StackResource[] {
  const urnOf = (key: string) => {
    const [type = "", name = ""] = key.split(" ");
    return `urn:pulumi:prod::mail::${type}::${name}`;
  };
  return fromPulumiExport({
    version: 3,
    deployment: {
      manifest: {},
      resources: Object.entries(resources).map(([key, { dependsOn, ...outputs }]) => ({
        urn: urnOf(key),
        type: key.split(" ")[0],
        outputs,
        ...(typeof outputs.id === "string" && { id: outputs.id }),
        ...(dependsOn !== undefined && {
          propertyDependencies: Object.fromEntries(
            Object.entries(dependsOn as Properties).map(([property, other]) => [property, [urnOf(String(other))]]),
          ),
        }),
      })),
    },
  });
}

/** Address of a resource -> its attributes. */
export function terraform(resources: Readonly<Record<string, Properties>>): readonly StackResource[] {
  return fromTerraformShow({
    format_version: "1.0",
    terraform_version: "1.9.0",
    values: {
      root_module: {
        resources: Object.entries(resources).map(([address, values]) => ({
          address,
          mode: "managed",
          type: address.replace(/^(?:module\.\w+\.)+/, "").split(".")[0],
          name: address.split(".").at(-1),
          values,
        })),
      },
    },
  });
}

/** Records at Cloudflare, in a zone of that name: `A mail.example.com 192.0.2.1`. */
export function records(...lines: readonly string[]): Readonly<Record<string, Properties>> {
  return Object.fromEntries(
    lines.map((line, index) => {
      const [type = "", name = "", ...content] = line.split(" ");
      const key = `cloudflare:index/dnsRecord:DnsRecord record-${index}`;
      return [key, { zoneId: "023e105f", type, name, content: content.join(" ") }];
    }),
  );
}

export const everywhere = ["0.0.0.0/0"];
/** A rule of an AWS security group for one port, or for all traffic. */
export const awsRule = (port: number | "all", cidrBlocks: readonly string[] = everywhere): Properties => ({
  protocol: port === "all" ? "-1" : "tcp",
  fromPort: port === "all" ? 0 : port,
  toPort: port === "all" ? 0 : port,
  cidrBlocks,
  ipv6CidrBlocks: [],
  prefixListIds: [],
  securityGroups: [],
  self: false,
});
export const awsRuleTf = (port: number | "all", cidr_blocks: readonly string[] = everywhere): Properties => ({
  protocol: port === "all" ? "-1" : "tcp",
  from_port: port === "all" ? 0 : port,
  to_port: port === "all" ? 0 : port,
  cidr_blocks,
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: [],
  self: false,
});

/** A VPC whose private subnet leaves by a NAT gateway with the address 192.0.2.9. */
export const awsVpc: Readonly<Record<string, Properties>> = {
  "aws:ec2/vpc:Vpc main": { id: "vpc-0a" },
  "aws:ec2/subnet:Subnet private": { id: "subnet-0private", vpcId: "vpc-0a", mapPublicIpOnLaunch: false },
  "aws:ec2/subnet:Subnet public": { id: "subnet-0public", vpcId: "vpc-0a", mapPublicIpOnLaunch: true },
  "aws:ec2/eip:Eip nat": { id: "eipalloc-09", allocationId: "eipalloc-09", publicIp: "192.0.2.9" },
  "aws:ec2/natGateway:NatGateway nat": {
    id: "nat-09",
    allocationId: "eipalloc-09",
    publicIp: "192.0.2.9",
    subnetId: "subnet-0public",
    connectivityType: "public",
    secondaryAllocationIds: [],
  },
  "aws:ec2/routeTable:RouteTable private": {
    id: "rtb-0private",
    vpcId: "vpc-0a",
    routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-09", gatewayId: "" }],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation private": {
    id: "rtbassoc-1",
    subnetId: "subnet-0private",
    routeTableId: "rtb-0private",
  },
  "aws:ec2/routeTable:RouteTable public": {
    id: "rtb-0public",
    vpcId: "vpc-0a",
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-01", natGatewayId: "" }],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation public": {
    id: "rtbassoc-2",
    subnetId: "subnet-0public",
    routeTableId: "rtb-0public",
  },
};

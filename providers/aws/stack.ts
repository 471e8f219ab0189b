/** What AWS resources mean in anybody's stack. */
import type { RelatedResources } from "../internal/stack/related-resource";
import { isUnknownAt, type StackResource, textAt, valuesAt } from "../internal/stack/stack-resource";
import type { PortRuleFacts, ResourceFacts, StackFacts } from "../stack-facts";

const route53 = { fullNames: true } as const;
const nativeZone = ["hostedZoneName", "hostedZoneId"];

const groupRule: Omit<PortRuleFacts, "direction"> = {
  ports: { from: "fromPort", to: "toPort" },
  protocol: "protocol",
  peers: ["cidrBlocks", "ipv6CidrBlocks"],
  otherPeers: ["prefixListIds", "securityGroups", "self", "sourceSecurityGroupId"],
  peerGroups: ["securityGroups", "sourceSecurityGroupId"],
};

/** A group without outgoing rules of its own may have them in resources of their own, or the default, which permits all. */
const group: ResourceFacts = {
  ids: ["name"],
  network: {
    is: "firewall",
    rules: [
      { ...groupRule, list: "ingress[]", direction: "in" },
      { ...groupRule, list: "egress[]", direction: "out" },
    ],
    closed: () => true,
  },
};

function vpcRule(direction: "in" | "out"): ResourceFacts {
  return {
    network: {
      is: "firewall",
      neighbours: { securityGroupId: "firewall" },
      rules: [
        {
          direction,
          ports: { from: "fromPort", to: "toPort" },
          protocol: "ipProtocol",
          peers: ["cidrIpv4", "cidrIpv6"],
          otherPeers: ["prefixListId", "referencedSecurityGroupId"],
          peerGroups: ["referencedSecurityGroupId"],
        },
      ],
    },
  };
}

const machine: ResourceFacts["network"] = {
  is: "host",
  neighbours: {
    subnetId: "subnet",
    vpcSecurityGroupIds: "firewall",
    securityGroups: "firewall",
    "networkInterfaces[].networkInterfaceId": "interface",
    "primaryNetworkInterface[].networkInterfaceId": "interface",
    "launchTemplate[].id": "interface",
  },
};
const nativeMachine: ResourceFacts["network"] = {
  is: "host",
  neighbours: {
    subnetId: "subnet",
    securityGroupIds: "firewall",
    "networkInterfaces[].networkInterfaceId": "interface",
  },
};

/** The port that a load balancer of the Internet takes from anywhere, and passes on. */
function isInternetFacing(listener: StackResource, related: RelatedResources): boolean {
  const balancer = ["aws:lb/loadBalancer:LoadBalancer"]
    .map((type) => related.pointedTo(listener, "loadBalancerArn", type))
    .find((each) => each !== undefined);
  return balancer !== undefined && balancer.properties.internal !== true;
}

const balanced = "a load balancer";

export const stack: StackFacts = {
  terraform: { "aws-native": null },
  resources: {
    "aws:autoscaling/group:Group": {
      network: {
        is: "host",
        neighbours: {
          vpcZoneIdentifiers: "subnet",
          "launchTemplate[].id": "interface",
          "mixedInstancesPolicy[].launchTemplate[].launchTemplateSpecification[].launchTemplateId": "interface",
          launchConfiguration: "interface",
          targetGroupArns: "firewall",
        },
      },
      renamed: { vpcZoneIdentifier: "vpcZoneIdentifiers" },
      terraform: "aws_autoscaling_group",
    },
    "aws:ec2/defaultRouteTable:DefaultRouteTable": {
      ids: ["defaultRouteTableId"],
      network: { is: "routes", neighbours: { vpcId: "network", "routes[].natGatewayId": "nat" } },
      terraform: "aws_default_route_table",
    },
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": { ...group, terraform: "aws_default_security_group" },
    "aws:ec2/eip:Eip": {
      addresses: ["publicIp"],
      ids: ["allocationId"],
      network: { is: "address", neighbours: { instance: "host", networkInterface: "interface" } },
      terraform: "aws_eip",
    },
    "aws:ec2/eipAssociation:EipAssociation": {
      addresses: ["publicIp"],
      network: {
        is: "association",
        neighbours: { instanceId: "host", networkInterfaceId: "interface", allocationId: "address" },
      },
      terraform: "aws_eip_association",
    },
    "aws:ec2/eipDomainName:EipDomainName": {
      ptr: {
        hostname: "domainName",
        address: { of: "allocationId", types: ["aws:ec2/eip:Eip", "aws-native:ec2:Eip"] },
      },
      afterLoss: "refresh-or-replace",
      terraform: "aws_eip_domain_name",
    },
    "aws:ec2/instance:Instance": {
      addresses: ["publicIp", "ipv6Addresses"],
      ids: ["privateIp"],
      network: machine,
      terraform: "aws_instance",
    },
    "aws:ec2/launchConfiguration:LaunchConfiguration": {
      ids: ["name"],
      network: { is: "interface", neighbours: { securityGroups: "firewall" } },
      terraform: "aws_launch_configuration",
    },
    "aws:ec2/launchTemplate:LaunchTemplate": {
      network: {
        is: "interface",
        neighbours: {
          vpcSecurityGroupIds: "firewall",
          "networkInterfaces[].securityGroups": "firewall",
          "networkInterfaces[].subnetId": "subnet",
        },
      },
      terraform: "aws_launch_template",
    },
    "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": {
      network: { is: "association", neighbours: { vpcId: "network", routeTableId: "routes" } },
      terraform: "aws_main_route_table_association",
    },
    "aws:ec2/natGateway:NatGateway": {
      addresses: ["publicIp", "regionalNatGatewayAddresses[].publicIp"],
      network: {
        is: "nat",
        neighbours: {
          allocationId: "address",
          secondaryAllocationIds: "address",
          "availabilityZoneAddresses[].allocationIds": "address",
        },
        standsIn: "subnetId",
        serves: ({ properties }) => textAt(properties, "connectivityType") !== "private",
      },
      terraform: "aws_nat_gateway",
    },
    "aws:ec2/natGatewayEipAssociation:NatGatewayEipAssociation": {
      network: { is: "association", neighbours: { natGatewayId: "nat", allocationId: "address" } },
      terraform: "aws_nat_gateway_eip_association",
    },
    "aws:ec2/networkInterface:NetworkInterface": {
      addresses: ["ipv6Addresses"],
      network: {
        is: "interface",
        neighbours: { subnetId: "subnet", securityGroups: "firewall", "attachments[].instance": "host" },
      },
      terraform: "aws_network_interface",
    },
    "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment": {
      network: { is: "association", neighbours: { instanceId: "host", networkInterfaceId: "interface" } },
      terraform: "aws_network_interface_attachment",
    },
    "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment": {
      network: { is: "association", neighbours: { securityGroupId: "firewall", networkInterfaceId: "interface" } },
      terraform: "aws_network_interface_sg_attachment",
    },
    "aws:ec2/route:Route": {
      network: { is: "routes", neighbours: { routeTableId: "routes", natGatewayId: "nat" } },
      terraform: "aws_route",
    },
    "aws:ec2/routeTable:RouteTable": {
      network: { is: "routes", neighbours: { "routes[].natGatewayId": "nat" } },
      terraform: "aws_route_table",
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
      network: { is: "association", neighbours: { subnetId: "subnet", routeTableId: "routes" } },
      terraform: "aws_route_table_association",
    },
    "aws:ec2/securityGroup:SecurityGroup": { ...group, terraform: "aws_security_group" },
    "aws:ec2/securityGroupRule:SecurityGroupRule": {
      network: {
        is: "firewall",
        neighbours: { securityGroupId: "firewall" },
        rules: [{ ...groupRule, direction: "type" }],
      },
      terraform: "aws_security_group_rule",
    },
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest": {
      addresses: ["publicIp", "ipv6Addresses"],
      ids: ["spotInstanceId", "privateIp"],
      network: machine,
      terraform: "aws_spot_instance_request",
    },
    "aws:ec2/subnet:Subnet": { network: { is: "subnet", neighbours: { vpcId: "network" } }, terraform: "aws_subnet" },
    "aws:ec2/vpc:Vpc": { network: { is: "network" }, terraform: "aws_vpc" },
    "aws:ecs/service:Service": {
      network: {
        is: "host",
        neighbours: {
          "networkConfiguration[].subnets": "subnet",
          "networkConfiguration[].securityGroups": "firewall",
          "loadBalancers[].targetGroupArn": "firewall",
        },
      },
    },
    "aws:eks/nodeGroup:NodeGroup": {
      network: {
        is: "host",
        kubernetes: true,
        neighbours: { subnetIds: "subnet", "launchTemplate[].id": "interface" },
      },
    },
    "aws:lb/listener:Listener": {
      network: {
        is: "firewall",
        neighbours: { "defaultActions[].targetGroupArn": "firewall" },
        rules: [{ direction: "in", ports: ["port"], isPublic: isInternetFacing }],
        title: balanced,
      },
      formerly: ["aws:alb/listener:Listener", "aws:elasticloadbalancingv2/listener:Listener"],
      renamed: { defaultAction: "defaultActions" },
      terraform: ["aws_lb_listener", "aws_alb_listener"],
    },
    "aws:lb/loadBalancer:LoadBalancer": {
      ids: ["arn"],
      formerly: ["aws:alb/loadBalancer:LoadBalancer", "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer"],
      terraform: ["aws_lb", "aws_alb"],
    },
    // What a group of targets takes is for them alone; what of the Internet reaches it, its listeners say.
    "aws:lb/targetGroup:TargetGroup": {
      ids: ["arn"],
      network: {
        is: "firewall",
        rules: [{ direction: "in", ports: ["port"], isPublic: () => false }],
        title: balanced,
      },
      formerly: ["aws:alb/targetGroup:TargetGroup", "aws:elasticloadbalancingv2/targetGroup:TargetGroup"],
      terraform: ["aws_lb_target_group", "aws_alb_target_group"],
    },
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
      network: { is: "association", neighbours: { targetGroupArn: "firewall", targetId: "host" } },
      formerly: ["aws:alb/targetGroupAttachment:TargetGroupAttachment"],
      terraform: ["aws_lb_target_group_attachment", "aws_alb_target_group_attachment"],
    },
    // An alias record has type A or AAAA and another name instead of values.
    "aws:route53/record:Record": {
      records: [
        { ...route53, fqdn: "fqdn", zone: "zoneId", values: ["records"] },
        { ...route53, fqdn: "fqdn", zone: "zoneId", type: "ALIAS", values: ["aliases[].name"] },
      ],
    },
    "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization": {},
    "aws:route53/zone:Zone": {
      ids: ["zoneId"],
      zone: { isPrivate: (zone, related) => hasVpcs(zone) || isAssociated(zone, related) },
      renamed: { vpc: "vpcs" },
    },
    "aws:route53/zoneAssociation:ZoneAssociation": {},
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
      ...vpcRule("out"),
      terraform: "aws_vpc_security_group_egress_rule",
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
      ...vpcRule("in"),
      terraform: "aws_vpc_security_group_ingress_rule",
    },
    "aws-native:ec2:Eip": {
      addresses: ["publicIp"],
      ids: ["allocationId"],
      network: { is: "address", neighbours: { instanceId: "host" } },
      formerly: ["aws-native:ec2:EIP"],
    },
    "aws-native:ec2:EipAssociation": {
      addresses: ["eip"],
      network: {
        is: "association",
        neighbours: { instanceId: "host", networkInterfaceId: "interface", allocationId: "address" },
      },
    },
    "aws-native:ec2:Instance": {
      addresses: ["publicIp", "ipv6Addresses[].ipv6Address"],
      ids: ["instanceId", "privateIp"],
      network: nativeMachine,
    },
    "aws-native:ec2:NatGateway": {
      addresses: ["eip"],
      ids: ["natGatewayId"],
      network: { is: "nat", neighbours: { allocationId: "address", secondaryAllocationIds: "address" } },
    },
    "aws-native:ec2:Route": {
      network: { is: "routes", neighbours: { routeTableId: "routes", natGatewayId: "nat" } },
    },
    "aws-native:ec2:RouteTable": { ids: ["routeTableId"], network: { is: "routes" } },
    "aws-native:ec2:SecurityGroup": {
      ids: ["groupId"],
      network: {
        is: "firewall",
        rules: (["in", "out"] as const).map(
          (direction): PortRuleFacts => ({
            list: direction === "in" ? "securityGroupIngress[]" : "securityGroupEgress[]",
            direction,
            ports: { from: "fromPort", to: "toPort" },
            protocol: "ipProtocol",
            peers: ["cidrIp", "cidrIpv6"],
            otherPeers: [
              "sourceSecurityGroupId",
              "destinationSecurityGroupId",
              "sourcePrefixListId",
              "destinationPrefixListId",
            ],
            peerGroups: ["sourceSecurityGroupId"],
          }),
        ),
        closed: () => true,
      },
    },
    "aws-native:ec2:Subnet": {
      ids: ["subnetId"],
      network: { is: "subnet", neighbours: { vpcId: "network" } },
    },
    "aws-native:ec2:SubnetRouteTableAssociation": {
      network: { is: "association", neighbours: { subnetId: "subnet", routeTableId: "routes" } },
    },
    "aws-native:route53:HostedZone": { ids: ["awsId"], zone: { isPrivate: hasVpcs } },
    "aws-native:route53:RecordSet": {
      records: [
        { ...route53, zone: nativeZone, values: ["resourceRecords"] },
        { ...route53, zone: nativeZone, type: "ALIAS", values: ["aliasTarget.dnsName"] },
      ],
    },
    "aws-native:route53:RecordSetGroup": {
      records: {
        ...route53,
        zone: nativeZone,
        name: "recordSets[].name",
        type: "recordSets[].type",
        values: ["recordSets[].resourceRecords"],
      },
    },
  },
  sources: [{ source: "@pulumi/aws, @pulumi/aws-native (npm)", date: "2026-11-21" }],
};

/** Route 53: a zone with VPCs is private, a public one has none; which VPCs they are may not be known yet. */
function hasVpcs(zone: StackResource): boolean {
  return valuesAt(zone.properties, "vpcs[]").length > 0 || isUnknownAt(zone, "vpcs");
}

/** A VPC may also be joined to the zone by a resource of its own; only private zones take one. */
function isAssociated(zone: StackResource, related: RelatedResources): boolean {
  let zones = associated.get(related);
  if (zones === undefined) {
    const joints = [
      ...related.ofType("aws:route53/zoneAssociation:ZoneAssociation"),
      ...related.ofType("aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization"),
    ];
    zones = new Set(joints.map((each) => related.pointedTo(each, "zoneId", zone.type)?.urn));
    associated.set(related, zones);
  }
  return zones.has(zone.urn);
}

/** Found once for each stack: thousands of records may ask. */
const associated = new WeakMap<RelatedResources, ReadonlySet<string | undefined>>();

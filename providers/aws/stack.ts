/** What AWS resources mean in anybody's stack. */
import type { RelatedResources } from "../internal/stack/related-resource";
import { isUnknownAt, type StackResource, valuesAt } from "../internal/stack/stack-resource";
import type { StackFacts } from "../stack-facts";

const route53 = { fullNames: true } as const;
const nativeZone = ["hostedZoneName", "hostedZoneId"];

export const stack: StackFacts = {
  terraform: { "aws-native": null },
  resources: {
    "aws:ec2/eip:Eip": { addresses: ["publicIp"], ids: ["allocationId"], terraform: "aws_eip" },
    "aws:ec2/eipAssociation:EipAssociation": { addresses: ["publicIp"], terraform: "aws_eip_association" },
    "aws:ec2/eipDomainName:EipDomainName": {
      ptr: {
        hostname: "domainName",
        address: { of: "allocationId", types: ["aws:ec2/eip:Eip", "aws-native:ec2:Eip"] },
      },
      afterLoss: "refresh-or-replace",
      terraform: "aws_eip_domain_name",
    },
    "aws:ec2/instance:Instance": { addresses: ["publicIp", "ipv6Addresses"], terraform: "aws_instance" },
    "aws:ec2/natGateway:NatGateway": { addresses: ["publicIp"], terraform: "aws_nat_gateway" },
    "aws:ec2/networkInterface:NetworkInterface": {
      addresses: ["ipv6Addresses"],
      terraform: "aws_network_interface",
    },
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest": {
      addresses: ["publicIp", "ipv6Addresses"],
      terraform: "aws_spot_instance_request",
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
    "aws-native:ec2:Eip": { addresses: ["publicIp"], ids: ["allocationId"], formerly: ["aws-native:ec2:EIP"] },
    "aws-native:ec2:EipAssociation": { addresses: ["eip"] },
    "aws-native:ec2:Instance": { addresses: ["publicIp", "ipv6Addresses[].ipv6Address"] },
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

import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeCloud, describeDnsHost } from "../provider";
import { stack } from "./stack";
import { aws as ticket } from "./ticket";

const elasticIpGuide = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-elastic-addressing-reverse-dns.html";

export const cloudCapabilities = describeCloud({
  title: "AWS EC2",
  reverse: {
    4: {
      how: "resource",
      checksForward: "yes",
      afterDelete: "generic-default",
      // A PTR that was reset leaves the answer, and `Read` the state; one that was changed stays, for `Read` sets
      // `ptr_record` but never `domain_name`.
      afterLoss: "refresh-or-replace",
      // `Delete` resets the domain name of the allocation, whoever set it.
      lateDeleteErases: true,
      expectedLagMinutes: 10,
      genericDefault: "ec2-a-b-c-d.REGION.compute.amazonaws.com",
      locksAddress: true,
      stableObject: "aws.ec2.Eip",
      advice:
        "EC2 resolves the name itself before it sets the PTR. While the PTR is set, and for some minutes afterwards, the Elastic IP cannot be released (InvalidAddress.PtrSet): if a destroy stops there, run it again later. GovCloud and Lightsail set the PTR only on request, by form.",
      sources: [
        { source: elasticIpGuide, date: "2026-11-21" },
        {
          source:
            "github.com/hashicorp/terraform-provider-aws internal/service/ec2/ec2_eip_domain_name.go (Read, Delete), wait.go (waitEIPDomainNameAttributeDeleted ends when the answer no longer holds it)",
          date: "2026-11-21",
        },
      ],
    },
    6: {
      how: "none",
      checksForward: "no",
      afterDelete: "nothing-happens",
      expectedLagMinutes: 0,
      stableObject: "none",
      advice:
        "leave ipv6 out and let the MTA send over IPv4 only; an IPv6 prefix of your own (BYOIP) works with its own reverse zone",
      sources: [{ source: elasticIpGuide, date: "2026-11-21" }],
    },
  },
  port25: {
    policy: "blocked-by-default",
    advice:
      "Outgoing port 25 is restricted; use this form to have it opened: https://aws.amazon.com/forms/ec2-email-limit-rdns-request",
    sources: [{ source: "https://repost.aws/knowledge-center/ec2-port-25-throttle", date: "2026-11-21" }],
  },
  smtpOverIpv6: false,
  nat: {
    privateAddress: "instance.privateIp",
    sources: [
      {
        source:
          "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Address.html (an Elastic IP has a private address of the network interface)",
        date: "2026-11-22",
      },
    ],
  },
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  location: { ...sharedConfigKeys.location, description: "region of the address; empty means the plugin's region" },
  allocationId: {
    type: "text",
    description: "an existing Elastic IP (eipalloc-... or its address), instead of a new one",
    input: true,
  },
} as const satisfies ConfigSchema;

export const dnsCapabilities = describeDnsHost({
  title: "Route 53",
  minimumTtlSeconds: 0,
  expectedLagMinutes: 1,
  records: {
    unit: "set",
    replacedBy: ["zoneId", "name"],
    sameRecord: "refused",
    // "Tried to create resource record set [...] but it already exists"; a CNAME of that name "already exists in zone".
    refusedWith: /already exists/,
    sources: [
      {
        source:
          "github.com/hashicorp/terraform-provider-aws internal/service/route53/record.go (ForceNew; CREATE unless allow_overwrite; a record that is not found leaves the state)",
        date: "2026-11-21",
      },
      { source: "https://github.com/hashicorp/terraform-provider-aws/issues/7918", date: "2026-11-21" },
      { source: "https://github.com/hashicorp/terraform/issues/9732", date: "2026-11-21" },
    ],
  },
  sources: [
    {
      source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html",
      date: "2026-11-21",
    },
    { source: "github.com/hashicorp/terraform-provider-aws internal/service/route53/record.go", date: "2026-11-21" },
  ],
});

/** Keys of stack config that the DNS host reads. */
export const dnsConfigKeys = {
  zoneId: { type: "text", description: "id of the zone, if its name is ambiguous", input: true },
} as const satisfies ConfigSchema;

export const facts: ProviderFacts = {
  name: "aws",
  sdk: "@pulumi/aws",
  cloud: { capabilities: cloudCapabilities, configKeys },
  dns: { word: "route53", capabilities: dnsCapabilities, configKeys: dnsConfigKeys },
  ticket,
  credentials: {
    title: "AWS",
    needs: "credentials",
    commands: ["aws sso login (or set AWS_PROFILE)", "pulumi config set aws:region REGION"],
    source: "https://www.pulumi.com/registry/packages/aws/installation-configuration/",
    date: "2026-11-21",
  },
  stack,
  defaultNames: {
    title: "Amazon EC2",
    names: [
      { domain: "compute-1.amazonaws.com", source: "AWS documentation: Amazon EC2 instance hostname types" },
      { domain: "compute.amazonaws.com", source: "AWS documentation: Amazon EC2 instance hostname types" },
      { domain: "compute.amazonaws.com.cn", source: "AWS documentation: Amazon EC2 instance hostname types" },
      { domain: "compute.internal", source: "AWS documentation: Amazon EC2 instance hostname types" },
      { domain: "ec2.internal", source: "AWS documentation: Amazon EC2 instance hostname types" },
    ],
  },
};

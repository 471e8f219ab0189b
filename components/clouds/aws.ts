/** AWS: an Elastic IP and its domain name. */
import "../sdk/aws";

import { Eip, type EipArgs } from "@pulumi/aws/ec2/eip";
import { EipDomainName, type EipDomainNameArgs } from "@pulumi/aws/ec2/eipDomainName";
import { getElasticIp } from "@pulumi/aws/ec2/getElasticIp";
import * as pulumi from "@pulumi/pulumi";
import type { ConfigReader } from "../config-reader";
import { invokeOptions, lookedUpWith } from "../look-up";
import { type Transform, transformed } from "../transform";
import { askAgain } from "./ask-again";
import type { AddressRequest, Cloud, CloudAddress, CloudCapabilities, CloudContext, Problem } from "./cloud";
import { refuseExistingAndCreate, refuseIpv6, refuseSeconds } from "./refusals";

const elasticIpGuide = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-elastic-addressing-reverse-dns.html";

export const capabilities: CloudCapabilities = {
  title: "AWS EC2",
  reverse: {
    4: {
      how: "resource",
      checksForward: "yes",
      domainOwnership: false,
      afterDelete: "generic-default",
      // `Read` never sets `domain_name`, so a PTR that was changed or reset outside is no difference to the plugin.
      afterLoss: "replace",
      expectedLagMinutes: 10,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: "ec2-a-b-c-d.REGION.compute.amazonaws.com",
      locksAddress: true,
      stableObject: "aws.ec2.Eip",
      advice:
        "EC2 resolves the name itself before it sets the PTR. While the PTR is set, and some minutes longer, the Elastic IP cannot be released (InvalidAddress.PtrSet): if a destroy stops there, run it again later. GovCloud and Lightsail take the PTR by form only.",
      sources: [
        { source: elasticIpGuide, date: "2026-11-21" },
        {
          source: "github.com/hashicorp/terraform-provider-aws internal/service/ec2/ec2_eip_domain_name.go",
          date: "2026-11-21",
        },
      ],
    },
    6: {
      how: "none",
      checksForward: "no",
      domainOwnership: false,
      afterDelete: "nothing-happens",
      expectedLagMinutes: 0,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: null,
      locksAddress: false,
      stableObject: "none",
      advice:
        "leave ipv6 out and let the MTA send over IPv4 only; an IPv6 prefix of your own (BYOIP) works with its own reverse zone",
      sources: [{ source: elasticIpGuide, date: "2026-11-21" }],
    },
  },
  port25: {
    policy: "blocked-by-default",
    advice:
      "Outgoing port 25 is restricted; the same form asks AWS to lift it: https://aws.amazon.com/forms/ec2-email-limit-rdns-request",
    sources: [{ source: "https://repost.aws/knowledge-center/ec2-port-25-throttle", date: "2026-11-21" }],
  },
  smtpOverIpv6: false,
};

/** Keys of stack config that this cloud reads, with their meaning. */
export const configKeys = {
  location: "region of the address (default the provider's)",
  allocationId: "an Elastic IP that exists (eipalloc-... or its address), instead of a new one",
} as const;

export interface AwsArgs {
  /** An Elastic IP that exists, by its allocation (`eipalloc-...`) or by its address, instead of a new one. */
  readonly existing?: { readonly allocationId: pulumi.Input<string> } | { readonly publicIp: pulumi.Input<string> };
  /** How the new Elastic IP is made. @default an unassociated address: associate it with a machine when you like */
  readonly create?: NewElasticIp;
  /** Region of the address. @default the provider's */
  readonly region?: string;
  /**
   * How long to keep asking, in seconds, when EC2's own resolver does not see the A record yet that every authoritative
   * server shows.
   * @default 600
   */
  readonly patienceSeconds?: number;
  /** Changes an underlying resource just before it is made. */
  readonly transform?: {
    readonly eip?: Transform<EipArgs>;
    readonly eipDomainName?: Transform<EipDomainNameArgs>;
  };
}

export interface NewElasticIp {
  /** Id of the instance it is associated with. @default none */
  readonly instance?: pulumi.Input<string>;
  /** Id of the network interface it is associated with, instead of an instance. @default none */
  readonly networkInterface?: pulumi.Input<string>;
  /** Pool that it comes from. @default Amazon's */
  readonly publicIpv4Pool?: pulumi.Input<string>;
  /** Tags of the address. @default none */
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

interface ElasticIp extends CloudAddress {
  readonly allocationId: pulumi.Output<string>;
}

/**
 * An Elastic IP from AWS, with the host name as its domain name. IPv4 only.
 * @param args what to make or to use; without arguments: one new Elastic IP
 * @example
 * new SendingIp("mail", { hostname: "mail.example.com", cloud: aws(), dns: route53({ zone: "example.com" }) });
 */
export function aws(args: AwsArgs = {}): Cloud {
  return {
    name: "aws",
    capabilities,
    refuse: (request) => refuse(args, request),
    addresses: (context) => [
      args.existing === undefined ? newElasticIp(args, context) : existingElasticIp(args, context),
    ],
    reverse: (context, { address, hostname, forward }) => {
      const { allocationId } = address as ElasticIp;
      const name = `${context.name}-ptr-v4`;
      const domainName = transformed<EipDomainNameArgs>(
        args.transform?.eipDomainName,
        name,
        // The allocation as an input: the engine then resets the PTR before it releases the address, which is locked
        // until then.
        { allocationId, domainName: hostname, ...(args.region !== undefined && { region: args.region }) },
        {
          ...context.reverseOptions,
          dependsOn: [...forward],
          hooks: askAgain({
            name,
            who: "EC2",
            heals: refusalHeals,
            patienceSeconds: args.patienceSeconds,
            progress: context.progress,
            giveUp: (message) => void pulumi.log.error(message, context.reverseOptions.parent),
            nextStep: `EC2 looks ${context.hostname} up itself and wants an A record with the Elastic IP. Check that the A record is public, then run pulumi up again.`,
          }),
        },
      );
      const resource = new EipDomainName(name, domainName.args, domainName.options);
      // The host name itself, so that a name that never becomes visible fails whoever waits for this.
      return { reverse: "set", resource, done: pulumi.all([hostname, resource.id]).apply(([ptr]) => ptr) };
    },
  } satisfies Cloud;
}

/**
 * EC2's words for "your name does not lead back here" are not documented; so everything that `ModifyAddressAttribute`
 * says is taken for it, except what asking again cannot change.
 */
export function refusalHeals(error: string): boolean {
  const lasting =
    /UnauthorizedOperation|AuthFailure|AccessDenied|ExpiredToken|InvalidClientTokenId|OptInRequired|Invalid(Allocation|Address)ID|InvalidAddress\.NotFound|MissingParameter|Malformed|UnsupportedOperation/i;
  return /ModifyAddressAttribute|EIP Domain Name/i.test(error) && !lasting.test(error);
}

function refuse(args: AwsArgs, request: AddressRequest): Problem[] {
  const problems = [
    ...refuseExistingAndCreate(args),
    ...refuseIpv6(capabilities, request),
    ...refuseSeconds("cloud.patienceSeconds", args.patienceSeconds),
  ];
  const existing = args.existing as { allocationId?: unknown; publicIp?: unknown } | undefined;
  if (existing !== undefined && (existing.allocationId === undefined) === (existing.publicIp === undefined)) {
    problems.push({
      argument: "cloud.existing",
      message: "an Elastic IP is found either by its allocation or by its address",
      fix: "give one of cloud.existing.allocationId and cloud.existing.publicIp",
    });
  }
  if (args.create?.instance !== undefined && args.create.networkInterface !== undefined) {
    problems.push({
      argument: "cloud.create.networkInterface",
      message:
        "an Elastic IP is associated with an instance or with a network interface; EC2's behaviour with both is undefined",
      fix: "keep the one that mail leaves from",
    });
  }
  if (args.region?.startsWith("us-gov-")) {
    problems.push({
      argument: "cloud.region",
      message: `in AWS GovCloud (${args.region}) a PTR is set by form only`,
      fix: "allocate the Elastic IP, use it as an existing address, and send what `fcrdns ticket govcloud IP=HOSTNAME` prints",
    });
  }
  return problems;
}

function newElasticIp(args: AwsArgs, context: CloudContext): ElasticIp {
  const name = `${context.name}-address-v4`;
  const made = transformed<EipArgs>(
    args.transform?.eip,
    name,
    { domain: "vpc", ...args.create, ...(args.region !== undefined && { region: args.region }) },
    context.addressOptions,
  );
  const resource = new Eip(name, made.args, made.options);
  return { family: 4, address: resource.publicIp, resource, allocationId: resource.allocationId };
}

function existingElasticIp(args: AwsArgs, context: CloudContext): ElasticIp {
  const wanted = args.existing as { allocationId?: pulumi.Input<string>; publicIp?: pulumi.Input<string> };
  const found = lookedUpWith(
    (known) => ({
      title: capabilities.title,
      package: "aws",
      what: `the Elastic IP ${known.id ?? known.publicIp}`,
      ifMissing: "give one of this account and region (stack config: allocationId and location)",
    }),
    {
      ...(wanted.allocationId === undefined ? { publicIp: wanted.publicIp } : { id: wanted.allocationId }),
      ...(args.region !== undefined && { region: args.region }),
    } as { readonly id?: pulumi.Input<string>; readonly publicIp?: pulumi.Input<string>; readonly region?: string },
    (known) => getElasticIp(known, invokeOptions(context.addressOptions)),
  );
  return { family: 4, address: found.publicIp, allocationId: found.id };
}

/** The cloud as the stack's config describes it: `location`, a region; `allocationId` of an Elastic IP that exists. */
export function fromConfig(config: ConfigReader): Cloud {
  const allocationId = config.text("allocationId");
  const region = config.text("location");
  return aws({
    ...(allocationId !== undefined && { existing: { allocationId } }),
    ...(region !== undefined && { region }),
  });
}

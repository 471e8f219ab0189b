/** AWS: an Elastic IP and its domain name. */
import "./sdk";

import { Eip, type EipArgs } from "@pulumi/aws/ec2/eip";
import { EipDomainName, type EipDomainNameArgs } from "@pulumi/aws/ec2/eipDomainName";
import { getElasticIp } from "@pulumi/aws/ec2/getElasticIp";
import type * as pulumi from "@pulumi/pulumi";
import type { AddressRequest, Cloud, CloudContext, HostAddress, Problem } from "../cloud";
import type { ConfigOf } from "../config-schema";
import { addressPerFamily, ptrResource } from "../internal/addresses/ptr-resource";
import { retryUntilForwardSeen } from "../internal/addresses/retry-on-refusal";
import { validateExistingAndCreate, validateIpv6, validateSeconds } from "../internal/addresses/validation";
import { given } from "../internal/given";
import { invokeOptions, lookedUpWith } from "../internal/look-up";
import { type Transform, transform } from "../internal/transform";
import { cloudCapabilities, type configKeys } from "./facts";

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

interface ElasticIp extends HostAddress {
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
    capabilities: cloudCapabilities,
    validate: (request) => validate(args, request),
    addresses: addressPerFamily(
      (context) => (args.existing === undefined ? newElasticIp(args, context) : existingElasticIp(args, context)),
      ptrResource(
        EipDomainName,
        args.transform?.eipDomainName,
        // The allocation as an input: the engine then resets the PTR before it releases the address, which is locked until
        // then.
        ({ allocationId }: ElasticIp, domainName) => ({
          allocationId,
          domainName,
          ...(args.region !== undefined && { region: args.region }),
        }),
        (_resource, hostname) => hostname,
        retryUntilForwardSeen({
          who: "EC2",
          isTransient: isTransientRefusal,
          patienceSeconds: args.patienceSeconds,
        }),
      ),
    ),
  } satisfies Cloud;
}

/**
 * EC2's error for a name without this address is not documented; so everything that `ModifyAddressAttribute`
 * says is taken for it, except what asking again cannot change.
 */
export function isTransientRefusal(error: string): boolean {
  const lasting =
    /UnauthorizedOperation|AuthFailure|AccessDenied|ExpiredToken|InvalidClientTokenId|OptInRequired|Invalid(Allocation|Address)ID|InvalidAddress\.NotFound|MissingParameter|Malformed|UnsupportedOperation/i;
  return /ModifyAddressAttribute|EIP Domain Name/i.test(error) && !lasting.test(error);
}

function validate(args: AwsArgs, request: AddressRequest): Problem[] {
  const problems = [
    ...validateExistingAndCreate(args),
    ...validateIpv6(cloudCapabilities, request),
    ...validateSeconds("cloud.patienceSeconds", args.patienceSeconds),
  ];
  const existing = args.existing as { allocationId?: unknown; publicIp?: unknown } | undefined;
  if (existing !== undefined && (existing.allocationId === undefined) === (existing.publicIp === undefined)) {
    problems.push({
      argument: "cloud.existing",
      message: "an Elastic IP is looked up either by its allocation or by its address; both were given",
      fix: "give one of cloud.existing.allocationId and cloud.existing.publicIp",
    });
  }
  if (args.create?.instance !== undefined && args.create.networkInterface !== undefined) {
    problems.push({
      argument: "cloud.create.networkInterface",
      message:
        "an Elastic IP is associated with an instance or with a network interface; EC2's behaviour with both is undefined",
      fix: "keep the one that sends mail",
    });
  }
  if (args.region?.startsWith("us-gov-")) {
    problems.push({
      argument: "cloud.region",
      message: `in AWS GovCloud (${args.region}) a PTR is set by form only`,
      fix: "allocate the Elastic IP, use it as an existing address, and send the request that `fcrdns ticket govcloud IP=HOSTNAME` prints",
    });
  }
  return problems;
}

function newElasticIp(args: AwsArgs, context: CloudContext): ElasticIp {
  const resource = new Eip(
    ...transform(
      args.transform?.eip,
      `${context.name}-address-v4`,
      { domain: "vpc", ...args.create, ...(args.region !== undefined && { region: args.region }) },
      context.addressOptions,
    ),
  );
  return { family: 4, address: resource.publicIp, resource, allocationId: resource.allocationId };
}

function existingElasticIp(args: AwsArgs, context: CloudContext): ElasticIp {
  const wanted = args.existing as { allocationId?: pulumi.Input<string>; publicIp?: pulumi.Input<string> };
  const found = lookedUpWith(
    (known) => ({
      title: cloudCapabilities.title,
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
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  const allocationId = config.textInput("allocationId");
  return aws(
    given({ existing: allocationId === undefined ? undefined : { allocationId }, region: config.text("location") }),
  );
}

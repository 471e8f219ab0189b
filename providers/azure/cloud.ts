/**
 * Azure: a static public IP address, whose PTR is a field of it (`dnsSettings.reverseFqdn`).
 *
 * Azure wants the A record before it sets the PTR, and the A record needs the address; so the field is set by a second
 * step once the A record is visible. That step is an ARM deployment of the same public IP address with the PTR in it:
 * Azure's own way to change one resource from two places, without a token or a call outside the provider.
 */
import "./sdk";

import { getPublicIPAddress } from "@pulumi/azure-native/network/getPublicIPAddress";
import { PublicIPAddress, type PublicIPAddressArgs } from "@pulumi/azure-native/network/publicIPAddress";
import { Deployment, type DeploymentArgs } from "@pulumi/azure-native/resources/deployment";
import { getDeployment } from "@pulumi/azure-native/resources/getDeployment";
import { ResourceGroup, type ResourceGroupArgs } from "@pulumi/azure-native/resources/resourceGroup";
import * as pulumi from "@pulumi/pulumi";
import type { AddressRequest, Cloud, CloudContext, HostAddress, Problem } from "../cloud";
import type { ConfigOf } from "../config-schema";
import { addressPerFamily, ptrResource } from "../internal/addresses/ptr-resource";
import { retryUntilForwardSeen } from "../internal/addresses/retry-on-refusal";
import { validateExistingAndCreate, validateIpv6, validateSeconds } from "../internal/addresses/validation";
import { given } from "../internal/given";
import { invokeOptions, lookedUpWith } from "../internal/look-up";
import { type Transform, transform } from "../internal/transform";
import { UserError } from "../internal/user-error";
import { cloudCapabilities, type configKeys } from "./facts";

export interface AzureArgs {
  /** A static public IPv4 address that exists, instead of a new one. */
  readonly existing?: {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly publicIpAddressName: pulumi.Input<string>;
  };
  /** How the new address is made. @default standard SKU, in a resource group of its own */
  readonly create?: NewPublicIp;
  /**
   * How long to keep asking, in seconds, when Azure's own resolver does not see the A record yet that every authoritative
   * server shows.
   * @default 600
   */
  readonly patienceSeconds?: number;
  /** Changes an underlying resource just before it is made. */
  readonly transform?: {
    readonly resourceGroup?: Transform<ResourceGroupArgs>;
    readonly publicIpAddress?: Transform<PublicIPAddressArgs>;
    /** The deployment that sets the PTR. */
    readonly deployment?: Transform<DeploymentArgs>;
  };
}

export interface NewPublicIp
  extends Partial<
    Pick<
      PublicIPAddressArgs,
      "location" | "zones" | "tags" | "publicIPPrefix" | "idleTimeoutInMinutes" | "ddosSettings"
    >
  > {
  /** The resource group that it goes into. @default a new one */
  readonly resourceGroupName?: pulumi.Input<string>;
  /**
   * Its domain name label, unique in the region: Azure sets no PTR on an address without one.
   * @default made from the host name when the address is made, and kept from then on
   */
  readonly label?: string;
}

/** What the second step must say again of the first, for ARM replaces the whole resource. */
export interface PublicIp {
  readonly name: string;
  readonly location?: string | undefined;
  readonly sku?: { readonly name?: string; readonly tier?: string } | undefined;
  readonly zones?: readonly string[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly ipAddress?: string | undefined;
  readonly publicIPAddressVersion?: string | undefined;
  readonly publicIPAllocationMethod?: string | undefined;
  readonly idleTimeoutInMinutes?: number | undefined;
  readonly ddosSettings?: object | undefined;
  readonly deleteOption?: string | undefined;
  readonly ipTags?: readonly object[] | undefined;
  readonly publicIPPrefix?: { readonly id?: string } | undefined;
  readonly dnsSettings?: { readonly domainNameLabel?: string; readonly domainNameLabelScope?: string } | undefined;
}

interface AzureAddress extends HostAddress {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly publicIp: pulumi.Output<PublicIp>;
}

/**
 * A static public IPv4 address at Azure, with the host name as its reverse FQDN.
 * @param args what to make or to use; without arguments: a new address in a new resource group
 * @example
 * const cloud = azure({ create: { resourceGroupName: "mail", location: "westeurope" } });
 * new SendingIp("mail", { hostname: "mail.example.com", cloud, dns: azureDns({ zone: "example.com", resourceGroupName: "dns" }) });
 */
export function azure(args: AzureArgs = {}): Cloud {
  return {
    name: "azure",
    capabilities: cloudCapabilities,
    validate: (request) => validate(args, request),
    addresses: addressPerFamily(
      (context) =>
        args.existing === undefined ? newPublicIp(args, context) : existingPublicIp(args.existing, context),
      ptrDeployment(args),
    ),
  } satisfies Cloud;
}

function ptrDeployment({ transform: change, patienceSeconds }: AzureArgs) {
  const retry = (context: CloudContext) =>
    retryUntilForwardSeen({
      who: "Azure",
      isTransient: isTransientRefusal,
      reasonOf: (error, inputs) => deploymentFailure(error, inputs, context),
      isThere: isDeploymentFailure,
      patienceSeconds,
    });
  return ptrResource(
    Deployment,
    change?.deployment,
    ({ publicIp, resourceGroupName }: AzureAddress, hostname) => ({
      resourceGroupName,
      properties: {
        mode: "Incremental" as const,
        template: reverseTemplate,
        parameters: pulumi.all([publicIp, hostname]).apply(([ip, host]) => reverseParameters(ip, host)),
      },
    }),
    (_resource, hostname) => hostname,
    (own, request, context, name) => ({
      dependsOn: [...request.forward, ...(own.resource ? [own.resource] : [])],
      ...retry(context)(own, request, context, name),
    }),
  );
}

/** The deployment was accepted and exists; what it deploys was refused. */
function isDeploymentFailure(error: string): boolean {
  return error.includes('Code="DeploymentFailed"');
}

/** The plugin repeats the outer message of a failed deployment alone; the reason stands in the deployment. */
async function deploymentFailure(
  error: string,
  { resourceGroupName, deploymentName }: Readonly<Record<string, unknown>>,
  { addressOptions }: CloudContext,
): Promise<string | undefined> {
  if (!isDeploymentFailure(error)) {
    return undefined;
  }
  const names = { resourceGroupName: String(resourceGroupName), deploymentName: String(deploymentName) };
  try {
    const { properties } = await getDeployment(names, invokeOptions(addressOptions));
    return innermost(properties.error);
  } catch {
    return undefined;
  }
}

/** An error of ARM; the message of what a resource provider said is JSON again. */
export interface ArmError {
  readonly code?: string;
  readonly message?: string;
  readonly details?: readonly ArmError[];
}

/** The error that the others are wrapped around, as `Code="..." Message="..."`; pure. */
export function innermost(error: ArmError | undefined): string | undefined {
  if (error === undefined) {
    return undefined;
  }
  const [first] = error.details ?? [];
  const inner = first ?? innerError(error.message);
  return innermost(inner) ?? `Code="${error.code}" Message="${error.message}"`;
}

function innerError(message = ""): ArmError | undefined {
  try {
    return (JSON.parse(message) as { readonly error?: ArmError }).error;
  } catch {
    return undefined;
  }
}

/** `ReverseFqdnDoesNotBelongToSubscription` and its like; errors about labels and IPv6 are not transient. */
export function isTransientRefusal(error: string): boolean {
  return /Reverse ?Fqdn/i.test(error) && !/IPv6|label/i.test(error);
}

/**
 * A label out of a host name: lower case letters, digits and hyphens, starting with a letter, at most 63 characters.
 * @example
 * domainNameLabel("mail.example.com"); // "mail-example-com"
 */
export function domainNameLabel(hostname: string): string {
  const plain = hostname
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const started = /^[a-z].{2}/.test(plain) ? plain : `mail-${plain}`;
  return started.slice(0, 63).replace(/-+$/, "");
}

/** Values come in as parameters: they are taken as they are, while text in a template may be an expression. */
export const reverseTemplate = {
  $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  contentVersion: "1.0.0.0",
  parameters: {
    name: { type: "string" },
    location: { type: "string" },
    sku: { type: "object" },
    zones: { type: "array" },
    tags: { type: "object" },
    properties: { type: "object" },
  },
  resources: [
    {
      type: "Microsoft.Network/publicIPAddresses",
      apiVersion: "2024-05-01",
      name: "[parameters('name')]",
      location: "[parameters('location')]",
      sku: "[parameters('sku')]",
      zones: "[if(empty(parameters('zones')), json('null'), parameters('zones'))]",
      tags: "[parameters('tags')]",
      properties: "[parameters('properties')]",
    },
  ],
} as const;

/**
 * What the template is filled with: the public IP address as it is, and the PTR.
 * @param publicIp the address as Azure shows it
 * @param hostname canonical, no final dot
 */
export function reverseParameters(publicIp: PublicIp, hostname: string): Record<string, { value: unknown }> {
  const { domainNameLabel: label = domainNameLabel(hostname), domainNameLabelScope } = publicIp.dnsSettings ?? {};
  const properties = {
    publicIPAllocationMethod: publicIp.publicIPAllocationMethod,
    publicIPAddressVersion: publicIp.publicIPAddressVersion,
    idleTimeoutInMinutes: publicIp.idleTimeoutInMinutes,
    ddosSettings: publicIp.ddosSettings,
    deleteOption: publicIp.deleteOption,
    ipTags: publicIp.ipTags?.length === 0 ? undefined : publicIp.ipTags,
    publicIPPrefix: publicIp.publicIPPrefix?.id === undefined ? undefined : { id: publicIp.publicIPPrefix.id },
    dnsSettings: { domainNameLabel: label, domainNameLabelScope, reverseFqdn: `${hostname}.` },
  };
  return {
    name: { value: publicIp.name },
    location: { value: publicIp.location },
    sku: { value: publicIp.sku ?? {} },
    zones: { value: publicIp.zones ?? [] },
    tags: { value: publicIp.tags ?? {} },
    properties: { value: withoutUndefined(properties) },
  };
}

function withoutUndefined(fields: Record<string, unknown>): Record<string, unknown> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    given.map(([key, value]) => [
      key,
      typeof value === "object" && !Array.isArray(value) ? withoutUndefined(value as Record<string, unknown>) : value,
    ]),
  );
}

function validate(args: AzureArgs, request: AddressRequest): Problem[] {
  const problems = [
    ...validateExistingAndCreate(args),
    ...validateIpv6(cloudCapabilities, request),
    ...validateSeconds("cloud.patienceSeconds", args.patienceSeconds),
  ];
  if (args.existing?.resourceGroupName === "") {
    problems.push({
      argument: "cloud.existing.resourceGroupName",
      message: "a public IP address is found by its name in its resource group, and no resource group was given",
      fix: "give the resource group that holds it",
    });
  }
  const label = args.create?.label;
  if (label !== undefined && !/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(label)) {
    problems.push({
      argument: "cloud.create.label",
      message: `${JSON.stringify(label)} cannot be a domain name label: 3 to 63 lower case letters, digits and hyphens, starting with a letter, not ending with a hyphen`,
      fix: `give a label such as ${JSON.stringify(domainNameLabel(request.hostname))}, or leave it out`,
    });
  }
  return problems;
}

function newPublicIp(args: AzureArgs, context: CloudContext): AzureAddress {
  const { resourceGroupName: given, label, ...rest } = args.create ?? {};
  const resourceGroupName = given ?? newResourceGroup(args, context).name;
  // The PTR is set by the deployment and seen here after a refresh. A label that follows the host name would be one more
  // change to the address, and that takes the PTR away for a while.
  const ignored = label === undefined ? ["dnsSettings"] : ["dnsSettings.reverseFqdn", "dnsSettings.fqdn"];
  const resource = new PublicIPAddress(
    ...transform(
      args.transform?.publicIpAddress,
      `${context.name}-address-v4`,
      {
        ...rest,
        resourceGroupName,
        publicIPAllocationMethod: "Static",
        publicIPAddressVersion: "IPv4",
        sku: { name: "Standard" },
        dnsSettings: { domainNameLabel: label ?? domainNameLabel(context.hostname) },
      },
      { ...context.addressOptions, ignoreChanges: [...(context.addressOptions.ignoreChanges ?? []), ...ignored] },
    ),
  );
  const publicIp = pulumi
    .output({
      name: resource.name,
      location: resource.location,
      sku: resource.sku,
      zones: resource.zones,
      tags: resource.tags,
      ipAddress: resource.ipAddress,
      publicIPAddressVersion: resource.publicIPAddressVersion,
      publicIPAllocationMethod: resource.publicIPAllocationMethod,
      idleTimeoutInMinutes: resource.idleTimeoutInMinutes,
      ddosSettings: resource.ddosSettings,
      deleteOption: resource.deleteOption,
      ipTags: resource.ipTags,
      publicIPPrefix: resource.publicIPPrefix,
      dnsSettings: resource.dnsSettings,
    })
    .apply((ip): PublicIp => ip);
  return { family: 4, address: publicIp.apply(usableAddress), resource, resourceGroupName, publicIp };
}

function newResourceGroup(args: AzureArgs, context: CloudContext): ResourceGroup {
  return new ResourceGroup(
    ...transform(
      args.transform?.resourceGroup,
      `${context.name}-group`,
      { ...(args.create?.location !== undefined && { location: args.create.location }) },
      context.addressOptions,
    ),
  );
}

function existingPublicIp(
  existing: { readonly resourceGroupName: pulumi.Input<string>; readonly publicIpAddressName: pulumi.Input<string> },
  context: CloudContext,
): AzureAddress {
  const found = lookedUpWith(
    (known) => ({
      title: cloudCapabilities.title,
      package: "azure-native",
      what: `the public IP address ${known.publicIpAddressName} in ${known.resourceGroupName}`,
      ifMissing: "give the names of an address and its resource group (stack config: publicIp and resourceGroup)",
    }),
    { ...existing },
    (known) => getPublicIPAddress(known, invokeOptions(context.addressOptions)),
  );
  return {
    family: 4,
    address: found.apply(usableAddress),
    resourceGroupName: existing.resourceGroupName,
    publicIp: found.apply((ip): PublicIp => ip),
  };
}

/**
 * The address itself, when a PTR of it can last.
 * @throws UserError when it is not a static IPv4 address
 */
export function usableAddress({ name, ipAddress, publicIPAddressVersion, publicIPAllocationMethod }: PublicIp): string {
  const isIpv6 = publicIPAddressVersion === "IPv6";
  if (ipAddress !== undefined && !isIpv6 && publicIPAllocationMethod !== "Dynamic") {
    return ipAddress;
  }
  const what = isIpv6 ? "an IPv6 address" : "a dynamic address";
  const fix = isIpv6
    ? "Give an IPv4 address"
    : `Make it static (az network public-ip update --name ${name} --allocation-method Static)`;
  throw new UserError(
    `The public IP address ${name} is ${what}: Azure keeps a PTR only on static IPv4 addresses.\n${fix}, or let this stack create one: leave cloud.existing out.`,
  );
}

/**
 * The cloud as the stack's config describes it: `publicIp` in `resourceGroup` for an address that exists; `resourceGroup`,
 * `location` and `label` for a new one.
 */
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  const resourceGroupName = config.textInput("resourceGroup");
  const publicIpAddressName = config.textInput("publicIp");
  if (publicIpAddressName !== undefined) {
    return azure({ existing: { resourceGroupName: resourceGroupName ?? "", publicIpAddressName } });
  }
  return azure({
    create: given({ resourceGroupName, location: config.text("location"), label: config.text("label") }),
  });
}

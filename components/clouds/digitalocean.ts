/** DigitalOcean: the name of a droplet is the PTR of its addresses. */
import "../sdk/digitalocean";

import { Droplet, type DropletArgs } from "@pulumi/digitalocean/droplet";
import { getDroplet } from "@pulumi/digitalocean/getDroplet";
import * as pulumi from "@pulumi/pulumi";
import type { ConfigReader } from "../config-reader";
import { invokeOptions, lookedUpWith } from "../look-up";
import { PlainError } from "../plain-error";
import { type Transform, transformed } from "../transform";
import type { AddressRequest, Cloud, CloudAddress, CloudCapabilities, CloudContext, Problem } from "./cloud";
import { refuseExistingAndCreate } from "./refusals";

const glossary = "https://docs.digitalocean.com/glossary/ptr-record/";

export const capabilities: CloudCapabilities = {
  title: "DigitalOcean",
  reverse: {
    4: {
      how: "field",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "removed",
      // The API answers no PTR, only the droplet's name.
      afterLoss: "rename",
      expectedLagMinutes: 10,
      nameRules: { finalDot: "forbidden", lowerCase: false, maxLength: 253 },
      genericDefault: null,
      locksAddress: false,
      stableObject: "digitalocean.Droplet, for as long as it lives",
      advice:
        "The PTR is the droplet's name, so name it as the host. A reserved IP has no PTR, and mail leaves from the droplet's own address anyway. Changing image, region, SSH keys or user data makes a new droplet with a new address. IPv6 that is switched off stays on at the droplet, for switching it off would make a new one too.",
      sources: [
        { source: glossary, date: "2026-11-21" },
        { source: "github.com/digitalocean/openapi specification/resources/droplets", date: "2026-11-21" },
        {
          source: "github.com/digitalocean/terraform-provider-digitalocean digitalocean/droplet/resource_droplet.go",
          date: "2026-11-21",
        },
      ],
    },
    6: {
      how: "field",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "removed",
      // The API answers no PTR, only the droplet's name.
      afterLoss: "rename",
      expectedLagMinutes: 10,
      nameRules: { finalDot: "forbidden", lowerCase: false, maxLength: 253 },
      genericDefault: null,
      locksAddress: false,
      stableObject: "digitalocean.Droplet, for as long as it lives",
      advice:
        "Only the first of a droplet's 16 addresses gets a PTR, and SMTP over IPv6 is blocked: publish no AAAA for a mail server.",
      sources: [
        { source: glossary, date: "2026-11-21" },
        { source: "https://docs.digitalocean.com/support/why-is-smtp-blocked/", date: "2026-11-21" },
      ],
    },
  },
  port25: {
    policy: "blocked-by-default",
    advice: "Ports 25, 465 and 587 are blocked on new accounts, also through a reserved IP; ask support to open them.",
    sources: [{ source: "https://docs.digitalocean.com/support/why-is-smtp-blocked/", date: "2026-11-21" }],
  },
  smtpOverIpv6: false,
};

/** Keys of stack config that this cloud reads, with their meaning. */
export const configKeys = {
  droplet: "number of a droplet that exists; its name must be the host name",
  location: "region of a new droplet",
  size: "size of a new droplet",
  image: "image of a new droplet",
} as const;

export interface DigitalOceanArgs {
  /**
   * A droplet that exists, or its number, instead of a new one. Its name must be the host name already: whoever owns the
   * droplet renames it.
   */
  readonly existing?: { readonly id: pulumi.Input<string | number> };
  /** How the new droplet is made. @default `s-1vcpu-1gb` with Debian 12 in `fra1` */
  readonly create?: Partial<Omit<DropletArgs, "name" | "ipv6" | "ipv6Address">>;
  /** Always refused: DigitalOcean sets no PTR for a reserved IP. Here so that the refusal can say so. */
  readonly reservedIp?: pulumi.Input<string>;
  /**
   * Take IPv6 although DigitalOcean blocks SMTP over it, for a host that only receives or relays otherwise.
   * @default false
   */
  readonly ipv6WithoutSmtp?: boolean;
  /** Changes the droplet just before it is made. */
  readonly transform?: { readonly droplet?: Transform<DropletArgs> };
}

interface DropletAddress extends CloudAddress {
  readonly name: pulumi.Output<string>;
}

/**
 * A droplet at DigitalOcean that is named as the host: its name is its PTR.
 * @param args what to make or to use; without arguments: one new small droplet
 * @example
 * const cloud = digitalocean({ create: { region: "ams3", sshKeys: ["3f:4e:..."] } });
 * new SendingIp("mail", { hostname: "mail.example.com", cloud, dns: digitaloceanDns({ zone: "example.com" }) });
 */
export function digitalocean(args: DigitalOceanArgs = {}): Cloud {
  return {
    name: "digitalocean",
    capabilities,
    refuse: (request) => refuse(args, request),
    addresses: (context) =>
      args.existing === undefined ? newDroplet(args, context) : existingDroplet(args.existing, context),
    reverse: (_context, { address }) => ({
      reverse: "set",
      ...(address.resource && { resource: address.resource }),
      done: (address as DropletAddress).name,
    }),
  } satisfies Cloud;
}

function refuse(args: DigitalOceanArgs, request: AddressRequest): Problem[] {
  const problems = refuseExistingAndCreate(args);
  if (args.reservedIp !== undefined) {
    problems.push({
      argument: "cloud.reservedIp",
      message:
        "DigitalOcean sets no PTR for a reserved IP, and mail leaves from the droplet's own address, not from the reserved one",
      fix: "leave reservedIp out and send from the droplet's own address: give cloud.existing or cloud.create",
    });
  }
  if (request.families.includes(6) && args.ipv6WithoutSmtp !== true) {
    problems.push({
      argument: "ipv6",
      message: "DigitalOcean blocks SMTP over IPv6, so mail to hosts that have IPv6 would hang before it falls back",
      fix: "leave ipv6 out; if this host is to have IPv6 although no mail leaves over it, set cloud.ipv6WithoutSmtp: true",
    });
  }
  return problems;
}

function newDroplet(args: DigitalOceanArgs, context: CloudContext): DropletAddress[] {
  const name = `${context.name}-droplet`;
  const made = transformed<DropletArgs>(
    args.transform?.droplet,
    name,
    {
      region: "fra1",
      size: "s-1vcpu-1gb",
      image: "debian-12-x64",
      ...args.create,
      // Without a name of ours Pulumi would make one up, and that would be the PTR.
      name: context.hostname,
      ...(context.families.includes(6) && { ipv6: true }),
    },
    context.addressOptions,
  );
  const resource = new Droplet(name, made.args, withAddressKept(made.args, made.options));
  return context.families.map((family) => ({
    family,
    address: family === 4 ? resource.ipv4Address : resource.ipv6Address,
    resource,
    name: resource.name,
  }));
}

/**
 * The provider cannot switch IPv6 off: it replaces the droplet, and the address with its reputation is gone. So where no
 * IPv6 is wanted, a droplet that has it keeps it, and only the AAAA record goes.
 */
function withAddressKept({ ipv6 }: DropletArgs, options: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  return ipv6 === undefined || ipv6 === false
    ? { ...options, ignoreChanges: [...(options.ignoreChanges ?? []), "ipv6"] }
    : options;
}

function existingDroplet(
  existing: { readonly id: pulumi.Input<string | number> },
  context: CloudContext,
): DropletAddress[] {
  const found = lookedUpWith(
    (id) => ({
      title: capabilities.title,
      package: "digitalocean",
      what: `the droplet ${id}`,
      ifMissing: "give the number of a droplet of this account (stack config: droplet)",
    }),
    existing.id,
    (id) => getDroplet({ id: Number(id) }, invokeOptions(context.addressOptions)),
  );
  // Nothing is published for a droplet that has another name.
  const checked = found.apply((droplet) => {
    const name = checkedName(String(droplet.id), droplet.name ?? "", context.hostname, pulumi.runtime.isDryRun());
    return { ...droplet, name };
  });
  return context.families.map((family) => ({
    family,
    address: checked.apply(({ ipv4Address, ipv6Address }) => (family === 4 ? ipv4Address : ipv6Address)),
    name: checked.name,
  }));
}

/**
 * The droplet's name, when it can be the PTR.
 * @param preview a droplet of the same program may be about to be renamed: a preview cannot tell
 * @throws PlainError when the droplet has another name
 */
export function checkedName(id: string, name: string, hostname: string, preview: boolean): string {
  if (preview || name.toLowerCase() === hostname) {
    return name;
  }
  throw new PlainError(
    `The droplet ${id} is called ${JSON.stringify(name)}, and at DigitalOcean that name is the PTR of its addresses; ${hostname} was expected.\nWhoever owns the droplet must rename it: in the program that makes it, or with\n  doctl compute droplet-action rename ${id} --droplet-name ${hostname}\nThen run pulumi up again.`,
  );
}

/** The cloud as the stack's config describes it: `droplet`, a number; or `location`, `size` and `image` of a new one. */
export function fromConfig(config: ConfigReader): Cloud {
  const id = config.text("droplet");
  const region = config.text("location");
  const size = config.text("size");
  const image = config.text("image");
  if (id !== undefined) {
    return digitalocean({ existing: { id } });
  }
  return digitalocean({
    create: {
      ...(region !== undefined && { region }),
      ...(size !== undefined && { size }),
      ...(image !== undefined && { image }),
    },
  });
}

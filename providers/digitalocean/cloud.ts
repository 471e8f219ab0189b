/** DigitalOcean: the name of a droplet is the PTR of its addresses. */
import "./sdk";

import { Droplet, type DropletArgs } from "@pulumi/digitalocean/droplet";
import { getDroplet } from "@pulumi/digitalocean/getDroplet";
import * as pulumi from "@pulumi/pulumi";
import type { AddressRequest, Cloud, CloudAddress, CloudContext, Problem, ReverseResult } from "../cloud";
import type { ConfigOf } from "../config-schema";
import { Renaming } from "../internal/addresses/renaming";
import { validateExistingAndCreate } from "../internal/addresses/validation";
import { given } from "../internal/given";
import { invokeOptions, lookedUpWith } from "../internal/look-up";
import { type Transform, transform } from "../internal/transform";
import { UserError } from "../internal/user-error";
import { cloudCapabilities, type configKeys } from "./facts";

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
    capabilities: cloudCapabilities,
    validate: (request) => validate(args, request),
    addresses: (context) =>
      args.existing === undefined ? newDroplet(args, context) : existingDroplet(args.existing, context),
  } satisfies Cloud;
}

function validate(args: DigitalOceanArgs, request: AddressRequest): Problem[] {
  const problems = validateExistingAndCreate(args);
  if (args.reservedIp !== undefined) {
    problems.push({
      argument: "cloud.reservedIp",
      message:
        "DigitalOcean sets no PTR for a reserved IP, and mail is sent from the droplet's own address, not from the reserved one",
      fix: "leave reservedIp out and send from the droplet's own address: give cloud.existing or cloud.create",
    });
  }
  if (request.families.includes(6) && args.ipv6WithoutSmtp !== true) {
    problems.push({
      argument: "ipv6",
      message: "DigitalOcean blocks SMTP over IPv6, so mail to hosts that have IPv6 would hang before it falls back",
      fix: "leave ipv6 out; if this host needs IPv6 although it sends no mail over it, set cloud.ipv6WithoutSmtp: true",
    });
  }
  return problems;
}

function newDroplet(args: DigitalOceanArgs, context: CloudContext): CloudAddress[] {
  const [name, made, options] = transform(
    args.transform?.droplet,
    `${context.name}-droplet`,
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
  const renaming = new Renaming(name, context.families, context.settings?.deadlineSeconds);
  const resource = new Droplet(name, made, renaming.guarding(withAddressKept(made, options)));
  return context.families.map((family) => ({
    family,
    address: renaming.address(family, family === 4 ? resource.ipv4Address : resource.ipv6Address),
    resource,
    reverse: (request) => {
      renaming.waitsFor(family, request);
      return { ...named(resource.name, request.hostname), resource };
    },
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
): CloudAddress[] {
  const found = lookedUpWith(
    (id) => ({
      title: cloudCapabilities.title,
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
    reverse: ({ hostname }) => named(checked.name, hostname),
  }));
}

/** The PTR is set where the droplet is named. */
function named(
  own: pulumi.Output<string>,
  hostname: pulumi.Output<string>,
): ReverseResult & { readonly reverse: "set" } {
  return { reverse: "set", done: pulumi.all([own, hostname]).apply(([name]) => name) };
}

/**
 * The droplet's name, when it can be the PTR.
 * @param preview a droplet of the same program may be about to be renamed: a preview cannot tell
 * @throws UserError when the droplet has another name
 */
export function checkedName(id: string, name: string, hostname: string, preview: boolean): string {
  if (preview || name.toLowerCase() === hostname) {
    return name;
  }
  throw new UserError(
    `The droplet ${id} is named ${JSON.stringify(name)}, and at DigitalOcean that name is the PTR of its addresses; ${hostname} was expected.\nWhoever owns the droplet must rename it: in the program that creates it, or with\n  doctl compute droplet-action rename ${id} --droplet-name ${hostname}\nThen run pulumi up again.`,
  );
}

/** The cloud as the stack's config describes it: `droplet`, a number; or `location`, `size` and `image` of a new one. */
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  const id = config.textInput("droplet");
  if (id !== undefined) {
    return digitalocean({ existing: { id } });
  }
  return digitalocean({
    create: given({ region: config.text("location"), size: config.text("size"), image: config.text("image") }),
  });
}

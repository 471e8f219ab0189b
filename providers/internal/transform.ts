/** The way around our choices: every underlying resource can be changed just before it is made. */
import type * as pulumi from "@pulumi/pulumi";

/**
 * Changes the arguments or options of one underlying resource just before it is made: either in place, returning
 * nothing, or by returning new arguments. Options are changed in place.
 *
 * @example
 * hetzner({ transform: { primaryIp: (args) => { args.labels = { team: "mail" }; } } });
 */
export type Transform<Args> = (args: Args, options: pulumi.CustomResourceOptions, name: string) => Args | undefined;

/**
 * The arguments of a resource's constructor once the user's transform has had its say. The given objects stay as they are.
 *
 * @example
 * new Rdns(...transform(args.transform?.rdns, name, { dnsPtr: hostname }, options));
 */
export function transform<Args extends object>(
  change: Transform<Args> | undefined,
  name: string,
  args: NoInfer<Args>,
  options: pulumi.CustomResourceOptions,
): [string, Args, pulumi.CustomResourceOptions] {
  const ownArgs = { ...args };
  const ownOptions = { ...options };
  return [name, change?.(ownArgs, ownOptions, name) ?? ownArgs, ownOptions];
}

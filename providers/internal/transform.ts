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

/** What a resource is made of once `transform` has had its say. The given objects stay as they are. */
export function transformed<Args extends object>(
  transform: Transform<Args> | undefined,
  name: string,
  args: Args,
  options: pulumi.CustomResourceOptions,
): { args: Args; options: pulumi.CustomResourceOptions } {
  const ownOptions = { ...options };
  const ownArgs = { ...args };
  return { args: transform?.(ownArgs, ownOptions, name) ?? ownArgs, options: ownOptions };
}

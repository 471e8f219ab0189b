/** Addresses whose PTR is a resource of its own. */
import * as pulumi from "@pulumi/pulumi";
import type { Cloud, CloudContext, Family, HostAddress, ReverseRequest, ReverseResult } from "../../cloud";
import { type Transform, transform } from "../transform";

/** Sets the PTR of an address. */
type SetPtr<Own extends HostAddress> = (own: Own, request: ReverseRequest, context: CloudContext) => ReverseResult;

/** Options that the cloud's resource, which has this name, needs beside the given ones. @default none */
export type OwnOptions<Own extends HostAddress> = (
  own: Own,
  request: ReverseRequest,
  context: CloudContext,
  name: string,
) => pulumi.CustomResourceOptions;

/** One address per family, each with what sets its PTR. */
export function addressPerFamily<Own extends HostAddress>(
  address: (context: CloudContext, family: Family) => Own,
  setPtr: SetPtr<Own>,
): Cloud["addresses"] {
  return (context) =>
    context.families.map((family) => {
      const own = address(context, family);
      return { ...own, reverse: (request) => setPtr(own, request, context) };
    });
}

/**
 * Sets a PTR by a resource.
 * @param change what the user changes of the resource
 * @param inputs of the resource
 * @param ptr the resource's own output of the value; the host name where it has none
 */
export function ptrResource<Args extends object, Made extends pulumi.CustomResource, Own extends HostAddress>(
  Ptr: new (name: string, args: Args, options: pulumi.CustomResourceOptions) => Made,
  change: Transform<Args> | undefined,
  inputs: (own: Own, hostname: pulumi.Output<string>) => NoInfer<Args>,
  ptr: (made: Made, hostname: pulumi.Output<string>) => pulumi.Output<string>,
  ownOptions: OwnOptions<Own> = () => ({}),
): SetPtr<Own> {
  return (own, request, context) => {
    const { hostname } = request;
    const name = `${context.name}-ptr-v${own.family}`;
    const options = { ...request.options, ...ownOptions(own, request, context, name) };
    const resource = new Ptr(...transform(change, name, inputs(own, hostname), options));
    // The host name too: where the wait for the forward record fails, the resource is never made, and whoever waits for it
    // alone would wait for ever.
    const done = pulumi
      .all([hostname, resource.id, ptr(resource, hostname)])
      .apply(([, , value]) => value.replace(/\.$/, ""));
    return { reverse: "set", resource, done };
  };
}

/** The context that a SendingIp passes to its cloud, for tests of one cloud. */
import * as pulumi from "@pulumi/pulumi";
import type { Cloud, CloudContext, Family, ReverseResult } from "../../../providers/cloud";

export const hostname = "mail.example.com";

export function contextFor(families: readonly Family[]): CloudContext {
  return {
    name: "mail",
    hostname,
    families,
    addressOptions: {},
    progress: () => undefined,
  };
}

/** Creates what a cloud needs for these families; returns the addresses and the results of the PTRs. */
export function broughtUp(cloud: Cloud, families: readonly Family[]): pulumi.Output<string>[] {
  const context = contextFor(families);
  return cloud.addresses(context).flatMap((address) => {
    const request = { hostname: pulumi.output(hostname), forward: [], options: { deleteBeforeReplace: true } };
    return [address.address, done(address.reverse(request))];
  });
}

function done(result: ReverseResult): pulumi.Output<string> {
  switch (result.reverse) {
    case "set":
      return result.done;
    case "manual":
      return result.instructions;
    default:
      return pulumi.output(result.reverse);
  }
}

/** A PTR that is set by a resource of its own. */
import * as pulumi from "@pulumi/pulumi";
import type { ReverseRequest, ReverseResult } from "../../cloud";

/**
 * The result for a PTR resource. It also hangs on the host name that was asked for: where the wait for the forward record
 * fails, the resource is never made, and whoever waits for it alone would wait for ever.
 * @param ptr the resource's own output of the value
 */
export function ptrResult(
  request: Pick<ReverseRequest, "hostname">,
  resource: pulumi.CustomResource,
  ptr: pulumi.Output<string>,
): ReverseResult {
  const done = pulumi.all([request.hostname, resource.id, ptr]).apply(([, , value]) => value.replace(/\.$/, ""));
  return { reverse: "set", resource, done };
}

/** Whether this run may ask DNS. */
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/**
 * False in a preview, where nothing has been made yet, and under `pulumi.runtime.setMocks`, where nothing ever is: a unit
 * test neither waits nor sends a packet.
 */
export function asksDns(): boolean {
  return !pulumi.runtime.isDryRun() && !(pulumi.runtime.getMonitor() instanceof MockMonitor);
}

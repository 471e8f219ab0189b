/** What UpCloud resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "upcloud:index/floatingIpAddress:FloatingIpAddress": { addresses: ["ipAddress"] },
    "upcloud:index/server:Server": { addresses: ["networkInterfaces[].ipAddress"] },
  },
  sources: [{ source: "@upcloud/pulumi-upcloud (npm)", date: "2026-11-21" }],
};

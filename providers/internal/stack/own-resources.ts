/** What this project's own resources mean; endpoints of a component are read in `sending-addresses.ts`. */
import type { StackFacts } from "../../stack-facts";

/** Type token of the component whose outputs say what it sends from. */
export const SENDING_IP = "pulumi-fcrdns:index:SendingIp";

export const ownResources: StackFacts = {
  terraform: { "pulumi-fcrdns": null, "pulumi-nodejs": null },
  resources: {
    [SENDING_IP]: { addresses: ["endpoints[].address"] },
    "pulumi-nodejs:dynamic/rest-ptr:RestPtr": { ptr: { hostname: "hostname", address: "address" } },
  },
  sources: [],
};

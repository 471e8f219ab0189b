import { type InSandbox, later } from "../internal/simulation/in-sandbox";

/** The address that a customer of somebody else has; its PTR is theirs to set. */
const address = "192.0.2.10";

export const inSandbox: InSandbox = {
  cloudConfig: { address, provider: "somebody else" },
  people: async (internet, hostname) => later(() => internet.setPtr(address, hostname)),
};

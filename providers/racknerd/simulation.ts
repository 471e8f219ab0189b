import type { InSandbox } from "../internal/simulation/in-sandbox";

export const inSandbox: InSandbox = {
  cloudConfig: {
    address: "192.0.2.77",
    ticket: JSON.stringify({ service: "vps-1234", purpose: "order confirmations to customers" }),
  },
};

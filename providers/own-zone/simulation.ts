import { defaultProvider } from "../find-provider";
import type { InSandbox } from "../internal/simulation/in-sandbox";

/** An address in the part of a /24 that its owner delegated, as RFC 2317 writes it. */
export const ownAddress = "192.0.2.42";
export const ownReverseZone = "40/29.2.0.192.in-addr.arpa";

export const inSandbox: InSandbox = {
  cloudConfig: { address: ownAddress, reverseDns: defaultProvider, reverseZone: ownReverseZone },
  people: async (internet) => {
    await internet.addForwardZone(ownReverseZone);
    await internet.setRecords("42.2.0.192.in-addr.arpa", "CNAME", [`42.${ownReverseZone}`]);
  },
};

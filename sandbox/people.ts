/** What people do themselves where no API does it: before the engine runs, or while the program waits for them. */
import type { RemoteInternet } from "./internet/remote-internet";

/** The address that a customer of somebody else has; its PTR is theirs to set. */
export const existingAddress = "192.0.2.10";
/** An address in the part of a /24 that its owner delegated, as RFC 2317 writes it. */
export const ownAddress = "192.0.2.42";
export const ownReverseZone = "40/29.2.0.192.in-addr.arpa";

const A_WHILE_MS = 4_000;

type Deed = (internet: RemoteInternet, hostname: string) => Promise<void>;

/** One line a cloud or DNS host that leaves something to people, by the word used in stack config. */
export const people: Readonly<Record<string, Deed>> = {
  existing: async (internet, hostname) => later(() => internet.setPtr(existingAddress, hostname)),
  "own-zone": async (internet) => {
    await internet.addForwardZone(ownReverseZone);
    await internet.setRecords("42.2.0.192.in-addr.arpa", "CNAME", [`42.${ownReverseZone}`]);
  },
  manual: async (internet, hostname) => nowAndThen(() => enterAddresses(internet, hostname)),
};

/** Somebody reads what the run printed and takes their time. */
function later(deed: () => Promise<unknown>): void {
  setTimeout(() => void deed().catch(() => undefined), A_WHILE_MS).unref();
}

/** Somebody looks at the screen now and then and does what it says; until the internet is gone. */
function nowAndThen(deed: () => Promise<unknown>): void {
  const looking = setInterval(() => void deed().catch(() => clearInterval(looking)), A_WHILE_MS);
  looking.unref();
}

/** The addresses that clouds handed out; of an IPv6 network, the host that mail leaves from. */
async function enterAddresses(internet: RemoteInternet, hostname: string): Promise<void> {
  const allocated = (await internet.journal()).flatMap((event) => /^allocate (\S+)$/.exec(event)?.[1] ?? []);
  const v4 = allocated.filter((address) => !address.includes(":"));
  const v6 = allocated.filter((address) => address.endsWith("::")).map((network) => `${network}1`);
  await internet.setRecords(hostname, "A", v4);
  await internet.setRecords(hostname, "AAAA", v6);
}

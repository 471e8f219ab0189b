import { type InSandbox, nowAndThen, type PeoplesInternet } from "../internal/simulation/in-sandbox";

export const inSandbox: InSandbox = {
  people: async (internet, hostname) => nowAndThen(() => enterAddresses(internet, hostname)),
};

/** The addresses that clouds handed out; of an IPv6 network, the host that mail leaves from. */
async function enterAddresses(internet: PeoplesInternet, hostname: string): Promise<void> {
  const allocated = (await internet.journal()).flatMap((event) => /^allocate (\S+)$/.exec(event)?.[1] ?? []);
  const v4 = allocated.filter((address) => !address.includes(":"));
  const v6 = allocated.filter((address) => address.endsWith("::")).map((network) => `${network}1`);
  await internet.setRecords(hostname, "A", v4);
  await internet.setRecords(hostname, "AAAA", v6);
}

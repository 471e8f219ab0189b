/** What people have to enter themselves: printed once a run, and only while it is not visible at every name server. */
import * as pulumi from "@pulumi/pulumi";
import { awaitForward } from "../../fcrdns/await-forward";
import { sameName, verify } from "../../fcrdns/index";
import { asksDns } from "./asks-dns";
import { dnsSettings } from "./dns-settings";

/**
 * Prints instructions, unless what they ask for is in DNS already. In a preview, and under mocks, nobody is asked and nothing is printed.
 * @param component whose row in Pulumi's display shows them
 * @param isThere looks once
 */
export function printUnlessThere(
  component: pulumi.Resource | undefined,
  instructions: pulumi.Output<string>,
  isThere: pulumi.Output<() => Promise<boolean>>,
): void {
  pulumi.all([instructions, isThere]).apply(async ([text, look]) => {
    if (!asksDns() || (await look().catch(() => false))) {
      return;
    }
    // Line by line: of a longer message the display shows the first line alone until everything is over. All at once, so
    // that two texts do not mix.
    await Promise.all(text.split("\n").map((line) => pulumi.log.info(line, component)));
  });
}

/** Whether every name server shows these addresses of a host name already; asks each of them once. */
export async function forwardIsThere(hostname: string, addresses: readonly string[]): Promise<boolean> {
  const seen = await Promise.all(addresses.map((address) => awaitForward(hostname, address, askOnce())));
  return seen.every(({ visible }) => visible);
}

/** Whether this PTR, and no other, is to be seen already; the name itself need not lead anywhere yet. */
export async function ptrIsThere(address: string, hostname: string): Promise<boolean> {
  const { ptr } = await verify(address, { ...askOnce(), expected: hostname });
  return ptr.length > 0 && ptr.every((name) => sameName(name, hostname));
}

/** Name servers only: a resolver that is asked before the record is there remembers that it was not. */
function askOnce() {
  return { ...dnsSettings(), mode: "authoritative", deadlineSeconds: 0 } as const;
}

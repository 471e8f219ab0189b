/** Every moment that DNS showed, from the sandbox's journal: name servers show a change as soon as it is written there. */
import { arpaName } from "../../sandbox/internet/blocks";

/**
 * The moments since `from` at which an address had no round trip under one of the names, one line for each.
 * @param journal `ptr set ADDRESS NAME`, `ptr removed ADDRESS`, `records set OWNER TYPE VALUES`, `records removed OWNER TYPE`
 */
export function brokenMoments(
  journal: readonly string[],
  from: number,
  addresses: readonly string[],
  names: readonly string[],
): string[] {
  const ptrs = new Map<string, string>();
  const records = new Map<string, readonly string[]>();
  const broken: string[] = [];
  for (const [index, event] of journal.entries()) {
    const [what, change, subject = "", ...rest] = event.split(" ");
    if (what === "ptr") ptrs.set(arpaName(subject), change === "set" ? (rest[0] ?? "") : "");
    else if (what === "records") records.set(`${subject} ${rest[0]}`, change === "set" ? rest.slice(1) : []);
    else continue;
    if (index < from) continue;
    for (const address of addresses) {
      const ptr = ptrs.get(arpaName(address)) ?? "";
      const leadsTo = records.get(`${ptr} ${address.includes(":") ? "AAAA" : "A"}`) ?? [];
      if (!names.includes(ptr) || !leadsTo.includes(address)) broken.push(`${event}: ${address} has the PTR ${ptr}`);
    }
  }
  return broken;
}

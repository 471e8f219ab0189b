/** From the addresses that a server binds to those that receivers see. */
import type { FoundSenders, LeftOut, Sender } from "../sender";
import { type AddressKind, addressKind } from "./address-kind";

/** The public addresses, one or several, of each address behind NAT. Canonical text. */
export type Nat = ReadonlyMap<string, readonly string[]>;

/**
 * The senders with the public address in place of the bound one where `nat` says it. An address by which no mail reaches
 * another network is left out.
 */
export function behindNat({ senders, leftOut }: FoundSenders, nat: Nat): FoundSenders {
  const seen: Sender[] = [];
  const hidden: LeftOut[] = [];
  for (const sender of senders) {
    const known = nat.get(sender.address);
    const kind = addressKind(sender.address);
    if (known !== undefined) seen.push(...known.map((address) => ({ ...sender, address })));
    else if (kind === "public" || kind === "private") seen.push(sender);
    else hidden.push(notSeen(sender, kind));
  }
  return { senders: seen, leftOut: [...leftOut, ...hidden] };
}

/** The addresses in `nat` that no sender has. */
export function withoutSender(nat: Nat, { senders }: FoundSenders): string[] {
  const bound = new Set(senders.map(({ address }) => address));
  return [...nat.keys()].filter((address) => !bound.has(address));
}

function notSeen({ address, name, place }: Sender, kind: Exclude<AddressKind, "public" | "private">): LeftOut {
  const as = name === null ? "" : `=${name}`;
  const why = {
    "link-local": `is a link-local address, which no router forwards: say with --nat ${address}=PUBLIC what receivers see`,
    loopback: "is a loopback address, by which no mail leaves the machine",
    any: `lets the operating system choose the address: give the address that it chooses to fcrdns verify, IP${as}`,
    none: "is no address of a host",
  }[kind];
  return { what: address, why, ...(place && { place }) };
}

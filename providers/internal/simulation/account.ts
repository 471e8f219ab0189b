/** The reverse zones of one simulated account, by themselves: no DNS is served from them. */
import type { ReverseZones } from "./simulated-api";

export interface Account extends ReverseZones {
  /** Every change, in order: "203.0.113.7 mail.example.com". */
  readonly journal: readonly string[];
  /** The address goes back to the vendor. */
  release(address: string): void;
}

/**
 * @param addresses what the account holds, canonical text
 * @param defaultName what an address falls back to; null: nothing
 */
export function openAccount(
  addresses: readonly string[],
  defaultName: (address: string) => string | null = () => null,
): Account {
  const ptrs = new Map<string, string | null>(addresses.map((address) => [address, defaultName(address)]));
  const journal: string[] = [];
  return {
    journal,
    holds: (address) => ptrs.has(address),
    ptr: (address) => ptrs.get(address) ?? null,
    setPtr: (address, hostname) => {
      ptrs.set(address, hostname);
      journal.push(`${address} ${hostname ?? "-"}`);
    },
    addresses: () => [...ptrs.keys()],
    defaultName,
    release: (address) => void ptrs.delete(address),
  };
}

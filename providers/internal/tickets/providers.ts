/** All providers that take requests by ticket: every folder of `providers/` that has a `ticket.ts`. */
import { nearest } from "../../../fcrdns/names/nearest";
import { providers } from "../../find-provider";
import type { TicketProvider } from "./ticket-provider";

const all = providers.flatMap(({ ticket }) => ticket ?? []);
/** The template for whoever has no folder of their own. */
const anybody = theOne(all.filter(({ fitsAnybody }) => fitsAnybody));

function theOne([provider, ...others]: readonly TicketProvider[]): TicketProvider {
  if (provider === undefined || others.length > 0) throw new Error("exactly one ticket provider must be generic");
  return provider;
}

/** In the order in which they are listed: no other way first, then the fallbacks, the one that fits anybody last. */
export const ticketProviders: readonly TicketProvider[] = [
  ...all.filter(({ role, fitsAnybody }) => role === "only-way" && !fitsAnybody),
  ...all.filter(({ role }) => role === "fallback"),
  anybody,
];

export type FoundProvider =
  | { readonly kind: "found"; readonly provider: TicketProvider }
  /** No such provider: the one whose name is close, if any, and the template that fits everybody. */
  | { readonly kind: "unknown"; readonly nearest?: TicketProvider; readonly generic: TicketProvider };

/**
 * Finds a provider by its word, title or alias; case, spaces and punctuation do not count.
 * @example
 * findTicketProvider("RackNerd"); // { kind: "found", provider: racknerd }
 * findTicketProvider("raknerd");  // { kind: "unknown", nearest: racknerd, generic }
 */
export function findTicketProvider(name: string): FoundProvider {
  const wanted = plainWord(name);
  const byWord = new Map<string, TicketProvider>();
  for (const provider of ticketProviders) {
    for (const word of [provider.name, provider.title, ...(provider.aliases ?? [])]) {
      if (!byWord.has(plainWord(word))) byWord.set(plainWord(word), provider);
    }
  }
  const found = byWord.get(wanted);
  if (found !== undefined) return { kind: "found", provider: found };
  const close = nearest(
    wanted,
    [...byWord.keys()].filter((word) => byWord.get(word) !== anybody),
  );
  const meant = close === undefined ? undefined : byWord.get(close);
  return { kind: "unknown", ...(meant === undefined ? {} : { nearest: meant }), generic: anybody };
}

function plainWord(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

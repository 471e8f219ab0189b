/** All providers that take requests by ticket, one file each; a new one is a new file and a line here. */
import { nearest } from "../../fcrdns/nearest";
import { aws } from "./providers/aws";
import { azure } from "./providers/azure";
import { buyvm } from "./providers/buyvm";
import { contabo } from "./providers/contabo";
import { digitalocean } from "./providers/digitalocean";
import { frontier } from "./providers/frontier";
import { gcp } from "./providers/gcp";
import { generic } from "./providers/generic";
import { govcloud } from "./providers/govcloud";
import { hetzner } from "./providers/hetzner";
import { hostinger } from "./providers/hostinger";
import { hostwinds } from "./providers/hostwinds";
import { interserver } from "./providers/interserver";
import { ionos } from "./providers/ionos";
import { leaseweb } from "./providers/leaseweb";
import { lightsail } from "./providers/lightsail";
import { linode } from "./providers/linode";
import { netcup } from "./providers/netcup";
import { oracle } from "./providers/oracle";
import { ovh } from "./providers/ovh";
import { racknerd } from "./providers/racknerd";
import { scaleway } from "./providers/scaleway";
import { upcloud } from "./providers/upcloud";
import { vultr } from "./providers/vultr";
import type { TicketProvider } from "./ticket-provider";

/** In the order in which they are listed: no other way first, then the fallbacks, `generic` last. */
export const ticketProviders: readonly TicketProvider[] = [
  racknerd,
  oracle,
  lightsail,
  govcloud,
  interserver,
  frontier,
  aws,
  azure,
  buyvm,
  contabo,
  digitalocean,
  gcp,
  hetzner,
  hostinger,
  hostwinds,
  ionos,
  leaseweb,
  linode,
  netcup,
  ovh,
  scaleway,
  upcloud,
  vultr,
  generic,
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
    [...byWord.keys()].filter((word) => byWord.get(word) !== generic),
  );
  const meant = close === undefined ? undefined : byWord.get(close);
  return { kind: "unknown", ...(meant === undefined ? {} : { nearest: meant }), generic };
}

function plainWord(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Authoritative servers of each make, by their Debian package. All answer at one address, for the same zones. */
import { startKnot } from "./knot";
import { startNamedAuthority } from "./named";
import { startNsd } from "./nsd";
import { startPowerDns } from "./powerdns";
import type { Place, RealServer } from "./real-server";
import type { Zones } from "./zone-files";

export interface Authority {
  readonly program: string;
  start(zones: Zones, place?: Place): Promise<RealServer>;
}

export const AUTHORITIES = {
  nsd: { program: "nsd", start: startNsd },
  knot: { program: "knotd", start: startKnot },
  "pdns-server": { program: "pdns_server", start: startPowerDns },
  bind9: { program: "named", start: startNamedAuthority },
} as const satisfies Record<string, Authority>;

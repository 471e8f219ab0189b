/** Which faults are on in a loopback internet, and what they do to its name servers. */
import { type Block, reverseZone } from "./blocks";
import type { InternetFault, Where } from "./internet-fault";
import { isServer, type Network, type PlacedZone, type Station } from "./network";

export interface ActiveFaults {
  /** Those that are on, oldest first. */
  all(): readonly InternetFault[];
  /** @returns what {@link end} takes */
  begin(fault: InternetFault): number;
  /** False when it is not on. A server that lagged because of it catches up. */
  end(id: number): boolean;
  ids(): readonly number[];
  /** How much later a server shows a change at `owner`, milliseconds. */
  lagOf(station: Station, owner: string): number;
  /** Servers show now what they would show later. */
  catchUp(where: Where): void;
}

export function activeFaults(network: Network, blocks: readonly Block[]): ActiveFaults {
  const active = new Map<number, { readonly fault: InternetFault; readonly end: () => void }>();
  let lastId = 0;

  /** The copies of zones that fit: those of one zone, or everything that a server has. */
  function copiesAt(where: Where): readonly (PlacedZone["copies"][number] & { readonly zone: PlacedZone })[] {
    const named = where.zone === undefined ? undefined : network.zoneAt(where.zone);
    const block = where.reverseOf === undefined ? undefined : blocks.find(({ cloud }) => cloud === where.reverseOf);
    if (where.reverseOf !== undefined && !block) throw new Error(`no cloud is called ${where.reverseOf}`);
    const prefixes = block && [...(where.family === 6 ? [] : block.v4), ...(where.family === 4 ? [] : block.v6)];
    const reverse = prefixes?.map(reverseZone);
    const found = network.zones
      .filter((zone) => (named === undefined || zone === named) && (!reverse || reverse.includes(zone.origin)))
      .flatMap((zone) => zone.copies.map((copy, index) => ({ ...copy, zone, nth: index + 1 })))
      .filter(({ nth }) => where.nth === undefined || nth === where.nth)
      .filter(({ station }) => where.server === undefined || isServer(station, where.server));
    if (found.length === 0) throw new Error(`no name server fits ${JSON.stringify(where)}`);
    return found;
  }

  function lagOf(station: Station, owner: string): number {
    const zone = network.zoneHolding(owner);
    let lag = 0;
    for (const { fault } of active.values()) {
      if (fault.kind !== "lag") continue;
      const fits = copiesAt(fault.where).some((copy) => copy.zone === zone && copy.station === station);
      if (fits) lag = Math.max(lag, fault.ms ?? Number.POSITIVE_INFINITY);
    }
    return lag;
  }

  function switchOn(fault: InternetFault): () => void {
    switch (fault.kind) {
      case "lag": {
        const copies = copiesAt(fault.where);
        return () => {
          for (const { copy } of copies) copy.catchUp();
        };
      }
      case "silence": {
        const silenced = new Set(copiesAt(fault.where).map(({ station }) => station));
        return all([...silenced].map(({ server }) => server.fault("timeout")));
      }
      case "servfail":
      case "misbehave": {
        const rule = fault.kind === "servfail" ? { fault: "servfail" as const } : fault.rule;
        const { zone, reverseOf } = fault.where;
        const narrowed = zone !== undefined || reverseOf !== undefined;
        if (!narrowed) {
          const servers = new Set(copiesAt(fault.where).map(({ station }) => station.server));
          return all([...servers].map((server) => server.fault({ ...rule })));
        }
        return all(
          copiesAt(fault.where).map((copy) => copy.station.server.fault({ under: copy.zone.origin, ...rule })),
        );
      }
      default:
        return () => {};
    }
  }

  return {
    all: () => [...active.values()].map(({ fault }) => fault),
    begin(fault) {
      const id = ++lastId;
      active.set(id, { fault, end: switchOn(fault) });
      return id;
    },
    end(id) {
      const present = active.get(id);
      active.delete(id);
      present?.end();
      return present !== undefined;
    },
    ids: () => [...active.keys()],
    lagOf,
    catchUp(where) {
      for (const { copy } of copiesAt(where)) copy.catchUp();
    },
  };
}

function all(actions: readonly (() => void)[]): () => void {
  return () => {
    for (const action of actions) action();
  };
}

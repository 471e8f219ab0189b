/** The records of a loopback internet: what was set, and what its name servers show, which faults and delays change. */
import * as ipaddr from "ipaddr.js";
import type { ActiveFaults } from "./active-faults";
import { arpaName } from "./blocks";
import { nameKey } from "./message";
import type { Network } from "./network";
import type { RecordSet } from "./served-zone";

export interface PublishedRecordsOptions {
  readonly network: Network;
  readonly faults: ActiveFaults;
  /** Milliseconds between a change and the moment at which name servers show it. */
  readonly publishDelayMs: number;
  /** How much later than the first each zone's second server shows a change, milliseconds. */
  readonly secondServerDelayMs: number;
  /** Writes an event into the journal. */
  readonly note: (event: string) => void;
}

export interface PublishedRecords {
  /** Sets or (null) removes the PTR of any address in this internet. */
  setPtr(address: string, hostname: string | null): void;
  ptr(address: string): string | null;
  addressesWithPtr(): readonly string[];
  /** Sets a record set in the zone that holds `owner`; no values remove it. */
  setRecords(owner: string, type: string, values: readonly string[], ttl?: number): void;
  records(owner: string, type: string): readonly string[];
  /** Publishes what differs from what the name servers show, after a fault began or ended. */
  publish(): void;
}

export function publishedRecords(options: PublishedRecordsOptions): PublishedRecords {
  const { network, faults, publishDelayMs, secondServerDelayMs, note } = options;
  const wanted = new Map<string, RecordSet>();
  let shown = new Map<string, RecordSet>();
  const keyOf = (owner: string, type: string) => `${nameKey(owner)} ${type.toUpperCase()}`;

  /** What name servers are to show: what was set, except where a fault pins something else. */
  function effective(): Map<string, RecordSet> {
    const sets = new Map(wanted);
    const put = (set: RecordSet) => {
      const key = keyOf(set.owner, set.type);
      if (set.values.length > 0) sets.set(key, set);
      else sets.delete(key);
    };
    for (const fault of faults.all()) {
      if (fault.kind === "pin-records") put(fault);
      if (fault.kind !== "pin-ptr") continue;
      for (const address of fault.address === undefined ? addressesWithPtr() : [fault.address]) {
        const { family } = fault;
        if (family !== undefined && familyOf(address) !== family) continue;
        const value = fault.value === null ? null : filledIn(fault.value, address);
        put({ owner: arpaName(address), type: "PTR", values: value === null ? [] : [value] });
        if (value === null || !fault.confirmed) continue;
        put({ owner: value, type: familyOf(address) === 4 ? "A" : "AAAA", values: [address] });
      }
    }
    return sets;
  }

  /** Publishes what differs from what the name servers show. */
  function publish(): void {
    const next = effective();
    for (const { owner } of next.values()) network.zoneHolding(owner);
    for (const [key, set] of next) if (!sameSet(set, shown.get(key))) send(set);
    for (const [key, set] of shown) if (!next.has(key)) send({ ...set, values: [] });
    shown = next;
  }

  function send(set: RecordSet): void {
    for (const [nth, { station, copy }] of network.zoneHolding(set.owner).copies.entries()) {
      copy.change(set, publishDelayMs + (nth > 0 ? secondServerDelayMs : 0) + faults.lagOf(station, set.owner));
    }
  }

  function setRecords(owner: string, type: string, values: readonly string[], ttl?: number): void {
    network.zoneHolding(owner);
    const set: RecordSet = { owner, type: type.toUpperCase(), values, ...(ttl === undefined ? {} : { ttl }) };
    const key = keyOf(owner, type);
    if (values.length === 0 && !wanted.delete(key)) return;
    if (values.length > 0) wanted.set(key, set);
    publish();
  }

  function setNotedRecords(owner: string, type: string, values: readonly string[], ttl?: number): void {
    setRecords(owner, type, values, ttl);
    note(values.length > 0 ? `records set ${owner} ${type} ${values.join(" ")}` : `records removed ${owner} ${type}`);
  }

  const recordsOf = (owner: string, type: string) => wanted.get(keyOf(owner, type))?.values ?? [];

  const addresses = new Map<string, string>();
  const addressesWithPtr = () =>
    [...addresses].flatMap(([arpa, address]) => (wanted.has(`${arpa} PTR`) ? [address] : []));

  function setPtr(address: string, hostname: string | null): void {
    const text = ipaddr.process(address).toString();
    const arpa = arpaName(text);
    addresses.set(arpa, text);
    const before = recordsOf(arpa, "PTR")[0] ?? null;
    setRecords(arpa, "PTR", hostname === null ? [] : [hostname]);
    if (hostname !== null) note(`ptr set ${text} ${hostname}`);
    else if (before !== null) note(`ptr removed ${text}`);
  }

  const ptr = (address: string) => recordsOf(arpaName(ipaddr.process(address).toString()), "PTR")[0] ?? null;

  return { setPtr, ptr, addressesWithPtr, setRecords: setNotedRecords, records: recordsOf, publish };
}

function sameSet(left: RecordSet, right: RecordSet | undefined): boolean {
  return right !== undefined && left.ttl === right.ttl && left.values.join("\n") === right.values.join("\n");
}

function familyOf(address: string): 4 | 6 {
  return address.includes(":") ? 6 : 4;
}

/** `{address}`, `{dashed}` and `{reversed}` in the name that a fault shows. */
function filledIn(template: string, address: string): string {
  const parts = arpaName(address).split(".").slice(0, -2);
  return template
    .replaceAll("{address}", address)
    .replaceAll("{dashed}", address.replaceAll(/[.:]+/g, "-"))
    .replaceAll("{reversed}", parts.join("."));
}

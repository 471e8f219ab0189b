/**
 * A cache of what walks have found: zone cuts, the zones of names, the addresses of name servers. Bounded in size, and
 * entries are valid for minutes only.
 */

import type { Clock } from "../options";
import type { AskingSettings } from "../settings";
import { upwards } from "./domain-tree";
import type { Cut } from "./zone-cut";

const REMEMBERED = 20_000;

interface Remembered<T> {
  readonly value: T;
  /** Milliseconds on the clock. */
  readonly expires: number;
}

export class DelegationMemory {
  readonly #clock: Clock;
  readonly #cuts = new Map<string, Cut>();
  readonly #zoneOfName = new Map<string, Remembered<string>>();
  /** Hosts of name servers that are aliases. */
  readonly #aliases = new Map<string, true>();
  readonly #addresses = new Map<string, Remembered<readonly string[]>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  cut(zone: string): Cut | undefined {
    const cut = this.#cuts.get(zone);
    return cut && cut.expires > this.#clock.now() ? cut : undefined;
  }

  keepCut(cut: Cut): void {
    keep(this.#cuts, cut.zone, cut);
  }

  /** The zone in which a name was found to lie. */
  zoneOf(name: string): string | undefined {
    return this.#fresh(this.#zoneOfName, name);
  }

  keepZoneOf(name: string, zone: string, seconds: number): void {
    keep(this.#zoneOfName, name, { value: zone, expires: this.#clock.now() + seconds * 1000 });
  }

  addressesOf(host: string): readonly string[] | undefined {
    return this.#fresh(this.#addresses, host);
  }

  keepAddressesOf(host: string, addresses: readonly string[], seconds: number): void {
    keep(this.#addresses, host, { value: addresses, expires: this.#clock.now() + seconds * 1000 });
  }

  isAlias(host: string): boolean {
    return this.#aliases.has(host);
  }

  keepAlias(host: string, isAlias: boolean): void {
    if (isAlias) keep(this.#aliases, host, true);
    else this.#aliases.delete(host);
  }

  /**
   * Forgets the cuts on the way to a name that were learnt before a moment, and the addresses of their servers.
   * @param before milliseconds on the clock @default everything
   * @returns whether there were any
   */
  forgetWayTo(name: string, before = Number.POSITIVE_INFINITY): boolean {
    let any = false;
    for (const zone of upwards(name)) {
      const cut = this.#cuts.get(zone);
      if (!cut || cut.learnt >= before) continue;
      any = true;
      this.#cuts.delete(zone);
      for (const host of cut.names.keys()) this.#addresses.delete(host);
    }
    if (any) this.#zoneOfName.delete(name);
    return any;
  }

  #fresh<T>(map: Map<string, Remembered<T>>, key: string): T | undefined {
    const found = map.get(key);
    return found && found.expires > this.#clock.now() ? found.value : undefined;
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  if (map.size >= REMEMBERED && !map.has(key)) {
    for (const oldest of map.keys()) {
      map.delete(oldest);
      break;
    }
  }
  map.set(key, value);
}

/** The memories of this process, one for each clock and DNS that is walked. */
const shared = new WeakMap<Clock, Map<string, DelegationMemory>>();
/** How many DNS roots are remembered: the public one and a few private ones. */
const MAX_WORLDS = 20;

/** The memory that every walk of this process through the same DNS shares. */
export function sharedMemory(
  clock: Clock,
  { roots, stubs, port }: Pick<AskingSettings, "roots" | "stubs" | "port">,
): DelegationMemory {
  let worlds = shared.get(clock);
  if (!worlds) {
    worlds = new Map();
    shared.set(clock, worlds);
  }
  const world = JSON.stringify([roots, [...stubs], port]);
  let memory = worlds.get(world);
  if (!memory) {
    memory = new DelegationMemory(clock);
    if (worlds.size >= MAX_WORLDS) worlds.clear();
    worlds.set(world, memory);
  }
  return memory;
}

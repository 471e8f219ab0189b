/**
 * A zone as its name servers serve it: each has its own copy, and a change reaches each copy after its own delay, in the
 * order in which changes were made.
 */
import type { Clock } from "./clock";
import { Zone, type ZoneOptions } from "./zone";

/** A record set that is to be served; no values: none. */
export interface RecordSet {
  readonly owner: string;
  readonly type: string;
  readonly values: readonly string[];
  readonly ttl?: number;
}

/** One server's copy of a zone, and the changes that have not reached it. */
export class ZoneCopy {
  readonly zone: Zone;
  readonly #clock: Clock;
  readonly #waiting: { readonly due: number; readonly change: RecordSet }[] = [];
  #callOff: (() => void) | undefined;
  readonly #idle = new Set<() => void>();

  constructor(options: ZoneOptions, clock: Clock) {
    this.zone = new Zone(options);
    this.#clock = clock;
  }

  /** @param delay milliseconds; Infinity: not before {@link catchUp} */
  change(change: RecordSet, delay: number): void {
    const due = Math.max(delay > 0 ? this.#clock.now() + delay : 0, this.#waiting.at(-1)?.due ?? 0);
    this.#waiting.push({ due, change });
    this.#advance();
  }

  /** Every pending change takes effect now. */
  catchUp(): void {
    for (const { change } of this.#waiting.splice(0)) this.#apply(change);
    this.#advance();
  }

  /** Resolves when no change is pending, except those delayed until {@link catchUp}. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.add(resolve);
      this.#advance();
    });
  }

  /** Cancels every pending change. */
  stop(): void {
    this.#waiting.splice(0);
    this.#advance();
  }

  #advance(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    while (this.#waiting[0] && this.#waiting[0].due <= this.#clock.now()) {
      this.#apply((this.#waiting.shift() as { change: RecordSet }).change);
    }
    const next = this.#waiting[0]?.due ?? Number.POSITIVE_INFINITY;
    if (next === Number.POSITIVE_INFINITY) {
      for (const resolve of this.#idle) resolve();
      this.#idle.clear();
      return;
    }
    this.#callOff = this.#clock.after(next - this.#clock.now(), () => this.#advance());
  }

  #apply({ owner, type, values, ttl }: RecordSet): void {
    this.zone.set(owner, type, values, ttl);
  }
}

/** Every record of a zone, one line each in one order; the SOA, whose serial grows with every change, is left out. */
export function zoneLines(zone: Zone): string[] {
  return zone
    .records()
    .map(({ owner, type, ttl, value }) => `${owner || "."} ${ttl} ${type} ${presented(value)}`.toLowerCase())
    .sort();
}

function presented(value: string | Uint8Array): string {
  return typeof value === "string" ? value : Buffer.from(value).toString("hex");
}

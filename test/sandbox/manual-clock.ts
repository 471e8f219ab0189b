import type { Clock } from "../../sandbox/internet/clock";

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now = 1_000_000;
  readonly #plans = new Set<{ readonly at: number; readonly action: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, action: () => void): () => void {
    const plan = { at: this.#now + ms, action };
    this.#plans.add(plan);
    return () => this.#plans.delete(plan);
  }

  /** Moves on by so many milliseconds; what was planned for the time between happens at its moment. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = [...this.#plans].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#plans.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.action();
    }
    this.#now = end;
  }
}

/** What is known of each server. By address and then by port, so that no key is put together for every query. */
import type { ServerAddress } from "./transport";

export class PerServer<T> {
  readonly #byAddress = new Map<string, Map<number, T>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get({ address, port }: ServerAddress): T | undefined {
    return this.#byAddress.get(address)?.get(port);
  }

  set({ address, port }: ServerAddress, value: T): void {
    let byPort = this.#byAddress.get(address);
    if (!byPort) {
      byPort = new Map();
      this.#byAddress.set(address, byPort);
    }
    if (!byPort.has(port)) this.#size++;
    byPort.set(port, value);
  }

  clear(): void {
    this.#byAddress.clear();
    this.#size = 0;
  }

  *values(): Generator<T> {
    for (const byPort of this.#byAddress.values()) yield* byPort.values();
  }
}

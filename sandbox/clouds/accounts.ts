/** What the accounts at the simulated clouds hold, whoever knows of it, and what goes wrong with a write. */
import { CloudError, type Properties } from "../../providers/internal/simulation/simulated-cloud";

/** A resource as the cloud has it. */
export interface HeldResource {
  /** Type token: `hcloud:index/primaryIp:PrimaryIp`. */
  readonly type: string;
  readonly id: string;
  readonly outputs: Properties;
}

/** What goes wrong with one write (create, update or delete), counted from when the fault was set. */
export interface WriteFault {
  /** From 1. */
  readonly nth: number;
  /** `received`: nothing is done. `done`: the cloud has done it, and only the answer is missing. */
  readonly moment: "received" | "done";
  /** `never`: it goes no further. `late`: it goes on when the fault is cleared. Otherwise the plugin fails with this text. */
  readonly answer: "never" | "late" | { readonly error: string };
}

/** The panel of every account; nothing here passes through the engine. */
export interface Accounts {
  held(): readonly HeldResource[];
  /** Takes a resource away as a person does at the cloud's panel. */
  removeByHand(type: string, id: string): Promise<void>;
  /** Replaces the fault that was set before. */
  failWrite(fault: WriteFault): void;
  /** Resolves with `create TYPE`, `update TYPE` or `delete TYPE` once the fault was met. */
  writeMet(): Promise<string>;
  /** How many writes there were since the last fault was set, or in all. */
  writes(): number;
  clearWriteFault(): void;
}

/** The fault that is set, and the resources. */
export class AccountBook {
  readonly #held = new Map<string, HeldResource>();
  #fault: WriteFault | undefined;
  #count = 0;
  #met = deferred<string>();
  #cleared = deferred<void>();

  get count(): number {
    return this.#count;
  }

  get met(): Promise<string> {
    return this.#met.promise;
  }

  set(fault: WriteFault | undefined): void {
    this.#fault = fault;
    this.#count = 0;
    this.#cleared.resolve();
    this.#cleared = deferred();
    if (fault !== undefined) this.#met = deferred();
  }

  held(): HeldResource[] {
    return [...this.#held.values()];
  }

  keep(resource: HeldResource): void {
    this.#held.set(`${resource.type} ${resource.id}`, resource);
  }

  drop(type: string, id: string): void {
    this.#held.delete(`${type} ${id}`);
  }

  /** Does one write, unless the fault is about it. */
  async write<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const nth = ++this.#count;
    const fault = this.#fault?.nth === nth ? this.#fault : undefined;
    if (fault?.moment === "received") await this.#meet(fault, what);
    const result = await work();
    if (fault?.moment === "done") await this.#meet(fault, what);
    return result;
  }

  async #meet({ answer }: WriteFault, what: string): Promise<void> {
    this.#met.resolve(what);
    if (typeof answer === "object") throw new CloudError(answer.error);
    await (answer === "late" ? this.#cleared.promise : new Promise(() => undefined));
  }
}

function deferred<Value>(): { readonly promise: Promise<Value>; readonly resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

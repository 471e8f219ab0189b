/**
 * A droplet's new name is its new PTR, while the A that the name needs first takes its address from the droplet: in Pulumi's
 * own order the PTR changes before its name exists. So the address of a droplet that is about to be renamed is read from the
 * state, and the provider gets the new name only when that name has the address.
 */
import { AsyncResource } from "node:async_hooks";
import { setTimeout } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_DEADLINE_SECONDS } from "../../../fcrdns/settings";
import type { Family, ReverseRequest } from "../../cloud";
import { promiseOf } from "../promise-of";
import { UserError } from "../user-error";

/** What the state says of a droplet. */
interface KnownDroplet {
  readonly name?: string;
  readonly ipv4Address?: string;
  readonly ipv6Address?: string;
}

export class Renaming {
  readonly #name: string;
  readonly #families: readonly Family[];
  readonly #known: Promise<KnownDroplet>;
  #tell: (known: KnownDroplet) => void = () => {};
  readonly #ready = new Map<Family, Promise<unknown>>();
  readonly #patienceSeconds: number;

  /**
   * @param name the Pulumi name of the droplet
   * @param deadlineSeconds how long the forward record may take to be made, and then to be seen
   */
  public constructor(name: string, families: readonly Family[], deadlineSeconds = DEFAULT_DEADLINE_SECONDS) {
    this.#name = name;
    this.#families = families;
    // Made and seen, each with its own deadline, and a little for the last look.
    this.#patienceSeconds = 2 * deadlineSeconds + 10;
    this.#known = new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  /** The options of the droplet; unchanged where the program runs against mocks, which know no hooks. */
  public guarding(options: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
    const monitor = pulumi.runtime.getMonitor() as { registerResourceHook?: unknown } | undefined;
    if (typeof monitor?.registerResourceHook !== "function") {
      return options;
    }
    // The engine calls back from outside of the program; what is logged meanwhile must still find the way to it.
    const guard = AsyncResource.bind((args: pulumi.ResourceHookArgs) => this.#beforeUpdate(args));
    const hook = new pulumi.ResourceHook(`fcrdns-renaming:${this.#name}`, (args) => guard(args));
    return {
      ...options,
      hooks: { ...options.hooks, beforeUpdate: [...(options.hooks?.beforeUpdate ?? []), hook] },
    };
  }

  /** The address for A or AAAA: the droplet's own, or, while the droplet waits to be renamed, that which the state has. */
  public address(family: Family, own: pulumi.Output<string>): pulumi.Output<string> {
    if (pulumi.runtime.isDryRun()) {
      return own;
    }
    const known = this.#known.then((droplet) => addressOf(droplet, family) ?? own);
    // An output in a promise keeps what it depends on: without a renaming the record depends on the droplet as ever.
    return pulumi.output(Promise.race([known, promiseOf(own).then(() => own)])) as pulumi.Output<string>;
  }

  /**
   * @param hostname resolves when the name may be the PTR
   * @param refused resolves when the forward record could not be made; the engine does not tell `hostname`
   */
  public waitsFor(family: Family, { hostname, refused }: Pick<ReverseRequest, "hostname" | "refused">): void {
    const ready = Promise.race([
      promiseOf(hostname),
      ...(refused === undefined ? [] : [refused.then(() => Promise.reject(this.#notRenamed("was refused")))]),
    ]);
    // Told where the rename waits for it, and nowhere else.
    ready.catch(() => {});
    this.#ready.set(family, ready);
  }

  async #beforeUpdate({ oldOutputs, newInputs }: pulumi.ResourceHookArgs): Promise<void> {
    const before = (oldOutputs ?? {}) as KnownDroplet;
    const after = (newInputs ?? {}) as KnownDroplet;
    if (before.name === undefined || before.name.toLowerCase() === after.name?.toLowerCase()) {
      return;
    }
    if (pulumi.runtime.serialize()) {
      throw new UserError(
        `The droplet ${before.name} was not renamed: its name is its PTR, and the forward record of the new name must be created first.\n  fix       run pulumi up again without --parallel 1`,
      );
    }
    this.#tell(before);
    const here = this.#families.filter((family) => addressOf(before, family) !== undefined);
    const timer = new AbortController();
    try {
      await Promise.race([
        Promise.all(here.map((family) => this.#ready.get(family))),
        // While this hook runs, the engine ends nothing, not even a run that has failed.
        setTimeout(this.#patienceSeconds * 1000, undefined, { signal: timer.signal }).then(() =>
          Promise.reject(this.#notRenamed(`did not appear within ${this.#patienceSeconds} s`)),
        ),
      ]);
    } finally {
      timer.abort();
    }
  }

  #notRenamed(why: string): UserError {
    return new UserError(
      `${this.#name} was not renamed because the forward record of the new name ${why}: its name is its PTR, and the old name confirms the address. Fix the record, then run pulumi up again.`,
    );
  }
}

function addressOf({ ipv4Address, ipv6Address }: KnownDroplet, family: Family): string | undefined {
  return (family === 4 ? ipv4Address : ipv6Address) || undefined;
}

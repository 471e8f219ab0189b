/**
 * Which servers are authoritative for a name. Many checks need that at the same time: if one of them is already finding it
 * out, the others wait for its result.
 *
 * Layers prevent a deadlock: only this class knows what is in progress; the {@link Walker} below it, which sends the
 * queries, does not. Steps and lists of servers wait for the addresses of hosts, and the search for those waits for
 * nothing, so there can be no cycle.
 */

import type { Clock } from "../options";
import type { QueryContext, Reply } from "./client";
import { upwards } from "./domain-tree";
import { MAX_REFERRALS, Walker, type WalkerOptions, wasCutShort } from "./walker";
import type { Cut, Located, Servers } from "./zone-cut";

/** Seconds for which all servers of a zone count as known although the zone itself could not be queried for them. */
const SHORT_LIST_MEMORY = 5;

export class Delegations {
  readonly #walker: Walker;
  readonly #clock: Clock;
  /** Steps down, by the zone they start from and the name one label below it. */
  readonly #steps = new Map<string, Promise<Located | undefined>>();
  readonly #hosts = new Map<string, Promise<readonly string[]>>();
  readonly #lists = new Map<Cut, Promise<Servers>>();

  constructor(options: WalkerOptions) {
    this.#walker = new Walker(options);
    this.#clock = options.clock;
  }

  /** The known zone that is nearest to a name. */
  deepest(name: string): Cut {
    return this.#walker.deepest(name);
  }

  /** Whether the name of a name server was found to be an alias, which is not followed. */
  isAlias(host: string): boolean {
    return this.#walker.isAlias(host);
  }

  /** Whether it is known that `name` lies in the zone of `cut` itself. A stub answers for everything below it. */
  isSettled(name: string, cut: Cut): boolean {
    return this.#walker.isSettled(name, cut);
  }

  /**
   * Takes in a referral that a server of `from` gave.
   * @returns the zone further down, undefined when the referral leads nowhere new
   */
  learn(referral: Reply, from: Cut): Cut | undefined {
    return this.#walker.learn(referral, from);
  }

  /**
   * Forgets the way to a name, so that a changed delegation is seen.
   * @param before only what was learnt before this moment, milliseconds on the clock @default everything
   * @returns whether there was anything to forget
   */
  forget(name: string, before?: number): boolean {
    return this.#walker.forget(name, before);
  }

  /** Finds the zone in which a name lies. Walks to names of one zone share each step. */
  async locate(name: string, context: QueryContext): Promise<Located> {
    const waited = new Set<string>();
    for (let steps = 0; steps < MAX_REFERRALS; ) {
      const cut = this.deepest(name);
      if (this.isSettled(name, cut)) return { cut };
      const way = `${cut.zone} ${firstStep(name, cut.zone)}`;
      const ahead = waited.has(way) ? undefined : this.#steps.get(way);
      if (ahead) {
        waited.add(way);
        await ahead;
        continue;
      }
      steps++;
      const step = this.#walker.step(name, cut, context, (host) => this.#addressesOf(host, context));
      const found = await underWay(this.#steps, way, step);
      if (found) return found;
    }
    return { cut: this.deepest(name), failures: [] };
  }

  /**
   * Every address of every server of a zone: those in the parent's delegation and those in the zone's own NS records,
   * glue and addresses of servers elsewhere.
   */
  all(cut: Cut, context: QueryContext): Servers | Promise<Servers> {
    return this.#known(cut) ?? this.#list(cut, context);
  }

  #known(cut: Cut): Servers | undefined {
    return cut.allExpires > this.#clock.now() ? cut.all : undefined;
  }

  async #list(cut: Cut, context: QueryContext): Promise<Servers> {
    // The list that another check collects is used, unless that check was aborted: then it is collected again.
    for (let ahead = this.#lists.get(cut); ahead; ahead = this.#lists.get(cut)) {
      await ahead;
      const known = this.#known(cut);
      if (known) return known;
      if (wasCutShort(context)) break;
    }
    return underWay(this.#lists, cut, this.#gather(cut, context));
  }

  async #gather(cut: Cut, context: QueryContext): Promise<Servers> {
    const { servers, complete } = await this.#walker.gather(cut, context, (host) => this.#addressesOf(host, context));
    if (!wasCutShort(context)) {
      cut.all = servers;
      cut.allExpires = complete ? cut.expires : this.#clock.now() + SHORT_LIST_MEMORY * 1000;
    }
    return servers;
  }

  async #addressesOf(host: string, context: QueryContext): Promise<readonly string[]> {
    const ahead = this.#hosts.get(host);
    const found = ahead && (await ahead);
    if (found && found.length > 0) return found;
    return underWay(this.#hosts, host, this.#walker.addressesOf(host, context));
  }
}

/** Shares an operation in progress with others until it has ended. */
async function underWay<Key, T>(all: Map<Key, Promise<T>>, key: Key, work: Promise<T>): Promise<T> {
  all.set(key, work);
  try {
    return await work;
  } finally {
    if (all.get(key) === work) all.delete(key);
  }
}

/** The label below `zone` on the way to `name`, as a name. */
function firstStep(name: string, zone: string): string {
  let step = name;
  for (const at of upwards(name)) {
    if (at === zone) break;
    step = at;
  }
  return step;
}

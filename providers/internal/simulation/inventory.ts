/** What a simulated cloud has made in a world, so that its functions and other resources find it. */
import type { Environment } from "./simulated-cloud";

/** @returns the things of one kind in a world, by their ids; every world has its own */
export function inventory<Thing>(): (world: Environment) => Map<string, Thing> {
  const byWorld = new WeakMap<Environment, Map<string, Thing>>();
  return (world) => {
    const known = byWorld.get(world) ?? new Map<string, Thing>();
    byWorld.set(world, known);
    return known;
  };
}

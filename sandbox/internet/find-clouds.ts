import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { SimulatedCloud } from "../../providers/internal/simulation/simulated-cloud";

/** One folder per provider; those that can be simulated have a `simulation.ts`. */
const PROVIDERS = join(__dirname, "..", "..", "providers");

/** Every simulated cloud that there is: a `simulation.ts` in a provider's folder that exports one is enough. */
export function findClouds(): readonly SimulatedCloud[] {
  return readdirSync(PROVIDERS)
    .map((name) => join(PROVIDERS, name, "simulation.ts"))
    .filter((file) => existsSync(file))
    .sort()
    .flatMap((file) => Object.values(require(file) as Record<string, unknown>).filter(isSimulatedCloud));
}

function isSimulatedCloud(value: unknown): value is SimulatedCloud {
  return typeof value === "object" && value !== null && "package" in value && "resources" in value;
}

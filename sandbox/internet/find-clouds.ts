import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { SimulatedCloud } from "../clouds/simulated-cloud";

/** Where each simulated cloud is one file. */
const FOLDER = join(__dirname, "..", "clouds");

/** Every simulated cloud that there is: a file in `sandbox/clouds/` that exports one is enough. */
export function findClouds(): readonly SimulatedCloud[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .flatMap((name) => Object.values(require(join(FOLDER, name)) as Record<string, unknown>).filter(isSimulatedCloud));
}

function isSimulatedCloud(value: unknown): value is SimulatedCloud {
  return typeof value === "object" && value !== null && "package" in value && "resources" in value;
}

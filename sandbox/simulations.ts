/** What the providers' folders offer the sandbox: a `simulation.ts` that exports it is enough. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { defaultProvider, dnsHostWord, providers } from "../providers/find-provider";
import type { RestApiName } from "../providers/internal/rest/apis";
import type { InSandbox } from "../providers/internal/simulation/in-sandbox";
import type { SimulatedApi } from "../providers/internal/simulation/simulated-api";
import type { SimulatedCloud } from "../providers/internal/simulation/simulated-cloud";
import type { ProviderFacts } from "../providers/provider";
import type { Block } from "./internet/blocks";

interface Simulation {
  readonly facts: ProviderFacts;
  /** Everything that its `simulation.ts` exports. */
  readonly exported: Readonly<Record<string, unknown>>;
}

const simulations: readonly Simulation[] = providers.flatMap((facts) => {
  const file = join(__dirname, "..", "providers", facts.name, "simulation.ts");
  return existsSync(file) ? [{ facts, exported: require(file) }] : [];
});

/** Every simulated cloud that there is. */
export const simulatedClouds: readonly SimulatedCloud[] = simulations.flatMap(({ exported }) => cloudsOf(exported));

/** Every simulated API that there is, by the provider's word. */
export const simulatedApis = Object.fromEntries(
  simulations.flatMap(({ facts, exported }) =>
    Object.values(exported)
      .filter(isSimulatedApi)
      .map((api) => [facts.name, api]),
  ),
) as Readonly<Record<RestApiName, SimulatedApi>>;

/** Somebody else's addresses: their PTRs are set by people. */
const ELSEWHERE: Block = { cloud: "elsewhere", v4: ["192.0.2.0/24"], v6: ["2001:db8:f::/48"] };

/** The addresses that each simulated cloud hands out. */
export const blocks: readonly Block[] = [
  ...simulatedClouds.flatMap(({ package: cloud, addresses }) =>
    addresses === undefined ? [] : [{ cloud, ...addresses }],
  ),
  ELSEWHERE,
];

export interface Part {
  /** Whose addresses are used, by the Pulumi package. */
  readonly packageName: string;
  /** The DNS host that people of this cloud usually take. */
  readonly dns: string;
  /** Stack config that the cloud needs beyond the defaults. */
  readonly config: Readonly<Record<string, string>>;
}

/** The clouds that can run in the sandbox, by the word used in stack config. */
export const clouds: Readonly<Record<string, Part>> = Object.fromEntries(
  simulations.flatMap(({ facts, exported }) => {
    const [simulated] = cloudsOf(exported);
    const { cloudConfig } = inSandbox(exported);
    if (facts.cloud === undefined || (simulated === undefined && cloudConfig === undefined)) return [];
    const part: Part = {
      packageName: simulated?.package ?? ELSEWHERE.cloud,
      dns: facts.dns === undefined ? defaultProvider : dnsHostWord(facts),
      config: stackConfig(cloudConfig),
    };
    return [[facts.name, part]];
  }),
);

/** The stack config that each DNS host needs beyond the zone, by the word used in stack config. */
export const dnsHosts: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  simulations.flatMap(({ facts, exported }) =>
    facts.dns === undefined ? [] : [[dnsHostWord(facts), stackConfig(inSandbox(exported).dnsConfig)]],
  ),
);

/** What people do themselves, by the word used in stack config. */
export const people: Readonly<Record<string, InSandbox["people"]>> = Object.fromEntries(
  simulations.map(({ facts, exported }) => [facts.name, inSandbox(exported).people]),
);

function inSandbox(exported: Readonly<Record<string, unknown>>): InSandbox {
  return (exported.inSandbox as InSandbox | undefined) ?? {};
}

function stackConfig(keys: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [`fcrdns:${key}`, value]));
}

function cloudsOf(exported: Readonly<Record<string, unknown>>): SimulatedCloud[] {
  return Object.values(exported).filter(isSimulatedCloud);
}

function isSimulatedCloud(value: unknown): value is SimulatedCloud {
  return typeof value === "object" && value !== null && "package" in value && "resources" in value;
}

function isSimulatedApi(value: unknown): value is SimulatedApi {
  return typeof value === "object" && value !== null && "handle" in value && "config" in value;
}

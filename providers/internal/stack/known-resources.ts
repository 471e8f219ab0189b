/** Every type of resource that some provider's `stack.ts` knows. */
import { providers } from "../../find-provider";
import type { ProviderFacts } from "../../provider";
import type { ResourceFacts, StackFacts } from "../../stack-facts";
import { kubernetesResources } from "./kubernetes-resources";
import { ownResources } from "./own-resources";
import { packageOf, unversionedType } from "./stack-resource";

export interface KnownResource {
  /** The type token of today, without an API version. */
  readonly type: string;
  readonly facts: ResourceFacts;
  /** Whose it is; undefined: this project's own. */
  readonly provider?: ProviderFacts;
}

const byType = new Map<string, KnownResource>();
const terraformTypes = new Map<string, KnownResource>();
const zones = new Map<string, KnownResource[]>();

/** All of them, in the order of the registry. */
export const knownResources: readonly KnownResource[] = [
  ...entriesOf(ownResources),
  ...entriesOf(kubernetesResources),
  ...providers.flatMap((provider) => (provider.stack === undefined ? [] : entriesOf(provider.stack, provider))),
];

function entriesOf({ resources, terraform }: StackFacts, provider?: ProviderFacts): readonly KnownResource[] {
  return Object.entries(resources).map(([type, facts]) => {
    const known: KnownResource = { type, facts, ...(provider && { provider }) };
    for (const each of [type, ...(facts.formerly ?? [])]) byType.set(each, known);
    for (const each of terraformNames(known, terraform?.[packageOf(type)])) terraformTypes.set(each, known);
    if (facts.zone !== undefined) zones.set(packageOf(type), [...(zones.get(packageOf(type)) ?? []), known]);
    return known;
  });
}

/** What is known of a resource's type, API versions left aside. */
export function factsOf({ type }: { readonly type: string }): ResourceFacts | undefined {
  return knownResource(type)?.facts;
}

export function knownResource(type: string): KnownResource | undefined {
  return byType.get(type) ?? byType.get(unversionedType(type));
}

/** The type token of today; that without an API version where nothing is known of the type. */
export function currentType(type: string): string {
  return knownResource(type)?.type ?? unversionedType(type);
}

/** The types whose resources are zones, by the package of the records in them. */
export function zonesOfPackage(name: string): readonly KnownResource[] {
  return zones.get(name) ?? [];
}

/** The resource that a type of Terraform is wrapped by. */
export function wrapperOf(terraformType: string): KnownResource | undefined {
  return terraformTypes.get(terraformType);
}

/** As Pulumi's bridges are named: `hcloud:index/zoneRecord:ZoneRecord` wraps `hcloud_zone_record`. */
function terraformNames({ type, facts }: KnownResource, prefix: string | null = packageOf(type)): readonly string[] {
  if (prefix === null || facts.terraform === null) return [];
  if (facts.terraform !== undefined) return [facts.terraform].flat();
  const [module = "", name = ""] = (type.split(":")[1] ?? "").split("/");
  return [[prefix, ...(module === "index" ? [] : [module]), name].map(snakeCase).join("_")];
}

function snakeCase(name: string): string {
  return name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

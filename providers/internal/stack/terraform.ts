/** What `terraform show -json` (or `tofu show -json`) writes, as a stack's resources. */
import type { ResourceFacts } from "../../stack-facts";
import { wrapperOf } from "./known-resources";
import { knownValues, type Read } from "./known-values";
import { isObject, type StackResource } from "./stack-resource";
import { UnreadableStack } from "./unreadable-stack";

/**
 * The resources of a Terraform state or plan that say something about addresses and DNS, under the Pulumi types that
 * wrap them; their `urn` is the Terraform address (`module.mail.hcloud_rdns.v4`). Data sources are left out. In a plan
 * what is known only after apply, and what Terraform marks sensitive, is not known.
 * @param json parsed output of `terraform show -json`
 * @throws UnreadableStack when it is something else
 */
export function fromTerraformShow(json: unknown): StackResource[] {
  if (!isObject(json) || typeof json.format_version !== "string") {
    throw new UnreadableStack(
      'this is not what Terraform writes: "format_version" is missing. Write it with: terraform show -json > state.json',
    );
  }
  const values = json.planned_values ?? json.values;
  // A state that holds nothing has no values.
  const module = isObject(values) ? values.root_module : undefined;
  const unknownAfterApply = plannedUnknowns(json.resource_changes);
  return modulesBelow(module).flatMap((each) =>
    objects(each.resources).flatMap((resource) => fromResource(resource, unknownAfterApply)),
  );
}

function fromResource(
  resource: Readonly<Record<string, unknown>>,
  unknownAfterApply: ReadonlyMap<string, unknown>,
): StackResource[] {
  const { mode, type, address } = resource;
  if (mode === "data" || typeof type !== "string" || typeof address !== "string") return [];
  const wrapper = wrapperOf(type);
  if (wrapper === undefined) return [];
  const values = isObject(resource.values) ? resource.values : {};
  const hidden = [unknownAfterApply.get(address), resource.sensitive_values];
  const shown = withPulumiNames(merged(values, hidden), namesOf(wrapper.facts));
  const { properties, unknown } = knownValues(isObject(shown) ? shown : {}, readShown);
  return [
    {
      type: wrapper.type,
      urn: address,
      properties,
      ...(unknown.length > 0 && { unknown }),
      ...(typeof values.id === "string" && { id: values.id }),
    },
  ];
}

/** Stands where a value is not known or must not be shown. */
const HIDDEN = Symbol("hidden");

function readShown(container: object, key: string): Read {
  const value = (container as Readonly<Record<string, unknown>>)[key];
  return value === HIDDEN ? { known: false } : { known: true, value };
}

/** The values, with {@link HIDDEN} wherever one of the trees beside them says `true`. */
function merged(value: unknown, hidden: readonly unknown[]): unknown {
  if (hidden.includes(true)) return HIDDEN;
  const inner = hidden.filter((each) => typeof each === "object" && each !== null) as Readonly<
    Record<string, unknown>
  >[];
  if (inner.length === 0) return value;
  const below = (key: string) => inner.map((each) => each[key]);
  if (Array.isArray(value)) return value.map((item, index) => merged(item, below(String(index))));
  const keys = new Set([...(isObject(value) ? Object.keys(value) : []), ...inner.flatMap(Object.keys)]);
  if (!isObject(value) && keys.size === 0) return value;
  return Object.fromEntries(
    [...keys].map((key) => [key, merged(isObject(value) ? value[key] : undefined, below(key))]),
  );
}

/** Terraform's attribute, in camel case -> the property, where they differ. */
function namesOf(facts: ResourceFacts): ReadonlyMap<string, string> {
  const steps = new Set(pathsIn(facts).flatMap((path) => path.replaceAll("[]", "").split(".")));
  // A block that may repeat has the plural as its name in Pulumi: `record` -> `records`, `alias` -> `aliases`.
  const singulars = [...steps].flatMap((step) =>
    [/^(.+)s$/.exec(step)?.[1], /^(.+)es$/.exec(step)?.[1]].map((each) => [each, step] as const),
  );
  const plurals = singulars.flatMap(([one, many]) =>
    one === undefined || steps.has(one) ? [] : [[one, many] as const],
  );
  return new Map([...plurals, ...Object.entries(facts.renamed ?? {})]);
}

/** All paths that a type's facts name. */
function pathsIn({ records, zone, addresses, ptr, ids, network }: ResourceFacts): readonly string[] {
  return [
    ...Object.keys(network?.neighbours ?? {}),
    ...(network?.rules ?? []).flatMap(({ list, ports, ...rule }) => [
      list,
      ...("from" in ports ? [ports.from, ports.to] : ports),
      ...Object.values(rule.peers ?? []).flat(),
      ...(rule.otherPeers ?? []),
    ]),
    ...[records ?? []]
      .flat()
      .flatMap((row) => [row.fqdn, row.name, row.zone, row.type, row.proxied?.property, row.values]),
    ...[ptr ?? []]
      .flat()
      .flatMap((row) => [row.hostname, typeof row.address === "string" ? row.address : row.address.of]),
    ...[zone?.name, addresses, ids],
  ]
    .flat()
    .filter((path) => typeof path === "string");
}

function withPulumiNames(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withPulumiNames(item, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const name = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      return [names.get(name) ?? name, withPulumiNames(each, names)];
    }),
  );
}

function plannedUnknowns(changes: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    objects(changes).flatMap((change) =>
      typeof change.address === "string" && isObject(change.change)
        ? [[change.address, change.change.after_unknown] as const]
        : [],
    ),
  );
}

function modulesBelow(module: unknown): readonly Readonly<Record<string, unknown>>[] {
  return isObject(module) ? [module, ...objects(module.child_modules).flatMap(modulesBelow)] : [];
}

function objects(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

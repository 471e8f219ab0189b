/** What of a stack is connected with what: machines, their interfaces, addresses, firewalls, subnets, NAT gateways. */
import type { NetworkFacts, NetworkRole } from "../../stack-facts";
import { factsOf, knownResource } from "./known-resources";
import { packageOf, type StackResource, textsAt } from "./stack-resource";

/** A resource, or what resources of the stack name by an id that no resource of the stack has. */
interface Node {
  readonly key: string;
  readonly is: NetworkRole;
  readonly resource?: StackResource;
}

export class NetworkGraph {
  readonly #nodes = new Map<string, Node>();
  readonly #neighbours = new Map<string, Set<Node>>();
  readonly #byId = new Map<string, Node[]>();

  public constructor(resources: readonly StackResource[]) {
    const members = resources.flatMap((resource) => {
      const facts = factsOf(resource)?.network;
      return facts === undefined ? [] : [{ resource, facts }];
    });
    for (const { resource, facts } of members) {
      const node: Node = { key: resource.urn, is: facts.is, resource };
      this.#nodes.set(node.key, node);
      const paths = ["id", ...(factsOf(resource)?.ids ?? [])];
      const ids = [resource.id, ...paths.flatMap((path) => textsAt(resource.properties, path))];
      for (const id of new Set(ids)) if (id !== undefined) push(this.#byId, idKey(resource, facts.is, id), node);
    }
    for (const { resource, facts } of members) {
      const { pattern, role: roleInId } = facts.inId ?? {};
      const inId = pattern?.exec(resource.id ?? "")?.[1];
      if (inId !== undefined && roleInId !== undefined)
        for (const other of this.#byId.get(idKey(resource, roleInId, inId)) ?? []) this.#join(resource.urn, other);
      for (const [path, role] of Object.entries(facts.neighbours ?? {})) {
        for (const other of this.#named(resource, path, role)) this.#join(resource.urn, other);
      }
    }
  }

  public ofRole(role: NetworkRole): readonly StackResource[] {
    return [...this.#nodes.values()].flatMap((node) => (node.is === role && node.resource ? [node.resource] : []));
  }

  /**
   * What can be reached from some resources.
   * @param through the roles that the way may lead through
   * @param to the roles that are looked for; their ids where the stack has no such resource
   */
  public reached(
    from: readonly string[],
    through: readonly NetworkRole[],
    to: readonly NetworkRole[],
  ): readonly string[] {
    const walked = new Set(from);
    const found = new Set<string>();
    // A set is walked in the order of its growth.
    for (const key of walked) {
      for (const { key: next, is } of this.#neighbours.get(key) ?? []) {
        if (to.includes(is)) found.add(next);
        if (through.includes(is)) walked.add(next);
      }
    }
    for (const key of from) found.delete(key);
    return [...found];
  }

  /** The resources of these nodes; those that are none of this stack are left out. */
  public resources(keys: readonly string[]): readonly StackResource[] {
    return keys.flatMap((key) => this.#nodes.get(key)?.resource ?? []);
  }

  /** What has this id beside a resource: another one of the same provider. */
  public withId(resource: StackResource, role: NetworkRole, id: string): readonly StackResource[] {
    return (this.#byId.get(idKey(resource, role, id)) ?? []).flatMap((node) => node.resource ?? []);
  }

  /** What a resource names, whether or not the stack has it. */
  public namedBy(resource: StackResource, path: string, role: NetworkRole): readonly string[] {
    return this.#named(resource, path, role).map(({ key }) => key);
  }

  #named(resource: StackResource, path: string, role: NetworkRole): readonly Node[] {
    const texts = textsAt(resource.properties, path);
    const isKnown = (text: string) => this.#byId.has(idKey(resource, role, text));
    if (!texts.some(isKnown)) {
      const root = path.replace(/[.[].*$/, "");
      const sources = resource.propertyDependencies?.[root] ?? [];
      const traced = sources.flatMap((urn) => {
        const node = this.#nodes.get(urn);
        return node?.is === role ? [node] : [];
      });
      if (traced.length > 0) return traced;
    }
    return texts.flatMap((text) => {
      const key = idKey(resource, role, text);
      const known = this.#byId.get(key);
      if (known !== undefined) return known;
      const node = this.#nodes.get(key) ?? { key, is: role };
      this.#nodes.set(key, node);
      return node;
    });
  }

  #join(urn: string, other: Node): void {
    const node = this.#nodes.get(urn);
    if (node === undefined || node.key === other.key) return;
    neighboursOf(this.#neighbours, node.key).add(other);
    neighboursOf(this.#neighbours, other.key).add(node);
  }
}

/** The network facts of a resource. */
export function networkFacts(resource: StackResource): NetworkFacts | undefined {
  return factsOf(resource)?.network;
}

/** Ids mean something within one provider, and as one kind of thing; with a region or zone in front they mean the same. */
function idKey({ type }: StackResource, role: NetworkRole, id: string): string {
  const owner = knownResource(type)?.provider?.name ?? packageOf(type);
  return `${owner} ${role} ${id.slice(-500).split("/").at(-1)}`;
}

function push(map: Map<string, Node[]>, key: string, node: Node): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [node]);
  else if (!known.includes(node)) known.push(node);
}

function neighboursOf(map: Map<string, Set<Node>>, key: string): Set<Node> {
  const known = map.get(key) ?? new Set();
  map.set(key, known);
  return known;
}

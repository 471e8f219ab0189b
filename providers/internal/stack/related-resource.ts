/**
 * The resource that a property of another one points to: an Eip by its allocation id, a zone by its zone id.
 */
import { currentType, factsOf } from "./known-resources";
import { type StackResource, textAt } from "./stack-resource";

/** The resources of a stack, ready to be looked up. */
export class RelatedResources {
  readonly #byUrn: ReadonlyMap<string, StackResource>;
  readonly #byType = new Map<string, StackResource[]>();

  public constructor(resources: readonly StackResource[]) {
    this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const resource of resources) {
      const type = currentType(resource.type);
      const known = this.#byType.get(type);
      if (known === undefined) this.#byType.set(type, [resource]);
      else known.push(resource);
    }
  }

  /** The resources of this type, API versions and older tokens left aside, in the order of the stack. */
  public ofType(type: string): readonly StackResource[] {
    return this.#byType.get(currentType(type)) ?? [];
  }

  /** The resource with this URN. */
  public at(urn: string | undefined): StackResource | undefined {
    return urn === undefined ? undefined : this.#byUrn.get(urn);
  }

  /**
   * The resource of type `type` that `property` of `resource` came from; without such a trace, the one whose id (or
   * another property that identifies it) is the property's value.
   */
  public pointedTo(resource: StackResource, property: string, type: string): StackResource | undefined {
    const candidates = this.ofType(type);
    if (candidates.length === 0) return undefined;
    const sources = new Set(resource.propertyDependencies?.[property] ?? []);
    const traced = candidates.filter(({ urn }) => sources.has(urn));
    if (traced.length === 1) return traced[0];
    const id = textAt(resource.properties, property);
    if (id === undefined) return undefined;
    const idPaths = ["id", ...(factsOf({ type })?.ids ?? [])];
    return candidates.find(
      (each) => sameId(each.id, id) || idPaths.some((path) => sameId(textAt(each.properties, path), id)),
    );
  }

  /** The nearest resource above `resource` (not itself) whose type is `type`. */
  public above(resource: StackResource, type: string): StackResource | undefined {
    const seen = new Set<string>([resource.urn]);
    for (let each = this.at(resource.parent); each !== undefined && !seen.has(each.urn); each = this.at(each.parent)) {
      if (each.type === type) return each;
      seen.add(each.urn);
    }
    return undefined;
  }
}

/** Ids with a region or zone in front (`fr-par-1/<uuid>`) name the same thing as without. */
function sameId(a: string | undefined, b: string): boolean {
  return a !== undefined && (a === b || a.split("/").at(-1) === b.split("/").at(-1));
}

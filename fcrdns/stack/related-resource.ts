/**
 * The resource that a property of another one points to: an Eip by its allocation id, a zone by its zone id.
 */
import { type StackResource, textAt } from "./stack-resource";

/** The resources of a stack, ready to be looked up. */
export class RelatedResources {
  private readonly byUrn: ReadonlyMap<string, StackResource>;

  constructor(readonly all: readonly StackResource[]) {
    this.byUrn = new Map(all.map((resource) => [resource.urn, resource]));
  }

  /** The resource with this URN. */
  at(urn: string | undefined): StackResource | undefined {
    return urn === undefined ? undefined : this.byUrn.get(urn);
  }

  /**
   * The resource of one of `types` that `property` of `resource` came from; without such a trace, the one whose id (or
   * one of `idPaths`) is the property's value.
   */
  pointedTo(
    resource: StackResource,
    property: string,
    types: readonly string[],
    idPaths: readonly string[] = ["id"],
  ): StackResource | undefined {
    const sources = (resource.propertyDependencies?.[property] ?? []).map((urn) => this.at(urn));
    const traced = sources.filter((source) => source !== undefined && types.includes(source.type));
    if (traced.length === 1) return traced[0];
    const id = textAt(resource.properties, property);
    if (id === undefined) return undefined;
    return this.all.find(
      (each) =>
        types.includes(each.type) &&
        (sameId(each.id, id) || idPaths.some((path) => sameId(textAt(each.properties, path), id))),
    );
  }

  /** The nearest resource above `resource` (not itself) whose type is `type`. */
  above(resource: StackResource, type: string): StackResource | undefined {
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

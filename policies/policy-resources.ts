/** The resources of the engine's policy call as plain values; what cannot be known during a preview is left out. */
import { type PolicyResource, UnknownValueError } from "@pulumi/policy";
import { knownValues, type Read } from "../fcrdns/stack/known-values";
import type { StackResource } from "../fcrdns/stack/stack-resource";

/**
 * @param existingState the resources come from state, which keeps no resource options
 */
export function stackResources(resources: readonly PolicyResource[], existingState: boolean): StackResource[] {
  return resources.map((resource) => {
    const { properties, unknown } = knownValues(resource.props, readProxy);
    return {
      type: resource.type,
      urn: resource.urn,
      properties,
      ...(unknown.length > 0 && { unknown }),
      ...(typeof properties.id === "string" && { id: properties.id }),
      ...(resource.parent && { parent: resource.parent.urn }),
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies).map(([property, sources]) => [
          property,
          sources.map(({ urn }) => urn),
        ]),
      ),
      ...(!existingState && { options: { deleteBeforeReplace: resource.opts.deleteBeforeReplace === true } }),
    };
  });
}

/** Reading a value that a preview does not know throws. A masked secret of an exported stack is as little known. */
function readProxy(container: object, key: string): Read {
  try {
    const value: unknown = (container as Readonly<Record<string, unknown>>)[key];
    return value === "[secret]" ? { known: false } : { known: true, value };
  } catch (error) {
    if (error instanceof UnknownValueError) return { known: false };
    throw error;
  }
}

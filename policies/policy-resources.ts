/** The resources of the engine's policy call as plain values; what cannot be known during a preview is left out. */
import { type PolicyResource, UnknownValueError } from "@pulumi/policy";
import { knownValues, type Read } from "../providers/internal/stack/known-values";
import type { StackResource } from "../providers/internal/stack/stack-resource";

/**
 * Values are read when somebody asks for them: most resources of a large stack have nothing to do with mail.
 * @param existingState the resources come from state, which keeps no resource options
 */
export function stackResources(resources: readonly PolicyResource[], existingState: boolean): StackResource[] {
  return resources.map((resource) => stackResource(resource, existingState));
}

function stackResource(resource: PolicyResource, existingState: boolean): StackResource {
  let read: ReturnType<typeof knownValues> | undefined;
  const known = () => {
    read ??= knownValues(resource.props, readProxy);
    return read;
  };
  return {
    type: resource.type,
    urn: resource.urn,
    get properties() {
      return known().properties;
    },
    get unknown() {
      return known().unknown;
    },
    get id() {
      const { id } = known().properties;
      return typeof id === "string" ? id : undefined;
    },
    get propertyDependencies() {
      const entries = Object.entries(resource.propertyDependencies);
      return Object.fromEntries(entries.map(([property, sources]) => [property, sources.map(({ urn }) => urn)]));
    },
    ...(resource.parent && { parent: resource.parent.urn }),
    ...(!existingState && { options: { deleteBeforeReplace: resource.opts.deleteBeforeReplace === true } }),
  };
}

/** Reading a value that a preview does not know throws. A masked secret of an exported stack is as little known. */
function readProxy(container: object, key: string): Read {
  try {
    const value: unknown = (container as Readonly<Record<string, unknown>>)[key];
    return value === "[secret]" ? { known: false } : { known: true, value };
  } catch (error) {
    if (isUnknownValueError(error)) return { known: false };
    throw error;
  }
}

/** Also that of another copy of @pulumi/policy, which a pack of one's own may bring. */
function isUnknownValueError(error: unknown): boolean {
  return (
    error instanceof UnknownValueError || (error instanceof Error && error.constructor.name === "UnknownValueError")
  );
}

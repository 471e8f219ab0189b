/** What `pulumi stack export` writes, as a stack's resources. */
import { knownValues, type Read } from "./known-values";
import { isObject, type StackResource } from "./stack-resource";
import { UnreadableStack } from "./unreadable-stack";

/** The engine's marks within state: sdk/go/common/resource/properties.go of Pulumi. */
const MARK = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/**
 * The resources of an exported stack, in its order; those that wait to be deleted are left out. A secret that is
 * encrypted or masked (`[secret]`) is a value that is not known; one exported with `--show-secrets` is read.
 * @param json the parsed export; the checkpoint file of a self-managed backend is taken too
 * @throws UnreadableStack when it is neither
 */
export function fromPulumiExport(json: unknown): StackResource[] {
  const resources = resourceList(json);
  if (resources === undefined) {
    throw new UnreadableStack(
      'this is not a stack export: it has no list of resources under "deployment". Write one with: pulumi stack export --file stack.json',
    );
  }
  return resources.flatMap((state): StackResource[] => {
    if (!isObject(state) || typeof state.urn !== "string" || typeof state.type !== "string") return [];
    if (state.delete === true) return [];
    const { properties, unknown } = knownValues(isObject(state.outputs) ? state.outputs : {}, readState);
    return [
      {
        type: state.type,
        urn: state.urn,
        properties,
        ...(unknown.length > 0 && { unknown }),
        ...(typeof state.id === "string" && { id: state.id }),
        ...(typeof state.parent === "string" && { parent: state.parent }),
        ...(isObject(state.propertyDependencies) && {
          propertyDependencies: dependencies(state.propertyDependencies),
        }),
      },
    ];
  });
}

function resourceList(json: unknown): readonly unknown[] | undefined {
  if (!isObject(json)) return undefined;
  const checkpoint = isObject(json.checkpoint) ? json.checkpoint.latest : undefined;
  const deployment = json.deployment ?? checkpoint ?? json;
  if (!isObject(deployment)) return undefined;
  if (Array.isArray(deployment.resources)) return deployment.resources;
  // A stack that nothing was ever created in has a deployment without resources.
  return isObject(deployment.manifest) ? [] : undefined;
}

function dependencies(given: Readonly<Record<string, unknown>>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(given).map(([property, urns]) => [
      property,
      Array.isArray(urns) ? urns.filter((urn): urn is string => typeof urn === "string") : [],
    ]),
  );
}

function readState(container: object, key: string): Read {
  return unwrapped((container as Readonly<Record<string, unknown>>)[key]);
}

function unwrapped(value: unknown): Read {
  if (typeof value === "string") {
    return value === "[secret]" || UNKNOWN.has(value) ? { known: false } : { known: true, value };
  }
  if (!isObject(value) || !(MARK in value)) return { known: true, value };
  if (value[MARK] === OUTPUT) return "value" in value ? unwrapped(value.value) : { known: false };
  if (value[MARK] !== SECRET) return { known: true, value };
  if ("value" in value) return unwrapped(value.value);
  if (typeof value.plaintext !== "string") return { known: false };
  try {
    return unwrapped(JSON.parse(value.plaintext));
  } catch {
    return { known: false };
  }
}

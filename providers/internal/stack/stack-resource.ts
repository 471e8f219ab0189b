/**
 * One resource of a stack as plain values, wherever it was read: the engine's policy call, `pulumi stack export`,
 * `terraform show -json`. What finds addresses and records in a stack reads this and nothing of Pulumi.
 */
export interface StackResource {
  /** Type token, for example `hcloud:index/rdns:Rdns`. */
  readonly type: string;
  /** Pulumi URN; for Terraform the resource address. Unique in the stack. */
  readonly urn: string;
  /** The provider's id, where it is known. */
  readonly id?: string;
  /** Outputs. A value that is not known yet (a preview) or that is kept secret from the reader is absent. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Paths of the properties that exist but have no known value, for example `accessConfigs[0].natIp`. */
  readonly unknown?: readonly string[];
  /** URN of the parent. */
  readonly parent?: string;
  /** Property -> URNs of the resources that its value came from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** Resource options as the program gave them; absent where the state does not keep them. */
  readonly options?: { readonly deleteBeforeReplace: boolean };
}

/** The resource's name: the last part of its URN. */
export function resourceName(resource: Pick<StackResource, "urn">): string {
  const parts = resource.urn.split("::");
  return parts[3] === undefined ? resource.urn : parts.slice(3).join("::");
}

/** Whether Pulumi made the name up, from the resource's own and seven digits, because the program gave none. */
export function isMadeUpName(resource: Pick<StackResource, "urn">, name: string): boolean {
  return name.startsWith(`${resourceName(resource)}-`) && /-[0-9a-f]{7}$/.test(name);
}

/** The package of the type token, version and module left out: `azure-native_network_v20241001` is `azure-native`. */
export function packageOf(type: string): string {
  const name = type.split(":")[0] ?? "";
  return name.replace(/_.*$/, "");
}

/**
 * The type token without an API version: `example:network/v20230901:Address` and `example:network/beta:Address` are
 * `example:network:Address`. In `example:network/v2address:V2address` the module ends with the type's own name.
 */
export function unversionedType(type: string): string {
  const [, module = "", name] = type.split(":");
  if (name === undefined) return type;
  const [, version] = /\/(v\d+\w*|alpha|beta)$/.exec(module) ?? [];
  const isVersion = version !== undefined && version.toLowerCase() !== name.toLowerCase();
  return `${packageOf(type)}:${isVersion ? module.slice(0, -version.length - 1) : module}:${name}`;
}

/**
 * The values found at a path: names joined by dots, `[]` for every item of a list (`records[].value`). A single object
 * where a list was expected counts as a list of one. Absent values are left out.
 */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  let found: readonly unknown[] = [value];
  for (const step of path.split(".")) {
    const name = step.replace(/\[\]$/, "");
    found = found.map((each) => (isObject(each) ? each[name] : undefined));
    if (step !== name) found = found.flatMap((each) => (Array.isArray(each) ? each : [each]));
    found = found.filter((each) => each !== undefined && each !== null);
  }
  return found;
}

/** The texts found at a path; lists at its end count item by item; numbers are written out. */
export function textsAt(value: unknown, path: string): readonly string[] {
  return valuesAt(value, path)
    .flat()
    .map((each) => (typeof each === "number" ? String(each) : each))
    .filter((each): each is string => typeof each === "string" && each !== "");
}

/** The first text found at a path. */
export function textAt(value: unknown, path: string): string | undefined {
  return textsAt(value, path)[0];
}

/** The objects found at a path. */
export function objectsAt(value: unknown, path: string): readonly Readonly<Record<string, unknown>>[] {
  return valuesAt(value, path).flat().filter(isObject);
}

/** Whether the value at a property (or something within it) exists but is not known yet. */
export function isUnknownAt(resource: StackResource, property: string): boolean {
  return (resource.unknown ?? []).some(
    (path) => path === property || path.startsWith(`${property}.`) || path.startsWith(`${property}[`),
  );
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

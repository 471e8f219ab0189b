/** Property values with what is not known left out, and the paths of what was left out. */
import { isObject } from "./stack-resource";

export type Read = { readonly known: true; readonly value: unknown } | { readonly known: false };

/**
 * Copies a tree of values and leaves out what cannot be known.
 * @param properties the tree's root
 * @param read looks at one property or item: its value, or that it is not known; called once for each
 */
export function knownValues(
  properties: Readonly<Record<string, unknown>>,
  read: (container: object, key: string) => Read,
): { readonly properties: Readonly<Record<string, unknown>>; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  const copy = (container: object, key: string, path: string): Read => {
    const found = read(container, key);
    if (!found.known) {
      unknown.push(path);
      return found;
    }
    const { value } = found;
    if (Array.isArray(value)) {
      // An item that is not known keeps its place, so that the others keep theirs.
      const items = Object.keys(value).map((index) => copy(value, index, `${path}[${index}]`));
      return { known: true, value: items.map((item) => (item.known ? item.value : undefined)) };
    }
    if (isObject(value)) return { known: true, value: copyObject(value, path) };
    return found;
  };
  const copyObject = (object: object, path: string) =>
    Object.fromEntries(
      Object.keys(object).flatMap((key) => {
        const each = copy(object, key, path === "" ? key : `${path}.${key}`);
        return each.known ? [[key, each.value] as const] : [];
      }),
    );
  return { properties: copyObject(properties, ""), unknown };
}

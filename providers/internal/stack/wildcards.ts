/** Records by the name that is looked up, with what wildcards make of names that nothing else stands at (RFC 4592). */
import { isLocalName } from "./zone-names";

interface Owned {
  readonly owner: string | null;
  readonly local?: string;
}

/** The owner to compare with: its name, or the name in a zone that has only an id; null: not known. */
export function ownerOf({ owner, local }: Owned): string | null {
  return owner ?? local ?? null;
}

/** Every name that exists: the owners, and the names above them. */
export function existingNames(all: readonly Owned[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const each of all) {
    for (let name = ownerOf(each) ?? undefined; name !== undefined && !names.has(name); name = parentOf(name)) {
      names.add(name);
    }
  }
  return names;
}

/**
 * A look-up of records at a name. Those of a wildcard have the name that was looked up as their owner.
 * @param existing the names that exist, whatever the type of their records: no wildcard covers them
 */
export function recordsAt<T extends Owned>(
  records: readonly T[],
  existing: ReadonlySet<string>,
): (name: string) => readonly T[] {
  // Stacks may have thousands of records: each look-up is one step for each label.
  const byOwner = new Map<string, T[]>();
  for (const record of records) {
    const owner = ownerOf(record);
    if (owner === null) continue;
    const known = byOwner.get(owner);
    if (known === undefined) byOwner.set(owner, [record]);
    else known.push(record);
  }
  return (name) => {
    const own = byOwner.get(name);
    if (own !== undefined || existing.has(name)) return own ?? [];
    for (let parent = parentOf(name); parent !== undefined; parent = parentOf(parent)) {
      const covering = byOwner.get(wildcardBelow(parent));
      if (covering !== undefined) return covering.map((record) => at(name, record));
      if (existing.has(parent)) return [];
    }
    return [];
  };
}

function at<T extends Owned>(name: string, record: T): T {
  return isLocalName(name) ? { ...record, owner: null, local: name } : { ...record, owner: name };
}

function parentOf(name: string): string | undefined {
  const [labels = "", zone] = parts(name);
  if (labels === "@") return undefined;
  const dot = labels.indexOf(".");
  if (dot >= 0) return `${labels.slice(dot + 1)}${zone}`;
  return zone === "" ? undefined : `@${zone}`;
}

function wildcardBelow(parent: string): string {
  const [labels, zone] = parts(parent);
  return labels === "@" ? `*${zone}` : `*.${labels}${zone}`;
}

/** `mail (cloudflare 0123)` is `mail` and ` (cloudflare 0123)`; any other name has no second part. */
function parts(name: string): readonly [labels: string, zone: string] {
  const end = isLocalName(name) ? name.indexOf(" (") : name.length;
  return [name.slice(0, end), name.slice(end)];
}

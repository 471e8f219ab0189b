/**
 * Whose default a name is, so that a report can say it. The detector does not depend on the table being complete; what is
 * not there is found by its structure (`generic-name.ts`).
 */
import { DEFAULT_NAMES } from "./default-names";

export interface CloudDefault {
  readonly provider: string;
  /** The default names lie under this domain. */
  readonly domain: string;
  /**
   * What stands left of the domain in a default name, where the provider's own hosts share the domain.
   * @default anything: the domain holds default names only
   */
  readonly labels?: RegExp;
}

/** The table's entry whose default names have this shape, and the part of the name that shows it. */
export function cloudDefaultOf(name: string): { readonly entry: CloudDefault; readonly part: string } | null {
  if (!ENDINGS.has(lastTwoLabels(name))) return null;
  for (const entry of DEFAULT_NAMES) {
    if (name === entry.domain && entry.labels === undefined) return { entry, part: entry.domain };
    if (!name.endsWith(`.${entry.domain}`)) continue;
    const labels = name.slice(0, -entry.domain.length - 1);
    if (entry.labels === undefined) return { entry, part: entry.domain };
    if (entry.labels.test(labels)) return { entry, part: name };
  }
  return null;
}

/** Most names end in none of these, which is checked without going through the table. */
const ENDINGS: ReadonlySet<string> = new Set(DEFAULT_NAMES.map(({ domain }) => lastTwoLabels(domain)));

function lastTwoLabels(name: string): string {
  const dot = name.lastIndexOf(".", name.lastIndexOf(".") - 1);
  return name.slice(dot + 1);
}

/** The Pulumi engine that is fetched where a machine has none: the one that the tests run with. */
export const ENGINE_VERSION = "3.259.0";

/** The oldest engine that this project works with: the first with `pulumi policy analyze --policy-pack`. */
export const OLDEST_ENGINE_VERSION = "3.229.0";

/** What `pulumi version` prints (`v3.259.0`), as its three numbers; null when that is no version. */
export function parseVersion(printed: string): readonly [number, number, number] | null {
  const match = /^\s*v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(printed);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : null;
}

/** Negative when `left` is older than `right`; both as printed. A text that is no version is older than every version. */
export function compareVersions(left: string, right: string): number {
  const a = parseVersion(left) ?? [-1, 0, 0];
  const b = parseVersion(right) ?? [-1, 0, 0];
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Whether an engine that calls itself `printed` can be used: new enough, and of the major version of the SDK here. */
export function isUsableEngine(printed: string): boolean {
  const major = parseVersion(printed)?.[0];
  return major === parseVersion(ENGINE_VERSION)?.[0] && compareVersions(printed, OLDEST_ENGINE_VERSION) >= 0;
}

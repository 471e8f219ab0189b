import type { Finding } from "../verdict";

/** Findings that have the same fix. */
export interface Step {
  /** At least one, in the order of the verdict. */
  readonly findings: readonly Finding[];
  readonly fix: string;
  readonly who: string;
}

/** Findings grouped by their fix, so that a report has each fix once; in the order of the first finding. */
export function stepsOf(findings: readonly Finding[]): Step[] {
  const steps = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.fix, finding.who]);
    steps.set(key, [...(steps.get(key) ?? []), finding]);
  }
  return [...steps.values()].flatMap((same) =>
    same[0] ? [{ findings: same, fix: same[0].fix, who: same[0].who }] : [],
  );
}

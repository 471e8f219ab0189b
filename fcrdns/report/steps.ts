import type { Finding } from "../verdict";

/** Findings that one step mends. */
export interface Step {
  /** At least one, in the order of the verdict. */
  readonly findings: readonly Finding[];
  readonly fix: string;
  readonly who: string;
}

/** Findings by the step that mends them, so that a report says each step once; in the order in which each is first needed. */
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

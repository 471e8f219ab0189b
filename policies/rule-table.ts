/** Every rule, in the order in which they run. A new rule is one file in `rules/` and one line in `rules.ts`; one about a
 * single provider's resources stands in its `stack.ts` alone. */
import { type ProviderRuleName, providerRules } from "./provider-rules";
import type { Rule } from "./rule";
import * as rules from "./rules";

const { configuration, ...others } = rules;
const general: readonly Rule<RuleName>[] = Object.values(others).sort(
  (a, b) => (a.order ?? Number.MAX_SAFE_INTEGER) - (b.order ?? Number.MAX_SAFE_INTEGER),
);

export type RuleName = (typeof rules)[keyof typeof rules]["name"] | ProviderRuleName;

/** What fails a run is reported before anything that follows from it, advice at the end. */
const isMandatory = ({ level }: Rule) => level === "mandatory";

export const RULES: readonly Rule<RuleName>[] = [
  configuration,
  ...providerRules.filter(isMandatory),
  ...general,
  ...providerRules.filter((rule) => !isMandatory(rule)),
];

export const RULE_NAMES: readonly RuleName[] = RULES.map(({ name }) => name);

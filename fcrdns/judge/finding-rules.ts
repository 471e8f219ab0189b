/**
 * Every kind of finding there is, in one table: what it means, its severity, its fix and who makes it. Verdicts name
 * the rule; reports (SARIF) and the documentation read the rest from here.
 */
import type { Finding } from "../verdict";
import { CHECK_RULES } from "./rules/check-rules";
import { DOMAIN_RULES } from "./rules/domain-rules";
import type { FindingRule } from "./rules/finding-rule";
import { HELO_RULES } from "./rules/helo-rules";
import { NAME_RULES } from "./rules/name-rules";
import { RECEIVED_RULES } from "./rules/received-rules";
import { ROUND_TRIP_RULES } from "./rules/round-trip-rules";
import { SENDER_RULES } from "./rules/sender-rules";
import { SERVER_RULES } from "./rules/server-rules";

export type { FindingRule, Owner } from "./rules/finding-rule";

export const FINDING_RULES = {
  ...ROUND_TRIP_RULES,
  ...SERVER_RULES,
  ...CHECK_RULES,
  ...NAME_RULES,
  ...HELO_RULES,
  ...DOMAIN_RULES,
  ...SENDER_RULES,
  ...RECEIVED_RULES,
} as const;

export type FindingRuleId = keyof typeof FINDING_RULES;

/**
 * A finding of a rule: severity from the table, and the table's fix where there is nothing more exact to say.
 * @param seen what was found and where, and who exactly can fix it; DNS text in it already escaped
 */
export function finding(
  rule: FindingRuleId,
  seen: { readonly message: string; readonly who: string; readonly fix?: string },
): Finding {
  const { severity, fix } = FINDING_RULES[rule];
  return { rule, severity, message: seen.message, fix: seen.fix ?? fix, who: seen.who };
}

export function isFindingRule(rule: string): rule is FindingRuleId {
  return Object.hasOwn(FINDING_RULES, rule);
}

/** The rule with this identifier, or undefined. */
export function findingRule(rule: string): FindingRule | undefined {
  return isFindingRule(rule) ? FINDING_RULES[rule] : undefined;
}

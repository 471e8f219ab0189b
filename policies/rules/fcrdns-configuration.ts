import { type RuleContext, rule, type Violation } from "../rule";
import type { StackView } from "../stack-view";
import type { ConfigProblem } from "../waiver";

/**
 * The engine accepts rules and keys that nobody has heard of without a word, so a slip of the pen would switch a check
 * off. What is wrong is found by `gate-config.ts`, before any rule runs.
 */
export const configuration = rule({
  name: "fcrdns-configuration",
  requirement: "The gate's configuration must be valid.",
  severity: "high",
  level: "mandatory",
  cause:
    "A misspelt rule or key, a value that a key does not take, a waiver without reason, rule or end, an expired waiver, one for an address that the stack does not have (an advice).",
  explanation:
    "A misspelt key is ignored, and the check that it was to change runs as if it were not there; a waiver without end is never looked at again.",
  fix: "Write the name that the violation proposes. Renew an expired waiver with a new date and reason, or remove it.",
  source: "docs/rules.md",
  preview: "yes",
  async check(context) {
    return [...context.problems.map(configurationViolation), ...(await strayWaivers(context))];
  },
});

/** A waiver for an address that the stack does not have waives nothing. One configuration may serve several stacks. */
async function strayWaivers({ stack, waivers, preview, verdict }: RuleContext): Promise<readonly Violation[]> {
  if (waivers.length === 0) return [];
  const known = new Set([
    ...[...stack.sending, ...stack.possible, ...stack.held, ...stack.records.addresses].map(({ ip }) => ip),
  ]);
  // An address that is not known yet may be the one.
  if (preview && known.has(null)) return [];
  const stray = waivers.filter(({ address }) => !known.has(address) && !isInSpf(stack, address));
  if (stray.length === 0) return [];
  // An IPv6 address of a sending host may stand in DNS alone.
  const inDns = new Set<string>();
  if (stray.some(({ address }) => address.includes(":"))) {
    const each = stack.sending.filter(({ ip, hostname }) => ip !== null && hostname !== null);
    const verdicts = await Promise.all(
      each.map(({ ip, hostname, reverse }) => verdict(ip ?? "", hostname, reverse === "set")),
    );
    for (const found of verdicts) for (const ip of Object.values(found?.forward ?? {}).flat()) inDns.add(ip);
    if (preview) return [];
  }
  return stray
    .filter(({ address }) => !inDns.has(address))
    .map(({ address }) => ({
      level: "advisory",
      message: `the waiver for ${address} is for no address of this stack.\n  next      remove it, or correct the address`,
    }));
}

function isInSpf({ records }: StackView, address: string): boolean {
  return records.spf.some(({ networks }) => networks.includes(address));
}

export function configurationViolation({ at, message, fix, expired }: ConfigProblem): Violation {
  return { message: `${at} ${message}.\n  next      ${fix}`, ...(expired !== true && { level: "mandatory" }) };
}

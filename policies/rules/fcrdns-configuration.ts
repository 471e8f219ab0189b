import { forTerminal } from "../../fcrdns/report/escape";
import { readObserved } from "../observed";
import { type ObservedText, type RuleContext, rule, type Violation } from "../rule";
import type { StackView } from "../stack-view";
import type { ConfigProblem } from "../waiver";

const LONGEST_PLACE = 160;

/**
 * The engine silently accepts unknown rules and keys, so a typo would switch off a check. `gate-config.ts` finds the
 * problems before any rule runs.
 */
export const configuration = rule({
  name: "fcrdns-configuration",
  requirement: "The gate's configuration must be valid.",
  severity: "high",
  level: "mandatory",
  cause:
    "A misspelt rule or key, an invalid value, a waiver without reason, rule or end, an expired waiver, or (advisory) a waiver for an address that is not in the stack.",
  explanation:
    "The engine ignores a misspelt key, so the check runs without that setting. Nobody reviews a waiver without an end.",
  fix: "Use the name that the violation suggests. Renew an expired waiver with a new date and reason, or remove it.",
  source: "docs/rules.md",
  preview: "yes",
  async check(context) {
    return [...context.problems.map(configurationViolation), ...(await unusedWaivers(context))];
  },
});

/** Waivers for addresses that are not in the stack. Only advisory: one configuration may serve several stacks. */
async function unusedWaivers({
  stack,
  waivers,
  preview,
  verdict,
  observed,
}: RuleContext): Promise<readonly Violation[]> {
  if (waivers.length === 0) return [];
  const known = new Set([
    ...[...stack.sending, ...stack.possible, ...stack.held, ...stack.records.addresses].map(({ ip }) => ip),
    ...sendersOf(observed),
  ]);
  // An address that is not known yet may match.
  if (preview && known.has(null)) return [];
  const stray = waivers.filter(({ address }) => !known.has(address) && !isInSpf(stack, address));
  if (stray.length === 0) return [];
  // An IPv6 address of a sending host may be only in DNS.
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
      message: `the waiver for ${address} does not match any address of this stack.\n  fix       remove it, or correct the address`,
    }));
}

/** Addresses that really send, which a waiver may be for. */
function sendersOf(file: ObservedText | null): string[] {
  const read = file?.ok ? readObserved(file.text) : undefined;
  return read?.ok ? read.senders.map(({ ip }) => ip) : [];
}

function isInSpf({ records }: StackView, address: string): boolean {
  return records.spf.some(({ networks }) => networks.includes(address));
}

export function configurationViolation({ at, message, fix, expired }: ConfigProblem): Violation {
  // Keys are anybody's text.
  const place = forTerminal(at.length > LONGEST_PLACE ? `${at.slice(0, LONGEST_PLACE)}...` : at);
  return { message: `${place} ${message}.\n  fix       ${fix}`, ...(expired !== true && { level: "mandatory" }) };
}

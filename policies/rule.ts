/** What a rule is: one file in `rules/` and one line in `rules.ts`, or data in a provider's `stack.ts`. */
import type { Verdict } from "../fcrdns/verdict";
import type { RuleDescription } from "../providers/stack-facts";
import type { StackView } from "./stack-view";
import type { ConfigProblem, Waiver } from "./waiver";

/** `disabled` rules are not run; `advisory` ones are shown; a `mandatory` one fails the run. */
export type Level = "advisory" | "mandatory" | "disabled";

export interface Violation {
  /** What was found, where, what was expected, the fix and who makes it. Lines. Never a property whose meaning is unknown. */
  readonly message: string;
  /** The resource concerned; absent: the stack. */
  readonly urn?: string;
  /** The address concerned, if known: a waiver for it suppresses the violation. */
  readonly ip?: string | null;
  /** All addresses concerned, if several. */
  readonly ips?: readonly string[];
  /** Instead of the rule's own level. */
  readonly level?: "advisory" | "mandatory";
}

/** A file as it was read. */
export type ObservedText =
  | { readonly ok: true; readonly path: string; readonly text: string }
  /** @param problem a sentence without its full stop, escaped */
  | { readonly ok: false; readonly path: string; readonly problem: string };

/** What a rule can read. */
export interface RuleContext {
  readonly stack: StackView;
  /** Addresses may be unknown, and no DNS queries are sent. */
  readonly preview: boolean;
  /** Resources were read from state, which keeps no resource options (`pulumi policy analyze`). */
  readonly existingState: boolean;
  /** The rule's own configuration, checked. */
  readonly config: Readonly<Record<string, unknown>>;
  /**
   * The verdict of an address: checked once per run; null in a preview, which sends no queries.
   * @param patient false: check once instead of polling until the deadline
   * @param helo what the mail server says in EHLO, where the verdict is to look at it
   */
  readonly verdict: (ip: string, hostname: string | null, patient?: boolean, helo?: string) => Promise<Verdict | null>;
  /** The file with what really sends, if one is named: its text, or why it cannot be read. */
  readonly observed: ObservedText | null;
  /** Problems of the gate's configuration, including expired waivers, that this run has not reported yet. */
  readonly problems: readonly ConfigProblem[];
  /** Whether a waiver for this rule covers the address now. */
  readonly waived: (ip: string) => boolean;
  /** All waivers that apply now. */
  readonly waivers: readonly Waiver[];
  /**
   * Whether another rule has reported this resource or address in this run, at least as strictly as this rule would:
   * one cause is reported once.
   */
  readonly reported: (rule: string, about: { readonly urn?: string; readonly ip?: string | null }) => boolean;
  readonly now: Date;
}

/** One property of a rule's configuration, as JSON schema for the engine and the documentation. */
export interface ConfigProperty {
  readonly type: "string" | "number" | "integer" | "array" | "object";
  readonly enum?: readonly string[];
  readonly minimum?: number;
  /** With unit and default. */
  readonly description: string;
  /** What the value must be, used after "must be" in messages. */
  readonly mustBe: string;
}

export interface Rule<Name extends string = string> extends RuleDescription<Name> {
  /** `yes`: on what the stack shows; `partly`: as advice, DNS is only checked in the update; `no`: it needs DNS. */
  readonly preview: "yes" | "partly" | "no";
  /** Lower runs first, so that a cause is reported before its consequences. @default after all rules with an order */
  readonly order?: number;
  readonly config?: Readonly<Record<string, ConfigProperty>>;
  readonly check: (context: RuleContext) => readonly Violation[] | Promise<readonly Violation[]>;
}

/** Keeps the name's literal type, so that configuration is typed by it. */
export function rule<Name extends string>(definition: Rule<Name>): Rule<Name> {
  return definition;
}

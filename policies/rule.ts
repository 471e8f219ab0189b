/** What a rule is: one file in `rules/` and one line in `rules.ts`, or data in a provider's `stack.ts`. */
import type { Verdict } from "../fcrdns/verdict";
import type { RuleDescription } from "../providers/stack-facts";
import type { StackView } from "./stack-view";
import type { ConfigProblem, Waiver } from "./waiver";

/** `disabled` rules are not run; `advisory` ones are shown; a `mandatory` one fails the run. */
export type Level = "advisory" | "mandatory" | "disabled";

export interface Violation {
  /** What was seen, where, what was expected, the next step and who takes it. Lines. Never a property of unknown use. */
  readonly message: string;
  /** The resource at fault; absent: the stack. */
  readonly urn?: string;
  /** The address concerned, where it is known: a waiver for it silences the violation. */
  readonly ip?: string | null;
  /** All addresses concerned, where it speaks for several. */
  readonly ips?: readonly string[];
  /** Instead of the rule's own level. */
  readonly level?: "advisory" | "mandatory";
}

/** What a rule may look at. */
export interface RuleContext {
  readonly stack: StackView;
  /** Addresses may be unknown and nothing is asked of DNS. */
  readonly preview: boolean;
  /** Resources were read from state, which keeps no resource options (`pulumi policy analyze`). */
  readonly existingState: boolean;
  /** The rule's own configuration, checked. */
  readonly config: Readonly<Record<string, unknown>>;
  /**
   * What DNS says of an address: asked once a run, whoever asks first; null in a preview, where nothing is asked.
   * @param patient false: ask once instead of polling until the deadline
   */
  readonly verdict: (ip: string, hostname: string | null, patient?: boolean) => Promise<Verdict | null>;
  /** What is wrong with the gate's configuration, expired waivers included, and was not said in this run. */
  readonly problems: readonly ConfigProblem[];
  /** Whether a waiver for this rule covers the address now. */
  readonly waived: (ip: string) => boolean;
  /** All waivers that count now. */
  readonly waivers: readonly Waiver[];
  /**
   * Whether another rule has objected to this resource or address in this run, at least as strictly as this rule would:
   * one cause is told once.
   */
  readonly told: (rule: string, about: { readonly urn?: string; readonly ip?: string | null }) => boolean;
  readonly now: Date;
}

/** One property of a rule's configuration, as JSON schema for the engine and the documentation. */
export interface ConfigProperty {
  readonly type: "string" | "number" | "integer" | "array" | "object";
  readonly enum?: readonly string[];
  readonly minimum?: number;
  /** With unit and default. */
  readonly description: string;
  /** What the value must be, after "must be"; for people who wrote something else. */
  readonly mustBe: string;
}

export interface Rule<Name extends string = string> extends RuleDescription<Name> {
  /** `yes`: on what the stack shows; `partly`: as an advice, what DNS says is left for the update; `no`: it needs DNS. */
  readonly preview: "yes" | "partly" | "no";
  /** The lower one runs first, so that a cause is told before what follows from it. @default after all that say one */
  readonly order?: number;
  readonly config?: Readonly<Record<string, ConfigProperty>>;
  readonly check: (context: RuleContext) => readonly Violation[] | Promise<readonly Violation[]>;
}

/** Keeps the name's literal type, so that configuration is typed by it. */
export function rule<Name extends string>(definition: Rule<Name>): Rule<Name> {
  return definition;
}

/**
 * The rules as Pulumi policies, for the pack of this package and for your own packs. Creating them starts no server and
 * sends no queries.
 */
import type { PolicyPackArgs, ReportViolation, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { canonicalHostname } from "../fcrdns/names/name";
import { forTerminal } from "../fcrdns/report/escape";
import type { DnsSettings } from "../fcrdns/settings";
import type { Verdict } from "../fcrdns/verdict";
import { type GateConfig, gateConfig } from "./gate-config";
import { maskOf } from "./masked";
import { patchAnalyzeStackCall } from "./patch-analyze-stack-call";
import { type Configured, type ConfiguredLevels, patchConfigureCall } from "./patch-configure-call";
import { type PolicyEnvironment, policyEnvironment } from "./policy-environment";
import { stackResources } from "./policy-resources";
import type { Level, ObservedText, Rule, RuleContext, Violation } from "./rule";
import { RULES, type RuleName } from "./rule-table";
import { configurationViolation } from "./rules/fcrdns-configuration";
import { type StackView, stackView } from "./stack-view";
import { Verifications } from "./verifications";
import type { Waiver } from "./waiver";

const CONFIGURATION = "fcrdns-configuration" satisfies RuleName;
const NAME_VALID = "fcrdns-name-valid" satisfies RuleName;

/** Violations that one rule shows in full, one by one. */
const MAX_VIOLATIONS = 100;
/** Characters of one violation: a ticket with its evidence has some 3,000. */
const MAX_MESSAGE = 8000;

/** Configuration of `fcrdns-round-trip`: DNS servers to query, deadline, tickets. */
export interface RoundTripConfig extends DnsSettings {
  readonly enforcementLevel?: Level;
  /** Seconds to keep polling, all addresses together; 0 checks once. @default 300 */
  readonly deadlineSeconds?: number;
  /** Level for an address that waits for a ticket. @default the rule's level */
  readonly ticketLevel?: "advisory" | "mandatory";
  /** Days after which a waiting ticket has the rule's level again. @default never */
  readonly ticketEscalatesAfterDays?: number;
  /** Address -> day (`YYYY-MM-DD`) on which its ticket was sent. @default what the stack says */
  readonly ticketSince?: Readonly<Record<string, string>>;
  /** File with what really sends, from `fcrdns mta` or `fcrdns message`: see `fcrdns-observed`. @default none */
  readonly observed?: string;
}

/** Levels and settings; for a rule, its level alone is enough. */
export type FcrdnsArgs = {
  readonly [Name in RuleName]?:
    | Level
    | (Name extends "fcrdns-round-trip" ? RoundTripConfig : { readonly enforcementLevel?: Level });
} & {
  /** Level of every rule that is not named. @default each rule's own */
  readonly all?: Level;
  /** Addresses that may break rules until a day. @default none */
  readonly ignore?: readonly Waiver[];
};

/**
 * The rules, for a policy pack of your own.
 * @param args levels and settings; `--policy-pack-config` and the engine's other configuration of the pack override them
 * @example
 * new PolicyPack("mail", fcrdns({
 *   all: "advisory",
 *   "fcrdns-round-trip": { enforcementLevel: "mandatory", deadlineSeconds: 120 },
 *   ignore: [{ address: "192.0.2.10", reason: "RackNerd ticket 4711", until: "2030-01-31" }],
 * }));
 */
export function fcrdns(args: FcrdnsArgs = {}, outside: Partial<FcrdnsEnvironment> = {}): PolicyPackArgs {
  const world = { ...policyEnvironment, ...outside };
  const { all, ignore, ...byRule } = args as Readonly<Record<string, unknown>> & Pick<FcrdnsArgs, "all" | "ignore">;
  const given = Object.fromEntries(
    Object.entries({ all, ...byRule }).map(([name, value]) => [name, propertiesOf(value)]),
  );
  const home = "fcrdns-round-trip" satisfies RuleName;
  if (ignore !== undefined) given[home] = { ...given[home], ignore };
  const initialLevels = Object.fromEntries(
    RULES.map((rule) => [rule.name, levelOf(byRule[rule.name]) ?? levelOf(all) ?? rule.level]),
  );
  const gate = new Gate(world, given, givenLevels({ all, ...byRule }), initialLevels);
  patchConfigureCall((configured, levels) => gate.configure(configured, levels));
  patchAnalyzeStackCall((secrets) => gate.begin(secrets));
  return {
    description: "Fails a stack that sends mail from an address whose forward and reverse DNS do not agree.",
    displayName: "Forward-confirmed reverse DNS",
    policies: RULES.map((rule) => policy(rule, initialLevels[rule.name] ?? rule.level, gate)),
  };
}

/** Options for tests and embedders. */
export interface FcrdnsEnvironment extends PolicyEnvironment {
  /** Texts that no message shows. @default what the engine marks as secret */
  readonly secrets: readonly string[];
  /** The pack has no other rules, so that every unknown name in its configuration is a typo. */
  readonly onlyOurRules: boolean;
}

function policy(rule: Rule, enforcementLevel: Level, gate: Gate): StackValidationPolicy {
  const properties = Object.fromEntries(
    Object.entries(rule.config ?? {}).map(([key, { type, enum: choice, minimum, description }]) => [
      key,
      { type, description, ...(choice && { enum: [...choice] }), ...(minimum !== undefined && { minimum }) },
    ]),
  );
  return {
    name: rule.name,
    description: rule.requirement,
    enforcementLevel,
    severity: rule.severity,
    remediationSteps: rule.fix,
    ...(rule.config && { configSchema: { properties } }),
    validateStack: async (args, report) => {
      const violations = await gate.violations(rule, args);
      for (const violation of violations) tell(rule, violation, report);
    },
  };
}

function tell(rule: Rule, { message, urn, level }: Violation, report: ReportViolation): void {
  if (level === undefined) {
    report(message, urn);
    return;
  }
  // A level for one violation: @pulumi/policy takes it, though its types do not say so.
  const own = { message: `${rule.requirement}\n${message}`, urn, enforcementLevel: level };
  (report as unknown as (violation: typeof own) => void)(own);
}

/** One run of the engine: what all rules share. */
interface Run {
  readonly fingerprint: string;
  readonly done: Set<string>;
  /** Configuration problems and waivers that were mentioned. */
  readonly reported: Set<string>;
  /** How strictly each rule objected: rule and URN or address -> level. */
  readonly objections: Map<string, Level>;
  verifications?: Verifications;
}

class Gate {
  readonly #environment: PolicyEnvironment & Partial<FcrdnsEnvironment>;
  readonly #given: Configured;
  readonly #givenLevels: Readonly<Record<string, unknown>>;
  #levels: Readonly<Record<string, Level>>;
  #configured: Configured | undefined;
  #mask: (text: string) => string;
  /** The stack of the engine's call that is being answered; rules are called one after the other with the same one. */
  #view: { readonly resources: number; readonly view: StackView } | "next" | undefined;
  #own: Configured = {};
  #run: Run | undefined;

  public constructor(
    world: PolicyEnvironment & Partial<FcrdnsEnvironment>,
    given: Configured,
    givenLevels: Readonly<Record<string, unknown>>,
    levels: Readonly<Record<string, Level>>,
  ) {
    this.#mask = maskOf(world.secrets ?? []);
    this.#environment = { ...world, progress: (line) => world.progress(this.#mask(line)) };
    this.#given = given;
    this.#givenLevels = givenLevels;
    this.#levels = levels;
  }

  /** The engine hands over a stack. */
  public begin(secrets: readonly string[]): void {
    this.#mask = maskOf(secrets);
    this.#view = "next";
    this.#run = undefined;
  }

  /** Takes the engine's configuration; names the rules that must not be switched off by it. */
  public configure(configured: Configured, levels: ConfiguredLevels): readonly string[] {
    this.#configured = configured;
    this.#levels = { ...this.#levels, ...levels };
    try {
      return this.#config().problems.some(({ expired }) => expired !== true) ? [CONFIGURATION] : [];
    } catch {
      // The rule itself meets the same error and reports it.
      return [CONFIGURATION];
    }
  }

  /** The violations of one rule. Never throws: a bug in the rule is itself a violation. */
  public async violations(rule: Rule, args: StackValidationArgs): Promise<readonly Violation[]> {
    try {
      this.#own = { ...this.#own, [rule.name]: args.getConfig<Readonly<Record<string, unknown>>>() };
      const view = this.#viewOf(args);
      const run = this.#runOf(rule, view);
      const config = this.#config();
      const problems = config.problems.filter((problem) => !run.reported.has(`${problem.at} ${problem.message}`));
      for (const { at, message } of problems) run.reported.add(`${at} ${message}`);
      const found = await rule.check(this.#context(rule, view, run, { ...config, problems }));
      // Without the engine's message a rule's configuration is first seen when the rule itself runs.
      const own = rule.name === CONFIGURATION ? [] : problems.map(configurationViolation);
      const kept = [...own, ...found].filter(
        (violation) =>
          !(typeof violation.ip === "string" && this.#waived(rule, config, run, violation.ip)) &&
          !this.#isOverruled(rule, violation, run),
      );
      for (const violation of kept) this.#remember(rule, violation, run);
      return bounded(kept).map((violation) => ({ ...violation, message: shortened(this.#mask(violation.message)) }));
    } catch (error) {
      return [{ message: faultOf(rule, error) }];
    }
  }

  /** Parsed once a call of the engine; whoever embeds the rules without it has each rule parse what it is given. */
  #viewOf({ resources }: StackValidationArgs): StackView {
    const known = this.#view;
    if (typeof known === "object" && known.resources === resources.length) return known.view;
    const view = stackView(stackResources(resources, this.#environment.isExistingState()));
    if (known !== undefined) this.#view = { resources: resources.length, view };
    return view;
  }

  /** An invalid name must be changed first: other violations of that resource follow from it. */
  #isOverruled(rule: Rule, violation: Violation, run: Run): boolean {
    return (
      rule.name !== NAME_VALID &&
      rule.name !== CONFIGURATION &&
      violation.urn !== undefined &&
      this.#reported(rule, run, NAME_VALID, { urn: violation.urn })
    );
  }

  #remember(rule: Rule, { urn, ip, ips, level }: Violation, run: Run): void {
    const as = level ?? this.#levels[rule.name] ?? rule.level;
    const keys = [urn === undefined ? [] : [`urn ${urn}`], [ip ?? [], ips ?? []].flat().map((each) => `ip ${each}`)];
    for (const key of keys.flat()) {
      if (as === "mandatory" || !run.objections.has(`${rule.name} ${key}`))
        run.objections.set(`${rule.name} ${key}`, as);
    }
  }

  #reported(rule: Rule, run: Run, other: string, { urn, ip }: { urn?: string; ip?: string | null }): boolean {
    const keys = [urn === undefined ? [] : [`urn ${urn}`], typeof ip === "string" ? [`ip ${ip}`] : []].flat();
    const own = this.#levels[rule.name] ?? rule.level;
    return keys.some((key) => {
      const level = run.objections.get(`${other} ${key}`);
      return level === "mandatory" || (level === "advisory" && own !== "mandatory");
    });
  }

  #config(): GateConfig {
    return gateConfig(
      {
        stack: this.#environment.stackConfig(),
        given: this.#given,
        givenLevels: this.#givenLevels,
        configured: { ...this.#configured, ...this.#own },
        onlyOurRules: this.#environment.onlyOurRules ?? false,
      },
      new Date(this.#environment.clock.utc()),
    );
  }

  /** The engine starts a process for each run; whoever embeds the rules may run them more than once. */
  #runOf(rule: Rule, { sending, possible, held, records, byHost }: StackView): Run {
    // The engine's call begins a run by itself.
    const fingerprint =
      typeof this.#view === "object"
        ? ""
        : JSON.stringify([this.#environment.isPreview(), sending, possible, held, records, byHost]);
    if (this.#run?.fingerprint !== fingerprint || this.#run.done.has(rule.name)) {
      this.#run = { fingerprint, done: new Set(), reported: new Set(), objections: new Map() };
    }
    this.#run.done.add(rule.name);
    return this.#run;
  }

  #context(rule: Rule, stack: StackView, run: Run, config: GateConfig): RuleContext {
    const preview = this.#environment.isPreview();
    return {
      stack,
      preview,
      existingState: this.#environment.isExistingState(),
      config: config.rules[rule.name] ?? {},
      problems: config.problems,
      now: new Date(this.#environment.clock.utc()),
      waived: (ip) => this.#waived(rule, config, run, ip),
      waivers: config.waivers,
      reported: (other, about) => this.#reported(rule, run, other, about),
      observed: this.#observed(config),
      verdict: async (ip, hostname, patient, helo): Promise<Verdict | null> => {
        if (preview) return null;
        const { openVerifier, clock, progress } = this.#environment;
        run.verifications ??= new Verifications({ openVerifier, clock, progress, settings: config.settings });
        // An invalid host name cannot be looked up: then any name that DNS gives is accepted.
        const expected = hostname !== null && canonicalHostname(hostname).ok ? hostname : null;
        return run.verifications.verdict(ip, expected, patient, helo);
      },
    };
  }

  #observed({ rules }: GateConfig): ObservedText | null {
    const path = rules["fcrdns-round-trip" satisfies RuleName]?.observed;
    return typeof path === "string" ? this.#environment.readFile(path) : null;
  }

  /** A waiver that takes effect is mentioned once per run. */
  #waived(rule: Rule, { waivers }: GateConfig, run: Run, ip: string): boolean {
    const waiver = waivers.find(({ address, rules }) => address === ip && (rules?.includes(rule.name) ?? true));
    if (waiver === undefined) return false;
    if (!run.reported.has(ip)) {
      run.reported.add(ip);
      this.#environment.progress(
        `fcrdns: ${ip} is waived until ${waiver.until.slice(0, 10)}: ${forTerminal(waiver.reason.slice(0, 200))}`,
      );
    }
    return true;
  }
}

/** Long lists of violations are shortened; those that fail the run come first. */
function bounded(violations: readonly Violation[]): readonly Violation[] {
  if (violations.length <= MAX_VIOLATIONS) return violations;
  const advice = (violation: Violation) => violation.level === "advisory";
  const shown = [...violations.filter((each) => !advice(each)), ...violations.filter(advice)];
  const rest = shown.splice(MAX_VIOLATIONS);
  return [
    ...shown,
    {
      message: `${rest.length} more violations of this rule are not shown.\n  fix       correct those above and run again`,
      ...(rest.every(advice) && { level: "advisory" }),
    },
  ];
}

function shortened(message: string): string {
  return message.length <= MAX_MESSAGE
    ? message
    : `${message.slice(0, MAX_MESSAGE)}... (${message.length - MAX_MESSAGE} characters left out)`;
}

/** Names the kind of error and the place, not the values in it: any of them may be a secret of the stack. */
function faultOf(rule: Rule, error: unknown): string {
  const kind = error instanceof Error ? error.name : typeof error;
  const place =
    error instanceof Error
      ? /[\w.-]+\.[jt]s:\d+/.exec(error.stack?.split("\n").slice(1).join("\n") ?? "")?.[0]
      : undefined;
  return [
    `${rule.name} could not be checked: a bug in the rule itself (${kind}${place === undefined ? "" : ` at ${place}`}), not in your stack.`,
    "  fix       report it with the version of pulumi-fcrdns; until it is fixed, you can set the rule to advisory",
  ].join("\n");
}

function propertiesOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return {};
  const { enforcementLevel: _, ...properties } = value as Readonly<Record<string, unknown>>;
  return properties;
}

/** Every level that somebody wrote, right or wrong. */
function givenLevels(byRule: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(byRule).flatMap(([name, value]) => {
      const level =
        typeof value === "object" && value !== null
          ? (value as Readonly<Record<string, unknown>>).enforcementLevel
          : value;
      return level === undefined ? [] : [[name, level] as const];
    }),
  );
}

function levelOf(value: unknown): Level | undefined {
  const level =
    typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>).enforcementLevel : value;
  return level === "advisory" || level === "mandatory" || level === "disabled" ? level : undefined;
}

/**
 * What the engine configures, of all rules together. A policy only receives its own part, and nobody receives a rule that
 * does not exist, so a misspelt rule would be ignored silently. The engine's message is therefore
 * looked at on its way in.
 */
import type { ConfigureAnalyzerRequest, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { patchAnalyzerService } from "./patch-analyzer-service";

export type Configured = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Levels by rule, as far as the engine says them. */
export type ConfiguredLevels = Readonly<Record<string, "advisory" | "mandatory" | "disabled">>;

interface PolicyConfigMessage {
  getEnforcementlevel(): EnforcementLevel;
  getProperties(): { toJavaScript(): Record<string, unknown> } | undefined;
  setEnforcementlevel(level: EnforcementLevel): unknown;
}

/** `ENFORCEMENT_LEVEL` of pulumi/analyzer.proto. */
const MANDATORY = 1 as EnforcementLevel.MANDATORY;
/** "remediate" is mandatory for rules about a whole stack. */
const LEVELS = ["advisory", "mandatory", "disabled", "mandatory"] as const;

/**
 * Looks at every configuration that reaches this process from now on.
 * @param seen takes the properties by rule; the rules it names are made mandatory, whatever the configuration says
 */
export function patchConfigureCall(
  seen: (configured: Configured, levels: ConfiguredLevels) => readonly string[],
): void {
  patchAnalyzerService<ConfigureAnalyzerRequest>("configure", (request) => {
    const policies = [...(request.getPolicyconfigMap().entries() as Iterable<[string, PolicyConfigMessage]>)];
    const mandatory = seen(
      Object.fromEntries(policies.map(([name, policy]) => [name, policy.getProperties()?.toJavaScript() ?? {}])),
      Object.fromEntries(
        policies.flatMap(([name, policy]) => {
          const level = LEVELS[policy.getEnforcementlevel()];
          return level === undefined ? [] : [[name, level] as const];
        }),
      ),
    );
    for (const [name, policy] of policies) {
      if (mandatory.includes(name)) policy.setEnforcementlevel(MANDATORY);
    }
  });
}

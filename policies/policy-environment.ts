/** The environment of the rules: DNS, time, progress output, and what the engine says about this run. */
import { allConfig } from "@pulumi/pulumi/runtime/config";
import { isDryRun } from "@pulumi/pulumi/runtime/settings";
import { systemClock } from "../fcrdns/clock";
import type { Clock } from "../fcrdns/options";
import { Verifier } from "../fcrdns/verify";
import type { VerificationsOptions } from "./verifications";

export interface PolicyEnvironment {
  readonly openVerifier: VerificationsOptions["openVerifier"];
  readonly clock: Clock;
  /** Shows one line of progress. */
  readonly progress: (line: string) => void;
  readonly isPreview: () => boolean;
  /** The resources come from state, not from a running program. */
  readonly isExistingState: () => boolean;
  /** `fcrdns:*`, without the namespace. */
  readonly stackConfig: () => Readonly<Record<string, string>>;
}

export const policyEnvironment: PolicyEnvironment = {
  openVerifier: (settings, clock) => new Verifier({ ...settings, clock }),
  clock: systemClock,
  // The engine shows stderr live; a line on stdout before the port would keep the pack from starting.
  progress: (line) => void process.stderr.write(`${line}\n`),
  isPreview: isDryRun,
  // `pulumi policy analyze` starts packs without naming a stack.
  isExistingState: () => !process.env.PULUMI_NODEJS_STACK,
  stackConfig: () =>
    Object.fromEntries(
      Object.entries(allConfig())
        .filter(([key]) => key.startsWith("fcrdns:"))
        .map(([key, value]) => [key.slice("fcrdns:".length), value]),
    ),
};

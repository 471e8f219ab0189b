/** Runs the rules as the engine would: resources behind the real proxies of @pulumi/policy, one policy after the other. */
import {
  type PolicyResource,
  type StackValidationArgs,
  type StackValidationPolicy,
  unknownCheckingProxy,
} from "@pulumi/policy";
import type { Clock, VerifyOptions } from "../../fcrdns/options";
import type { Verdict } from "../../fcrdns/verdict";
import { type FcrdnsArgs, fcrdns } from "../../policies/fcrdns";

/** In place of a value that a preview does not know. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface GivenResource {
  readonly type: string;
  readonly name?: string;
  readonly props: Record<string, unknown>;
  /** Name of the parent. */
  readonly parent?: string;
  /** Property -> name of the resource that the value came from. */
  readonly from?: Readonly<Record<string, string>>;
  readonly deleteBeforeReplace?: boolean;
}

export interface Told {
  readonly rule: string;
  readonly message: string;
  readonly level: string;
  readonly urn: string | undefined;
}

export interface RunOptions {
  readonly preview?: boolean;
  readonly existingState?: boolean;
  readonly args?: FcrdnsArgs;
  /** Policy configuration by rule. */
  readonly config?: Readonly<Record<string, Record<string, unknown>>>;
  readonly stackConfig?: Readonly<Record<string, string>>;
  /** What DNS says; @default every address passes */
  readonly verify?: (ip: string, options: VerifyOptions) => Promise<Verdict>;
  readonly clock?: Clock;
  /** @default every rule */
  readonly rules?: readonly string[];
  readonly onlyOurRules?: boolean;
  /** Texts of files by path; others do not exist. */
  readonly files?: Readonly<Record<string, string>>;
  /** Texts that the engine marks as secret. */
  readonly secrets?: readonly string[];
}

export function urnOf(resource: GivenResource): string {
  return `urn:pulumi:dev::shop::${resource.type}::${resource.name ?? "mail"}`;
}

export async function runPack(
  given: readonly GivenResource[],
  options: RunOptions = {},
): Promise<{ readonly told: readonly Told[]; readonly asked: readonly string[]; readonly lines: readonly string[] }> {
  const asked: string[] = [];
  const lines: string[] = [];
  const verify = options.verify ?? (async (ip, { expected }) => verdict(ip, expected ?? null));
  const pack = fcrdns(options.args ?? {}, {
    openVerifier: (settings) => ({
      verify: async (ip, verifyOptions) => {
        asked.push(ip);
        return verify(ip, { ...settings, ...verifyOptions });
      },
      close: () => {},
    }),
    clock: options.clock ?? clockAt("2026-11-21T12:00:00Z"),
    progress: (line) => lines.push(line),
    isPreview: () => options.preview ?? false,
    isExistingState: () => options.existingState ?? false,
    stackConfig: () => options.stackConfig ?? {},
    readFile: (path) => {
      const text = options.files?.[path];
      return text === undefined
        ? { ok: false, path, problem: `${path} cannot be read: it does not exist` }
        : { ok: true, path, text };
    },
    onlyOurRules: options.onlyOurRules ?? true,
    ...(options.secrets && { secrets: options.secrets }),
  });
  const told: Told[] = [];
  for (const policy of pack.policies as StackValidationPolicy[]) {
    if (options.rules !== undefined && !options.rules.includes(policy.name)) continue;
    const args: StackValidationArgs = {
      resources: policyResources(given),
      stackTags: new Map(),
      getConfig: <T>() => (options.config?.[policy.name] ?? {}) as T,
      notApplicable: () => {
        throw new Error("notApplicable");
      },
    } as StackValidationArgs;
    const report = (message: unknown, urn?: string) => {
      const own =
        typeof message === "object"
          ? (message as { message: string; urn?: string; enforcementLevel?: string })
          : undefined;
      told.push({
        rule: policy.name,
        message: own?.message ?? String(message),
        level: own?.enforcementLevel ?? policy.enforcementLevel ?? "advisory",
        urn: own === undefined ? urn : own.urn,
      });
    };
    await policy.validateStack(args, report as never);
  }
  return { told, asked, lines };
}

/** As the engine's analyzer server builds them. */
function policyResources(given: readonly GivenResource[]): PolicyResource[] {
  const resources = given.map((each): PolicyResource => {
    return {
      type: each.type,
      props: unknownCheckingProxy(each.props),
      urn: urnOf(each),
      name: each.name ?? "mail",
      opts: {
        protect: false,
        ignoreChanges: [],
        aliases: [],
        customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
        additionalSecretOutputs: [],
        ...(each.deleteBeforeReplace !== undefined && { deleteBeforeReplace: each.deleteBeforeReplace }),
      },
      dependencies: [],
      propertyDependencies: {},
      isType: () => false,
      asType: () => undefined,
    };
  });
  const named = (name: string) => resources.filter((each) => each.name === name);
  for (const [index, each] of given.entries()) {
    const resource = resources[index];
    if (resource === undefined) continue;
    if (each.parent !== undefined) Object.assign(resource, { parent: named(each.parent)[0] });
    for (const [property, name] of Object.entries(each.from ?? {}))
      resource.propertyDependencies[property] = named(name);
  }
  return resources;
}

/** A clock that only sleeping moves forward; sleeping takes no real time. */
export function clockAt(text: string): Clock {
  let ms = 0;
  const start = Date.parse(text);
  return {
    now: () => ms,
    utc: () => start + ms,
    sleep: (wait, signal) =>
      new Promise((resolve) => {
        // Only what is cut short ends: nothing here waits for time to pass.
        if (signal?.aborted) resolve();
        signal?.addEventListener("abort", () => resolve(), { once: true });
        if (signal === undefined) {
          ms += wait;
          resolve();
        }
      }),
  };
}

export function verdict(ip: string, expected: string | null, more: Partial<Verdict> = {}): Verdict {
  const ptr = more.ptr ?? (expected === null ? ["other.example.com"] : [expected]);
  return {
    schema: 1,
    ip,
    arpa: "x.arpa",
    expected,
    status: "pass",
    iprev: "pass",
    reason: "ok",
    ptr,
    forward: Object.fromEntries(ptr.map((name) => [name, [ip]])),
    confirmed: ptr,
    findings: [],
    hops: [],
    servers: { asked: 1, agreed: 1 },
    ms: 1,
    ...more,
  };
}

/** One endpoint as the outputs of a SendingIp have it. */
export const endpoint = (more: Record<string, unknown> = {}) => ({
  address: "192.0.2.10",
  family: 4,
  hostname: "mail.example.com",
  reverse: "set",
  cloud: "hetzner",
  ...more,
});

/** A Pulumi stack that the real engine runs here: an inline program, attached providers, policy packs, state in a folder. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  type Deployment,
  type EngineEvent,
  LocalWorkspace,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import { promiseOf } from "../providers/internal/promise-of";
import { engineEnvironment, openEngine } from "./engine/engine-environment";
import { readResultsFromState } from "./engine/run-results";
import { listFlagValue } from "./list-flag";

export interface SandboxStackOptions {
  /** Absolute path of the engine's executable. */
  readonly engine: string;
  /** Absolute path of a folder of this sandbox's own; made when it is missing. Its parent may be shared. */
  readonly folder: string;
  /** Absolute path of the engine's home; several sandboxes may share it. @default `home` in `folder` */
  readonly home?: string;
  readonly program: PulumiFn;
  /** What a new stack starts with; more by `configure`. */
  readonly config?: Readonly<Record<string, string>>;
  /** @default "fcrdns", the namespace of the program's config */
  readonly project?: string;
  /** @default "sandbox" */
  readonly stack?: string;
  /** The port where the packages' simulated providers are served. */
  readonly providers?: { readonly port: number; readonly packages: readonly string[] };
  /** Other providers that are being served, package to port. @default none */
  readonly served?: Readonly<Record<string, number>>;
  /** Environment variables for the engine and the plugins that it starts, on top of its own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The engine's own output as it comes. */
  readonly onOutput?: (text: string) => void;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Interrupts the engine, which gives its lock back. */
  readonly signal?: AbortSignal;
}

export interface RunOptions {
  /** Absolute paths. */
  readonly policyPacks?: readonly string[];
  /** One a pack. */
  readonly policyConfigs?: readonly object[];
  /** In place of the stack's program, for this run and all later ones. */
  readonly program?: PulumiFn;
  readonly refresh?: boolean;
  /** URNs of resources that are replaced, and nothing else: `--target-replace`. */
  readonly targetReplace?: readonly string[];
  /** Operations at once. @default the engine's */
  readonly parallel?: number;
}

export interface RefreshOptions {
  /** Forgets the creations that the last run had begun and not recorded. @default false */
  readonly clearPendingCreates?: boolean;
}

export interface Violation {
  readonly policy: string;
  readonly level: string;
  readonly message: string;
  readonly urn: string;
}

/** One step that the engine took: `create`, `same`, `replace` ... of one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
}

/** What a run came to; a failed one is a value too. */
export interface StackRun {
  readonly ok: boolean;
  /** Everything the engine printed, both streams. */
  readonly text: string;
  readonly violations: readonly Violation[];
  /** In the order in which they were finished. */
  readonly steps: readonly Step[];
  readonly diagnostics: readonly { readonly severity: string; readonly message: string; readonly urn: string }[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface SandboxStack {
  up(options?: RunOptions): Promise<StackRun>;
  preview(options?: RunOptions): Promise<StackRun>;
  refresh(options?: RefreshOptions): Promise<StackRun>;
  destroy(): Promise<StackRun>;
  /** `pulumi config set` for each; a list or object is given as JSON text. */
  configure(config: Readonly<Record<string, string>>): Promise<void>;
  unset(...keys: readonly string[]): Promise<void>;
  export(): Promise<Deployment>;
  /** Gives back the lock of an engine that was killed. */
  cancel(): Promise<void>;
}

/** Opens (or makes) the stack; nothing is running in between two calls. */
export async function openSandboxStack(options: SandboxStackOptions): Promise<SandboxStack> {
  const { engine, folder, providers, project = "fcrdns", stack: stackName = "sandbox" } = options;
  const home = options.home ?? join(folder, "home");
  const workDir = join(folder, "workspace");
  mkdirSync(workDir, { recursive: true });
  const pulumiCommand = await openEngine({ engine, home });
  connectAnew();
  const backendFolder = join(folder, "state");
  const attached = [
    ...(providers?.packages.map((name) => `${name}:${providers.port}`) ?? []),
    ...Object.entries(options.served ?? {}).map(([name, port]) => `${name}:${port}`),
  ].join(",");
  let program = options.program;
  let endRun = (): void => {};
  // Selecting a stack that is not there costs a start of the engine.
  const open = existsSync(backendFolder) ? LocalWorkspace.createOrSelectStack : LocalWorkspace.createStack;
  const environment = {
    ...engineEnvironment({ engine, home, backendFolder, env: process.env }),
    ...options.environment,
  };
  const opened = await open.call(
    LocalWorkspace,
    {
      stackName,
      projectName: project,
      program: () => {
        takeOwnRejections();
        const over = new Promise<void>((resolve) => {
          endRun = resolve;
        });
        return reportedOnce(program, over);
      },
    },
    {
      pulumiCommand,
      workDir,
      envVars: { ...environment, ...(attached !== "" && { PULUMI_DEBUG_PROVIDERS: attached }) },
      projectSettings: { name: project, runtime: "nodejs", main: workDir },
      stackSettings: { [stackName]: { config: { ...options.config } } },
    },
  );
  const stack = readResultsFromState(opened, { backendFolder, project });

  let configFiles = 0;
  const packs = ({
    policyPacks = [],
    policyConfigs = [],
  }: RunOptions): { policyPacks?: string[]; policyPackConfigs?: string[] } => {
    const written = policyConfigs.map((config) => {
      configFiles += 1;
      const file = join(folder, `policy-config-${configFiles}.json`);
      writeFileSync(file, JSON.stringify(config));
      return file;
    });
    return {
      ...(policyPacks.length > 0 && { policyPacks: policyPacks.map(listFlagValue) }),
      ...(written.length > 0 && { policyPackConfigs: written.map(listFlagValue) }),
    };
  };
  const run = async (operation: (watch: Watch) => Promise<unknown>): Promise<StackRun> => {
    const seen = watching(options);
    const failure = await operation(seen.watch).then(
      () => undefined,
      (error: unknown) => error,
    );
    endRun();
    return { ...seen.result(failure), outputs: await outputsOf(stack) };
  };

  return {
    up: (wanted = {}) => {
      program = wanted.program ?? program;
      return run((watch) =>
        stack.up({
          ...watch,
          ...packs(wanted),
          ...(wanted.parallel !== undefined && { parallel: wanted.parallel }),
          ...(wanted.targetReplace && { target: [...wanted.targetReplace], replace: [...wanted.targetReplace] }),
          refresh: wanted.refresh ?? false,
        }),
      );
    },
    preview: (wanted = {}) => {
      program = wanted.program ?? program;
      return run((watch) => stack.preview({ ...watch, ...packs(wanted), refresh: wanted.refresh ?? false }));
    },
    refresh: ({ clearPendingCreates = false }: RefreshOptions = {}) =>
      run((watch) => stack.refresh({ ...watch, clearPendingCreates })),
    destroy: () => run((watch) => stack.destroy(watch)),
    configure: (config) =>
      stack.setAllConfig(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]))),
    unset: (...keys) => stack.removeAllConfig([...keys]),
    export: () => stack.exportStack(),
    cancel: () => stack.cancel(),
  };
}

/**
 * The engine's inline mode prints the error of a program that throws, or of a stack output that fails, once more than the
 * CLI does. Here only the log reports it, and the run ends as one that was cancelled: it fails, and nothing that the
 * program had not come to yet is deleted.
 *
 * @param over when the run is over: outputs of what failed never settle, and Pulumi's handlers would stay in this process
 */
async function reportedOnce(program: PulumiFn, over: Promise<void>): ReturnType<PulumiFn> {
  const reported = async (error: unknown, byPulumi: boolean): Promise<never> => {
    if (!pulumi.RunError.isInstance(error)) {
      throw error;
    }
    if (!byPulumi) {
      await pulumi.log.error(error.message);
    }
    throw cancelled();
  };
  const left = over.then(() => Promise.reject(cancelled()));
  left.catch(() => undefined);
  const outputs = await Promise.race([Promise.resolve().then(program), left]).catch((error: unknown) =>
    reported(error, false),
  );
  // A failed output is reported by Pulumi's handler of rejections that nobody awaits: an output holds several of them.
  await Promise.race([promiseOf(pulumi.output(outputs)), left]).catch((error: unknown) => reported(error, true));
  return outputs;
}

function cancelled(): Error {
  return Object.assign(new Error("reported by the log"), { code: CANCELLED });
}

/**
 * Makes each run connect to its engine anew. `@grpc/grpc-js` shares connections by address, and the SDK closes none of an inline
 * program's: where an engine listens on the port of an earlier one, the first call fails, the SDK takes the program for finished
 * without an error (`automation/server.js` reports no gRPC error), and the engine deletes the stack's resources.
 */
function connectAnew(): void {
  const { grpcClientOptions } = require("@pulumi/pulumi/runtime/settings") as { grpcClientOptions: object };
  Object.assign(grpcClientOptions, { "grpc.use_local_subchannel_pool": 1 });
}

/**
 * Pulumi counts every rejection in the process as one of the program that is running. What an earlier program, whose engine has
 * gone, rejects meanwhile is not: Node calls listeners in the context of the promise, and each program has a store of its own.
 */
function takeOwnRejections(): void {
  const { getLocalStore } = require("@pulumi/pulumi/runtime/state") as { getLocalStore(): object | undefined };
  const own = getLocalStore();
  const pulumis = process.listeners("unhandledRejection").at(-1);
  if (own === undefined || pulumis === undefined) return;
  const ownOnly: typeof pulumis = (reason, promise) => {
    const store = getLocalStore();
    if (store === undefined || store === own) pulumis(reason, promise);
  };
  process.off("unhandledRejection", pulumis);
  // `listener` is what lets Pulumi remove it by its own function.
  process.on("unhandledRejection", Object.assign(ownOnly, { listener: pulumis }));
}

/** The gRPC status of a call that was cancelled; Pulumi's SDK ends a program that fails with it without a word of its own. */
const CANCELLED = 1;

/** What the inline mode says at the end of a failed program, with every error once more; the CLI has no such line. */
const SUMMARY = /^(?:\S*error: \S* ?)?One or more errors occurred(?:: |\. Check logs)/i;

interface Watch {
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
  readonly onEvent: (event: EngineEvent) => void;
  readonly signal?: AbortSignal;
}

function watching(options: SandboxStackOptions): { watch: Watch; result(failure: unknown): Omit<StackRun, "outputs"> } {
  let text = "";
  const violations: Violation[] = [];
  const steps: Step[] = [];
  const diagnostics: { severity: string; message: string; urn: string }[] = [];
  const take = (chunk: string): void => {
    text += chunk;
    options.onOutput?.(chunk);
  };
  const onEvent = (event: EngineEvent): void => {
    const { policyEvent, resOutputsEvent, diagnosticEvent } = event;
    if (policyEvent) {
      const { policyName, enforcementLevel, message, resourceUrn = "" } = policyEvent;
      violations.push({ policy: policyName, level: enforcementLevel, message, urn: resourceUrn });
    }
    if (resOutputsEvent) {
      const { op, urn, type } = resOutputsEvent.metadata;
      steps.push({ op, urn, type });
    }
    if (diagnosticEvent && !SUMMARY.test(diagnosticEvent.message)) {
      const { severity, message, urn = "" } = diagnosticEvent;
      diagnostics.push({ severity, message, urn });
    }
    options.onEvent?.(event);
  };
  const { signal } = options;
  return {
    watch: { onOutput: take, onError: take, onEvent, ...(signal && { signal }) },
    result: (failure) => {
      // What kept the engine from starting is in the error alone.
      const untold = failure !== undefined && text === "" ? String(failure) : "";
      return { ok: failure === undefined, text: text + untold, violations, steps, diagnostics };
    },
  };
}

async function outputsOf(stack: Stack): Promise<Record<string, unknown>> {
  const outputs = await stack.outputs().catch(() => ({}));
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}

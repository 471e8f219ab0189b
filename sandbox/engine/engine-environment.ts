import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { PulumiCommand } from "@pulumi/pulumi/automation";

const LOOPBACK = "127.0.0.1,localhost";

export interface EngineHome {
  /** Absolute path of the engine's executable, as `getEngine` gives it. */
  readonly engine: string;
  /** Absolute path of a folder that is the engine's own: plugins, logs, workspaces. Several stacks may share it. */
  readonly home: string;
}

/**
 * Makes the folder in which the engine is at home here, and returns the command as the Automation API takes it.
 *
 * The engine alone is enough: policy packs and dynamic providers are usually started by the language plugin that is
 * installed beside it; here two small executables in the engine's plugin cache do that. There, not on PATH, because
 * the engine warns about every plugin that it finds on PATH.
 *
 * Doing it again in the same folder changes nothing; several processes may do it at once.
 *
 * @example
 * const pulumiCommand = await openEngine({ engine: engine.command, home });
 * const envVars = engineEnvironment({ engine: engine.command, home, backendFolder, env: process.env });
 * const stack = await LocalWorkspace.createOrSelectStack(
 *   { stackName: "test", projectName: "test", program: async () => {} },
 *   { pulumiCommand, envVars },
 * );
 */
export async function openEngine({ engine, home }: EngineHome): Promise<PulumiCommand> {
  const bin = join(home, "bin");
  mkdirSync(bin, { recursive: true });
  // A closed terminal sends SIGHUP to everything in it. The engine would die of it at once and leave its plugins, which
  // have process groups of their own, behind; so it does not hear it, and is interrupted by whoever started it.
  putExecutable(join(bin, "pulumi"), `trap '' HUP\nexec ${quote(resolve(engine))} "$@"`);
  putPlugin(home, "analyzer-policy-nodejs", "cmd/run-policy-pack", [
    "--require",
    join(__dirname, "strip-pack-types.js"),
  ]);
  putPlugin(home, "resource-pulumi-nodejs", "cmd/dynamic-provider");
  // The engine, the program and the providers talk to each other by gRPC, in this process too: never through a proxy.
  process.env.no_grpc_proxy ??= LOOPBACK;
  const known = commands.get(`${engine} ${home}`);
  if (known) return known;
  const command = await PulumiCommand.get({ root: home });
  commands.set(`${engine} ${home}`, command);
  return command;
}

/** Each was asked for its version once. */
const commands = new Map<string, PulumiCommand>();

export interface EngineEnvironmentOptions extends EngineHome {
  /** Absolute path of the folder that holds the stacks' state; made when it is missing. */
  readonly backendFolder: string;
  /** Encrypts secrets in the state. @default "sandbox" */
  readonly passphrase?: string;
  /** The environment of the person who starts it. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The environment in which the engine runs by itself: its state in a folder, no account, no update check, no download
 * of plugins, and nothing of the person's own Pulumi settings. Give it to the Automation API as `envVars`.
 */
export function engineEnvironment(options: EngineEnvironmentOptions): Record<string, string> {
  const { home, backendFolder, passphrase = "sandbox", env } = options;
  mkdirSync(backendFolder, { recursive: true });
  return {
    // Whatever looks for node finds the one that runs this.
    PATH: [join(home, "bin"), dirname(process.execPath), env.PATH ?? ""].join(delimiter),
    // An engine that brings its own plugins starts them in the stack's folder, from where this package is not seen.
    NODE_PATH: dirname(dirname(dirname(sdkFolder()))),
    no_grpc_proxy: LOOPBACK,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: pathToFileURL(backendFolder).href,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    // The Automation API adds to the environment of this process and takes nothing out of it.
    PULUMI_CONFIG_PASSPHRASE_FILE: "",
    PULUMI_ACCESS_TOKEN: "",
    PULUMI_STACK: "",
    PULUMI_DEBUG_PROVIDERS: "",
    PULUMI_CONTINUE_ON_ERROR: "",
    PULUMI_RUN_PROGRAM: "",
    PULUMI_SKIP_CHECKPOINTS: "",
    PULUMI_DISABLE_PROVIDER_PREVIEW: "",
  };
}

/** Puts an executable that starts one of the SDK's node programs into the engine's plugin cache. */
function putPlugin(home: string, name: string, program: string, nodeOptions: readonly string[] = []): void {
  const sdk = sdkFolder();
  const { version } = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8")) as { version: string };
  const folder = join(home, "plugins", `${name}-v${version}`);
  mkdirSync(folder, { recursive: true });
  const script = join(sdk, program, "index.js");
  const command = [process.execPath, ...nodeOptions, script].map(quote).join(" ");
  putExecutable(join(folder, `pulumi-${name}`), `exec ${command} "$@"`);
}

/** Writes a shell script in one step: others may run it at the same time. */
function putExecutable(file: string, script: string): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `#!/bin/sh\n${script}\n`);
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, file);
}

/** The folder of the `@pulumi/pulumi` package. */
function sdkFolder(): string {
  return dirname(require.resolve("@pulumi/pulumi/package.json"));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

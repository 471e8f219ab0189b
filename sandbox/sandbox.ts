/** The loopback internet, its clouds and one stack under the real engine, brought up together and taken down together. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent, PulumiFn } from "@pulumi/pulumi/automation";
import type { InternetProcessOptions } from "./internet/internet-messages";
import { type RemoteInternet, startInternetProcess } from "./internet/remote-internet";
import { openSandboxStack, type SandboxStack } from "./sandbox-stack";

export interface SandboxOptions {
  /** Absolute path of the engine's executable. */
  readonly engine: string;
  /** Absolute path of the engine's home, shared with other sandboxes. @default one of its own */
  readonly home?: string;
  readonly program: PulumiFn;
  /** @default the zone example.com and every simulated cloud */
  readonly internet?: InternetProcessOptions;
  /** Stack config on top of what points the program at this internet. */
  readonly config?: Readonly<Record<string, string>>;
  /** @default "fcrdns" */
  readonly project?: string;
  /** Providers that are served beside the simulated clouds, package to port. @default none */
  readonly served?: Readonly<Record<string, number>>;
  /** Environment variables for the engine and the plugins that it starts, on top of its own. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly onOutput?: (text: string) => void;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Interrupts the engine, which gives its lock back. */
  readonly signal?: AbortSignal;
}

export interface Sandbox {
  readonly internet: RemoteInternet;
  readonly stack: SandboxStack;
  /** Ends every process and removes the folder with the state. */
  close(): Promise<void>;
}

/**
 * Starts a sandbox.
 * @returns rejects when the internet cannot start or the engine cannot open the stack; nothing is left then
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-sandbox-"));
  const internet = await startInternetProcess(options.internet).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  const close = async (): Promise<void> => {
    await internet.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { engine, home, program, config, project, served, environment, onOutput, onEvent, signal } = options;
    const stack = await openSandboxStack({
      engine,
      folder,
      program,
      config: { ...internet.config, ...askHere(internet), ...config },
      providers: internet.provider,
      ...(home !== undefined && { home }),
      ...(project !== undefined && { project }),
      ...(served && { served }),
      ...(environment && { environment }),
      ...(onOutput && { onOutput }),
      ...(onEvent && { onEvent }),
      ...(signal && { signal }),
    });
    return { internet, stack, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Stack config that makes everybody ask the loopback internet and no other. */
export function askHere(internet: Pick<RemoteInternet, "roots" | "resolver" | "port">): Record<string, string> {
  return {
    "fcrdns:roots": JSON.stringify(internet.roots),
    "fcrdns:resolvers": JSON.stringify([internet.resolver]),
    "fcrdns:port": String(internet.port),
  };
}

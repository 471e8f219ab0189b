/** The program of this checkout as people run it: the CLI, with the program on disk, and the simulated clouds. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { engineEnvironment, openEngine } from "../../../sandbox/engine/engine-environment";
import type { InternetProcessOptions } from "../../../sandbox/internet/internet-messages";
import { type RemoteInternet, startInternetProcess } from "../../../sandbox/internet/remote-internet";
import { askHere } from "../../../sandbox/sandbox";
import { engineFor } from "../engine-stack";
import { serveLanguageHost } from "./language-host";

export interface DiskRun {
  readonly status: number | null;
  /** What the CLI prints, both streams. */
  readonly text: string;
}

export interface DiskProgram {
  /** Absolute path of the project. */
  readonly folder: string;
  readonly internet: RemoteInternet;
  /** Runs the CLI as it is: `cli("package", "gen-sdk")`. */
  cli(...args: readonly string[]): Promise<DiskRun>;
  /** Runs the CLI for the stack: `pulumi("up", "--yes")`. */
  pulumi(...args: readonly string[]): Promise<DiskRun>;
  /** Sets the stack's whole config, on top of what points the program at this internet. An empty value leaves a key out. */
  configure(config: Readonly<Record<string, string>>): void;
}

export interface DiskProgramOptions {
  readonly internet?: InternetProcessOptions;
  /** Absolute path of the program. @default that of the checkout */
  readonly main?: string;
  /** Folder of a project in any language, which is copied. @default one that runs `main` */
  readonly project?: string;
  /** Providers that are served beside the simulated clouds, package to port. @default none */
  readonly served?: Readonly<Record<string, number>>;
  /** For the process of the program. */
  readonly nodeOptions?: readonly string[];
  /** Environment variables of the program and the CLI. */
  readonly env?: Readonly<Record<string, string>>;
}

const CHECKOUT = join(__dirname, "..", "..", "..");
const STACK = "dev";

/** Runs `use` with a stack of its own, whose program is on disk; cleans up whatever happens. */
export async function withDiskProgram(
  t: TestContext,
  options: DiskProgramOptions,
  use: (program: DiskProgram) => Promise<void>,
): Promise<void> {
  const engine = await engineFor(t);
  if (engine === null) {
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-on-disk-"));
  const home = join(folder, "home");
  const [internet, host] = await Promise.all([
    startInternetProcess(options.internet),
    serveLanguageHost(options.nodeOptions),
  ]);
  try {
    await openEngine({ engine, home });
    const project = join(folder, "project");
    mkdirSync(project);
    if (options.project === undefined) {
      const main = options.main ?? join(CHECKOUT, "index.ts");
      writeFileSync(join(project, "Pulumi.yaml"), JSON.stringify({ name: "fcrdns", runtime: "nodejs", main }));
    } else {
      cpSync(options.project, project, { recursive: true });
    }
    const attached = [
      ...internet.provider.packages.map((name) => `${name}:${internet.provider.port}`),
      ...Object.entries(options.served ?? {}).map(([name, port]) => `${name}:${port}`),
    ].join(",");
    const env = {
      ...process.env,
      ...engineEnvironment({ engine, home, backendFolder: join(folder, "state"), env: process.env }),
      PULUMI_DEBUG_PROVIDERS: attached,
      PULUMI_DEBUG_LANGUAGES: `nodejs:${host.port}`,
      ...options.env,
    };
    const pulumi = (...args: readonly string[]) => run(join(home, "bin", "pulumi"), args, { cwd: project, env });
    const made = await pulumi("stack", "init", STACK, "--non-interactive");
    if (made.status !== 0) throw new Error(made.text);
    const file = join(project, `Pulumi.${STACK}.yaml`);
    const salt = readFileSync(file, "utf8");
    await use({
      folder: project,
      cli: pulumi,
      internet,
      pulumi: (...args) => pulumi(...args, "--stack", STACK, "--non-interactive", "--color", "never"),
      configure: (config) => {
        const all = { ...internet.config, ...askHere(internet), ...config };
        const given = Object.entries(all).filter(([, value]) => value !== "");
        const lines = given.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
        writeFileSync(file, `${salt}\nconfig:\n${lines.join("\n")}\n`);
      },
    });
  } finally {
    host.close();
    await internet.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<DiskRun> {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  const take = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, text }));
  });
}

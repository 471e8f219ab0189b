/** A cloud's own Pulumi plugin, the one that `pulumi up` uses: found on this machine, or installed. */
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findOnPath } from "../../sandbox/engine/path-engine";
import { runCommand } from "../../sandbox/engine/run-command";

/** What the SDK says of the plugin that belongs to it. */
interface SdkPackage {
  readonly version: string;
  readonly pulumi: { readonly name: string; readonly version?: string; readonly server?: string };
}

export interface Plugin {
  readonly name: string;
  /** The SDK's own: the engine takes no other. */
  readonly version: string;
  /** Absolute path of the executable. */
  readonly command: string;
}

/** A download of 100 MB over a slow line. */
const INSTALL_MS = 300_000;

/**
 * Looks on PATH, in Pulumi's plugin cache, and then asks Pulumi to install it there.
 * @param sdk the npm package of the SDK
 * @param engine absolute path of `pulumi`
 * @returns why there is none, when there is none
 */
export async function genuinePlugin(sdk: string, engine: string): Promise<Plugin | { readonly missing: string }> {
  const { version, pulumi } = require(`${sdk}/package.json`) as SdkPackage;
  const wanted = { name: pulumi.name, version: (pulumi.version ?? version).replace(/^v/, "") };
  const onPath = findOnPath(executableOf(wanted.name), process.env.PATH ?? "");
  const there = onPath === null ? undefined : await versionOf(onPath);
  if (onPath !== null && there === wanted.version) return { ...wanted, command: onPath };
  if (existsSync(inCache(wanted))) return { ...wanted, command: inCache(wanted) };
  const server = pulumi.server === undefined ? [] : ["--server", pulumi.server];
  const install = ["plugin", "install", "resource", wanted.name, wanted.version, ...server];
  const end = await runCommand(engine, install, { timeoutMs: INSTALL_MS });
  if (existsSync(inCache(wanted))) return { ...wanted, command: inCache(wanted) };
  const path = onPath === null ? "not on PATH" : `version ${there ?? "unknown"} on PATH`;
  const said = end.kind === "exited" ? `exit status ${end.code}` : end.kind;
  return {
    missing: `no plugin ${wanted.name} ${wanted.version}: ${path}, not in Pulumi's plugin cache, \`pulumi ${install.join(" ")}\`: ${said}`,
  };
}

/** Puts a plugin into the plugin cache of an engine's home. */
export function installInto(home: string, { name, version, command }: Plugin): void {
  const folder = join(home, "plugins", `resource-${name}-v${version}`);
  mkdirSync(folder, { recursive: true });
  symlinkSync(command, join(folder, executableOf(name)));
}

function inCache({ name, version }: Pick<Plugin, "name" | "version">): string {
  const home = process.env.PULUMI_HOME || join(homedir(), ".pulumi");
  return join(home, "plugins", `resource-${name}-v${version}`, executableOf(name));
}

function executableOf(name: string): string {
  return `pulumi-resource-${name}`;
}

async function versionOf(command: string): Promise<string | undefined> {
  const end = await runCommand(command, ["--version"], { timeoutMs: 60_000 });
  return end.kind === "exited" && end.code === 0 ? end.stdout.trim().replace(/^v/, "") : undefined;
}

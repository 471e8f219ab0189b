/** The command as users run it: compiled, in a folder of its own beside the installed packages. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..");

export interface BuiltCommand {
  /** The file to run with Node. */
  readonly main: string;
  remove(): void;
}

export function builtCommand(): BuiltCommand {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-bench-"));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const options = ["-p", join(root, "tsconfig.build.json"), "--outDir", join(folder, "dist"), "--declaration", "false"];
  const built = spawnSync(process.execPath, [compiler, ...options], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the command does not compile: ${built.stdout}`);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return {
    main: join(folder, "dist/cli/main.js"),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

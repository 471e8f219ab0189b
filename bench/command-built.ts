/** The command as users run it: compiled, in a folder of its own beside the installed packages. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..");

export interface BuiltCommand {
  /** The file to run with Node. */
  readonly main: string;
  remove(): void;
}

export function builtCommand(): BuiltCommand {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-built-"));
  const config = {
    extends: join(root, "tsconfig.build.json"),
    compilerOptions: {
      outDir: join(folder, "dist"),
      declaration: false,
      typeRoots: [join(root, "node_modules/@types")],
    },
    include: [],
    files: [join(root, "cli/main.ts")],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  copyFileSync(join(root, "package.json"), join(folder, "package.json"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const built = spawnSync(process.execPath, [compiler, "-p", folder], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) {
    rmSync(folder, { recursive: true });
    throw new Error(`the command does not compile: ${built.stdout}`);
  }
  return {
    main: join(folder, "dist/cli/main.js"),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

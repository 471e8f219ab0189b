/** The package as it is published, packed from a copy, so that the checkout stays unchanged. */
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** What `npm pack` reads. */
const SOURCES = [
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "build.js",
  "bundle-plugin.mjs",
  "components",
  "providers",
  "fcrdns",
  "senders",
  "plugin",
  "policies",
  "cli",
  "docs",
  "LICENSE",
];

/**
 * Packs the package, once for all files of a run of tests: compiling it takes most of a minute.
 * @param folder an empty folder, for the tarball and the copy where each file runs by itself
 * @returns the tarball's path
 */
export function packPackage(folder: string): string {
  const shared = process.env.FCRDNS_TEST_RUN;
  if (shared === undefined) return packInto(folder);
  const common = join(shared, "packed");
  const done = join(shared, "packed.json");
  if (!isMade(common)) {
    while (!existsSync(done)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    const { tarball } = JSON.parse(readFileSync(done, "utf8")) as { tarball: string | null };
    assert.ok(tarball !== null, "another file of this run could not pack the package");
    return tarball;
  }
  let tarball: string | null = null;
  try {
    tarball = packInto(common);
    return tarball;
  } finally {
    writeFileSync(`${done}.new`, JSON.stringify({ tarball }));
    renameSync(`${done}.new`, done);
  }
}

/** Makes a folder. @returns false when it exists already */
function isMade(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function packInto(folder: string): string {
  const source = join(folder, "source");
  for (const part of SOURCES) cpSync(join(root, part), join(source, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(source, "node_modules"));
  execFileSync("npm", ["pack", "--pack-destination", folder], { cwd: source, stdio: ["ignore", "pipe", "pipe"] });
  assert.equal(existsSync(join(source, "policies", "index.js")), false, "the entry is removed after packing");
  return join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
}

/**
 * A project with the package unpacked where npm installs it, and links to the other packages it needs.
 * @param beside the packages that the project has installed, as this checkout has them
 * @default all
 * @returns the folder of the installed package
 */
export function unpackInto(
  app: string,
  tarball: string,
  beside: readonly string[] = readdirSync(join(root, "node_modules")),
): string {
  const installed = join(app, "node_modules", "pulumi-fcrdns");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  for (const name of beside) {
    if (name.startsWith(".")) continue;
    const link = join(app, "node_modules", name);
    mkdirSync(join(link, ".."), { recursive: true });
    symlinkSync(join(root, "node_modules", name), link);
  }
  return installed;
}

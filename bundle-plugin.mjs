// The plugin with the parts of the clouds' SDKs that it uses, in one file: dist/plugin/main.js. The SDKs themselves weigh 350 MB.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = dirname(fileURLToPath(import.meta.url));
const folder = join(root, "dist", "plugin");

const bundle = await rolldown({
  input: join(root, "components", "plugin", "main.ts"),
  platform: "node",
  external: [/^@pulumi\/pulumi(\/|$)/],
  plugins: [
    {
      name: "sdks-are-inside",
      // These files say that an SDK is not installed.
      load: (id) => (/providers[\\/][\w-]+[\\/]sdk\.ts$/.test(id) ? "export {};" : null),
    },
  ],
});
const { output } = await bundle.write({ dir: folder, format: "cjs", codeSplitting: false });
await bundle.close();

/** The folder of the package that a module is part of. */
function packageOf(module) {
  for (let at = dirname(module); at !== dirname(at); at = dirname(at)) {
    const manifest = join(at, "package.json");
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name !== undefined) return at;
  }
  return root;
}

const modules = output.flatMap((chunk) => ("modules" in chunk ? Object.keys(chunk.modules) : []));
const packages = new Set(modules.filter((module) => module.includes("node_modules")).map(packageOf));
const notices = [...packages].sort().map((at) => {
  const { name, version, license } = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
  const texts = ["LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE"].map((file) => join(at, file)).filter(existsSync);
  return `${name} ${version} (${license})\n\n${texts.map((file) => readFileSync(file, "utf8").trim()).join("\n\n")}\n`;
});
writeFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), notices.join(`\n${"-".repeat(80)}\n\n`));
console.log(`plugin: ${(output[0].code.length / 1e6).toFixed(1)} MB with parts of ${packages.size} packages`);

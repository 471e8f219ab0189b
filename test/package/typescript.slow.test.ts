import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { readmeUnitTest } from "../readme-unit-test";
import { packPackage, unpackInto } from "./packed";

const root = join(__dirname, "..", "..");
/** The compiler and the loader for programs whose project has no TypeScript. */
const pulumisOwn = {
  typescript: join(root, "node_modules/@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js"),
  tsNode: join(root, "node_modules/@pulumi/pulumi/vendor/ts-node@7.0.1"),
};

/** What the tsconfig.json of Pulumi's TypeScript templates has in common (github.com/pulumi/templates, 2026-11). */
const TEMPLATE = {
  strict: true,
  outDir: "bin",
  target: "es2020",
  sourceMap: true,
  experimentalDecorators: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};
const NODENEXT = { module: "nodenext", moduleResolution: "nodenext" };
const NODE10 = { module: "commonjs", moduleResolution: "node" };

/** Every entry of the package, used as a program does. */
const PROGRAM = `import { SendingIp, SendingIpPool, publishMailRecords } from "pulumi-fcrdns";
import { hetzner } from "pulumi-fcrdns/hetzner";
import { existing } from "pulumi-fcrdns/existing";
import { hetznerDns } from "pulumi-fcrdns/hetzner";
import { manual } from "pulumi-fcrdns/manual";
import { inspectName, verify, Verdict } from "pulumi-fcrdns/fcrdns";
import { fcrdns } from "pulumi-fcrdns/policies";

export const check = (ip: string): Promise<Verdict> => verify(ip, { expected: "mail.example.com" });
export const generic: boolean = inspectName("mail.example.com").generic;
export const pack = () => fcrdns({ "fcrdns-name-valid": "mandatory" });
export const others = [SendingIpPool, manual, existing];
export function build() {
  const dns = hetznerDns({ zone: "example.com" });
  const mail = new SendingIp("mail", { hostname: "mail.example.com", cloud: hetzner({ location: "fsn1" }), dns });
  publishMailRecords("mail", dns, mail.verified);
  return mail.endpoints.apply((endpoints) => endpoints.map(({ address }) => address.length));
}
console.log("loaded", generic);
`;
/** A mistake in each of the last three lines. */
const WRONG = `import { SendingIp } from "pulumi-fcrdns";
import { hetzner } from "pulumi-fcrdns/hetzner";
import { fcrdns } from "pulumi-fcrdns/policies";
new SendingIp("mail", { hostname: 25, cloud: hetzner() });
hetzner({ location: 1 });
fcrdns({ "fcrdns-name-vald": "mandatory" });
`;

describe("the package in a TypeScript project of Pulumi's templates", () => {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-typescript-"));
  const app = join(folder, "app");
  let installed: string;
  before(() => {
    installed = unpackInto(app, packPackage(folder), [
      "@pulumi/hcloud",
      "@pulumi/policy",
      "@pulumi/pulumi",
      "@types/node",
      ...Object.keys(require("../../package.json").dependencies),
    ]);
    writeFileSync(join(app, "index.ts"), PROGRAM);
    writeFileSync(join(app, "wrong.ts"), WRONG);
    writeFileSync(join(app, "readme.ts"), readmeUnitTest());
    setUp({ type: "commonjs" });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function setUp({ type, options }: { type: "commonjs" | "module"; options?: object }): void {
    writeFileSync(join(app, "package.json"), JSON.stringify({ name: "app", main: "index.ts", type }));
    rmSync(join(app, "tsconfig.json"), { force: true });
    if (options === undefined) return;
    // No template sets skipLibCheck; once is enough for the declarations themselves.
    const compilerOptions = { skipLibCheck: options !== NODENEXT, ...TEMPLATE, ...options };
    writeFileSync(
      join(app, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["index.ts", "readme.ts", "wrong.ts"] }),
    );
  }

  const tsc = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "--pretty", "false", ...args], {
      cwd: app,
      encoding: "utf8",
    });

  const forms: [name: string, type: "commonjs" | "module", options: object][] = [
    ["nodenext, as the template has it", "commonjs", NODENEXT],
    ["nodenext, an ES module", "module", { ...NODENEXT }],
    ["node16", "commonjs", { module: "node16", moduleResolution: "node16" }],
    ["node, as the template had it until 2025", "commonjs", NODE10],
    ["node10", "commonjs", { module: "commonjs", moduleResolution: "node10" }],
    ["bundler, as the template for Bun has it", "module", { module: "preserve", moduleResolution: "bundler" }],
  ];
  for (const [name, type, options] of forms) {
    it(`compiles with moduleResolution ${name}`, () => {
      setUp({ type, options });
      const { stdout } = tsc("--noEmit", "-p", ".");
      // The right program has no mistakes, the wrong one those of its lines: the types are known, and none is `any`.
      // @pulumi/policy 1.21.0 has a mistake in its own declarations, which is not ours.
      assert.deepEqual(
        [...stdout.matchAll(/^(.+)\((\d+),\d+\): error/gm)]
          .filter(([, file]) => !/node_modules\/(?!pulumi-fcrdns\/)/.test(file ?? ""))
          .map(([, file, line]) => `${file}:${line}`),
        ["wrong.ts:4", "wrong.ts:5", "wrong.ts:6"],
        stdout,
      );
    });
  }

  it("gives its names to an ES module", () => {
    const script = `import { SendingIp, publishMailRecords } from "pulumi-fcrdns";
      import { hetzner } from "pulumi-fcrdns/hetzner";
      import { verify } from "pulumi-fcrdns/fcrdns";
      console.log(typeof SendingIp, typeof publishMailRecords, typeof hetzner, typeof verify);`;
    writeFileSync(join(app, "names.mjs"), script);
    const { stdout, stderr } = spawnSync(process.execPath, ["names.mjs"], { cwd: app, encoding: "utf8" });
    assert.equal(stdout, "function function function function\n", stderr);
  });

  /** Loads a program as `@pulumi/pulumi/cmd/run` does where the project has no TypeScript. */
  function loadedByPulumi(program: string) {
    const options = {
      compiler: pulumisOwn.typescript,
      project: "tsconfig.json",
      skipProject: !readdirSync(app).includes("tsconfig.json"),
      compilerOptions: { target: "ES2020", module: "commonjs", moduleResolution: "node", sourceMap: "true" },
    };
    const script = `require(${JSON.stringify(pulumisOwn.tsNode)}).register(${JSON.stringify(options)});
      require("./${program}");`;
    return spawnSync(process.execPath, ["-e", script], { cwd: app, encoding: "utf8" });
  }

  for (const [name, options] of [
    ["without a tsconfig.json", undefined],
    ["with the template's former one", NODE10],
  ] as const) {
    it(`runs under the TypeScript 3.8 that Pulumi brings along, ${name}`, () => {
      setUp({ type: "commonjs", ...(options && { options }) });
      const { stdout, stderr, status } = loadedByPulumi("index.ts");
      assert.equal(stdout, "loaded false\n", stderr);
      assert.equal(status, 0);
      assert.match(loadedByPulumi("wrong.ts").stderr, /wrong\.ts.*Type 'number' is not assignable/s);
    });
  }

  it("has declarations that TypeScript 3.8 reads", () => {
    const old: typeof import("typescript") = require(pulumisOwn.typescript);
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".d.ts"),
    );
    assert.ok(files.length > 100);
    for (const file of files) {
      const text = readFileSync(join(installed, file), "utf8");
      const source = old.createSourceFile(file, text, old.ScriptTarget.Latest) as unknown as {
        parseDiagnostics: { messageText: string }[];
      };
      assert.deepEqual(
        source.parseDiagnostics.map(({ messageText }) => messageText),
        [],
        file,
      );
    }
  });
});

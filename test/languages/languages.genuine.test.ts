/** The examples under Pulumi's own language hosts, against the loopback internet and the simulated clouds. */
import * as assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { findOnPath } from "../../sandbox/engine/path-engine";
import { runCommand } from "../../sandbox/engine/run-command";
import { type DiskProgram, type DiskRun, withDiskProgram } from "../engine/on-disk/disk-program";
import { servePlugin } from "../plugin/served-plugin";

const root = join(__dirname, "..", "..");
const schema = join(root, "plugin", "schema.json");

/** A Go program is compiled with Pulumi's SDK. */
const COMPILE_MS = 900_000;

interface Language {
  /** As Pulumi names it. */
  readonly name: string;
  readonly example: string;
  /** A file of the generated SDK, and what it must contain; undefined: the language has none. */
  readonly sdk?: { readonly file: string; readonly holds: RegExp };
  /** What the program needs beside the host, and how to see it. */
  readonly needs?: { readonly command: string; readonly args: readonly string[] };
  /** A host name that cannot be, in the example's text. */
  readonly wrong: readonly [from: string, to: string];
}

const languages: readonly Language[] = [
  { name: "yaml", example: "yaml-aws", wrong: ["cloud: aws", "cloud: awz"] },
  {
    name: "python",
    example: "python-hetzner",
    sdk: { file: "pulumi_fcrdns/sending_ip.py", holds: /class SendingIp\(pulumi\.ComponentResource\)/ },
    needs: { command: "python3", args: ["-c", "import pulumi, parver, semver"] },
    wrong: ['cloud="hetzner"', 'cloud="hetzer"'],
  },
  {
    name: "go",
    example: "go-digitalocean",
    sdk: { file: "pulumifcrdns/sendingIp.go", holds: /^package fcrdns$/m },
    needs: { command: "go", args: ["mod", "download", "github.com/pulumi/pulumi/sdk/v3@v3.259.0"] },
    wrong: ['"digitalocean",\n\t\t\tDns', '"digitalocaen",\n\t\t\tDns'],
  },
];

const mainOf: Readonly<Record<string, string>> = { yaml: "Pulumi.yaml", python: "__main__.py", go: "main.go" };

/** Runs `use` with the example as a project of its own; skips the test where its language is not on this machine. */
async function withExample(
  t: TestContext,
  language: Language,
  change: (text: string) => string,
  use: (program: DiskProgram) => Promise<void>,
): Promise<void> {
  const { name, example, needs } = language;
  const host = `pulumi-language-${name}`;
  if (findOnPath(host, process.env.PATH ?? "") === null) {
    t.skip(`${host} is not on PATH`);
    return;
  }
  if (needs !== undefined) {
    const end = await runCommand(needs.command, [...needs.args], { timeoutMs: COMPILE_MS });
    if (end.kind !== "exited" || end.code !== 0) {
      t.skip(`\`${needs.command} ${needs.args.join(" ")}\` fails`);
      return;
    }
  }
  const project = mkdtempSync(join(tmpdir(), "fcrdns-language-"));
  const plugin = await servePlugin();
  try {
    cpSync(join(root, "examples", example), project, { recursive: true });
    const main = join(project, mainOf[name] ?? "");
    writeFileSync(main, change(readFileSync(main, "utf8")));
    // The plugin is served already.
    const file = join(project, "Pulumi.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^packages:\n(?: .*\n)+/m, ""));
    const env = {
      PULUMI_IGNORE_AMBIENT_PLUGINS: "",
      // The interpreter that was asked for Pulumi's SDK; there may be another beside node.
      PATH: process.env.PATH ?? "",
      PYTHONPATH: ["sdks/python", process.env.PYTHONPATH ?? ""].join(delimiter),
      GOFLAGS: `${process.env.GOFLAGS ?? ""} -mod=mod`.trim(),
    };
    const served = { "pulumi-fcrdns": plugin.port };
    await withDiskProgram(t, { project, served, env }, async (program) => {
      program.configure({ "fcrdns:deadlineSeconds": "20", "fcrdns:timeoutSeconds": "1" });
      await use(program);
    });
  } finally {
    await plugin.close();
    rmSync(project, { recursive: true, force: true });
  }
}

async function generateSdk(program: DiskProgram, { name }: Language): Promise<void> {
  ended(await program.cli("package", "gen-sdk", schema, "--language", name, "--out", join(program.folder, "sdks")));
  if (name === "go")
    cpSync(join(program.folder, "sdks", "go"), join(program.folder, "sdks", "pulumi-fcrdns"), { recursive: true });
}

function ended(run: DiskRun): DiskRun {
  assert.equal(run.status, 0, run.text);
  return run;
}

const timesIn = (text: string, part: string): number => text.split(part).length - 1;

for (const language of languages) {
  const { name, example, sdk, wrong } = language;
  describe(`${example}, with Pulumi's host for ${name}`, () => {
    test("comes up verified and goes without a trace", (t) =>
      withExample(
        t,
        language,
        (text) => text,
        async (program) => {
          const { internet, pulumi, folder } = program;
          const untouched = await internet.snapshot();
          if (sdk !== undefined) {
            await generateSdk(program, language);
            assert.match(readFileSync(join(folder, "sdks", name, sdk.file), "utf8"), sdk.holds);
          }
          const preview = ended(await pulumi("preview"));
          assert.match(preview.text, /verified\s*: (?:\[unknown\]|output<\w+>)/);
          assert.deepEqual(await internet.snapshot(), untouched);
          const up = ended(await pulumi("up", "--yes", "--skip-preview"));
          assert.match(up.text, /verified\s*: \{[\s\S]*hostname *: "mail\.example\.com"/);
          ended(await pulumi("destroy", "--yes", "--skip-preview"));
          assert.deepEqual(await internet.snapshot(), untouched);
        },
      ));

    test("wrong arguments are told once, and nothing is created", (t) =>
      withExample(
        t,
        language,
        (text) => text.replace(...wrong),
        async (program) => {
          if (sdk !== undefined) await generateSdk(program, language);
          const before = await program.internet.journal();
          const { status, text } = await program.pulumi("up", "--yes", "--skip-preview");
          assert.notEqual(status, 0);
          const [, told = ""] = text.split("Diagnostics:");
          assert.equal(timesIn(told, "did you mean"), 1, text);
          assert.deepEqual(await program.internet.journal(), before);
        },
      ));

    test("a round trip that does not hold is told once", (t) =>
      withExample(
        t,
        language,
        (text) => text,
        async (program) => {
          if (sdk !== undefined) await generateSdk(program, language);
          program.configure({ "fcrdns:deadlineSeconds": "3", "fcrdns:timeoutSeconds": "1" });
          await program.internet.fault({ kind: "pin-ptr", value: null });
          const { status, text } = await program.pulumi("up", "--yes", "--skip-preview");
          assert.notEqual(status, 0);
          const [, told = ""] = text.split("Diagnostics:");
          assert.equal(
            told.match(/\d+\.[\d.]+ as mail\.example\.com does not round-trip \(no-ptr\)/g)?.length,
            1,
            text,
          );
          // Python's own traceback may follow: docs/languages.md.
          assert.doesNotMatch(told, /\n {4}at |goroutine/);
        },
      ));
  });
}

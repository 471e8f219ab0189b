import * as assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { type EngineEvent, LocalWorkspace } from "@pulumi/pulumi/automation";
import * as dynamic from "@pulumi/pulumi/dynamic";
import { engineEnvironment, openEngine } from "../../sandbox/engine/engine-environment";
import { engineAtHand } from "../providers/rest/rest-stack";

const folder = mkdtempSync(join(tmpdir(), "engine-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A policy pack outside of this checkout that forbids components with `bad: true` and demands the stack's config. */
function writePack(): string {
  const pack = join(folder, "pack");
  mkdirSync(pack, { recursive: true });
  const modules = dirname(dirname(dirname(require.resolve("@pulumi/pulumi/package.json"))));
  symlinkSync(modules, join(folder, "node_modules"));
  writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(join(pack, "package.json"), JSON.stringify({ name: "pack", version: "1.2.3" }));
  writeFileSync(
    join(pack, "index.ts"),
    `import * as pulumi from "@pulumi/pulumi";
     import { PolicyPack, type StackValidationArgs } from "@pulumi/policy";
     interface Limit { readonly limit: number }
     new PolicyPack("pack", { policies: [{
       name: "nothing-bad", description: "Nothing bad.", enforcementLevel: "mandatory",
       configSchema: { properties: { limit: { type: "number", default: 7 } } },
       validateStack: (args: StackValidationArgs, report) => {
         const { limit } = args.getConfig<Limit>();
         for (const { type, props, urn } of args.resources) {
           if (type !== "test:index:Thing" || props.bad !== true) continue;
           const word = new pulumi.Config("test").require("word");
           report([pulumi.getStack(), String(pulumi.runtime.isDryRun()), word, String(limit)].join(" "), urn);
         }
       },
     }] });`,
  );
  return pack;
}

class Thing extends pulumi.ComponentResource {
  constructor(name: string, bad: boolean) {
    super("test:index:Thing", name);
    this.registerOutputs({ bad });
  }
}

class Doubled extends dynamic.Resource {
  declare readonly doubled: pulumi.Output<number>;
  constructor(name: string, number: number) {
    const provider: dynamic.ResourceProvider = {
      async create(inputs: { number: number }) {
        return { id: "1", outs: { ...inputs, doubled: inputs.number * 2 } };
      },
    };
    super(provider, name, { number, doubled: undefined });
  }
}

describe("the engine alone, without a language plugin", () => {
  it("runs a program, a TypeScript policy pack and a dynamic provider", { timeout: 120_000 }, async (t) => {
    const found = await engineAtHand();
    if ("skip" in found) return t.skip(found.skip);
    const engine = found.command;
    const home = join(folder, "home of the engine");
    const policyPacks = [writePack()];

    const run = async (bad: boolean) => {
      const stack = await LocalWorkspace.createOrSelectStack(
        {
          stackName: "test",
          projectName: "test",
          program: async () => {
            new Thing("thing", bad);
            return { doubled: new Doubled("doubled", 21).doubled };
          },
        },
        {
          pulumiCommand: await openEngine({ engine, home }),
          envVars: engineEnvironment({ engine, home, backendFolder: join(folder, "state"), env: process.env }),
        },
      );
      await stack.setConfig("test:word", { value: "hello" });
      const events: EngineEvent[] = [];
      const onEvent = (event: EngineEvent) => events.push(event);
      const result = await stack.up({ policyPacks, onEvent }).catch((error: Error) => error);
      const violations = events.flatMap(({ policyEvent }) => (policyEvent ? [policyEvent] : []));
      const warnings = events.flatMap(({ diagnosticEvent }) =>
        diagnosticEvent?.severity === "warning" ? [diagnosticEvent.message] : [],
      );
      return { result, violations, warnings };
    };

    const good = await run(false);
    assert.ok(!(good.result instanceof Error), String(good.result));
    assert.equal(good.result.summary.result, "succeeded");
    assert.equal(good.result.outputs.doubled?.value, 42);
    assert.deepEqual(good.violations, []);
    assert.deepEqual(good.warnings, []);

    const bad = await run(true);
    assert.ok(bad.result instanceof Error, "a mandatory violation fails the stack");
    assert.deepEqual(
      bad.violations.map(({ policyName, enforcementLevel }) => ({ policyName, enforcementLevel })),
      [{ policyName: "nothing-bad", enforcementLevel: "mandatory" }],
    );
    assert.match(bad.violations[0]?.message ?? "", /test false hello 7/);
  });
});

import * as assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { dnsHostCapabilities, dnsHostNames } from "../../providers/find-provider";
import type { SimulatedCloud } from "../../providers/internal/simulation/simulated-cloud";
import type { PluginFacts } from "../../providers/provider";

const PROVIDERS = join(__dirname, "../../providers");
const read = readdirSync(PROVIDERS).filter((name) => existsSync(join(PROVIDERS, name, "plugin.ts")));
const sorted = (properties: readonly string[] | "*") => (properties === "*" ? "*" : [...properties].sort());

function simulation(name: string): SimulatedCloud {
  const exported = Object.values(require(join(PROVIDERS, name, "simulation")) as Record<string, unknown>);
  return (exported.find((each) => (each as SimulatedCloud | undefined)?.resources !== undefined) ??
    assert.fail(name)) as SimulatedCloud;
}

describe("what was read in a plugin's source", () => {
  for (const name of read) {
    const { plugin } = require(join(PROVIDERS, name, "plugin")) as { readonly plugin: PluginFacts };
    test(`${name}: the simulation replaces what its plugin replaces`, () => {
      const { resources } = simulation(name);
      for (const [type, { replacedBy }] of Object.entries(plugin.resources)) {
        assert.deepEqual(sorted(resources[type]?.replaceOn ?? assert.fail(type)), sorted(replacedBy), type);
      }
    });
    test(`${name}: every resource that is created here was read, or is a machine of the user's`, () => {
      const unread = Object.keys(simulation(name).resources).filter((type) => !(type in plugin.resources));
      assert.deepEqual(
        unread.filter((type) => !/:Instance$/.test(type)),
        [],
      );
    });
    test(`${name}: it says where and when`, () => {
      assert.match(plugin.source, /^github\.com\/[\w-]+\/[\w-]+ /);
      assert.match(plugin.date, /^\d{4}-\d\d-\d\d$/);
      for (const { files } of Object.values(plugin.resources)) assert.ok(files.length > 0);
    });
  }

  test("the capabilities of a DNS host name the same properties", () => {
    const known = new Map(
      read.flatMap((name) =>
        Object.values(
          (require(join(PROVIDERS, name, "plugin")) as { readonly plugin: PluginFacts }).plugin.resources,
        ).map(({ replacedBy }) => [JSON.stringify(sorted(replacedBy)), name] as const),
      ),
    );
    for (const word of dnsHostNames) {
      const replacedBy = dnsHostCapabilities(word)?.records?.replacedBy;
      if (replacedBy === undefined || ["hetzner", "digitalocean"].includes(word)) continue;
      assert.ok(known.has(JSON.stringify(sorted(replacedBy))), word);
    }
  });

  test("docs/recovery.md has the same import ids", () => {
    const page = readFileSync(join(__dirname, "../../docs/recovery.md"), "utf8");
    for (const name of read) {
      const { plugin } = require(join(PROVIDERS, name, "plugin")) as { readonly plugin: PluginFacts };
      for (const [type, { importId }] of Object.entries(plugin.resources)) {
        if (/record/i.test(type) && importId !== null)
          assert.ok(page.includes(`\`${importId}\``), `${type} ${importId}`);
      }
    }
  });
});

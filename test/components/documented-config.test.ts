import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { declaredKeys } from "../../docs/declared-keys";
import type { ConfigOf, ConfigReader, ConfigSchema } from "../../providers/config-schema";
import {
  cloudConfigKeys,
  cloudNames,
  dnsHostCapabilities,
  dnsHostConfigKeys,
  dnsHostNames,
} from "../../providers/find-provider";
import type { configKeys } from "../../providers/hetzner/facts";
import { cloudFromConfig, dnsHostFromConfig } from "../../providers/load-provider";

/** The keys that `read` asks for, each with the method that asked. Half of a provider's keys only matter without the others. */
function keysRead(schema: ConfigSchema, read: (config: ConfigReader) => void): Map<string, string> {
  const seen = new Map<string, string>();
  const note = <Value>(how: string, key: string, value: Value): Value => {
    seen.set(key, how);
    return value;
  };
  const isDnsHost = (key: string) => schema[key]?.type === "dnsHost";
  for (const set of [() => false, () => true, (key: string) => schema[key]?.required === true]) {
    read({
      name: "fcrdns",
      text: (key) => note("text", key, isDnsHost(key) ? "manual" : set(key) ? "1" : undefined),
      structure: <T extends object>(key: string) => note("structure", key, set(key) ? ({} as T) : undefined),
      number: (key) => note("number", key, set(key) ? 1 : undefined),
      textInput: (key) => note("textInput", key, set(key) ? "1" : undefined),
      numberInput: (key) => note("numberInput", key, set(key) ? 1 : undefined),
    });
  }
  return seen;
}

const WITH: Readonly<Record<string, readonly string[]>> = {
  number: ["number"],
  structure: ["object", "list"],
  text: ["text", "dnsHost", "number", "boolean"],
  textInput: ["text"],
  numberInput: ["number"],
};

function assertDeclared(schema: ConfigSchema, read: ReadonlyMap<string, string>): void {
  assert.deepEqual([...read.keys()].sort(), Object.keys(schema).sort());
  for (const [key, how] of read) assert.ok(WITH[how]?.includes(schema[key]?.type ?? ""), `${key} is read as ${how}`);
}

describe("a provider reads from stack config what its facts declare, and all of it", () => {
  for (const word of cloudNames) {
    test(`cloud ${word}`, () => {
      const schema = cloudConfigKeys(word);
      const read = keysRead(schema, (config) => cloudFromConfig(word, config));
      // What the DNS host of a reverse zone reads is declared there.
      const isOfDnsHost = Object.values(schema).some(({ type }) => type === "dnsHost");
      if (isOfDnsHost) for (const key of Object.keys(dnsHostConfigKeys("manual"))) read.delete(key);
      assertDeclared(schema, read);
    });
  }
  for (const word of dnsHostNames) {
    test(`DNS host ${word} (${dnsHostCapabilities(word)?.title})`, () => {
      const read = keysRead(dnsHostConfigKeys(word), (config) => dnsHostFromConfig(word, config));
      assert.equal(read.delete("zone"), true);
      assertDeclared(dnsHostConfigKeys(word), read);
    });
  }

  test("and another key, or a text read as a number, does not compile", () => {
    const reads = (config: ConfigOf<typeof configKeys>) => [
      // @ts-expect-error: not declared
      config.text("datacenter"),
      // @ts-expect-error: location is a text
      config.number("location"),
    ];
    assert.equal(typeof reads, "function");
  });
});

describe("Pulumi.yaml", () => {
  const [, config = ""] = readFileSync(join(__dirname, "..", "..", "Pulumi.yaml"), "utf8").split(/^config:$/m);
  const entries = new Map(config.split(/^ {2}(?=\w+:$)/m).map((entry) => [entry.split(":")[0] ?? "", entry]));

  for (const { key } of declaredKeys()) {
    test(`has ${key} with a type, a default and a description`, () => {
      const entry = entries.get(key) ?? "";
      assert.match(entry, /^ {4}type: \w+$/m);
      assert.match(entry, /^ {4}default: \S+/m);
      assert.match(entry, /^ {4}description: \S.+/m);
    });
  }
});

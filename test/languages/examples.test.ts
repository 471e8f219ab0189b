/** The examples in other languages, as far as they can be read without the languages. */
import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { type PlainSendingIpArgs, sendingIpArgs } from "../../components/plain-args";

import schema = require("../../plugin/schema.json");

const folder = join(__dirname, "..", "..", "examples");

interface Project {
  readonly runtime: string;
  readonly packages?: Readonly<Record<string, string>>;
  readonly resources?: Readonly<Record<string, { readonly type: string; readonly properties: PlainSendingIpArgs }>>;
  readonly outputs?: Readonly<Record<string, string>>;
}

const projects = readdirSync(folder)
  .map((name) => ({ name, project: parse(readFileSync(join(folder, name, "Pulumi.yaml"), "utf8")) as Project }))
  .filter(({ project }) => project.runtime !== "nodejs");

describe("examples in other languages", () => {
  test("are there", () => {
    assert.deepEqual(projects.map(({ project }) => project.runtime).sort(), ["go", "python", "yaml"]);
  });

  for (const { name, project } of projects) {
    test(`${name} names the package by its folder`, () => {
      assert.deepEqual(project.packages, { "pulumi-fcrdns": "../../plugin" });
      assert.match(readFileSync(join(folder, name, "../../plugin/PulumiPlugin.yaml"), "utf8"), /^runtime: nodejs/);
    });
  }

  test("the resource in YAML is one that the component takes, and what is read from it are its outputs", () => {
    const { resources, outputs } = projects.find(({ project }) => project.runtime === "yaml")?.project ?? {};
    const { type, properties } = resources?.mail ?? assert.fail("no resource mail");
    const [token, { properties: known }] = Object.entries(schema.resources)[0] ?? assert.fail("no resource");
    assert.equal(type.replace(":", ":index:"), token);
    process.env.AWS_REGION ??= "eu-central-1";
    assert.equal(sendingIpArgs(properties).hostname, "mail.example.com");
    for (const output of Object.values(outputs ?? {})) {
      assert.ok(Object.keys(known).includes(/^\$\{mail\.(\w+)\}$/.exec(output)?.[1] ?? ""), output);
    }
  });
});

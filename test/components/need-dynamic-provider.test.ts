import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { needDynamicProvider } from "../../components/plugin/need-dynamic-provider";
import { UserError } from "../../providers/internal/user-error";

describe("a program in another language", () => {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-no-node-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const cloud of ["powerdns", "hostinger", "racknerd", "generic"]) {
    test(`is told what ${cloud} needs in its folder`, () => {
      assert.throws(
        () => needDynamicProvider(cloud, folder),
        (error) => error instanceof UserError && error.message.includes(`npm install @pulumi/pulumi in ${folder}`),
      );
      assert.doesNotThrow(() => needDynamicProvider(cloud, __dirname));
    });
  }

  test("needs nothing there for a cloud with a Pulumi resource", () => {
    for (const cloud of ["hetzner", "aws", "digitalocean", undefined, 7]) needDynamicProvider(cloud, folder);
  });
});

import * as assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { engineFor } from "../engine/engine-stack";
import { type Ended, fcrdns, loopbackDns } from "./spawned";

/** Two addresses in a stack of a language that is not installed here. */
function state(project: string): string {
  const urn = (name: string): string => `urn:pulumi:prod::${project}::hcloud:index/rdns:Rdns::${name}`;
  const provider = `urn:pulumi:prod::${project}::pulumi:providers:hcloud::default`;
  const rdns = (name: string, ipAddress: string) => ({
    urn: urn(name),
    custom: true,
    id: name,
    type: "hcloud:index/rdns:Rdns",
    provider: `${provider}::1234`,
    inputs: {},
    outputs: { ipAddress, dnsPtr: "mail.example.com" },
  });
  const resources = [
    {
      urn: `urn:pulumi:prod::${project}::pulumi:pulumi:Stack::${project}-prod`,
      custom: false,
      type: "pulumi:pulumi:Stack",
    },
    { urn: provider, custom: true, id: "1234", type: "pulumi:providers:hcloud" },
    rdns("v4", "192.0.2.10"),
    rdns("v6", "2001:db8::10"),
  ];
  const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: "" };
  return JSON.stringify({ version: 3, deployment: { manifest, resources } });
}

test("fcrdns stack runs the real pulumi, for a program in any language", async (t) => {
  const engine = await engineFor(t);
  if (engine === null) return;
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-stack-"));
  const dns = await loopbackDns();
  try {
    mkdirSync(join(folder, "state"));
    mkdirSync(join(folder, "home"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: mail\nruntime: python\n");
    writeFileSync(join(folder, "export.json"), state("mail"));
    const env = {
      PATH: [dirname(engine), process.env.PATH ?? ""].join(delimiter),
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
      PULUMI_CONFIG_PASSPHRASE: "x",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    for (const args of [
      ["stack", "init", "prod"],
      ["stack", "import", "--stack=prod", "--file=export.json"],
    ]) {
      const made: SpawnSyncReturns<string> = spawnSync(engine, args, {
        cwd: folder,
        env: { ...process.env, ...env },
        encoding: "utf8",
      });
      assert.equal(made.status, 0, made.stderr);
    }
    const stub = ["--stub", `.=${dns.endpoint}`];
    for (const which of [["--stack", "prod"], []]) {
      const ended: Ended = await fcrdns(["stack", ...which, ...stub], { cwd: folder, env });
      assert.equal(ended.status, 0, ended.stderr);
      assert.match(
        ended.stdout,
        /^✓ 192\.0\.2\.10 {2}mail\.example\.com {2}pass\n✓ 2001:db8::10 {2}mail\.example\.com {2}pass\n/,
      );
    }
    const gone = await fcrdns(["stack", "--stack", "gone", ...stub], { cwd: folder, env });
    assert.deepEqual([gone.status, gone.stdout], [2, ""]);
    assert.match(gone.stderr, /^fcrdns: pulumi stack export failed: no stack named 'gone' found\n$/);
  } finally {
    await dns.close();
    rmSync(folder, { recursive: true });
  }
});

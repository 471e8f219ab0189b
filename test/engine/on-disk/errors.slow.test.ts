/** What a person sees who runs `pulumi preview` or `pulumi up` with the program on disk and something is missing. */
import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type DiskRun, withDiskProgram } from "./disk-program";

type Config = Readonly<Record<string, string>>;

const config: Config = {
  "fcrdns:hostname": "mail.example.com",
  "fcrdns:zone": "example.com",
  "fcrdns:ipv6": "false",
  "fcrdns:deadlineSeconds": "3",
  "fcrdns:timeoutSeconds": "1",
};
const elsewhere: Config = { "fcrdns:hostname": "mail.example.net", "fcrdns:zone": "example.net" };

/** No account of whoever runs the tests. */
const CREDENTIALS =
  /^(?:HCLOUD|DIGITALOCEAN|DIGITAL_OCEAN|SPACES|CLOUDFLARE|CF|AWS|LINODE|VULTR|SCW|OVH|GANDI|GOOGLE|GCLOUD|GCP|AZURE|ARM)_/;
const nobody = Object.fromEntries(
  Object.keys(process.env).flatMap((name) => (CREDENTIALS.test(name) ? [[name, ""]] : [])),
);

interface Failure {
  readonly config: Config;
  readonly what: RegExp;
  readonly fix: RegExp;
}

const failures: Readonly<Record<string, Failure>> = {
  "no token, Hetzner": {
    config: { "hcloud:token": "" },
    what: /Hetzner Cloud needs an API token, and none is set/,
    fix: /pulumi config set hcloud:token --secret/,
  },
  "no token, DigitalOcean": {
    config: { "fcrdns:cloud": "digitalocean", "fcrdns:dns": "digitalocean", "digitalocean:token": "" },
    what: /DigitalOcean needs an API token, and none is set/,
    fix: /pulumi config set digitalocean:token --secret/,
  },
  "no token, Cloudflare": {
    config: { "fcrdns:dns": "cloudflare", "cloudflare:apiToken": "" },
    what: /Cloudflare needs an API token, and none is set/,
    fix: /pulumi config set cloudflare:apiToken --secret/,
  },
  "a zone that is not there, Hetzner": {
    config: elsewhere,
    what: /Hetzner DNS does not have the zone example\.net/,
    fix: /pulumi config set zone ZONE/,
  },
  "a zone that is not there, DigitalOcean": {
    config: { ...elsewhere, "fcrdns:dns": "digitalocean" },
    what: /DigitalOcean DNS does not have the zone example\.net/,
    fix: /pulumi config set zone ZONE/,
  },
  "a zone that is not there, Cloudflare": {
    config: { ...elsewhere, "fcrdns:dns": "cloudflare" },
    what: /Cloudflare does not have the zone example\.net/,
    fix: /pulumi config set zone ZONE/,
  },
  "a zone that is not there, Route 53": {
    config: { ...elsewhere, "fcrdns:dns": "route53" },
    what: /Route 53 does not have the zone example\.net/,
    fix: /pulumi config set zone ZONE/,
  },
  "a token that is refused, Hetzner": {
    config: { "hcloud:token": "short" },
    what: /Hetzner DNS refused to look up the zone example\.com/,
    fix: /pulumi config set hcloud:token --secret/,
  },
  "a token that is refused, Cloudflare": {
    config: { "fcrdns:dns": "cloudflare", "cloudflare:apiToken": "short" },
    what: /Cloudflare refused to look up the zone example\.com/,
    fix: /pulumi config set cloudflare:apiToken --secret/,
  },
  "what is no id of a zone, Cloudflare": {
    config: { "fcrdns:dns": "cloudflare", "fcrdns:zoneId": "example.com" },
    what: /"example\.com" cannot be the id of a zone at Cloudflare/,
    fix: /copy the Zone ID from the zone's overview page/,
  },
};

/** One error, with the next step; no stack trace, no second telling, nothing made. */
function toldOnce({ status, text }: DiskRun, { what, fix }: Pick<Failure, "what" | "fix">): void {
  const diagnostics = /\nDiagnostics:\n(.*?)(?=\n(?:Outputs|Resources|Policies|Duration):|$)/s.exec(text)?.[1] ?? "";
  assert.notEqual(status, 0, text);
  assert.equal(diagnostics.match(/\berror: /g)?.length, 1, text);
  assert.match(diagnostics, what);
  assert.match(diagnostics, fix);
  assert.doesNotMatch(text, /unhandled exception|non-zero exit code|\n\s+at \S+ \(|:\d+:\d+\)/i);
}

describe("through the CLI, what is missing is told once, with the next step, and nothing is made", () => {
  test("credentials, a zone, permissions", (t) =>
    withDiskProgram(t, { env: { ...nobody, HOME: tmpdir() } }, async ({ pulumi, configure, internet }) => {
      const before = await internet.journal();
      for (const [name, failure] of Object.entries(failures)) {
        await t.test(name, async () => {
          configure({ ...config, ...failure.config });
          toldOnce(await pulumi("preview"), failure);
        });
      }
      configure({ ...config, ...elsewhere });
      toldOnce(await pulumi("up", "--yes", "--skip-preview"), {
        what: /does not have the zone example\.net/,
        fix: /pulumi config set zone ZONE/,
      });
      assert.deepEqual(await internet.journal(), before);
      configure(config);
      const up = await pulumi("up", "--yes", "--skip-preview");
      assert.equal(up.status, 0, up.text);
    }));

  test("an SDK", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "fcrdns-hidden-"));
    const hiding = join(folder, "hide.js");
    writeFileSync(
      hiding,
      `const Module = require("module");
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) {
  if (!name.startsWith("@pulumi/digitalocean")) return resolve.call(this, name, ...rest);
  throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: "MODULE_NOT_FOUND" });
};`,
    );
    try {
      await withDiskProgram(t, { nodeOptions: ["--require", hiding] }, async ({ pulumi, configure }) => {
        configure({ ...config, "fcrdns:dns": "digitalocean" });
        const what = /needs the package @pulumi\/digitalocean, which is not installed/;
        toldOnce(await pulumi("preview"), { what, fix: /npm install @pulumi\/digitalocean/ });
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

import * as assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { programOf, withPlugin } from "../engine/any-language/remote-component";
import { succeeded } from "../engine/engine-stack";
import { packPackage, unpackInto } from "./packed";

const root = join(__dirname, "..", "..");
const SDK_SCOPES = ["@pulumi", "@pulumiverse", "@ediri", "@ovhcloud"];

describe("the plugin as it is published, where no SDK of a cloud is installed", () => {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-plugin-"));
  const app = join(folder, "app");
  let plugin = "";
  before(() => {
    const { dependencies } = JSON.parse(readFileSync(join(root, "node_modules/@pulumi/pulumi/package.json"), "utf8"));
    const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).dependencies;
    const beside = [...Object.keys(dependencies), ...Object.keys(own), "@pulumi/pulumi"].filter((name) =>
      existsSync(join(root, "node_modules", name)),
    );
    plugin = join(unpackInto(app, packPackage(folder), beside), "plugin");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const rows: Readonly<Record<string, object>> = {
    "Hetzner, with MX and SPF": { cloud: "hetzner", dns: "hetzner", mx: true },
    "AWS and Route 53": { cloud: "aws", dns: "route53" },
    "Google and Azure DNS": { cloud: "google", dns: "azure-dns", azureDns: { dnsResourceGroup: "dns" } },
  };
  for (const [where, inputs] of Object.entries(rows)) {
    test(`brings an address up at ${where}`, (t) => {
      assert.deepEqual(
        SDK_SCOPES.filter((scope) => scope !== "@pulumi" && existsSync(join(app, "node_modules", scope))),
        [],
      );
      assert.equal(existsSync(join(app, "node_modules/@pulumi/aws")), false);
      return withPlugin(
        t,
        {
          program: programOf(() => ({ hostname: "mail.example.com", zone: "example.com", ...inputs })),
          internet: { forwardZones: ["example.com"], negativeTtl: 1 },
          config: { "fcrdns:deadlineSeconds": "60" },
        },
        async ({ stack, internet }) => {
          const { outputs } = succeeded(await stack.up());
          const addresses = outputs.addresses as string[];
          assert.ok(addresses.length > 0);
          for (const address of addresses) assert.equal(await internet.ptr(address), "mail.example.com");
          succeeded(await stack.destroy());
        },
        plugin,
      );
    });
  }
});

/** `examples/hetzner-postfix` as it stands: the server comes up with its Postfix told what to say, or not at all. */
import { strict as assert } from "node:assert";

import Module = require("node:module");
import ownProgram = require("../../index");

import { join } from "node:path";
import { describe, test } from "node:test";
import { failed, succeeded, withSandbox } from "./engine-stack";

const ROOT = join(__dirname, "..", "..");
const EXAMPLE = join(ROOT, "examples", "hetzner-postfix", "index.ts");

/** A fresh run of the example; the package's name means this checkout. */
async function program(): Promise<Record<string, unknown>> {
  const resolver = Module as unknown as { _resolveFilename(name: string, ...rest: unknown[]): string };
  const usual = resolver._resolveFilename;
  resolver._resolveFilename = (name, ...rest) => {
    const [, provider] = /^pulumi-fcrdns(?:\/(.+))?$/.exec(name) ?? [];
    if (!name.startsWith("pulumi-fcrdns")) return usual.call(resolver, name, ...rest);
    return join(ROOT, provider === undefined ? "components" : join("providers", provider), "index.ts");
  };
  try {
    delete require.cache[EXAMPLE];
    return { ...require(EXAMPLE) };
  } finally {
    resolver._resolveFilename = usual;
  }
}

const config = { "fcrdns:deadlineSeconds": "20", "fcrdns:timeoutSeconds": "1" };

interface State {
  readonly type: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface Config {
  readonly write_files: readonly { readonly path: string; readonly content: string }[];
}

describe("a server with Postfix at Hetzner Cloud", () => {
  test("is made once its address is verified, with its name and addresses in main.cf", (t) =>
    withSandbox(t, { program, config }, async ({ stack, internet }) => {
      succeeded(await stack.preview());
      const run = succeeded(await stack.up());
      const endpoints = run.outputs.endpoints as { address: string; hostname: string }[];
      const journal = (await internet.journal()).join("\n");
      const made = journal.lastIndexOf("create hcloud:index/server:Server");
      assert.ok(made > journal.lastIndexOf("create hcloud:index/rdns:Rdns"), "the server is made after the PTRs");

      const { resources } = (await stack.export()).deployment as { resources: State[] };
      const server = resources.find(({ type }) => type === "hcloud:index/server:Server");
      const userData = String(server?.outputs?.userData);
      assert.match(userData, /^#cloud-config\n\{/);
      const { write_files: files } = JSON.parse(userData.slice("#cloud-config\n".length)) as Config;
      const mainCf = files.find(({ path }) => path === "/etc/postfix/main.cf")?.content ?? "";
      for (const [index, line] of ["smtp_bind_address", "smtp_bind_address6"].entries())
        assert.ok(mainCf.includes(`\n${line} = ${endpoints[index]?.address}\n`), mainCf);
      assert.match(mainCf, /^smtp_helo_name = mail\.example\.com$/m);
    }));

  test("has its main.cf as an output of the program, where stack config asks for it", (t) => {
    const wanted = {
      ...config,
      "fcrdns:hostname": "mail.example.com",
      "fcrdns:zone": "example.com",
      "fcrdns:mta": "postfix",
    };
    return withSandbox(t, { program: ownProgram, config: wanted }, async ({ stack }) => {
      const { outputs } = succeeded(await stack.up());
      const [mainCf] = outputs.mtaConfig as { name: string; text: string }[];
      assert.equal(mainCf?.name, "main.cf");
      assert.match(String(mainCf?.text), /^smtp_helo_name = mail\.example\.com$/m);
    });
  });

  test("is not made where the address is not verified", (t) =>
    withSandbox(t, { program, config: { ...config, "fcrdns:deadlineSeconds": "3" } }, async ({ stack, internet }) => {
      await internet.fault({ kind: "pin-ptr", value: null });
      failed(await stack.up());
      assert.doesNotMatch((await internet.journal()).join("\n"), /create hcloud:index\/server:Server/);
    }));
});

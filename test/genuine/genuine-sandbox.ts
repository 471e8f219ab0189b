/** The program under the real engine with a cloud's own plugin, which talks to a fake of the vendor's API. */
import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { openSandbox, type Sandbox } from "../../sandbox/sandbox";
import { engineFor, leaveRejectionsToPulumi, withSandbox } from "../engine/engine-stack";
import { genuinePlugin, installInto } from "./plugin";
import { type FakeApi, serveVendor, type Vendor, type World } from "./vendors/fake-api";
import { startTlsProxy, type TlsProxy } from "./vendors/tls-proxy";

import program = require("../../index");

export const ZONE = "example.com";
export const OLD = `mail.${ZONE}`;
export const NEW = `mx.${ZONE}`;

export interface GenuineProvider {
  /** The word in stack config. */
  readonly name: string;
  /** npm package of the SDK, which names its plugin. */
  readonly sdk: string;
  /** The Pulumi package, whose addresses the loopback internet hands out. */
  readonly packageName: string;
  readonly vendor: (world: World, zone: string) => Vendor;
  /** The vendor's host, where the plugin can be pointed at no other. @default it is pointed at the fake by `config` */
  readonly host?: string;
  /** What the plugin puts before the paths of the vendor's document. @default nothing */
  readonly basePath?: string;
  /** Stack config that points the plugin at the fake, and what the cloud needs beyond the defaults. */
  readonly config: (url: string) => Readonly<Record<string, string>>;
  /** A PTR of another name is another resource, and the old one is deleted first. @default false */
  readonly deletesPtrFirst?: boolean;
  /** Stack config that the cloud needs in the simulation. @default nothing */
  readonly simulated?: Readonly<Record<string, string>>;
}

export interface GenuineSandbox extends Sandbox {
  readonly api: FakeApi;
  readonly vendor: Vendor;
}

/**
 * Nothing listens there: a request that a plugin sends anywhere else than to the fake ends here. Loopback addresses are
 * never asked through a proxy.
 */
const NOWHERE = "http://127.0.0.1:9";

/**
 * Runs `use` in a sandbox with the cloud's own plugin, and checks at the end that everything said between the plugin and the
 * fake is in the vendor's document. Skips the test where the engine or the plugin cannot be had.
 */
export async function withGenuine(
  t: TestContext,
  provider: GenuineProvider,
  use: (sandbox: GenuineSandbox) => Promise<void>,
): Promise<void> {
  const engine = await engineFor(t);
  if (engine === null) return;
  const plugin = await (plugins.get(provider.sdk) ?? found(provider.sdk, engine));
  if ("missing" in plugin) {
    t.skip(plugin.missing);
    return;
  }
  t.diagnostic(`plugin ${plugin.name} ${plugin.version}`);
  const restore = leaveRejectionsToPulumi();
  const home = mkdtempSync(join(tmpdir(), "fcrdns-genuine-"));
  installInto(home, plugin);
  // The fake publishes in the sandbox's internet, and the sandbox's stack has the fake's address in its config.
  let sandbox: Sandbox | undefined;
  let api: FakeApi | undefined;
  let proxy: TlsProxy | undefined;
  try {
    const started = provider.host === undefined ? undefined : await startTlsProxy(provider.host, home);
    if (started !== undefined && "missing" in started) {
      t.skip(started.missing);
      return;
    }
    proxy = started;
    sandbox = await openSandbox({
      engine,
      home,
      program,
      internet: { ...internet, clouds: [] },
      environment: { HTTPS_PROXY: NOWHERE, HTTP_PROXY: NOWHERE, ...proxy?.environment },
      config: config(provider),
    });
    const vendor = provider.vendor(sandbox.internet.world(provider.packageName), ZONE);
    api = await serveVendor(vendor, provider.basePath);
    proxy?.leadTo(api.url);
    await sandbox.stack.configure(provider.config(api.url));
    const { exchanges, violations } = api;
    await use({ ...sandbox, api, vendor }).catch((error: unknown) => {
      for (const { operation, body, status } of exchanges) t.diagnostic(`${operation} ${body} -> ${status}`);
      for (const violation of violations) t.diagnostic(`not as documented: ${violation}`);
      throw error;
    });
    assert.deepEqual(violations, []);
  } finally {
    await api?.close();
    await sandbox?.close();
    await proxy?.close();
    rmSync(home, { recursive: true, force: true });
    restore();
  }
}

/** Runs `use` with the same program and the simulation in place of the plugin. */
export async function withSimulation(
  t: TestContext,
  provider: GenuineProvider,
  use: (sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  await withSandbox(t, { program, internet, config: { ...config(provider), ...provider.simulated } }, use);
}

const internet = { forwardZones: [ZONE], negativeTtl: 1 };

function config({ name }: GenuineProvider): Record<string, string> {
  return {
    "fcrdns:hostname": OLD,
    "fcrdns:zone": ZONE,
    "fcrdns:cloud": name,
    "fcrdns:dns": name,
    "fcrdns:mx": "true",
    "fcrdns:mode": "authoritative",
    "fcrdns:timeoutSeconds": "1",
    "fcrdns:deadlineSeconds": "20",
  };
}

const plugins = new Map<string, ReturnType<typeof genuinePlugin>>();

function found(sdk: string, engine: string): ReturnType<typeof genuinePlugin> {
  const finding = genuinePlugin(sdk, engine);
  plugins.set(sdk, finding);
  return finding;
}

import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { RestApiName } from "../../../providers/internal/rest/apis";
import { RestPtr } from "../../../providers/internal/rest/rest-ptr";
import { openAccount } from "../../../providers/internal/simulation/account";
import { serveRestApi } from "../../../sandbox/rest/serve";
import { simulatedApis } from "../../../sandbox/simulations";
import { engineAtHand, openRestStack } from "./rest-stack";

const ADDRESSES = ["203.0.113.7", "203.0.113.8", "203.0.113.9", "203.0.113.10", "203.0.113.11"];
const names: readonly RestApiName[] = ["hetzner-robot", "contabo"];

describe("five addresses through the real engine", () => {
  it("send a wrong password once, and fetch one token", { timeout: 600_000 }, async (t) => {
    const engine = await engineAtHand();
    if ("skip" in engine) return t.skip(engine.skip);
    const home = mkdtempSync(join(tmpdir(), "rest-home-"));
    const vendors = await Promise.all(
      names.map(async (name) => {
        const api = simulatedApis[name];
        return {
          name,
          api,
          served: await serveRestApi(
            api,
            openAccount(ADDRESSES, () => "default.example.net"),
          ),
        };
      }),
    );
    const stack = await openRestStack(engine.command, home, async () => {
      for (const { name, served } of vendors) {
        for (const [index, address] of ADDRESSES.entries()) {
          const { endpoint, tokenEndpoint } = served;
          new RestPtr(`${name}-${index}`, {
            provider: name,
            address,
            hostname: `mail${index}.example.com`,
            endpoint,
            ...(tokenEndpoint !== undefined && { tokenEndpoint }),
          });
        }
      }
      return {};
    });
    t.after(async () => {
      await Promise.all(vendors.map(({ served }) => served.close()));
      stack.close();
      rmSync(home, { recursive: true, force: true });
    });

    await stack.setSecrets(
      Object.fromEntries(vendors.flatMap(({ api }) => Object.keys(api.config).map((key) => [key, "wrong-password"]))),
    );
    const refused = await stack.up();
    assert.equal(refused.ok, false);
    for (const { name, served } of vendors) {
      assert.equal(served.requests.length, 1, `${name}: a wrong password is sent once`);
      for (const address of ADDRESSES) {
        assert.match(
          refused.text,
          new RegExp(`refused to set the PTR of ${address.replaceAll(".", "\\.")} to [\\s\\S]*?Fix: `),
        );
      }
    }

    await stack.setSecrets(Object.assign({}, ...vendors.map(({ api }) => api.config)));
    const up = await stack.up();
    assert.equal(up.ok, true, up.text);
    for (const { api, served } of vendors) {
      const tokens = served.requests.slice(1).filter(({ path }) => path === api.tokenPath);
      assert.equal(tokens.length, api.tokenPath === undefined ? 0 : 1);
    }
  });
});

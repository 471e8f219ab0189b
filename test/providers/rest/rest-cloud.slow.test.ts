import * as assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type Endpoint, SendingIp } from "../../../components/sending-ip";
import { hetznerDns } from "../../../providers/hetzner/dns";
import { hetznerRobot } from "../../../providers/hetzner-robot/cloud";
import { hetznerRobot as robotApi } from "../../../providers/hetzner-robot/simulation";
import { openAccount } from "../../../providers/internal/simulation/account";
import type { ReverseZones } from "../../../providers/internal/simulation/simulated-api";
import { type ServedApi, serveRestApi } from "../../../sandbox/rest/serve";
import { operations, succeeded, withSandbox } from "../../engine/engine-stack";

const gate = { policyPacks: [join(__dirname, "..", "..", "..", "policies")] };
const V4 = "192.0.2.80";
const V6 = "2001:db8:f::80";

describe("an address whose PTR is set by REST", () => {
  test("comes up verified behind the gate, changes its name in place, and goes", async (t) => {
    process.env.HETZNER_ROBOT_USER = robotApi.config["hetzner-robot:user"];
    process.env.HETZNER_ROBOT_PASSWORD = robotApi.config["hetzner-robot:password"];
    let robot: ServedApi | undefined;
    t.after(async () => {
      delete process.env.HETZNER_ROBOT_USER;
      delete process.env.HETZNER_ROBOT_PASSWORD;
      await robot?.close();
    });
    const program = (hostname: string) => async () => {
      const mail = new SendingIp("mail", {
        hostname,
        cloud: hetznerRobot({ addresses: [V4, V6], endpoint: robot?.endpoint ?? "" }),
        dns: hetznerDns({ zone: "example.com" }),
      });
      return { endpoints: mail.endpoints, verified: mail.verified };
    };
    // A resolver remembers the old name for its time to live.
    const config = { "fcrdns:deadlineSeconds": "20", "fcrdns:timeoutSeconds": "1", "fcrdns:mode": "authoritative" };
    await withSandbox(t, { program: program("mail.example.com"), config }, async ({ stack, internet }) => {
      const account = openAccount([V4, V6]);
      const published: Promise<unknown>[] = [];
      const zones: ReverseZones = {
        ...account,
        setPtr: (address, hostname) => {
          account.setPtr(address, hostname);
          published.push(internet.setPtr(address, hostname));
        },
      };
      robot = await serveRestApi(robotApi, zones);

      const first = succeeded(await stack.up(gate));
      assert.deepEqual(first.violations, []);
      assert.deepEqual(
        (first.outputs.endpoints as Endpoint[]).map(({ address, reverse, cloud }) => [address, reverse, cloud]),
        [
          [V4, "set", "hetzner-robot"],
          [V6, "set", "hetzner-robot"],
        ],
      );

      const renamed = succeeded(await stack.up({ ...gate, program: program("mx.example.com") }));
      assert.deepEqual(
        operations(renamed).filter((operation) => operation.includes("rest-ptr")),
        ["update", "update"].map((op) => `${op} pulumi-nodejs:dynamic/rest-ptr:RestPtr`),
      );
      assert.ok(!account.journal.some((entry) => entry.endsWith(" -")), "never without a PTR");

      succeeded(await stack.destroy());
      assert.deepEqual([account.ptr(V4), account.ptr(V6)], [null, null]);
      await Promise.all(published);
    });
  });
});

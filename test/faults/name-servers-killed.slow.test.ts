import * as assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import type { Endpoint } from "../../components/sending-ip";
import { verify } from "../../fcrdns/index";
import { aws } from "../../providers/aws/cloud";
import { route53 } from "../../providers/aws/dns";
import { hetzner } from "../../providers/hetzner/cloud";
import { hetznerDns } from "../../providers/hetzner/dns";
import type { RemoteInternet } from "../../sandbox/internet/remote-internet";
import { fcrdns } from "../cli/spawned";
import { failed, succeeded, withSandbox } from "../engine/engine-stack";
import { type Mailing, mailing, OLD, ZONE } from "../engine/rename/renaming";
import { faultyNetwork } from "./faulty-network";

/** All name servers, as the program finds them. */
interface NameServers {
  readonly port: number;
  readonly roots: readonly string[];
  kill(): Promise<void>;
  start(): Promise<void>;
}

async function nameServers(t: TestContext, internet: RemoteInternet): Promise<NameServers> {
  const addresses = (await internet.servers()).map(({ address }) => address);
  // A port that is free at every address.
  const free = await faultyNetwork(addresses, internet.port, {});
  await free.close();
  const { port } = free;
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    const running = child;
    child = undefined;
    if (running === undefined) return;
    await new Promise((resolve) => {
      running.once("exit", resolve);
      running.kill("SIGKILL");
    });
  };
  t.after(kill);
  return {
    port,
    roots: internet.roots.map((root) => root.replace(/:\d+$/, `:${port}`)),
    kill,
    start: () =>
      new Promise((resolve, reject) => {
        child = fork(join(__dirname, "name-servers-process.ts"), [String(port), String(internet.port), ...addresses], {
          execArgv: ["--require", join(__dirname, "..", "..", "register.js")],
        });
        child.once("message", () => resolve());
        child.once("exit", () => reject(new Error("the name servers do not start")));
      }),
  };
}

/** What waits for DNS, what it prints when it begins to, and what at its end where no server answers. */
const waits: Readonly<Record<string, { readonly mailing: Mailing; readonly begun: RegExp; readonly unknown: RegExp }>> =
  {
    "the wait for the round trip, at Hetzner": {
      mailing: { cloud: () => hetzner(), dns: () => hetznerDns({ zone: ZONE }) },
      begun: /servers agree after/,
      unknown: /could not verify \S+ as mail\.example\.com \(no-answer\): there was no definite answer/,
    },
    "the wait for the forward record, at AWS": {
      mailing: { cloud: () => aws(), dns: () => route53({ zone: ZONE }) },
      begun: /waiting for the forward record/,
      unknown: /No name server could say whether mail\.example\.com A \S+ is published, so no PTR was set/,
    },
  };

/** How long the engine may take besides the wait, seconds, on a machine that is busy. */
const ENGINE_SECONDS = 60;

describe("name servers are killed while an up waits for them", () => {
  for (const [name, { mailing: what, begun, unknown }] of Object.entries(waits)) {
    test(`${name}: it ends right when they are back, and as unknown when they stay away`, async (t) => {
      let seen = (_message: string): void => {};
      const waiting = (): Promise<void> =>
        new Promise((resolve) => {
          seen = (message) => {
            if (begun.test(message)) resolve();
          };
        });
      const options = {
        program: mailing(what, OLD),
        internet: { forwardZones: [ZONE], negativeTtl: 1, publishDelayMs: 4_000 },
        onEvent: ({ diagnosticEvent }: { diagnosticEvent?: { message: string } }) =>
          seen(diagnosticEvent?.message ?? ""),
      };
      await withSandbox(t, options, async ({ stack, internet }) => {
        const servers = await nameServers(t, internet);
        await servers.start();
        const dns = { roots: servers.roots, port: servers.port, mode: "authoritative" } as const;
        const configure = (deadlineSeconds: number) =>
          stack.configure({
            "fcrdns:roots": JSON.stringify(dns.roots),
            "fcrdns:port": String(dns.port),
            "fcrdns:mode": dns.mode,
            "fcrdns:timeoutSeconds": "1",
            "fcrdns:deadlineSeconds": String(deadlineSeconds),
          });

        // They stay away: the run ends at its deadline, and nothing is said to be missing.
        await configure(8);
        let begins = waiting();
        let running = stack.up();
        await begins;
        await servers.kill();
        const killedAt = Date.now();
        const away = failed(await running);
        const seconds = (Date.now() - killedAt) / 1000;
        assert.ok(seconds < 8 + ENGINE_SECONDS, `${seconds} s`);
        const errors = away.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
        assert.match(errors.join("\n"), unknown);
        assert.doesNotMatch(errors.join("\n"), /has no|no such|does not exist|NXDOMAIN|not visible/i);
        const address = (await internet.journal()).find((event) => event.startsWith("allocate "))?.split(" ")[1] ?? "";
        const asked = ["--root", dns.roots[0] ?? "", "--port", String(dns.port), "--mode", dns.mode];
        const verdict = await fcrdns(["verify", `${address}=${OLD}`, ...asked, "--timeout", "1", "--format", "json"]);
        assert.equal(verdict.status, 3, verdict.stdout + verdict.stderr);
        assert.equal(JSON.parse(verdict.stdout).results[0].iprev, "temperror");

        // They come back in the middle of the wait.
        await servers.start();
        await configure(60);
        await internet.setRecords(OLD, "A", []);
        await internet.settled();
        begins = waiting();
        running = stack.up({ refresh: true });
        await begins;
        await servers.kill();
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        await servers.start();
        const back = succeeded(await running);
        for (const { address: ip } of back.outputs.endpoints as Endpoint[]) {
          assert.equal((await verify(ip, { ...dns, expected: OLD })).status, "pass");
        }
        t.diagnostic(`ended ${seconds.toFixed(1)} s after the name servers`);
      });
    });
  }
});

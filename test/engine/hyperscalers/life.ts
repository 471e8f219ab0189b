/** The life of a sending IP at one cloud, run by the real engine: what must hold at every cloud and DNS host. */
import * as assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { type Endpoint, SendingIp } from "../../../components/sending-ip";
import { verify } from "../../../fcrdns/index";
import type { Cloud } from "../../../providers/cloud";
import type { DnsHost } from "../../../providers/dns-host";
import type { RemoteInternet } from "../../../sandbox/internet/remote-internet";
import type { Sandbox } from "../../../sandbox/sandbox";
import type { StackRun } from "../../../sandbox/sandbox-stack";
import { failed, operations, succeeded, withSandbox } from "../engine-stack";

export const ZONE = "example.com";

export interface Life {
  /** Created again for each run, as a program does. */
  readonly cloud: () => Cloud;
  readonly dns: () => DnsHost;
  readonly ipv6?: boolean;
  /** Milliseconds until name servers show what the APIs took. @default 0 */
  readonly publishDelayMs?: number;
  readonly config?: Readonly<Record<string, string>>;
  /** What the run that renames it says, where people must change the IPv6 PTR themselves. @default the run renames it */
  readonly renamedByHand?: RegExp;
}

/** A program with one sending IP, whose round trip it waits for. */
export function sendingFrom({ cloud, dns, ipv6 }: Life, hostname: string): PulumiFn {
  return async () => {
    const mail = new SendingIp("mail", { hostname, cloud: cloud(), dns: dns(), ...(ipv6 !== undefined && { ipv6 }) });
    return { endpoints: mail.endpoints, verified: mail.verified };
  };
}

export function endpointsOf(run: StackRun): Endpoint[] {
  return run.outputs.endpoints as Endpoint[];
}

/** Looks the PTR up as a receiver would. */
export async function assertRoundTrip(internet: RemoteInternet, endpoints: readonly Endpoint[], hostname: string) {
  assert.ok(endpoints.length > 0, "no endpoint");
  for (const { address } of endpoints) {
    const { roots, resolver, port } = internet;
    const verdict = await verify(address, { expected: hostname, roots, resolvers: [resolver], port });
    assert.equal(`${verdict.status} ${verdict.reason} ${verdict.ptr}`, `pass ok ${hostname}`, address);
  }
}

/** The records that are left in a zone, without its own. */
export async function recordsLeft(internet: RemoteInternet, zone: string): Promise<readonly string[]> {
  await internet.settled();
  const copies = (await internet.snapshot())[zone] ?? {};
  return Object.values(copies).flatMap((lines) => lines.filter((line) => !/ ns /i.test(line)));
}

export function played(life: Life): (t: TestContext) => Promise<void> {
  const first = "mail.example.com";
  const second = "mx.example.com";
  return (t) =>
    withSandbox(
      t,
      {
        program: sendingFrom(life, first),
        internet: { forwardZones: [ZONE], publishDelayMs: life.publishDelayMs ?? 0, negativeTtl: 1 },
        config: { "fcrdns:deadlineSeconds": "60", ...life.config },
      },
      async ({ stack, internet }: Sandbox) => {
        const preview = succeeded(await stack.preview());
        assert.equal((await internet.journal()).filter((event) => event.startsWith("create ")).length, 0);
        assert.ok(preview.steps.length > 0);

        const up = endpointsOf(succeeded(await stack.up()));
        await assertRoundTrip(internet, up, first);

        assert.deepEqual(operations(succeeded(await stack.up())), [], "a second up changes nothing");

        // Resolvers cache the old name for its TTL, which has passed by now.
        await internet.flushResolver();
        const renaming = { program: sendingFrom(life, second) };
        if (life.renamedByHand !== undefined) {
          assert.match(failed(await stack.up(renaming)).text, life.renamedByHand);
          await assertRoundTrip(internet, up, first);
          for (const { address } of up.filter(({ family }) => family === 6)) await internet.setPtr(address, second);
          await internet.settled();
          await internet.flushResolver();
        }
        const refresh = life.renamedByHand !== undefined;
        const renamed = endpointsOf(succeeded(await stack.up({ ...renaming, refresh })));
        assert.deepEqual(
          renamed.map(({ address }) => address),
          up.map(({ address }) => address),
          "a new host name keeps the addresses",
        );
        await assertRoundTrip(internet, renamed, second);
        succeeded(await stack.refresh());
        assert.deepEqual(operations(succeeded(await stack.up())), [], "nor does an up after a refresh");

        succeeded(await stack.destroy());
        assert.deepEqual(await recordsLeft(internet, ZONE), []);
        for (const { address } of renamed) {
          assert.equal(await internet.ptr(address), null, `${address} has no PTR once it is given back`);
        }
      },
    );
}

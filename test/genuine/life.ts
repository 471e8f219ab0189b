/** What every cloud's own plugin is put through. */
import * as assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Endpoint } from "../../components/sending-ip";
import type { SandboxStack, StackRun } from "../../sandbox/sandbox-stack";
import { failed, operations, succeeded } from "../engine/engine-stack";
import { assertNeverBroken, type Seen, whileLooking } from "../engine/rename/renaming";
import {
  type GenuineProvider,
  type GenuineSandbox,
  NEW,
  OLD,
  withGenuine,
  withSimulation,
  ZONE,
} from "./genuine-sandbox";
import type { Fault } from "./vendors/fake-api";

const gate = { policyPacks: [join(__dirname, "..", "..", "policies")] };

export function genuineLife(provider: GenuineProvider): void {
  describe(`${provider.name} with its own plugin`, () => {
    test("preview, up, up again, another host name, destroy", (t) =>
      withGenuine(t, provider, async (sandbox) => {
        const { stack, internet, api } = sandbox;
        const untouched = await internet.snapshot();
        const preview = succeeded(await stack.preview(gate));
        assert.deepEqual(preview.violations, [], preview.text);
        assert.deepEqual(writes(sandbox), []);

        const first = succeeded(await stack.up(gate));
        const addresses = addressesOf(first);
        await assertRight(sandbox, addresses, OLD);

        const from = api.exchanges.length;
        const again = succeeded(await stack.up());
        assert.deepEqual(operations(again), []);
        assert.deepEqual(writes(sandbox, from), []);

        await stack.configure({ "fcrdns:hostname": NEW });
        const { result, moments } = await whileLooking(internet, addresses, stack.up());
        assert.deepEqual(addressesOf(succeeded(result)), addresses);
        assertUnbroken(provider, moments);
        await assertRight(sandbox, addresses, NEW);
        assert.deepEqual(await internet.records(OLD, "A"), []);

        await assertDestroyed(sandbox, untouched);
      }));

    test("the simulation takes the same steps and leaves the same state", (t) =>
      withGenuine(t, provider, async ({ stack }) => {
        const genuine = await story(stack);
        await withSimulation(t, provider, async (simulated) => {
          assert.deepEqual(await story(simulated.stack), genuine);
        });
      }));

    test("a PTR that the vendor lost", (t) =>
      withGenuine(t, provider, async (sandbox) => {
        const { stack, internet, vendor } = sandbox;
        const untouched = await internet.snapshot();
        const addresses = addressesOf(succeeded(await stack.up()));
        await stack.configure({ "fcrdns:deadlineSeconds": "3" });
        for (const address of addresses) {
          await losePtr(sandbox, address);
          const told = failed(await stack.up());
          assert.match(told.text, new RegExp(`${escaped(address)} as ${escaped(OLD)} does not round-trip`), told.text);
          const byHand = (await vendor.setPtrAgain?.(address)) ?? false;
          succeeded(await stack.up({ refresh: !byHand }));
          await assertRight(sandbox, addresses, OLD);
        }
        await assertDestroyed(sandbox, untouched);
      }));

    const faults: Readonly<Record<string, Fault>> = {
      "fails with 500": { kind: "status", status: 500 },
      "is refused with 429": { kind: "status", status: 429 },
      "loses its connection": { kind: "cut" },
    };
    for (const [what, fault] of Object.entries(faults)) {
      test(`every write ${what} once: nothing is left behind, nothing is there twice`, (t) =>
        withGenuine(t, provider, async (sandbox) => {
          const { stack, internet, api } = sandbox;
          const untouched = await internet.snapshot();
          const end = api.failEachWriteOnce(fault);
          const up = await untilGood(() => stack.up());
          const addresses = addressesOf(up);
          await assertRight(sandbox, addresses, OLD);
          await stack.configure({ "fcrdns:hostname": NEW });
          const { result, moments } = await whileLooking(
            internet,
            addresses,
            untilGood(() => stack.up()),
          );
          assert.deepEqual(addressesOf(result), addresses);
          assertUnbroken(provider, moments);
          await assertRight(sandbox, addresses, NEW);
          await untilGood(() => stack.destroy());
          const writesFailed = end();
          t.diagnostic(`${writesFailed.length} writes failed`);
          assert.ok(writesFailed.length >= 10, writesFailed.join("\n"));
          await assertDestroyed(sandbox, untouched);
        }));
    }
  });
}

/** What a first `up`, a new host name and a destruction do, and what the state holds meanwhile, without what is made up. */
async function story(stack: SandboxStack): Promise<Record<string, readonly string[]>> {
  const up = operations(succeeded(await stack.up())).sort();
  const state = await stateOf(stack);
  await stack.configure({ "fcrdns:hostname": NEW });
  const rename = operations(succeeded(await stack.up())).sort();
  const renamed = await stateOf(stack);
  const destroy = operations(succeeded(await stack.destroy())).sort();
  return { up, state, rename, renamed, destroy };
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Each output of each resource, a line each; of ids and times their type. A resource's own `id` is an output of genuine plugins alone. */
async function stateOf(stack: SandboxStack): Promise<readonly string[]> {
  const { deployment } = (await stack.export()) as { deployment: { resources: readonly StateResource[] } };
  return deployment.resources
    .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
    .flatMap(({ urn, outputs = {} }) =>
      Object.entries(outputs)
        .filter(([key, value]) => key !== "id" && !key.startsWith("__") && value !== null)
        .map(([key, value]) => {
          const shown = /(?:Id|Urn|At)$/.test(key) ? typeof value : withoutMadeUp(value);
          return `${urn.split("::").at(-1)} ${key}: ${shown}`;
        }),
    )
    .sort();
}

/** Names and ids that are made up, and which of its addresses the cloud hands out first. */
const MADE_UP: readonly (readonly [RegExp, string])[] = [
  [/-[0-9a-f]{7}(?=")/g, "-*"],
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "*"],
  [/(\d+\.\d+\.\d+)\.\d+/g, "$1.*"],
  [/(2001:0?db8:[0-9a-f]+:)[0-9a-f]+/g, "$1*"],
];

function withoutMadeUp(value: unknown): string {
  return MADE_UP.reduce((text, [pattern, shown]) => text.replaceAll(pattern, shown), JSON.stringify(value));
}

/**
 * Each address has a confirmed PTR at every moment; where a PTR is deleted before it is made again, all but one, and the MX
 * leads to an address.
 */
function assertUnbroken({ deletesPtrFirst = false }: GenuineProvider, moments: readonly Seen[]): void {
  if (!deletesPtrFirst) assertNeverBroken(moments, "rename");
  for (const { trips, mxLeads } of moments) {
    const broken = Object.entries(trips).filter(([, { holds }]) => !holds);
    assert.ok(broken.length <= 1, `several at once: ${JSON.stringify(broken)}`);
    assert.ok(mxLeads);
  }
}

/** Runs again after each failure. Each failure takes one step out of the way, so there are not many. */
async function untilGood(run: () => Promise<StackRun>): Promise<StackRun> {
  let last: StackRun | undefined;
  for (let attempt = 0; attempt < 15; attempt++) {
    last = await run();
    if (last.ok) return last;
  }
  throw new Error(`still failing:\n${last?.text}`);
}

/** Each address has the one PTR, the name has exactly these addresses, and nothing else is at the vendor. */
async function assertRight(
  { internet }: GenuineSandbox,
  addresses: readonly string[],
  hostname: string,
): Promise<void> {
  await internet.settled();
  for (const address of addresses) assert.equal(await internet.ptr(address), hostname);
  const of = async (owner: string, type: string) => [...(await internet.records(owner, type))].sort();
  const [v4, v6] = [addresses.filter((each) => !each.includes(":")), addresses.filter((each) => each.includes(":"))];
  assert.deepEqual(await of(hostname, "A"), v4);
  assert.deepEqual(await of(hostname, "AAAA"), v6);
  assert.deepEqual(await of(ZONE, "MX"), [`10 ${hostname}.`]);
  const spf = [...v4.map((each) => `ip4:${each}`), ...v6.map((each) => `ip6:${each}`)];
  assert.deepEqual(await of(ZONE, "TXT"), [`v=spf1 ${spf.join(" ")} ~all`]);
}

async function assertDestroyed(
  { stack, internet, vendor }: GenuineSandbox,
  untouched: Awaited<ReturnType<GenuineSandbox["internet"]["snapshot"]>>,
): Promise<void> {
  succeeded(await stack.destroy());
  assert.deepEqual(vendor.left(), []);
  await internet.settled();
  assert.deepEqual(await internet.snapshot(), untouched);
}

function writes({ api }: GenuineSandbox, from = 0): string[] {
  const { exchanges } = api;
  return exchanges
    .slice(from)
    .flatMap(({ operation, path }) => (operation.startsWith("GET ") ? [] : [`${operation} ${path}`]));
}

function addressesOf(run: StackRun): string[] {
  return (run.outputs.endpoints as Endpoint[]).map(({ address }) => address);
}

async function losePtr({ internet, vendor }: GenuineSandbox, address: string): Promise<void> {
  await vendor.losePtr(address);
  await internet.settled();
}

function escaped(text: string): string {
  return text.replaceAll(".", "\\.");
}

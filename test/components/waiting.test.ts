import * as assert from "node:assert/strict";
import * as dgram from "node:dgram";
import { after, before, describe, mock, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import * as packet from "dns-packet";
import { forwardVisible } from "../../components/forward-visible";
import { roundTripHolds } from "../../components/round-trip-holds";
import type { DnsSettings } from "../../fcrdns/settings";
import { promiseOf } from "../../providers/internal/promise-of";
import { leaveRejectionsToPulumi } from "../engine/engine-stack";

let restore = (): void => {};
before(() => {
  restore = leaveRejectionsToPulumi();
});
after(async () => {
  // A failed output is reported in the next turn of the event loop.
  await new Promise((resolve) => setTimeout(resolve, 50));
  restore();
});

const IP = "192.0.2.10";
const ARPA = "10.2.0.192.in-addr.arpa";
const NEW = "mx.example.com";
const OLD = "mail.example.com";

/** What a name server shows: `mx.example.com A` -> value. */
type Zone = Record<string, string>;

const soa: packet.Answer = {
  type: "SOA",
  name: "example.com",
  ttl: 1,
  data: { mname: "ns.example.com", rname: "root.example.com", serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 },
};

/** The name server of everything, on loopback, and what it was asked. */
async function withServer(zone: Zone, use: (settings: DnsSettings, asked: string[]) => Promise<void>): Promise<void> {
  const asked: string[] = [];
  const socket = dgram.createSocket("udp4");
  socket.on("message", (message, from) => {
    const { id, questions = [] } = packet.decode(message);
    const [{ name, type } = { name: "", type: "A" }] = questions;
    const key = `${name.toLowerCase()} ${type}`;
    asked.push(key);
    const data = zone[key];
    const records = data === undefined ? { authorities: [soa] } : { answers: [{ type, name, ttl: 1, data }] };
    const answer = { type: "response", id, flags: packet.AUTHORITATIVE_ANSWER, questions, ...records };
    socket.send(packet.encode(answer as packet.Packet), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  try {
    const stubs = { ".": `127.0.0.1:${socket.address().port}` };
    await use({ mode: "authoritative", stubs, timeoutSeconds: 0.3, deadlineSeconds: 2 }, asked);
  } finally {
    socket.close();
  }
}

const component = {} as pulumi.Resource;
const wait = (settings: DnsSettings, when: "always" | "replacing") =>
  promiseOf(forwardVisible(component, NEW, pulumi.output(IP), undefined, settings, when));

const atOnce = 900;
const cases: readonly (readonly [string, "always" | "replacing", Zone, RegExp | undefined])[] = [
  ["a cloud that looks, and no record", "always", {}, /no PTR was set: the provider would refuse it/],
  ["a cloud that looks, and a record of another address", "always", { [`${NEW} A`]: "192.0.2.99" }, /no PTR was set/],
  ["a cloud that looks, and the record", "always", { [`${NEW} A`]: IP }, undefined],
  ["no PTR so far", "replacing", {}, undefined],
  ["a PTR that is not confirmed", "replacing", { [`${ARPA} PTR`]: OLD }, undefined],
  ["a PTR that is confirmed", "replacing", { [`${ARPA} PTR`]: OLD, [`${OLD} A`]: IP }, /the PTR was left as it is/],
  [
    "the provider's default PTR, which is confirmed",
    "replacing",
    { [`${ARPA} PTR`]: "static.10.2.0.192.clients.example.net", "static.10.2.0.192.clients.example.net A": IP },
    undefined,
  ],
];

describe("the PTR waits for its name where it must, and only there", () => {
  for (const [what, when, zone, expected] of cases) {
    test(`${what}: ${expected === undefined ? "set at once" : "not set"}`, () =>
      withServer(zone, async (settings) => {
        const started = performance.now();
        if (expected === undefined) {
          assert.equal(await wait(settings, when), NEW);
          assert.ok(performance.now() - started < atOnce);
        } else {
          await assert.rejects(wait(settings, when), expected);
          assert.ok(performance.now() - started > atOnce, "it waited for the deadline");
        }
      }));
  }

  test("a record that comes while it waits ends the wait", () => {
    const zone: Zone = {};
    return withServer(zone, async (settings) => {
      setTimeout(() => {
        zone[`${NEW} A`] = IP;
      }, 300);
      assert.equal(await wait({ ...settings, deadlineSeconds: 5 }, "always"), NEW);
    });
  });
});

describe("the wait for the round trip begins with how long it lasts and what may hold it up", () => {
  const modes = {
    full: /^waiting at most 1 s .*; a resolver may have cached another PTR .* until its TTL expires.*deadlineSeconds SECONDS waits longer/,
    authoritative:
      /^waiting at most 1 s for forward and reverse DNS to agree \(pulumi config set fcrdns:deadlineSeconds/,
  } as const;
  for (const [mode, expected] of Object.entries(modes)) {
    test(`in mode ${mode}`, () =>
      withServer({}, async (settings) => {
        const info = mock.method(pulumi.log, "info", async () => undefined);
        const endpoint = { address: IP, family: 4, hostname: NEW, reverse: "set", cloud: "hetzner" } as const;
        const asking = { ...settings, mode: mode as DnsSettings["mode"] & string, deadlineSeconds: 1 };
        const holds = roundTripHolds(component, pulumi.output([endpoint]), asking, pulumi.output([undefined]));
        await assert.rejects(promiseOf(holds), /192\.0\.2\.10/);
        const calls = info.mock.calls as unknown as { arguments: [string, unknown?, unknown?, boolean?] }[];
        const kept = calls.map((call) => call.arguments).filter(([, , , ephemeral]) => ephemeral !== true);
        info.mock.restore();
        assert.equal(kept.length, 1, "said once");
        assert.match(kept[0]?.[0] ?? "", expected);
      }));
  }
});

describe("the round trip of a server that says another name in EHLO", () => {
  const endpoint = { address: IP, family: 4, hostname: NEW, helo: OLD, reverse: "set", cloud: "hetzner" } as const;
  const good = { [`${ARPA} PTR`]: NEW, [`${NEW} A`]: IP };
  const holds = (settings: DnsSettings) =>
    promiseOf(roundTripHolds(component, pulumi.output([endpoint]), settings, pulumi.output([undefined])));

  test("holds where that name has the address too", () =>
    withServer({ ...good, [`${OLD} A`]: IP }, async (settings) => {
      assert.deepEqual(await holds(settings), { hostname: NEW, helo: OLD, addresses: [IP] });
    }));

  test("fails where it has not", () =>
    withServer(good, async (settings) => {
      await assert.rejects(
        holds(settings),
        /the mail server says mail\.example\.com in EHLO, but the PTR of 192\.0\.2\.10/,
      );
    }));
});

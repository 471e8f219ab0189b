import * as assert from "node:assert/strict";
import * as dgram from "node:dgram";
import { test } from "node:test";
import * as packet from "dns-packet";
import { lookUpRecords } from "../../fcrdns/look-up-records";

type Answer = Partial<packet.Packet> | null;

/** A name server of example.com on loopback; null: it is silent. */
async function withServer(answer: Answer, use: (server: string) => Promise<void>): Promise<void> {
  const socket = dgram.createSocket("udp4");
  socket.on("message", (message, from) => {
    const { id, questions = [] } = packet.decode(message);
    if (answer !== null) {
      const flags = packet.AUTHORITATIVE_ANSWER;
      socket.send(packet.encode({ type: "response", id, flags, questions, ...answer }), from.port, from.address);
    }
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  try {
    await use(`127.0.0.1:${socket.address().port}`);
  } finally {
    socket.close();
  }
}

const text = (data: string[]): packet.Answer => ({ type: "TXT", name: "example.com", ttl: 60, data });
const soa: packet.Answer = {
  type: "SOA",
  name: "example.com",
  ttl: 60,
  data: { mname: "ns.example.com", rname: "root.example.com", serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 },
};

const seen: readonly (readonly [string, Answer, readonly string[] | RegExp])[] = [
  ["strings of one record are joined", { answers: [text(["v=spf1 ", "-all"]), text(["a"])] }, ["a", "v=spf1 -all"]],
  ["an empty string is a text", { answers: [text([""])] }, [""]],
  ["octets above ASCII are UTF-8", { answers: [text(["gr\u00fc\u00dfe"])] }, ["gr\u00fc\u00dfe"]],
  ["no TXT record", { authorities: [soa] }, []],
  ["SERVFAIL is not no record", { flags: packet.AUTHORITATIVE_ANSWER | 2 }, /servfail/],
  ["silence is not no record", null, /timeout/],
];

for (const [what, answer, expected] of seen) {
  test(`the text of a name: ${what}`, () =>
    withServer(answer, async (server) => {
      const settings = { mode: "authoritative", stubs: { "example.com": server }, timeoutSeconds: 0.2 } as const;
      const found = await lookUpRecords("example.com", "TXT", settings);
      if (expected instanceof RegExp) {
        assert.equal(found.known, false);
        assert.match(found.known ? "" : found.why, expected);
      } else {
        assert.deepEqual(found, { known: true, values: expected });
      }
    }));
}

test("the MX of a name", () =>
  withServer(
    { answers: [{ type: "MX", name: "example.com", data: { preference: 10, exchange: "mx.example.com" } }] },
    async (server) => {
      const settings = { mode: "authoritative", stubs: { "example.com": server } } as const;
      assert.deepEqual(await lookUpRecords("example.com", "MX", settings), { known: true, values: ["mx.example.com"] });
    },
  ));

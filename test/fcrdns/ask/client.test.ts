/** One question to one server: what is sent again and how, what is kept of the answer, and when nothing is sent. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as dnsPacket from "dns-packet";
import { type AskOptions, Client, type QueryContext } from "../../../fcrdns/ask/client";
import { readAuthoritative, readRecursive } from "../../../fcrdns/ask/reading";
import { endpoint } from "../../../fcrdns/ask/server-address";
import type { Transport } from "../../../fcrdns/ask/transport";
import type { Exchange } from "../../../fcrdns/index";
import { played, record } from "./played-servers";

const server = endpoint({ address: "192.0.2.53", port: 53 }, null);
const question = { name: "mail.example.com", type: "A" } as const;
const options: AskOptions = {
  rd: false,
  read: (message) => readAuthoritative(question, "example.com", message),
};
const address = { answer: [record(question.name, "A", "192.0.2.10")] };

function context(more: Partial<QueryContext> = {}): QueryContext {
  const open = { outOfQueries: false, outOfTime: false, ended: false, heard: false };
  return { queriesLeft: 100, until: Number.POSITIVE_INFINITY, hops: [], ...open, ...more };
}

/** @param now milliseconds on the clock; its calls in turn, the last one for ever */
function client(transport: Transport, tries = 3, now: readonly number[] = [0]): Client {
  const left = [...now];
  const clock = {
    now: () => (left.length > 1 ? (left.shift() as number) : (left[0] as number)),
    utc: () => 0,
    sleep: async () => {},
  };
  return new Client({ transport, clock, random: () => 0.9, timeoutMs: 5, tries });
}

/** An answer whose question is spelt otherwise than it was asked. */
function respelt(octets: Uint8Array, spelt: (name: string) => string): Uint8Array {
  const { id, questions = [] } = dnsPacket.decode(Buffer.from(octets));
  const [{ name, type } = { name: "", type: "A" }] = questions;
  const answers = [{ name: question.name, type: "A", ttl: 60, data: "192.0.2.10" } as const];
  const flags = dnsPacket.AUTHORITATIVE_ANSWER;
  const asked = [{ name: spelt(name), type: type as dnsPacket.RecordType }];
  return dnsPacket.encode({ type: "response", id, flags, questions: asked, answers });
}

describe("a server that answers in another letter case", () => {
  for (const tries of [1, 2]) {
    it(`is asked without mixed case, also where ${tries} may be sent, and from then on at once`, async () => {
      let datagrams = 0;
      const transport: Transport = {
        udp: async (_, query, __, accept): Promise<Exchange> => {
          datagrams++;
          const message = respelt(query, (name) => name.toLowerCase());
          return accept(message) ? { kind: "answer", message } : { kind: "timeout" };
        },
        tcp: async () => ({ kind: "unreachable", why: "ECONNREFUSED" }),
        close: () => {},
      };
      const asking = client(transport, tries);
      for (const sent of [2, 3]) {
        const reply = await asking.ask(server, question, options, context());
        assert.deepEqual([reply.outcome, reply.values, datagrams], ["ok", ["192.0.2.10"], sent]);
      }
    });
  }
});

describe("an answer over UDP that cannot be read", () => {
  const cutShort = async (_: unknown, query: Uint8Array): Promise<Exchange> => ({
    kind: "answer",
    message: respelt(query, (name) => name).subarray(0, -3),
  });
  it("is asked for over TCP, and a note says so where that brought the answer", async () => {
    const transport = { ...played(() => address), udp: cutShort };
    const own = context();
    assert.equal((await client(transport).ask(server, question, options, own)).outcome, "ok");
    assert.deepEqual(
      own.hops[0]?.causes?.map(({ kind }) => kind),
      ["malformed", "asked-over-tcp"],
    );
  });
  it("is malformed where TCP brings none, and no note tells of an answer", async () => {
    const refused = { kind: "unreachable", why: "ECONNREFUSED" } as const;
    const transport = { ...played(() => address), udp: cutShort, tcp: async () => refused };
    const own = context();
    assert.equal((await client(transport).ask(server, question, options, own)).outcome, "malformed");
    assert.deepEqual(
      own.hops[0]?.causes?.map(({ kind }) => kind),
      ["malformed", "unreachable"],
    );
  });
});

describe("a hop", () => {
  it("has the time that the query took, to a tenth of a millisecond", async () => {
    for (const [ms, shown] of [
      [12.34, 12.3],
      [0.06, 0.1],
      [0.04, 0],
      [7, 7],
    ] as const) {
      const own = context();
      await client(
        played(() => address),
        1,
        [100, 100, 100 + ms],
      ).ask(server, question, options, own);
      assert.equal(own.hops[0]?.ms, shown);
    }
  });

  for (const [count, rest] of [
    [49, undefined],
    [50, undefined],
    [51, "... 1 more records"],
    [60, "... 10 more records"],
  ] as const) {
    it(`shows ${Math.min(count, 50)} of ${count} records`, async () => {
      const answer = Array.from({ length: count }, (_, i) => record("MAIL.example.com", "A", `192.0.2.${i}`));
      const own = context();
      const transport = { ...played(() => ({ tc: true })), tcp: played(() => ({ answer })).tcp };
      await client(transport).ask(server, question, options, own);
      const records = own.hops[0]?.records ?? [];
      assert.equal(records.length, rest === undefined ? count : 51);
      assert.equal(records[0], "mail.example.com 300 IN A 192.0.2.0");
      assert.equal(records[49], count >= 50 ? "mail.example.com 300 IN A 192.0.2.49" : undefined);
      assert.equal(records[50], rest);
    });
  }
});

describe("nothing is sent", () => {
  it("when as many queries were sent as may be", async () => {
    const transport = played(() => address);
    const own = context({ queriesLeft: 1 });
    const asking = client(transport);
    assert.equal((await asking.ask(server, question, options, own)).outcome, "ok");
    assert.deepEqual([own.queriesLeft, own.outOfQueries], [0, false]);
    const reply = await asking.ask(server, question, options, own);
    assert.deepEqual([reply.outcome, reply.causes], ["not-asked", [{ kind: "query-limit" }]]);
    assert.deepEqual([transport.sent.length, own.outOfQueries], [1, true]);
  });
  it("when the time is up", async () => {
    const transport = played(() => address);
    const own = context({ until: 100 });
    const reply = await client(transport, 3, [100]).ask(server, question, options, own);
    assert.deepEqual([reply.outcome, reply.causes], ["not-asked", [{ kind: "out-of-time" }]]);
    assert.deepEqual([transport.sent.length, own.outOfTime], [0, true]);
  });
});

describe("records that no alias leads to", () => {
  it("are no answer of a resolver (RFC 1034 section 4.3.2: the chain of aliases is followed)", async () => {
    const alias = record(question.name, "CNAME", "host.example.net");
    const stray = record("other.example.net", "A", "192.0.2.66");
    const read: AskOptions["read"] = (message) => readRecursive(question, message);
    const said = async (...answer: (typeof alias)[]) => {
      const transport = played(() => ({ ra: true, answer }));
      const { outcome, causes } = await client(transport).ask(server, question, { rd: true, read }, context());
      return [outcome, causes[0]];
    };
    assert.deepEqual(await said(alias, stray), ["malformed", { kind: "unusable", what: "off-the-chain" }]);
    assert.equal((await said(alias))[0], "nodata");
    const other = record("other.example.net", "AAAA", "2001:db8::66");
    assert.equal((await said(alias, other))[0], "nodata");
  });
});

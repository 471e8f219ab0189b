/** The octets of answers are hostile: the reader always returns, and soon. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as dnsPacket from "dns-packet";
import * as fc from "fast-check";
import { readAuthoritative, readRecursive } from "../../../fcrdns/ask/reading";
import {
  echoOf,
  type Message,
  type ResourceRecord,
  readMessage,
  recordText,
  restoreCase,
  writeQuery,
} from "../../../fcrdns/ask/wire";

const question = { name: "10.2.0.192.in-addr.arpa", type: "PTR" } as const;

/** Everything that the client does with a datagram that looks like its answer. */
function handle(octets: Uint8Array): void {
  const query = writeQuery(question, { id: 0x1234, rd: false, edns: true }) as Uint8Array;
  echoOf(query, octets);
  if (octets.length >= 100) restoreCase(octets, question.name);
  const read = readMessage(octets);
  if (!read.ok) {
    assert.equal(typeof read.problem, "string");
    return;
  }
  const { message } = read;
  for (const record of [...message.answers, ...message.authorities, ...message.additionals]) {
    assert.match(recordText(record), /^[!-~ ]*$/);
  }
  readAuthoritative(question, "2.0.192.in-addr.arpa", message);
  readRecursive(question, message);
}

/** Real-looking answers, written by another codec, for mutations to begin from. */
const samples: readonly Uint8Array[] = [
  { answers: [{ type: "PTR", name: question.name, ttl: 60, data: "mail.example.com" }] },
  { answers: [{ type: "CNAME", name: question.name, ttl: 60, data: "10.0/25.2.0.192.in-addr.arpa" }] },
  {
    authorities: [
      {
        type: "SOA",
        name: "2.0.192.in-addr.arpa",
        ttl: 60,
        data: { mname: "ns.test", rname: "host.test", serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 5 },
      },
    ],
  },
  {
    authorities: [{ type: "NS", name: "192.in-addr.arpa", ttl: 60, data: "ns.test" }],
    additionals: [
      { type: "A", name: "ns.test", ttl: 60, data: "192.0.2.1" },
      { type: "AAAA", name: "ns.test", ttl: 60, data: "2001:db8::1" },
      { type: "OPT", name: ".", udpPayloadSize: 1232, flags: 0, options: [] },
    ],
  },
].map((sections) =>
  dnsPacket.encode({
    type: "response",
    id: 0x1234,
    flags: dnsPacket.AUTHORITATIVE_ANSWER,
    questions: [question],
    ...sections,
  } as dnsPacket.Packet),
);

describe("random and mutated packets never throw and never hang", () => {
  it("40,000 packets of random octets", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => handle(octets)),
      { numRuns: 40_000 },
    );
  });

  it("40,000 answers with some octets changed, removed, doubled or cut off", () => {
    const mutation = fc.record({
      at: fc.nat(400),
      octet: fc.nat(255),
      kind: fc.constantFrom("set", "drop", "insert", "cut"),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(mutation, { minLength: 1, maxLength: 8 }),
        (sample, mutations) => {
          let octets = [...sample];
          for (const { at, octet, kind } of mutations) {
            const where = at % (octets.length || 1);
            if (kind === "set") octets[where] = octet;
            else if (kind === "drop") octets.splice(where, 1);
            else if (kind === "insert") octets.splice(where, 0, octet);
            else octets = octets.slice(0, where);
          }
          handle(Uint8Array.from(octets));
        },
      ),
      { numRuns: 40_000 },
    );
  });

  it("25,000 answers whose names are pointers to anywhere", () => {
    const header = [0x12, 0x34, 0x84, 0, 0, 1];
    fc.assert(
      fc.property(fc.nat(40), fc.array(fc.nat(0x3fff), { maxLength: 40 }), (count, pointers) => {
        const query = writeQuery(question, { id: 0x1234, rd: false, edns: false }) as Uint8Array;
        const records = pointers.flatMap((pointer) => {
          const name = [0xc0 | (pointer >> 8), pointer & 255];
          return [...name, 0, 12, 0, 1, 0, 0, 0, 60, 0, 2, ...name];
        });
        handle(Uint8Array.from([...header, 0, count, 0, 0, 0, 0, ...query.subarray(12), ...records]));
      }),
      { numRuns: 25_000 },
    );
  });

  it("64 KiB of the costliest names take less than 100 ms of processor time", () => {
    // A name of 127 labels and then nothing but records whose names point into it.
    const labels = Array.from({ length: 126 }, () => [1, 0x61]).flat();
    const record = [0xc0, 14, 0, 12, 0, 1, 0, 0, 0, 60, 0, 2, 0xc0, 16];
    const count = Math.floor((65535 - 12 - labels.length - 5) / record.length);
    const octets = Uint8Array.from([
      ...[0x12, 0x34, 0x84, 0, 0, 1, count >> 8, count & 255, 0, 0, 0, 0, ...labels, 0, 0, 12, 0, 1],
      ...Array.from({ length: count }, () => record).flat(),
    ]);
    const times = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      const read = readMessage(octets);
      assert.ok(read.ok && read.message.answers.length === count);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    assert.ok(Math.min(...times) < 100, `${times.join(", ")} ms`);
  });

  it("a name is as long, and follows as many pointers, whoever pointed into it before", () => {
    const labels = (count: number): number[] => Array.from({ length: count }, () => [1, 0x61]).flat();
    const header = [0x12, 0x34, 0x84, 0, 0, 1];
    // The question is 100 labels: 201 octets.
    const start = [...labels(100), 0, 0, 12, 0, 1];
    const pointing = (own: number) => [...labels(own), 0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 60, 0, 2, 0xc0, 14];
    for (const [own, ok] of [
      [[27, 27], true],
      [[28], false],
      [[27, 28], false],
    ] as const) {
      const records = own.flatMap(pointing);
      const read = readMessage(Uint8Array.from([...header, 0, own.length, 0, 0, 0, 0, ...start, ...records]));
      assert.equal(read.ok ? true : read.problem, ok || "name-too-long");
      if (!read.ok) continue;
      for (const { owner } of read.message.answers) assert.equal(owner, Array(127).fill("a").join("."));
      assert.deepEqual(
        read.message.answers.map((answer) => "target" in answer && answer.target.length),
        [197, 197],
      );
    }
  });
});

describe("what can be read is read as another codec wrote it", () => {
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
  const name = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join("."));
  const ttl = fc.nat(0x7fffffff);
  const record = fc.oneof(
    fc.record({ type: fc.constant("PTR" as const), name, ttl, data: name }),
    fc.record({ type: fc.constant("NS" as const), name, ttl, data: name }),
    fc.record({ type: fc.constant("CNAME" as const), name, ttl, data: name }),
    fc.record({ type: fc.constant("A" as const), name, ttl, data: fc.ipV4() }),
    fc.record({ type: fc.constant("TXT" as const), name, ttl, data: fc.string({ maxLength: 20 }) }),
    fc.record({ type: fc.constant("HINFO" as const), name, ttl, data: fc.constant({ cpu: "a", os: "b" }) }),
  );

  it("records of every section, in their order; types that nobody asked for are passed over", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), fc.array(record, { maxLength: 4 }), (answers, authorities) => {
        const octets = dnsPacket.encode({ type: "response", id: 7, questions: [question], answers, authorities });
        const read = readMessage(octets);
        assert.ok(read.ok);
        assert.deepEqual(simple(read.message.answers), plain(answers));
        assert.deepEqual(simple(read.message.authorities), plain(authorities));
      }),
      { numRuns: 2000 },
    );
  });

  it("header flags and RCODE, with the upper bits from EDNS", () => {
    const octets = dnsPacket.encode({
      type: "response",
      id: 0xbeef,
      flags: dnsPacket.AUTHORITATIVE_ANSWER | dnsPacket.TRUNCATED_RESPONSE | dnsPacket.AUTHENTIC_DATA,
      questions: [question],
      additionals: [
        { type: "OPT", name: ".", udpPayloadSize: 1232, flags: 0, extendedRcode: 1, ednsVersion: 0, options: [] },
      ],
    } as unknown as dnsPacket.Packet);
    const { message } = readMessage(octets) as { message: Message };
    assert.deepEqual([message.aa, message.tc, message.ad, message.ra, message.edns], [true, true, true, false, true]);
    assert.equal(message.rcode, "BADVERS");
  });

  function simple(records: readonly ResourceRecord[]): unknown[] {
    return records.map((it) => [
      it.type,
      it.owner,
      it.ttl,
      "address" in it ? it.address : "target" in it ? it.target : "text" in it ? it.text : null,
    ]);
  }

  function plain(records: readonly { type: string; name: string; ttl: number; data: unknown }[]): unknown[] {
    return records.filter(({ type }) => type !== "HINFO").map((it) => [it.type, it.name, it.ttl, it.data]);
  }
});

describe("queries", () => {
  it("are read by another codec as what was asked, with EDNS 1232 and without RD", () => {
    const octets = writeQuery(question, { id: 4711, rd: false, edns: true }) as Uint8Array;
    const packet = dnsPacket.decode(Buffer.from(octets));
    assert.equal(packet.id, 4711);
    assert.equal(packet.flag_rd, false);
    assert.deepEqual(packet.questions, [{ ...question, class: "IN" }]);
    const [opt] = packet.additionals as unknown as { type: string; udpPayloadSize: number }[];
    assert.deepEqual([opt?.type, opt?.udpPayloadSize], ["OPT", 1232]);
  });

  it("survive any octets in a name: escaped, written, read, the same text again", () => {
    const labels = fc.array(fc.uint8Array({ minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(labels, (octets) => {
        const wire = [...octets.flatMap((label) => [label.length, ...label]), 0];
        const header = [0, 0, 0x84, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        const owner = readOwner(Uint8Array.from([...header, ...wire, 0, 12, 0, 1]));
        const query = writeQuery({ name: owner, type: "PTR" }, { id: 0, rd: false, edns: false }) as Uint8Array;
        assert.deepEqual([...query.subarray(12, 12 + wire.length)], wire);
      }),
      { numRuns: 2000 },
    );
  });

  /** The text of a name in the question: read from a record whose owner is a pointer to it. */
  function readOwner(message: Uint8Array): string {
    const octets = Uint8Array.from([...message, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4]);
    octets[7] = 1;
    const read = readMessage(octets);
    assert.ok(read.ok);
    return (read.message.answers[0] as ResourceRecord).owner;
  }

  for (const [name, why] of [
    ["a".repeat(64), "a label of 64 octets"],
    [`${`${"a".repeat(63)}.`.repeat(3)}${"a".repeat(62)}`, "a name of 256 octets"],
    ["a..b", "an empty label"],
    [".a", "a dot in front"],
    ["a\\999", "an octet above 255"],
    ["\u{1f600}.test", "a character that is no octet"],
  ] as const) {
    it(`are not written for ${why}`, () => {
      assert.equal(writeQuery({ name, type: "A" }, { id: 0, rd: false, edns: true }), null);
    });
  }

  it("are written for the longest name", () => {
    const longest = `${`${"a".repeat(63)}.`.repeat(3)}${"a".repeat(61)}`;
    const query = writeQuery({ name: longest, type: "A" }, { id: 0, rd: false, edns: false }) as Uint8Array;
    assert.equal(query.length, 12 + 255 + 4);
  });

  it("carry each letter in either case, as chance has it (0x20)", () => {
    const seen = new Set<string>();
    for (let i = 0; i < 50; i++) {
      const octets = writeQuery(
        { name: "mail.example.com", type: "A" },
        { id: 0, rd: false, edns: false, caseFrom: Math.random },
      );
      seen.add(Buffer.from(octets as Uint8Array).toString("latin1"));
    }
    assert.ok(seen.size > 40);
  });
});

describe("an answer is ours only with our id and our question, letter case included", () => {
  const query = writeQuery(question, { id: 0x1234, rd: false, edns: true }) as Uint8Array;
  /** The query turned into an answer, with some octets changed: offset, octet. */
  const answer = (...changes: readonly (readonly [number, number])[]): Uint8Array => {
    const octets = Uint8Array.from(query);
    for (const [at, octet] of [[2, 0x84] as const, ...changes]) octets[at] = octet;
    return octets;
  };
  for (const [name, octets, echo] of [
    ["the same", answer(), "same"],
    ["another id", answer([1, 0]), "foreign"],
    ["a query (QR=0)", answer([2, 0]), "foreign"],
    ["another opcode", answer([2, 0xa4]), "foreign"],
    ["another name", answer([13, 0x39]), "foreign"],
    ["another type", answer([12 + 25 + 1, 1]), "foreign"],
    ["another class", answer([12 + 25 + 3, 3]), "foreign"],
    ["two questions", answer([5, 2]), "foreign"],
    ["capitals", answer([12 + 12, 0x49]), "other-case"],
    ["no question, NOERROR", answer([5, 0]), "foreign"],
    ["no question, FORMERR", answer([5, 0], [3, 1]), "no-question"],
    ["cut off in the question", answer().subarray(0, 20), "foreign"],
    ["empty", new Uint8Array(), "foreign"],
  ] as const) {
    it(name, () => assert.equal(echoOf(query, octets), echo));
  }
});

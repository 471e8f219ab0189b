import { strict as assert } from "node:assert";
import { test } from "node:test";
import * as fc from "fast-check";
import { addressFromBytes } from "../../../fcrdns/names/address";
import { inspectName } from "../../../fcrdns/names/inspect-name";
import { development, heldOut, type LabelledName } from "./generic-name-corpus";

const isGeneric = ({ name, ip }: LabelledName) => inspectName(name, { ip }).generic;
const withoutAddress = ({ name }: LabelledName) => ({ name, ip: undefined });

/** Names that are judged wrongly, so that a failing test shows them. */
function wrong(names: readonly LabelledName[], expected: boolean): string[] {
  return names.filter((labelled) => isGeneric(labelled) !== expected).map(({ name }) => name);
}

for (const [how, seen] of [
  ["with the address", (names: readonly LabelledName[]) => names],
  ["without the address", (names: readonly LabelledName[]) => names.map(withoutAddress)],
] as const) {
  test(`development names, ${how}: every one is judged correctly`, () => {
    assert.deepEqual(wrong(seen(development.dynamic), true), []);
    assert.deepEqual(wrong(seen(development.cloudDefault), true), []);
    assert.deepEqual(wrong(seen(development.named), false), []);
  });

  test(`held-out names, ${how}: no cloud default passes`, () => {
    assert.deepEqual(wrong(seen(heldOut.cloudDefault), true), []);
  });

  test(`held-out names, ${how}: no named host is flagged, numbered hosts of hosters neither`, () => {
    assert.deepEqual(wrong(seen(heldOut.named), false), []);
  });

  test(`held-out names, ${how}: at least 97 of 100 dynamic names are caught`, () => {
    const missed = wrong(seen(heldOut.dynamic), true);
    assert.ok(missed.length <= 0.03 * heldOut.dynamic.length, `missed ${missed.length}: ${missed.join(", ")}`);
  });
}

const ipv4 = fc
  .tuple(fc.integer({ min: 1, max: 223 }), fc.nat(255), fc.nat(255), fc.integer({ min: 1, max: 254 }))
  .map((octets) => addressFromBytes(Uint8Array.from(octets)));
const ipv6 = fc
  .uint8Array({ minLength: 14, maxLength: 14 })
  .map((tail) => addressFromBytes(Uint8Array.from([0x20, 0x01, ...tail])));
const pad = (octet: number) => String(octet).padStart(3, "0");
const hex = (octet: number) => octet.toString(16).padStart(2, "0");

/** How networks spell an IPv4 address in a name. */
const spellings4: [how: string, spell: (octets: number[]) => string][] = [
  ["hyphens", (octets) => octets.join("-")],
  ["dots, backwards", (octets) => octets.reverse().join(".")],
  ["underscores behind a word", (octets) => `c_${octets.join("_")}`],
  ["the letter x", (octets) => octets.join("x")],
  ["shuffled", ([a, b, c, d]) => [c, a, d, b].join("-")],
  ["zero-padded", (octets) => octets.map(pad).join("")],
  ["zero-padded backwards behind a word", (octets) => `softnet${octets.reverse().map(pad).join("")}`],
  ["hexadecimal", (octets) => `h${octets.map(hex).join("")}`],
  ["hexadecimal backwards", (octets) => octets.reverse().map(hex).join("")],
  ["hexadecimal pairs", (octets) => octets.map(hex).join("-")],
  ["one integer, 8 digits or more", (octets) => `n${octets.reduce((sum, octet) => sum * 256 + octet, 0)}`],
  ["last octet first, in a label of its own", ([a, b, c, d]) => `${d}.red-${a}-${b}-${c}`],
  ["last octet behind a word", ([a, b, c, d]) => `modem${pad(d ?? 0)}.${c}-${b}-${a}`],
  ["the last three octets", ([, b, c, d]) => `c-${b}-${c}-${d}`],
];
for (const [how, spell] of spellings4) {
  test(`an IPv4 address in a name is found: ${how}`, () => {
    fc.assert(
      fc.property(ipv4, (ip) => {
        const spelled = spell([...ip.bytes]);
        const { reasons } = inspectName(`${spelled}.example.org`, { ip });
        assert.ok(
          reasons.some(({ rule }) => rule === "generic-address"),
          spelled,
        );
      }),
    );
  });
}

const spellings6: [how: string, spell: (groups: string[]) => string][] = [
  ["groups joined by hyphens", (groups) => groups.map((group) => group.replace(/^0{1,3}/, "")).join("-")],
  ["padded groups joined by dots", (groups) => groups.join(".")],
  ["all nibbles in one label", (groups) => `p${groups.join("")}`],
  ["nibbles backwards, a label each", (groups) => [...groups.join("")].reverse().join(".")],
  ["the last four groups", (groups) => `host-${groups.slice(4).join("-")}`],
  ["the first four groups", (groups) => `${groups.slice(0, 4).join("-")}.pfx`],
];
for (const [how, spell] of spellings6) {
  test(`an IPv6 address in a name is found: ${how}`, () => {
    fc.assert(
      fc.property(ipv6, (ip) => {
        const digits = Buffer.from(ip.bytes).toString("hex");
        fc.pre(!/0{16}/.test(digits));
        const spelled = spell(digits.match(/.{4}/g) ?? []);
        const { reasons } = inspectName(`${spelled}.example.org`, { ip });
        assert.ok(
          reasons.some(({ rule }) => rule === "generic-address"),
          spelled,
        );
      }),
    );
  });
}

test("a compressed IPv6 address in a name is found", () => {
  for (const name of ["2001-db8--10", "2001.db8..10".replace("..", "."), "2001db810", "2001-db8-0-0-0-0-0-10"]) {
    assert.ok(inspectName(`${name}.example.org`, { ip: "2001:db8::10" }).generic, name);
  }
});

test("the address in a mail server's name is excused, in a provider's default name it is not", () => {
  for (const word of ["mail", "smtp-out", "mta", "mx", "mout", "outbound", "relay", "mailer"]) {
    assert.ok(!inspectName(`${word}-192-0-2-10.example.com`, { ip: "192.0.2.10" }).generic, word);
  }
  assert.ok(inspectName("mail-192-0-2-10.contaboserver.net", { ip: "192.0.2.10" }).generic);
  assert.ok(inspectName("mail.westeurope.cloudapp.azure.com").generic);
});

test("a name of one's own is not generic, whatever the address", () => {
  fc.assert(
    fc.property(
      fc.oneof(ipv4, ipv6),
      fc.constantFrom("mail.example.com", "mx1.example.org", "smtp.example.co.uk", "vps.example.net", "example.com"),
      (ip, name) => assert.deepEqual(inspectName(name, { ip }).reasons, []),
    ),
  );
});

test("a reason says which part of the name gave it away", () => {
  const parts = (name: string, ip?: string) => inspectName(name, { ip }).reasons.map(({ rule, part }) => [rule, part]);
  assert.deepEqual(parts("static.10.2.0.192.clients.your-server.de", "192.0.2.10"), [
    ["generic-cloud-default", "clients.your-server.de"],
    ["generic-address", "10.2.0.192"],
    ["generic-access-word", "clients"],
  ]);
  assert.deepEqual(parts("dhcp-42.example.net"), [["generic-access-word", "dhcp"]]);
  assert.deepEqual(parts("hosted-by.example.net"), [["generic-placeholder", "hosted-by"]]);
  assert.deepEqual(parts("srv-5d4321.example.net"), [["generic-machine-label", "srv-5d4321"]]);
  assert.deepEqual(parts("Mail_1.example.com"), [["name-underscore", "mail_1"]]);
});

test("an inspection carries the canonical name and takes names that are none", () => {
  assert.deepEqual(inspectName("MAIL.Bücher.example."), {
    hostname: "mail.xn--bcher-kva.example",
    valid: true,
    generic: false,
    reasons: [],
  });
  const hostile = inspectName("a..\u001b[2J");
  assert.equal(hostile.hostname, "a..\\u{1b}[2J");
  assert.equal(hostile.valid, false);
  assert.throws(() => inspectName("mail.example.com", { ip: "127.1" }), RangeError);
});

test("any text at all can be inspected, quickly and without a control character in the result", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.option(ipv4, { nil: undefined }), (text, ip) => {
      assert.doesNotMatch(JSON.stringify(inspectName(text, { ip })), /\p{C}/u);
    }),
    { numRuns: 2000 },
  );
  // The processor's time: on a busy machine the clock's says nothing.
  const started = process.cpuUsage();
  for (const piece of ["1-", "a", "0", "a-", "1.", "dsl-", "f-", "12", "no-", "vps-"]) {
    inspectName(piece.repeat(120).slice(0, 250).replace(/.{60}/g, "$&."), { ip: "192.0.2.10" });
  }
  assert.ok(process.cpuUsage(started).user < 500_000);
});

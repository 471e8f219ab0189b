import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type GivenAddress, givenAddresses } from "../../cli/given-addresses";
import { UsageProblem } from "../../cli/usage-problem";
import { heldNow } from "../soak/memory";
import { FakeEnvironment } from "./fake-environment";

async function given(args: string[], files: Record<string, string> = {}, stdin = ""): Promise<GivenAddress[]> {
  return [...(await givenAddresses(args, Object.keys(files), new FakeEnvironment({ files, stdin })))];
}

const texts = async (args: string[], files: Record<string, string> = {}, stdin = ""): Promise<string[]> =>
  (await given(args, files, stdin)).map(({ ip, expected }) => (expected === null ? ip : `${ip}=${expected}`));

describe("an argument", () => {
  const rows: [what: string, args: string[], read: string[]][] = [
    ["is an address", ["192.0.2.10"], ["192.0.2.10"]],
    ["is an address with a name", ["192.0.2.10=mail.example.com"], ["192.0.2.10=mail.example.com"]],
    ["may be two words in one", ["192.0.2.10 mail.example.com"], ["192.0.2.10=mail.example.com"]],
    [
      "may be two words",
      ["192.0.2.10", "mail.example.com", "192.0.2.11"],
      ["192.0.2.10=mail.example.com", "192.0.2.11"],
    ],
    ["has a name in any case, with a final dot", ["192.0.2.10=MAIL.Example.COM."], ["192.0.2.10=mail.example.com"]],
    ["has an international name", ["192.0.2.10=mail.bücher.example"], ["192.0.2.10=mail.xn--bcher-kva.example"]],
    ["is IPv6 in any spelling", ["2001:DB8:0:0::10=mail.example.com"], ["2001:db8::10=mail.example.com"]],
    ["is IPv4 mapped into IPv6", ["::ffff:192.0.2.10"], ["192.0.2.10"]],
    ["is a block", ["192.0.2.4/30"], ["192.0.2.4", "192.0.2.5", "192.0.2.6", "192.0.2.7"]],
    ["is a block named by an address within", ["192.0.2.6/31"], ["192.0.2.6", "192.0.2.7"]],
    ["is a block of one, with a name", ["192.0.2.10/32"], ["192.0.2.10"]],
    [
      "is a block of IPv6",
      ["2001:db8::fffe/126"],
      ["2001:db8::fffc", "2001:db8::fffd", "2001:db8::fffe", "2001:db8::ffff"],
    ],
    ["is a block of mapped IPv4", ["::ffff:192.0.2.10/127"], ["192.0.2.10", "192.0.2.11"]],
    ["may come twice", ["192.0.2.10", "192.0.2.10"], ["192.0.2.10", "192.0.2.10"]],
  ];
  for (const [what, args, read] of rows) it(what, async () => assert.deepEqual(await texts(args), read));

  it("counts over the end of an octet", async () => {
    const all = await texts(["10.0.0.0/16"]);
    assert.equal(all.length, 65_536);
    assert.deepEqual([all[255], all[256], all[65_535]], ["10.0.0.255", "10.0.1.0", "10.0.255.255"]);
  });

  it("that is a block is not spread out before it is needed", async () => {
    const all = await givenAddresses(Array(1000).fill("10.0.0.0/16"), [], new FakeEnvironment());
    assert.equal(all.count, 65_536_000);
  });
});

describe("a file", () => {
  it("has an address a line, comments, blank lines, any line ends and a byte order mark", async () => {
    const text =
      "\ufeff# senders\r\n\r\n192.0.2.10 mail.example.com # the first\n  192.0.2.11 = m2.example.com  \r192.0.2.12#x\n\t192.0.2.13\tm4.example.com\n\n";
    await assert.rejects(texts([], { "a.txt": text }), /a\.txt line 5: /);
    assert.deepEqual(await texts([], { "a.txt": text.replace("#x", " #x") }), [
      "192.0.2.10=mail.example.com",
      "192.0.2.11=m2.example.com",
      "192.0.2.12",
      "192.0.2.13=m4.example.com",
    ]);
  });

  it("says where each address stands", async () => {
    const all = await given([], { "a.txt": "# x\n192.0.2.10\n" });
    assert.deepEqual(all[0]?.origin, { file: "a.txt", line: 2 });
  });

  it("is standard input under the name -", async () => {
    assert.deepEqual(await texts(["192.0.2.1", "-", "192.0.2.3"], {}, "192.0.2.2\n"), [
      "192.0.2.1",
      "192.0.2.2",
      "192.0.2.3",
    ]);
    const [from] = [...(await givenAddresses([], ["-"], new FakeEnvironment({ stdin: "192.0.2.2" })))];
    assert.deepEqual(from, { ip: "192.0.2.2", expected: null });
  });

  it("costs its text and not an object for each line, which a million lines would multiply", async () => {
    const line = (index: number) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}=mx${index}.example.com\n`;
    const lines = 100_000;
    const text = Array.from({ length: lines }, (_, index) => line(index)).join("");
    const environment = new FakeEnvironment({ files: { "a.txt": text } });
    const { heap } = heldNow(0);
    const all = await givenAddresses([], ["a.txt"], environment);
    const bytesALine = (heldNow(0).heap - heap) / lines;
    assert.equal(all.count, lines);
    assert.ok(bytesALine < 20, `${bytesALine} bytes a line`);
  });

  it("names its first bad line and counts the others", async () => {
    await assert.rejects(texts([], { "a.txt": "192.0.2.1\nx\ny\nz\n" }), /a\.txt line 2: "x" .*\(and 2 more\)$/);
  });
});

describe("what cannot be meant is refused with the way out", () => {
  const rows: [string[], RegExp][] = [
    [[], /no address given/],
    [["nonsense"], /"nonsense" is not an IP address/],
    [
      ["Example.COM."],
      /"Example\.COM\." is a name, not an address: write IP=example\.com, or fcrdns domain example\.com to find/,
    ],
    [["bücher.example"], /fcrdns domain xn--bcher-kva\.example /],
    [["192.0.2.10", "nonsense"], /"nonsense" is not an IP address/],
    [["192.0.2.10", "192.0.2.300"], /has a number above 255/],
    [["fe80::1%eth0"], /zone index/],
    [["192.0.2.10="], /no host name after "="/],
    [["=mail.example.com"], /no address given|not an IP address/],
    [["192.0.2.10=192.0.2.11"], /is an address, not a host name/],
    [["192.0.2.10=a..b"], /empty label/],
    [["192.0.2.10=mail.example.com extra"], /more than an address and one host name/],
    [["10.0.0.0/8"], /2\^24 addresses, but a block may have at most 65536/],
    [["2001:db8::/64"], /2\^64 addresses.*\/112 or smaller/],
    [["192.0.2.0/33"], /not a number from 0 to 32/],
    [["192.0.2.0/x"], /not a number from 0 to 32/],
    [["192.0.2.0/24/24"], /not a number from 0 to 32/],
    [["192.0.2.0/28=mail.example.com"], /is a block and cannot have one host name/],
    [["010.0.0.1"], /leading zeros/],
    [["0x7f.1"], /hexadecimal/],
    [["127.1"], /short form/],
    [["192.0.2.10:25"], /has a port/],
    [["\u001b[2J"], /\\u\{1b\}\[2J|\\u001b/],
  ];
  for (const [args, message] of rows) {
    it(JSON.stringify(args), async () => {
      await assert.rejects(texts(args), (error: unknown) => {
        assert.ok(error instanceof UsageProblem);
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /\p{C}/u);
        return true;
      });
    });
  }

  it("a file that says nothing", async () => {
    await assert.rejects(texts([], { "a.txt": "# nothing\n\n" }), /a\.txt contains no address/);
    await assert.rejects(texts(["-"]), /standard input contains no address/);
  });
});

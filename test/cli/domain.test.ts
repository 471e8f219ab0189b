/** `fcrdns domain`: what it lists, checks and says. */
import * as assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { run } from "../../cli/run";
import type { RecordLookup } from "../../fcrdns/look-up-records";
import { type Nsd, startNsd } from "../servers/nsd";
import { missing } from "../servers/real-server";
import { FakeEnvironment, type FakeWorldOptions, ran } from "./fake-environment";
import { fcrdns } from "./spawned";
import { verdictOn } from "./verdicts";

type Sets = Readonly<Record<string, Readonly<Partial<Record<string, readonly string[] | RecordLookup>>>>>;

/** What DNS has; everything else does not exist. */
function inDns(sets: Sets): Pick<FakeWorldOptions, "records"> {
  return {
    records: (name, type) => {
      const found = sets[name]?.[type] ?? [];
      return "known" in found ? found : { known: true, values: found };
    },
  };
}

const spf = (...TXT: string[]) => ({ TXT });
const silent: RecordLookup = { known: false, why: "192.0.2.53: timeout" };
const example = inDns({
  "example.com": {
    TXT: ["v=spf1 a:mail.example.com ip4:198.51.100.0/23 include:sendgrid.net -all", "google-site-verification=x"],
    MX: ["mx.example.com"],
  },
  "mail.example.com": { A: ["192.0.2.1"], AAAA: ["2001:db8::1"] },
  "mx.example.com": { A: ["192.0.2.2", "192.0.2.1"] },
  "sendgrid.net": spf("v=spf1 ip4:203.0.113.8/31 ip4:198.18.0.0/15 ~all"),
});

describe("fcrdns domain", () => {
  it("lists every address, large blocks as blocks, one per line", async () => {
    const end = await ran(["domain", "example.com", "--list"], example);
    assert.equal(
      end.stdout,
      [
        "192.0.2.1",
        "2001:db8::1",
        "198.51.100.0/23",
        "203.0.113.8",
        "203.0.113.9",
        "198.18.0.0/15",
        "192.0.2.2",
        "",
      ].join("\n"),
    );
    assert.equal(
      end.stderr,
      "fcrdns: SPF of example.com: 2 of 10 look-ups, 0 of 2 void look-ups\n" +
        "fcrdns: Twilio SendGrid sends for example.com (include:sendgrid.net): the PTRs of its servers are theirs, nothing to do\n",
    );
    assert.equal(end.status, 0);
    assert.deepEqual(end.environment.asked, []);
  });

  it("checks what is the user's, and says what it did not check", async () => {
    const end = await ran(["domain", "example.com"], example);
    assert.deepEqual(
      end.environment.asked.map(({ ip, expected }) => [ip, expected]),
      [
        ["192.0.2.1", null],
        ["2001:db8::1", null],
        ["192.0.2.2", null],
      ],
    );
    assert.match(
      end.stderr,
      /Twilio SendGrid .* nothing to do, and they were not checked \(--services checks them\)\n/,
    );
    assert.match(
      end.stderr,
      /fcrdns: 198\.51\.100\.0\/23, which example\.com lets send by ip4:198\.51\.100\.0\/23, was not checked: it has 512 addresses; --blocks checks each/,
    );
    assert.equal(end.status, 0);
  });

  it("walks blocks on request, up to the size that verify takes", async () => {
    const end = await ran(["domain", "example.com", "--blocks", "--services"], example);
    assert.equal(end.environment.asked.length, 3 + 512 + 2);
    assert.match(
      end.stderr,
      /198\.18\.0\.0\/15, which example\.com lets send by include:sendgrid\.net > ip4:198\.18\.0\.0\/15, was not checked: it has 131072 addresses, and a block may have at most 65536/,
    );
    const list = await ran(["domain", "example.com", "--blocks", "--list"], example);
    assert.equal(list.stdout.trimEnd().split("\n").length, 3 + 512 + 2 + 1);
    assert.match(list.stderr, /198\.18\.0\.0\/15, .* is listed as a block: it has 131072 addresses/);
  });

  it("of 256 addresses lists each, of 257 and more the block; IPv6 alike", async () => {
    const world = inDns({
      "example.com": spf("v=spf1 ip4:10.0.0.0/24 ip4:10.1.0.0/23 ip6:2001:db8::/120 ip6:2001:db8:1::/119 -all"),
    });
    const lines = (await ran(["domain", "example.com", "--list"], world)).stdout.trimEnd().split("\n");
    assert.equal(lines.length, 256 + 1 + 256 + 1);
    assert.deepEqual(
      [lines[0], lines[255], lines[256], lines[257], lines[512], lines[513]],
      ["10.0.0.0", "10.0.0.255", "10.1.0.0/23", "2001:db8::", "2001:db8::ff", "2001:db8:1::/119"],
    );
  });

  it("ends as verify ends: what is left out changes nothing", async () => {
    const judge: FakeWorldOptions["judge"] = ({ ip }) => ({
      ...verdictOn({ ip }),
      ...(ip === "192.0.2.2" && { status: "fail", iprev: "permerror", reason: "no-ptr" }),
    });
    assert.equal((await ran(["domain", "example.com"], { ...example, judge })).status, 1);
    const unknown = { ...inDns({ "example.com": spf("v=spf1 ip4:192.0.2.1 +all"), x: {} }) };
    const end = await ran(["domain", "example.com"], unknown);
    assert.equal(end.status, 0);
    assert.match(end.stderr, /\+all in the SPF record of example\.com lets every address of the internet send/);
  });

  it("takes several domains, in any spelling, each once", async () => {
    const world = inDns({
      "example.com": spf("v=spf1 ip4:192.0.2.1 -all"),
      "xn--bcher-kva.example": spf("v=spf1 ip4:192.0.2.2 ip4:192.0.2.1 -all"),
    });
    const end = await ran(["domain", "Example.COM.", "bücher.example", "example.com", "--list"], world);
    assert.equal(end.stdout, "192.0.2.1\n192.0.2.2\n");
  });

  it("with --explain says what lets each network send", async () => {
    const { stderr } = await ran(["domain", "example.com", "--list", "--explain"], example);
    assert.match(
      stderr,
      /fcrdns: example\.com lets 203\.0\.113\.8\/31 send by include:sendgrid\.net > ip4:203\.0\.113\.8\/31\n/,
    );
    assert.match(stderr, /fcrdns: example\.com lets 192\.0\.2\.2 send by MX mx\.example\.com\n/);
  });

  it("has nothing to check where all of it is a mail service's", async () => {
    const world = inDns({
      "example.com": { TXT: ["v=spf1 include:_spf.google.com ~all"], MX: ["aspmx.l.google.com"] },
      "_spf.google.com": spf("v=spf1 ip4:203.0.113.0/24 ~all"),
      "aspmx.l.google.com": { A: ["203.0.113.26"] },
    });
    const end = await ran(["domain", "example.com"], world);
    assert.deepEqual([end.status, end.environment.asked], [0, []]);
    assert.match(
      end.stderr,
      /Google sends for example\.com \(include:_spf\.google\.com\): the PTRs of its servers are theirs/,
    );
    const json = await ran(["domain", "example.com", "--format", "json"], world);
    assert.deepEqual(JSON.parse(json.stdout).results, []);
    assert.equal((await ran(["domain", "example.com", "--services"], world)).environment.asked.length, 256);
    // But not where the rest is unknown.
    const unknown = inDns({
      "example.com": { TXT: silent, MX: ["aspmx.l.google.com"] },
      "aspmx.l.google.com": { A: ["203.0.113.26"] },
    });
    assert.equal((await ran(["domain", "example.com"], unknown)).status, 2);
  });

  it("says that name servers differ, and which records it used", async () => {
    const distinct = [["v=spf1 ip4:192.0.2.1 -all"], ["v=spf1 ip4:192.0.2.2 -all"]];
    const end = await ran(
      ["domain", "example.com", "--list"],
      inDns({ "example.com": { TXT: { known: true, values: distinct.flat(), distinct } } }),
    );
    assert.equal(end.stdout, "192.0.2.1\n");
    assert.match(end.stderr, /the name servers of example\.com show different TXT records: that of the most is used/);
  });

  it("escapes what DNS says", async () => {
    const end = await ran(
      ["domain", "example.com"],
      inDns({ "example.com": spf("v=spf1 \u001b[2J\u202eip4:192.0.2.1") }),
    );
    assert.doesNotMatch(end.stderr.replaceAll("\n", ""), /\p{C}/u);
    assert.equal(end.status, 2);
  });

  const refused: [what: string, args: string[], says: RegExp, world?: Sets][] = [
    ["no domain", [], /missing required argument 'domain'/],
    ["an address", ["192.0.2.1"], /"192\.0\.2\.1" is an address, not a domain: write fcrdns verify 192\.0\.2\.1\n/],
    ["a mailbox", ["me@example.com"], /"me@example\.com" is a mailbox: write its domain, example\.com\n/],
    ["a URL", ["https://example.com/"], /write a domain such as example\.com\n/],
    ["an empty label", ["example..com"], /empty label.*: write a domain such as example\.com\n/],
    [
      "neither SPF nor MX",
      ["example.com"],
      /example\.com has no SPF record\nfcrdns: no address is known that SPF or MX of example\.com lets send, so nothing was checked\n/,
      {},
    ],
    [
      "nobody may send",
      ["example.com", "--list"],
      /no address is known/,
      { "example.com": { TXT: ["v=spf1 -all"], MX: ["."] } },
    ],
    [
      "no answer",
      ["example.com"],
      /TXT of example\.com could not be looked up \(192\.0\.2\.53: timeout\), so what it lets send is not known: run the command again\n.*MX of example\.com could not be looked up/s,
      { "example.com": { TXT: silent, MX: silent } },
    ],
    [
      "large blocks alone",
      ["example.com"],
      /10\.0\.0\.0\/16, .* was not checked: .*--blocks.*\n.*nothing was checked\n$/s,
      { "example.com": spf("v=spf1 ip4:10.0.0.0/16 -all") },
    ],
  ];
  for (const [what, args, says, world = {}] of refused) {
    it(`refuses ${what}`, async () => {
      const end = await ran(["domain", ...args], inDns(world));
      assert.equal(end.status, 2);
      assert.equal(end.stdout, "");
      assert.match(end.stderr, says);
    });
  }

  it("stops on request", async () => {
    const environment: FakeEnvironment = new FakeEnvironment({
      records: () => {
        environment.stop();
        return silent;
      },
    });
    assert.equal(await run(["domain", "example.com"], environment), 3);
    assert.equal(environment.stderr.text, "fcrdns: stopped; nothing was checked\n");
    assert.equal(environment.stopListeners, 0);
  });

  it("is what verify and the bare command point to", async () => {
    assert.match(
      (await ran(["verify", "example.com"])).stderr,
      /fcrdns domain example\.com to find and check every address/,
    );
    assert.match((await ran(["example.com"])).stderr, /write fcrdns domain example\.com\n/);
  });
});

describe("fcrdns domain against NSD", { skip: missing("nsd") }, () => {
  let nsd: Nsd;
  const strings = (text: string): string => (text.match(/.{1,200}/g) ?? []).map((part) => `"${part}"`).join(" ");
  before(async () => {
    const many = Array.from({ length: 120 }, (_, index) => `ip4:198.51.100.${index}`).join(" ");
    nsd = await startNsd({
      "example.com": [
        "example.com. IN NS ns.example.com.",
        "ns.example.com. IN A 127.0.0.1",
        // Several strings of one record are joined without a space.
        'example.com. IN TXT "v=spf1 a:mail.exam" "ple.com include:_spf.example.com in" "clude:sendgrid.net -all"',
        'example.com. IN TXT "another text"',
        // A record of type 99 is not asked for (RFC 7208 section 3.1).
        "example.com. IN TYPE99 \\# 12 0b763d73706631202b616c6c",
        "example.com. IN MX 10 mx.example.com.",
        "mx.example.com. IN A 192.0.2.11",
        "em1.example.com. IN CNAME u1.sendgrid.net.",
        "mail.example.com. IN CNAME host.example.com.",
        "host.example.com. IN A 192.0.2.10",
        "host.example.com. IN AAAA 2001:db8::10",
        `_spf.example.com. IN TXT ${strings(`v=spf1 ip4:192.0.2.12 exists:%{i}.example.com -ip4:198.51.100.7 ${many} ?all`)}`,
        "",
      ].join("\n"),
      "sendgrid.net":
        'sendgrid.net. IN NS ns.example.com.\nsendgrid.net. IN TXT "v=spf1 ip4:203.0.113.0/24 ~all"\nu1.sendgrid.net. IN TXT "v=spf1 ip4:203.0.113.8 -all"\n',
      "2.0.192.in-addr.arpa": [
        "2.0.192.in-addr.arpa. IN NS ns.example.com.",
        "10.2.0.192.in-addr.arpa. IN PTR host.example.com.",
        "11.2.0.192.in-addr.arpa. IN PTR mx.example.com.",
        "",
      ].join("\n"),
      "100.51.198.in-addr.arpa": "100.51.198.in-addr.arpa. IN NS ns.example.com.\n",
      "8.b.d.0.1.0.0.2.ip6.arpa": `8.b.d.0.1.0.0.2.ip6.arpa. IN NS ns.example.com.\n0.1.${"0.".repeat(22)}8.b.d.0.1.0.0.2.ip6.arpa. IN PTR host.example.com.\n`,
    });
  });
  after(() => nsd?.close());
  const domain = (...args: string[]) =>
    fcrdns(["domain", ...args, "--stub", `.=${nsd.endpoint}`, "--mode", "authoritative"]);

  it("lists what the zones say, from a record that needs TCP too", async () => {
    const { status, stdout, stderr } = await domain("example.com", "--list");
    const lines = stdout.trimEnd().split("\n");
    assert.equal(status, 0, stderr);
    assert.deepEqual(lines.slice(0, 4), ["192.0.2.10", "2001:db8::10", "192.0.2.12", "198.51.100.0"]);
    assert.equal(lines.length, 3 + 119 + 256 + 1);
    assert.ok(!lines.includes("198.51.100.7"));
    assert.equal(lines.at(-1), "192.0.2.11");
    assert.match(
      stderr,
      /exists:%\{i\}\.example\.com in the SPF record of _spf\.example\.com \(reached by include:_spf\.example\.com\) is not listed: has a macro/,
    );
    assert.match(stderr, /SPF of example\.com: 4 of 10 look-ups, 0 of 2 void look-ups/);
  });

  it("knows a domain that is an alias of a mail service's", async () => {
    const { status, stdout, stderr } = await domain("em1.example.com");
    assert.deepEqual([status, stdout], [0, ""]);
    assert.match(
      stderr,
      /Twilio SendGrid sends for em1\.example\.com \(ip4:203\.0\.113\.8\): the PTRs of its servers are theirs/,
    );
  });

  it("checks them: one of four has no PTR, and SendGrid's are left alone", async () => {
    const { status, stdout } = await domain("example.com", "--format", "json");
    const results: { ip: string; status: string }[] = JSON.parse(stdout).results;
    assert.equal(results.length, 3 + 119 + 1);
    const passing = results.filter((each) => each.status === "pass").map(({ ip }) => ip);
    assert.deepEqual(passing, ["192.0.2.10", "2001:db8::10", "192.0.2.11"]);
    assert.equal(status, 1);
  });
});

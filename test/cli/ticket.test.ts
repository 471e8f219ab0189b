import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AddressToCheck } from "../../cli/environment";
import type { Verdict } from "../../fcrdns/verdict";
import { ticketProviders } from "../../providers/internal/tickets/render";
import { ran } from "./fake-environment";
import { failing, finding, hop, unknown } from "./verdicts";

/** No PTR yet, but the forward record is there for everybody. */
function forwardOnly({ ip, expected }: AddressToCheck): Verdict {
  const type = ip.includes(":") ? "AAAA" : "A";
  const record = `${expected}. 300 IN ${type} ${ip}`;
  return failing(ip, expected, {
    forward: { [expected ?? ""]: [ip] },
    hops: [hop({ question: `${expected} ${type}`, records: [record] })],
  });
}

const args = [
  "ticket",
  "racknerd",
  "203.0.113.7=mail.example.com",
  "--service",
  "vps-1234",
  "--purpose",
  "order confirmations",
];

describe("fcrdns ticket", () => {
  it("is ready when the forward record is there, and asks the authoritative servers only", async () => {
    const { status, stdout, environment } = await ran([...args, "--stub", "example.com=127.0.0.1:5300"], {
      judge: forwardOnly,
    });
    assert.equal(status, 0);
    assert.match(stdout, /^Request to RackNerd: set the PTR\n/);
    assert.match(stdout, /203\.0\.113\.7/);
    assert.match(stdout, /vps-1234/);
    assert.match(stdout, /order confirmations/);
    assert.equal(environment.askedWith?.mode, "authoritative");
    assert.deepEqual(environment.askedWith?.stubs, { "example.com": ["127.0.0.1:5300"] });
  });

  it("must not be sent before that, which is no green status", async () => {
    const early = await ran(args, { judge: ({ ip, expected }) => failing(ip, expected) });
    assert.equal(early.status, 1);
    assert.match(early.stdout, /NOT READY: do not send anything yet\.\n {2}- no proof yet/);
    const silent = await ran(args, { judge: ({ ip, expected }) => unknown(ip, expected) });
    assert.equal(silent.status, 3);
    const findings = [finding({ rule: "forward-unanswered" })];
    const half = await ran(args, { judge: ({ ip, expected }) => failing(ip, expected, { findings }) });
    assert.equal(half.status, 3);
  });

  it("takes several addresses, also from a file, of both families", async () => {
    const { stdout, status } = await ran([...args, "--file", "more.txt", "--format", "json"], {
      judge: forwardOnly,
      files: { "more.txt": "203.0.113.8 m2.example.com\n" },
    });
    assert.equal(status, 0);
    const ticket = JSON.parse(stdout);
    assert.deepEqual(
      ticket.addresses.map(({ address, hostname }: { address: string; hostname: string }) => [address, hostname]),
      [
        ["203.0.113.7", "mail.example.com"],
        ["203.0.113.8", "m2.example.com"],
      ],
    );
    assert.equal(ticket.state, "ready");
  });

  it("is Markdown on request", async () => {
    const { stdout } = await ran([...args, "--format", "markdown"], { judge: forwardOnly });
    assert.match(stdout, /^## Request to RackNerd/);
  });

  const asks: [flags: string[], kind: string][] = [
    [[], "ptr"],
    [["--port25"], "ptr+port25"],
    [["--removal"], "removal"],
    [
      ["--delegate", "203.0.113.0/29", "--name-server", "ns1.example.com", "--name-server", "ns2.example.com"],
      "rfc2317",
    ],
  ];
  for (const [flags, kind] of asks) {
    it(`asks for ${kind}`, async () => {
      const words = [
        "ticket",
        "generic",
        "203.0.113.3=mail.example.com",
        "--purpose",
        "x",
        ...flags,
        "--format",
        "json",
      ];
      const { stdout, status } = await ran(words, { judge: forwardOnly });
      assert.equal(status, 0);
      assert.equal(JSON.parse(stdout).ask.kind, kind);
    });
  }

  it("turns into a reminder when it is time for one", async () => {
    const since = (date: string) => ran([...args, "--since", date], { judge: forwardOnly });
    assert.match((await since("2026-01-20")).stdout, /^Subject: Reminder: /m);
    assert.doesNotMatch((await since("2026-01-30")).stdout, /^Subject: Reminder: /m);
    const sooner = await ran([...args, "--since", "2026-01-30", "--remind-after", "1"], { judge: forwardOnly });
    assert.match(sooner.stdout, /^Subject: Reminder: /m);
  });

  it("has nothing to say when DNS shows it already, and reminds nobody", async () => {
    for (const extra of [[], ["--since", "2026-01-01"]]) {
      const { status, stdout } = await ran([...args, ...extra], {
        judge: (asked) => ({ ...forwardOnly(asked), status: "pass", reason: "ok", ptr: ["mail.example.com"] }),
      });
      assert.equal(status, 0);
      assert.match(stdout, /NOTHING TO SEND\.\n {2}- the PTR of 203\.0\.113\.7 is already mail\.example\.com/);
      assert.doesNotMatch(stdout, /Subject:/);
    }
    // No detail is asked for either, such as the number of the service.
    const bare = await ran(["ticket", "racknerd", "203.0.113.7=mail.example.com"], {
      judge: (asked) => ({ ...forwardOnly(asked), status: "pass", reason: "ok", ptr: ["mail.example.com"] }),
    });
    assert.equal(bare.status, 0, bare.stderr);
    assert.match(bare.stdout, /NOTHING TO SEND/);
    const removal = await ran([...args, "--removal"], {
      judge: (asked) => ({ ...forwardOnly(asked), reason: "no-ptr" }),
    });
    assert.match(removal.stdout, /has no PTR mail\.example\.com to remove/);
    assert.equal(removal.status, 0);
  });

  it("asks for the details that a request needs where there is one to make", async () => {
    const { status, stdout, stderr } = await ran(["ticket", "racknerd", "203.0.113.7=mail.example.com"], {
      judge: forwardOnly,
    });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /RackNerd needs more details: give --service .*, --purpose/);
  });

  const refusedFlags: [flags: string[], said: RegExp][] = [
    [["--since", "2031-01-01"], /2031-01-01 is in the future/],
    [["--since", "2026-02-30"], /is not a date/],
    [["--email", "ops"], /"ops" is not an e-mail address/],
    [["--purpose", "注文"], /purpose holds .*U\+6CE8/],
  ];
  for (const [flags, said] of refusedFlags) {
    it(`refuses ${flags.join(" ")} before anybody is asked`, async () => {
      const { status, stderr, stdout, environment } = await ran([...args, ...flags], { judge: forwardOnly });
      assert.equal(status, 2);
      assert.match(stderr, said);
      assert.equal(stdout, "");
      assert.deepEqual(environment.asked, []);
    });
  }

  it("names the account in the text", async () => {
    const { stdout } = await ran([...args, "--account", "100234"], { judge: forwardOnly });
    assert.match(stdout, /^Account: 100234$/m);
  });

  it("writes the text that fits all for a provider that nobody has heard of", async () => {
    const words = ["ticket", "qqqqqqqqqqqq", "203.0.113.7=mail.example.com", "--purpose", "x"];
    const { status, stdout, stderr } = await ran(words, { judge: forwardOnly });
    assert.equal(status, 0);
    assert.match(stderr, /^fcrdns: nothing is known of a provider "qqqqqqqqqqqq": this is the generic text\n$/);
    assert.match(stdout, /^Request to your provider/);
  });

  it("lists every provider in each format", async () => {
    for (const format of ["text", "markdown", "json"]) {
      const { status, stdout, environment } = await ran(["ticket", "--list", "--format", format]);
      assert.equal(status, 0);
      for (const { name } of ticketProviders) assert.ok(stdout.includes(name), name);
      assert.deepEqual(environment.asked, []);
    }
  });
});

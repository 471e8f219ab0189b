import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { file, text } from "../../docs/generate-program-keys";
import type { FcrdnsArgs } from "../../policies/fcrdns";
import { PROGRAM_KEYS } from "../../policies/program-keys";
import { type GivenResource, type RunOptions, runPack, UNKNOWN, verdict } from "./run-pack";

const rdns: GivenResource = {
  type: "hcloud:index/rdns:Rdns",
  name: "rdns",
  props: { ipAddress: "192.0.2.10", dnsPtr: "mail.example.com" },
  deleteBeforeReplace: true,
};
const failing: RunOptions["verify"] = async (ip, { expected }) =>
  verdict(ip, expected ?? null, { status: "fail", reason: "no-ptr", ptr: [] });
/** The stack has the address that waivers are for, and no PTR of it. */
const holder: GivenResource = { type: "hcloud:index/primaryIp:PrimaryIp", props: { ipAddress: "192.0.2.10" } };
const waiver = { address: "192.0.2.10", reason: "ticket 4711", until: "2026-12-31" };

async function problems(options: RunOptions): Promise<readonly string[]> {
  const { told } = await runPack([holder], {
    rules: ["fcrdns-configuration", "fcrdns-round-trip", "fcrdns-name-valid"],
    ...options,
  });
  return told.map(({ message }) => message);
}

describe("configuration of the gate", () => {
  it("of nothing is fine", async () => assert.deepEqual(await problems({}), []));

  const good: readonly [string, RunOptions][] = [
    [
      "every key",
      {
        config: {
          "fcrdns-round-trip": {
            mode: "authoritative",
            roots: ["192.0.2.53"],
            stubs: { ".": "127.0.0.1:5353" },
            resolvers: ["[::1]:53"],
            port: 5353,
            timeoutSeconds: 0.5,
            tries: 1,
            deadlineSeconds: 0,
            ticketLevel: "advisory",
            ticketEscalatesAfterDays: 3,
            ticketSince: { "192.0.2.10": "2026-11-01" },
            ignore: [waiver],
          },
        },
      },
    ],
    [
      "the program's own keys in the stack config",
      {
        stackConfig: {
          hostname: "mail.example.com",
          zone: "example.com",
          cloud: "hetzner",
          dns: "hetzner",
          ipv6: "true",
          mx: "true",
          ttl: "60",
          location: "fsn1",
          protect: "true",
        },
      },
    ],
    [
      "empty keys in the stack config",
      { stackConfig: { roots: "[]", stubs: "{}", mode: "", resolvers: "[]", port: "53" } },
    ],
    [
      "a rule of somebody else's in a pack of one's own",
      { onlyOurRules: false, args: { "no-public-buckets": "mandatory" } as FcrdnsArgs },
    ],
  ];
  for (const [what, options] of good) it(`takes ${what}`, async () => assert.deepEqual(await problems(options), []));

  const wrong: readonly [string, RunOptions, RegExp][] = [
    [
      "a misspelt key",
      { config: { "fcrdns-round-trip": { deadlineSecond: 5 } } },
      /fcrdns-round-trip\.deadlineSecond is not a key of this rule.*write deadlineSeconds/s,
    ],
    [
      "a key of another rule",
      { config: { "fcrdns-name-valid": { deadlineSeconds: 5 } } },
      /write it under fcrdns-round-trip/,
    ],
    [
      "a misspelt rule",
      { args: { "fcrdns-rond-trip": "mandatory" } as FcrdnsArgs },
      /"fcrdns-rond-trip" is not a rule.*write fcrdns-round-trip/s,
    ],
    [
      "a misspelt rule in a pack of one's own",
      { onlyOurRules: false, args: { "fcrdn-round-trip": "mandatory" } as FcrdnsArgs },
      /write fcrdns-round-trip/,
    ],
    ["an unknown level", { args: { all: "mandatry" as "mandatory" } }, /all is not a level.*write mandatory/s],
    [
      "settings for all rules at once",
      { args: { all: { enforcementLevel: "advisory", tries: 1 } } as unknown as FcrdnsArgs },
      /all\.tries is ignored/,
    ],
    [
      "a value of the wrong kind",
      { config: { "fcrdns-round-trip": { deadlineSeconds: "5" } } },
      /deadlineSeconds is wrong/,
    ],
    ["a server that is none", { config: { "fcrdns-round-trip": { roots: ["localhost"] } } }, /roots\[0\]/],
    ["an unknown mode", { config: { "fcrdns-round-trip": { mode: "authorative" } } }, /authoritative/],
    ["a wrong ticket level", { config: { "fcrdns-round-trip": { ticketLevel: "disabled" } } }, /ticketLevel/],
    [
      "a wrong day of a ticket",
      { config: { "fcrdns-round-trip": { ticketSince: { "192.0.2.10": "yesterday" } } } },
      /ticketSince/,
    ],
    [
      "a ticket of tomorrow's morrow",
      { config: { "fcrdns-round-trip": { ticketSince: { "192.0.2.10": "2026-11-23" } } } },
      /ticketSince of 192\.0\.2\.10 is 2026-11-23, a day in the future/,
    ],
    [
      "a key with a line of its own",
      { config: { "fcrdns-round-trip": { ticketSince: { "\n::error::owned": "2026-11-01" } } } },
      /ticketSince\.\\u\{a\}::error::owned/,
    ],
    [
      "a misspelt key in the stack config",
      { stackConfig: { deadlineSecond: "5" } },
      /fcrdns:deadlineSecond .*deadlineSeconds/,
    ],
    ["a wrong value in the stack config", { stackConfig: { port: "many" } }, /fcrdns:port has a value/],
    [
      "an unknown mode in the stack config, and says what it must be",
      { stackConfig: { mode: "ful" } },
      /it must be full, authoritative or recursive/,
    ],
    [
      "a level in the stack config",
      { stackConfig: { enforcementLevel: "advisory" } },
      /fcrdns:enforcementLevel is ignored.*--policy-pack-config/s,
    ],
    [
      "a key of the stack config that neither the gate nor the program has",
      { stackConfig: { dmarc: "x" } },
      /fcrdns:dmarc is not a known key.*config rm fcrdns:dmarc/s,
    ],
    [
      "a misspelt key of the program",
      { stackConfig: { hostnam: "mail.example.com" } },
      /fcrdns:hostnam is not a known key; hostname is.*config set fcrdns:hostname/s,
    ],
    ["a waiver for no rule at all", { args: { ignore: [{ ...waiver, rules: [] }] } }, /rules is an empty list/],
    [
      "a waiver until the end of time",
      { args: { ignore: [{ ...waiver, until: "9999-12-31" }] } },
      /192\.0\.2\.10 runs until 9999-12-31.*too long/,
    ],
    ["a waiver without reason", { args: { ignore: [{ ...waiver, reason: " " }] } }, /ignore\[0\]\.reason is missing/],
    [
      "a waiver without end",
      { config: { "fcrdns-round-trip": { ignore: [{ address: "192.0.2.10", reason: "x" }] } } },
      /ignore\[0\]\.until is missing/,
    ],
    ["a waiver that ends on no day", { args: { ignore: [{ ...waiver, until: "2026-02-30" }] } }, /not a valid date/],
    ["a waiver for no address", { args: { ignore: [{ ...waiver, address: "mail" }] } }, /ignore\[0\]\.address/],
    [
      "a waiver for no rule",
      { args: { ignore: [{ ...waiver, rules: ["fcrdns-roundtrip"] }] } },
      /write fcrdns-round-trip/,
    ],
    [
      "a misspelt key of a waiver",
      { args: { ignore: [{ ...waiver, untill: "x" } as typeof waiver] } },
      /untill.*write until/s,
    ],
    ["waivers that are no list", { stackConfig: { ignore: '{"192.0.2.10":"x"}' } }, /not a list/],
    [
      "an expired waiver",
      { args: { ignore: [{ ...waiver, until: "2026-11-20" }] } },
      /192\.0\.2\.10 ended on 2026-11-20 \(it was: ticket 4711\)/,
    ],
  ];
  for (const [what, options, pattern] of wrong) {
    it(`objects to ${what}`, async () => {
      const found = await problems(options);
      assert.equal(found.length, 1, JSON.stringify(found));
      assert.match(found[0] ?? "", pattern);
    });
  }

  it("is an error whatever the levels are", async () => {
    const { told } = await runPack([], {
      args: { all: "advisory" },
      config: { "fcrdns-round-trip": { deadlineSecond: 5 } },
      stackConfig: { deadlineSecond: "5" },
    });
    assert.deepEqual(
      told.map(({ level }) => level),
      ["mandatory", "mandatory"],
    );
  });

  it("never repeats values of the stack config", async () => {
    const found = await problems({
      stackConfig: { mode: "s3cr3t", roots: '["s3cr3t"]', stubs: "s3cr3t", tokn: "s3cr3t", rots: "s3cr3t" },
    });
    assert.equal(found.length, 5);
    assert.doesNotMatch(found.join("\n"), /s3cr3t/);
  });
});

describe("a waiver for an address that the stack does not have", () => {
  const stray = { ...waiver, address: "192.0.2.99" };
  const told = async (ignore: FcrdnsArgs["ignore"], resources: readonly GivenResource[], more: RunOptions = {}) =>
    (await runPack(resources, { args: { ignore: ignore ?? [] }, rules: ["fcrdns-configuration"], ...more })).told;

  it("is reported, as advisory", async () => {
    const [violation, ...others] = await told([stray], [rdns]);
    assert.deepEqual([violation?.level, others], ["advisory", []]);
    assert.match(violation?.message ?? "", /192\.0\.2\.99 does not match any address of this stack/);
  });
  it("is not reported while an address is not known yet", async () => {
    const unknown = { ...rdns, props: { ...rdns.props, ipAddress: UNKNOWN } };
    assert.deepEqual(await told([stray], [unknown], { preview: true }), []);
  });
  it("is not reported for an IPv6 address that only DNS has", async () => {
    const verify: RunOptions["verify"] = async (ip, { expected }) =>
      verdict(ip, expected ?? null, { forward: { "mail.example.com": [ip, "2001:db8::10"] } });
    assert.deepEqual(await told([{ ...waiver, address: "2001:db8::10" }], [rdns], { verify }), []);
  });
});

describe("the keys of the program", () => {
  it("are all taken in the stack config", async () => {
    const stackConfig = Object.fromEntries(PROGRAM_KEYS.map((key) => [key, ""]));
    assert.ok(PROGRAM_KEYS.length > 40);
    assert.deepEqual(await problems({ stackConfig }), []);
  });
  it("are those of Pulumi.yaml and of the sources", () => {
    assert.equal(readFileSync(join(__dirname, "..", "..", file), "utf8"), text());
  });
});

describe("where the gate asks", () => {
  const asked = async (options: RunOptions) => {
    let seen: unknown;
    await runPack([rdns], {
      ...options,
      rules: ["fcrdns-round-trip"],
      verify: async (ip, given) => {
        const { mode, roots, deadlineSeconds, tries } = given;
        seen = { mode, roots, deadlineSeconds, tries };
        return verdict(ip, given.expected ?? null);
      },
    });
    return seen;
  };
  it("comes from the stack config, over it from the arguments, over them from the policy config", async () => {
    assert.deepEqual(
      await asked({
        stackConfig: { mode: "recursive", roots: '["192.0.2.1"]', deadlineSeconds: "10", tries: "3" },
        args: { "fcrdns-round-trip": { mode: "full", deadlineSeconds: 20 } },
        config: { "fcrdns-round-trip": { deadlineSeconds: 30 } },
      }),
      { mode: "full", roots: ["192.0.2.1"], deadlineSeconds: 30, tries: 3 },
    );
  });
});

describe("enforcement levels", () => {
  const level = async (args: FcrdnsArgs) =>
    (await runPack([rdns], { args, rules: ["fcrdns-round-trip"], verify: failing })).told[0]?.level;
  it("are the rules' own by default", async () => assert.equal(await level({}), "mandatory"));
  it("can be set for all", async () => assert.equal(await level({ all: "advisory" }), "advisory"));
  it("can be set for one, above all", async () =>
    assert.equal(await level({ all: "disabled", "fcrdns-round-trip": "mandatory" }), "mandatory"));
  it("can be set among settings", async () =>
    assert.equal(await level({ "fcrdns-round-trip": { enforcementLevel: "advisory", tries: 1 } }), "advisory"));
});

describe("a waiver", () => {
  const run = (ignore: FcrdnsArgs["ignore"], more: RunOptions = {}) =>
    runPack([rdns], { verify: failing, args: { ignore: ignore ?? [] }, ...more });

  it("silences every rule for its address, says so, and nothing is asked", async () => {
    const { told, asked, lines } = await run([waiver]);
    assert.deepEqual([told, asked], [[], []]);
    assert.deepEqual(lines, ["fcrdns: 192.0.2.10 is waived until 2026-12-31: ticket 4711"]);
  });
  it("counts on its last day", async () =>
    assert.deepEqual((await run([{ ...waiver, until: "2026-11-21" }])).told, []));
  it("may come from the stack config or the policy config", async () => {
    assert.deepEqual((await run([], { stackConfig: { ignore: JSON.stringify([waiver]) } })).told, []);
    assert.deepEqual((await run([], { config: { "fcrdns-round-trip": { ignore: [waiver] } } })).told, []);
  });
  it("compares addresses, not texts", async () => {
    const v6 = { ...rdns, props: { ipAddress: "2001:db8::10", dnsPtr: "mail.example.com" } };
    assert.deepEqual(
      (await runPack([v6], { verify: failing, args: { ignore: [{ ...waiver, address: "2001:DB8:0:0::10" }] } })).told,
      [],
    );
  });
  it("for one rule leaves the others", async () => {
    const { told } = await run([{ ...waiver, rules: ["fcrdns-name-valid"] }]);
    assert.ok(told.some((each) => each.rule === "fcrdns-round-trip"));
  });
  it("for another address changes nothing", async () => {
    assert.ok(
      (await run([{ ...waiver, address: "192.0.2.11" }])).told.some((each) => each.rule === "fcrdns-round-trip"),
    );
  });
  it("that has ended is a violation, and the address is checked again", async () => {
    const { told } = await run([{ ...waiver, until: "2026-11-20" }]);
    assert.deepEqual([...new Set(told.map((each) => each.rule))].slice(0, 2), [
      "fcrdns-configuration",
      "fcrdns-round-trip",
    ]);
  });
});

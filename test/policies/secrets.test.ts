/** No part of a secret is printed, in any property of any resource, by any rule. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseAddress, reverseName } from "../../fcrdns/names/address";
import { maskOf } from "../../policies/masked";
import { RULE_NAMES } from "../../policies/rule-table";
import { type GivenResource, runPack, type Told, verdict } from "./run-pack";

let count = 0;
const of = (type: string, props: Record<string, unknown>, more: Partial<GivenResource> = {}): GivenResource => ({
  type,
  name: `r${count++}`,
  props,
  deleteBeforeReplace: false,
  ...more,
});
const cf = (type: string, name: string, content: string, proxied = false): GivenResource =>
  of("cloudflare:index/dnsRecord:DnsRecord", { zoneId: "0123456789", type, name, content, proxied });
const rdns = (ip: string, name: string): GivenResource =>
  of("hcloud:index/rdns:Rdns", { ipAddress: ip, dnsPtr: name, serverId: "77" });
const zone = (type: string, name: string, of_: string, values: readonly string[]): GivenResource =>
  of("hcloud:index/zoneRrset:ZoneRrset", { zone: of_, name, type, records: values.map((value) => ({ value })) });

/** Stacks with faults; together they violate every rule, which is checked below. */
const stacks: Readonly<Record<string, readonly GivenResource[]>> = {
  "PTRs that do not come back": [
    rdns("192.0.2.10", "Mail.Brisk-Otter.example."),
    rdns("2001:db8:17::1", "out.brisk-otter.example"),
    rdns("192.0.2.10", "second.brisk-otter.example"),
    rdns("2001:db8:18::", "net.brisk-otter.example"),
    cf("AAAA", "out.brisk-otter.example", "2001:db8:19::1"),
  ],
  "names that are none, or generic": [
    rdns("192.0.2.20", "my_mail.velvet-moth.example"),
    rdns("192.0.2.21", "static.21.2.0.192.clients.your-server.de"),
    rdns("192.0.2.22", "host-192-0-2-22.velvet-moth.example"),
    rdns("192.0.2.23", `long${"g".repeat(400)}.velvet-moth.example`),
    rdns("192.0.2.24", "vip"),
  ],
  "records of mail": [
    of("aws:ec2/eip:Eip", { publicIp: "192.0.2.30" }),
    of("hcloud:index/server:Server", { ipv4Address: "192.0.2.31", ipv6Address: "2001:db8:31::1" }),
    cf("A", "mx.quiet-lemur.example", "192.0.2.30"),
    cf("A", "web.quiet-lemur.example", "192.0.2.31", true),
    cf("AAAA", "web.quiet-lemur.example", "2001:db8:31::1"),
    cf("MX", "quiet-lemur.example", "10 mx.quiet-lemur.example"),
    cf("MX", "quiet-lemur.example", "web.quiet-lemur.example"),
    cf(
      "TXT",
      "quiet-lemur.example",
      "v=spf1 ip4:192.0.2.30 ip4:192.0.2.0/27 a:web.quiet-lemur.example/28 +ptr:amber.example +all",
    ),
  ],
  "relative names": [
    of("digitalocean:index/droplet:Droplet", {
      name: "mail.sober-finch.example",
      ipv4Address: "192.0.2.40",
      ipv6Address: "2001:db8:40::1",
    }),
    of("digitalocean:index/dnsRecord:DnsRecord", {
      domain: "sober-finch.example",
      name: "mail",
      type: "AAAA",
      value: "2001:db8:40::1",
    }),
    of("digitalocean:index/dnsRecord:DnsRecord", {
      domain: "sober-finch.example",
      name: "@",
      type: "MX",
      value: "mail.sober-finch.example.",
    }),
    of("digitalocean:index/droplet:Droplet", { name: "smtp-plum", ipv4Address: "192.0.2.41" }),
  ],
  "PTR records in the wrong place": [
    zone("PTR", "50.2.0.192.in-addr.arpa", "dim-heron.example", ["mail.dim-heron.example."]),
    zone("PTR", "mail", "dim-heron.example", ["192.0.2.51"]),
    zone("PTR", "52", "2.0.192.in-addr.arpa", ["a.dim-heron.example.", "b.dim-heron.example."]),
  ],
  "what single providers want": [
    of("vultr:index/reverseIpv6:ReverseIpv6", { ip: "2001:db8:60::1", reverse: "mail.pale-newt.example" }),
    of("ovh:Ip/reverse:Reverse", { ReverseIp: "192.0.2.61", ReverseValue: "Mail.Pale-Newt.example" }),
    of("linode:index/rdns:Rdns", { address: "192.0.2.62", rdns: "out.pale-newt.example" }),
    of("linode:index/instance:Instance", { ipAddress: "192.0.2.62" }),
    of("azure-native:network:PublicIPAddress", {
      ipAddress: "192.0.2.63",
      publicIPAllocationMethod: "Dynamic",
      dnsSettings: { reverseFqdn: "az.pale-newt.example" },
    }),
    of("ionoscloud:dns/reverseRecord:ReverseRecord", { name: "ionos-0a1b2c3", ip: "192.0.2.64" }, { name: "ionos" }),
    of("scaleway:ipam/ipReverseDns:IpReverseDns", {
      ipamIpId: "fr-par/walrus",
      address: "2001:db8:65::1",
      hostname: "s.pale-newt.example",
    }),
    of("scaleway:ipam/ipReverseDns:IpReverseDns", {
      ipamIpId: "fr-par/walrus",
      address: "2001:db8:65::2",
      hostname: "t.pale-newt.example",
    }),
  ],
  "a SendingIp that waits": [
    of("pulumi-fcrdns:index:SendingIp", {
      hostname: "mail.mild-gecko.example",
      endpoints: [
        {
          address: "192.0.2.70",
          hostname: "mail.mild-gecko.example",
          reverse: "ticket",
          cloud: "racknerd",
          ticket: {
            title: "RackNerd",
            subject: "PTR for 192.0.2.70",
            body: "Please set the PTR of 192.0.2.70 to mail.mild-gecko.example",
            route: { by: "ticket", url: "https://panel.crimson.example" },
            missing: [],
          },
        },
        {
          address: "192.0.2.71",
          hostname: "out.mild-gecko.example",
          reverse: "manual",
          instructions: "Enter out.mild-gecko.example for 192.0.2.71",
        },
      ],
    }),
  ],
  "an EHLO name": [
    of("pulumi-fcrdns:index:SendingIp", {
      hostname: "mail.calm-plum.example",
      endpoints: [
        {
          address: "192.0.2.81",
          family: 4,
          hostname: "mail.calm-plum.example",
          helo: "smtp.calm-plum.example",
          reverse: "set",
        },
      ],
    }),
  ],
};

/** What DNS says of an address: another name, one that has the address in it; sometimes nothing. */
const verify = async (ip: string, expected: string | null, silent: boolean) =>
  verdict(ip, expected, {
    status: silent ? "unknown" : "fail",
    iprev: silent ? "temperror" : "permerror",
    reason: silent ? "no-answer" : "unexpected-name",
    ptr: silent ? [] : [`static-${ip.replace(/[.:]+/g, "-")}.isp.example`],
    forward: expected === null ? {} : { [expected]: ["198.51.100.9"] },
    findings: [
      {
        rule: silent ? "no-answer" : "unexpected-name",
        severity: "error",
        message: `the PTR of ${ip} (${reverseName(ip)}) is not ${expected}`,
        fix: `ask the owner of ${reverseName(ip).replace(/^\w+\./, "")}, the zone of ${reverseName(ip)}, for ${expected}`,
        who: "whoever the address belongs to",
      },
    ],
    hops: [
      {
        question: `${reverseName(ip)} PTR`,
        server: "ns1.isp.example 198.51.100.53:53",
        transport: "udp",
        outcome: silent ? "timeout" : "ok",
        aa: true,
        ms: 1,
        records: [],
      },
    ],
  });

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Addresses, names of two labels or more, and labels that occur nowhere else. */
function piecesOf(text: string): readonly string[] {
  const words = text.split(/[\s",=()]+|(?:ip4|ip6|a|ptr):/i).map((word) => word.replace(/\/\d+$|\.$/g, ""));
  return words.filter(
    (word) => parseAddress(word).ok || /[\w-]\.[\w-]/.test(word) || /(?:plum|walrus|crimson)/.test(word),
  );
}

function formsOf(piece: string): readonly string[] {
  const parsed = parseAddress(piece);
  if (!parsed.ok) return [piece.toLowerCase()];
  const { text, family } = parsed.address;
  return [
    text,
    reverseName(text),
    reverseName(text).replace(/^\w+\./, " "),
    ...(family === 4 ? [text.replaceAll(".", "-")] : [text.replace(/:+/g, "-")]),
  ];
}

async function toldOf(resources: readonly GivenResource[], secrets: readonly string[]) {
  const runs = [
    { preview: true },
    { verify: (ip: string, { expected }: { expected?: string | null }) => verify(ip, expected ?? null, false) },
    { verify: (ip: string, { expected }: { expected?: string | null }) => verify(ip, expected ?? null, true) },
    {
      verify: async (ip: string, { expected = null, helo }: { expected?: string | null; helo?: string | null }) =>
        typeof helo === "string" ? verify(ip, helo, false) : verdict(ip, expected),
    },
  ];
  const told: Told[] = [];
  const lines: string[] = [];
  const files = { seen: "192.0.2.81=elsewhere.example.net\n198.51.100.200" };
  for (const run of runs) {
    const found = await runPack(resources, {
      ...run,
      files,
      stackConfig: { observed: "seen" },
      secrets,
      args: { ignore: [{ address: "192.0.2.22", reason: "x", until: "2026-12-31", rules: ["fcrdns-stable-address"] }] },
    });
    told.push(...found.told);
    lines.push(...found.lines);
  }
  return { told, lines };
}

describe("secrets of the stack", () => {
  const spoke = new Set<string>();
  for (const [what, resources] of Object.entries(stacks)) {
    it(`are not printed: ${what}`, async () => {
      const texts = [...new Set(resources.flatMap(({ props }) => textsIn(props)))];
      const leaks: string[] = [];
      for (const piece of new Set(texts.flatMap(piecesOf))) {
        // Everything that has it is a secret: whatever of it is printed has come from there.
        const parsed = parseAddress(piece);
        const has = (text: string) =>
          text.toLowerCase().includes(piece.toLowerCase()) ||
          (parsed.ok && text.toLowerCase().includes(reverseName(piece)));
        const { told, lines } = await toldOf(resources, texts.filter(has));
        for (const { rule } of told) spoke.add(rule);
        const printed = [...told.map(({ rule, message }) => `${rule}: ${message}`), ...lines];
        for (const text of printed) {
          // What is looked up in a public list is no secret of this stack.
          if (formsOf(piece).some((form) => text.toLowerCase().includes(form))) leaks.push(`${piece} in ${text}`);
        }
      }
      assert.deepEqual(leaks, []);
    });
  }
  const masked: readonly (readonly [what: string, secret: string, text: string, expected: string])[] = [
    ["an address before a colon", "192.0.2.1", "of 192.0.2.1: it", "of [secret]: it"],
    ["an address after a mechanism", "192.0.2.1", '"ip4:192.0.2.1"', '"ip4:[secret]"'],
    ["an address behind a word", "192.0.2.1", "host192-0-2-1.isp.example", "host[secret].isp.example"],
    ["no longer address", "192.0.2.1", "192.0.2.10 and 192.0.2.1-5", "192.0.2.10 and 192.0.2.1-5"],
    ["no longer IPv6 address", "2001:db8::1", "2001:db8::1:2 and 2001:db8::10", "2001:db8::1:2 and 2001:db8::10"],
    ["an IPv6 address before a colon", "2001:db8::1", "of 2001:db8::1: it", "of [secret]: it"],
    ["an IPv6 address in full", "2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001", "[secret]"],
    ["an address with spaces around it", " 192.0.2.1 ", "of 192.0.2.1", "of [secret]"],
    ["an exchanger", "10 mx.example.com.", "mx.example.com", "[secret]"],
    [
      "what a name begins with where a rule cut it",
      `${"a".repeat(400)}.example.com`,
      `${"a".repeat(300)}... is`,
      "[secret] is",
    ],
    ["a short label of a name", "mx", "mx.example.com, a mx record", "[secret].example.com, a mx record"],
    ["a name as it is shown on a terminal", "my\u0007name", "is my\\u{7}name", "is [secret]"],
  ];
  for (const [what, secret, text, expected] of masked) {
    it(`hide ${what}`, () => assert.equal(maskOf([secret])(text), expected));
  }
  it("are looked for in what every rule says", () => {
    const silent = ["fcrdns-configuration"];
    assert.deepEqual(
      RULE_NAMES.filter((name) => !spoke.has(name) && !silent.includes(name)),
      [],
    );
  });
});

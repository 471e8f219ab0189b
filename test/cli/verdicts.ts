/** Verdicts as the checker gives them, and hostile ones. */
import * as fc from "fast-check";
import type { AddressToCheck } from "../../cli/environment";
import { reverseName } from "../../fcrdns/names/address";
import type { Finding, Hop, Verdict } from "../../fcrdns/verdict";

export function verdictOn({ ip, expected = null }: AddressToCheck, changes: Partial<Verdict> = {}): Verdict {
  const name = expected ?? "mail.example.com";
  const arpa = reverseName(ip);
  return {
    schema: 1,
    ip,
    arpa,
    expected,
    status: "pass",
    iprev: "pass",
    reason: "ok",
    ptr: [name],
    forward: { [name]: [ip] },
    confirmed: [name],
    findings: [],
    hops: [hop({ question: `${arpa} PTR`, records: [`${arpa}. 300 IN PTR ${name}.`] })],
    servers: { asked: 2, agreed: 2 },
    ms: 12,
    ...changes,
  };
}

export function failing(
  ip: string,
  expected: string | null = "mail.example.com",
  more: Partial<Verdict> = {},
): Verdict {
  const arpa = reverseName(ip);
  return verdictOn(
    { ip, expected },
    {
      status: "fail",
      iprev: "permerror",
      reason: "no-ptr",
      ptr: [],
      confirmed: [],
      findings: [
        finding({ rule: "no-ptr", message: `${ip} has no PTR record`, fix: "Set the PTR.", who: "the owner" }),
        finding({ rule: "server-lame", severity: "warning", message: "ns2 is lame" }),
      ],
      hops: [hop({ question: `${arpa} PTR`, outcome: "nxdomain", records: [] })],
      ...more,
    },
  );
}

export function unknown(ip: string, expected: string | null = "mail.example.com"): Verdict {
  return failing(ip, expected, {
    status: "unknown",
    iprev: "temperror",
    reason: "no-answer",
    findings: [finding({ rule: "ptr-unanswered", message: "nobody answered" })],
    hops: [hop({ question: `${reverseName(ip)} PTR`, outcome: "timeout", records: [] })],
  });
}

export function finding(changes: Partial<Finding>): Finding {
  return { rule: "no-ptr", severity: "error", message: "seen", fix: "mend it", who: "you", ...changes };
}

export function hop(changes: Partial<Hop>): Hop {
  return {
    question: "10.2.0.192.in-addr.arpa PTR",
    server: "ns1.example.net 192.0.2.53:53",
    transport: "udp",
    outcome: "ok",
    aa: true,
    ms: 3,
    records: [],
    ...changes,
  };
}

/** What an attacker would put into a reverse zone: at the start, in the middle and at the end. */
const nasty = [
  "\n",
  "\r\n",
  "\n::set-output name=a::b",
  "::error::x",
  "##[set-output name=a]b",
  "##vso[task.setvariable variable=a]b",
  "\u001b[2J",
  "\u001b]0;title\u0007",
  "]]>",
  "<script>alert(1)</script>",
  "</failure></testcase>",
  "<!-- ",
  "-->",
  "`",
  "```",
  "~~~~",
  "|",
  "\\|",
  "\\",
  "](https://evil.example/)",
  "![x](https://evil.example/x.png)",
  "https://evil.example/",
  "www.evil.example",
  "@everyone",
  "#1",
  "</details>",
  "<details>",
  "$`x`$",
  "**",
  "__",
  "&amp;",
  "%0A::error::x",
  "%25",
  "{0}",
  "{{",
  '"',
  "'",
  ",",
  ":",
  "\u202e",
  "\u2028",
  "\u0000",
  "\ud800",
  "\u{e0041}",
  "\u200b",
  "\ufeff",
  "__proto__",
];

export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...nasty) }, fc.string({ unit: "binary", maxLength: 8 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(""));

/** A verdict in which every text that could hold something of DNS is as bad as can be: nothing was escaped before. */
export const hostileVerdict: fc.Arbitrary<Verdict> = fc
  .record({
    status: fc.constantFrom("pass", "fail", "unknown"),
    expected: fc.option(hostileText),
    ptr: fc.array(hostileText, { maxLength: 5 }),
    confirmed: fc.array(hostileText, { maxLength: 2 }),
    findings: fc.array(
      fc.record({
        rule: fc.constantFrom("no-ptr", "server-lame", "forward-mismatch", "ptr-target-alias"),
        severity: fc.constantFrom("error", "warning", "info"),
        message: hostileText,
        fix: hostileText,
        who: hostileText,
      }),
      { maxLength: 4 },
    ),
    hops: fc.array(
      fc.record({
        question: hostileText,
        server: hostileText,
        transport: fc.constantFrom("udp", "tcp"),
        outcome: fc.constantFrom("ok", "nxdomain", "timeout", "referral"),
        aa: fc.boolean(),
        ms: fc.nat(100),
        records: fc.array(hostileText, { maxLength: 3 }),
        note: hostileText,
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ status, ...texts }) => {
    const iprev = ({ pass: "pass", fail: "fail", unknown: "temperror" } as const)[status];
    const reason = ({ pass: "ok", fail: "forward-mismatch", unknown: "no-answer" } as const)[status];
    return { ...verdictOn({ ip: "192.0.2.10" }), ...texts, status, iprev, reason } as Verdict;
  });

/** An address that waits for a ticket; every field is this text. */
export function stackWith(text: string) {
  const ticket = {
    provider: text,
    subject: text,
    body: text,
    route: { by: text, url: text },
    missing: [],
    since: null,
  };
  return { urn: text, cloud: text, reverse: "ticket" as const, ticket };
}

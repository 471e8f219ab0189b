import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { textProblem } from "../../components/apex-text";
import { route53 } from "../../providers/aws/dns";
import { cloudDns } from "../../providers/google/dns";
import { hetznerDns } from "../../providers/hetzner/dns";
import { linodeDns } from "../../providers/linode/dns";
import { scalewayDns } from "../../providers/scaleway/dns";

const zone = "example.com";
const SPF = "v=spf1 ip4:192.0.2.10 ~all";
const hosts = {
  linode: linodeDns({ zone }),
  scaleway: scalewayDns({ zone }),
  hetzner: hetznerDns({ zone }),
  route53: route53({ zone }),
  cloudDns: cloudDns({ zone }),
};
const shows = (...texts: string[]) => ({ known: true, values: texts }) as const;
const silent = { known: false, why: "ns1.example.net: timeout" } as const;

type Case = readonly [
  string,
  keyof typeof hosts,
  Parameters<typeof textProblem>[1],
  string | undefined,
  RegExp | undefined,
];
const cases: readonly Case[] = [
  ["an SPF record among others", "linode", shows("site=1", "V=SPF1 -all"), SPF, /add ip4:192\.0\.2\.10 to that record/],
  ["an SPF record, before the address is known", "linode", shows("v=spf1 -all"), undefined, /ip4:ADDRESS/],
  ["an SPF record without a mechanism", "linode", shows("v=spf1"), SPF, /already has an SPF record/],
  ["texts that are not SPF", "linode", shows("site=1", "v=spf10 -all", "v=spf"), SPF, undefined],
  ["the same SPF record, where the API would add it once more", "linode", shows(SPF), SPF, /already has a record/],
  ["the same SPF record, where it becomes the stack's", "scaleway", shows(SPF), SPF, undefined],
  ["what may be the same SPF record, there", "scaleway", shows(SPF), undefined, undefined],
  ["two SPF records, there", "scaleway", shows(SPF, "v=spf1 -all"), SPF, /already has an SPF record/],
  ["no answer, where a second one would be taken", "hetzner", silent, SPF, /could not be looked up.*\n.*timeout/],
  ["no answer, where the host refuses a second set", "route53", silent, SPF, undefined],
  ["no answer, where a set would be overwritten", "cloudDns", silent, SPF, /could not be looked up/],
  ["text in a set of its own", "route53", shows("site=1"), SPF, /keeps all of them in one record set/],
  ["text that is joined", "hetzner", shows("site=1"), undefined, undefined],
  ["no text", "route53", shows(), undefined, undefined],
];

describe("before an SPF record is made", () => {
  for (const [what, host, seen, spf, expected] of cases) {
    test(`${what}: ${expected === undefined ? "no obstacle" : "refused"}`, () => {
      const problem = textProblem(
        { name: "mail-spf/example.com/@", formerName: "mail-spf", dns: hosts[host] },
        seen,
        spf,
      );
      expected === undefined ? assert.equal(problem, undefined) : assert.match(problem ?? "", expected);
    });
  }

  test("text that came out of DNS is escaped", () => {
    const record = { name: "spf", formerName: "spf", dns: hosts.linode };
    const problem = textProblem(record, shows("v=spf1 \u001b[2J\n-all"), SPF) ?? "";
    assert.ok(!problem.includes("\u001b"), problem);
  });
});

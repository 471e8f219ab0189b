/** How the PTR's name is related to the organisation that sends: publicsuffix.org, and the mail services' documentation. */
import { strict as assert } from "node:assert";
import { describe, it, test } from "node:test";
import { judge } from "../../../fcrdns/judge/judge";
import { DEDICATED_ADDRESSES, MAIL_SERVICES } from "../../../fcrdns/names/mail-services";
import { relationOf } from "../../../fcrdns/names/organisation";
import { heard } from "./heard";

for (const [name, domain, expected] of [
  ["mail.example.com", "example.com", "same"],
  ["mail.example.com", "news.shop.example.com", "same"],
  ["example.com", "example.com", "same"],
  ["mail.example.co.uk", "example.co.uk", "same"],
  ["mail.other.co.uk", "example.co.uk", "other"],
  ["mail.notexample.com", "example.com", "other"],
  ["mail.example.com.evil.net", "example.com", "other"],
  ["mail.xn--bcher-kva.de", "xn--bcher-kva.de", "same"],
  // The private part of the list: customers of one provider are not one organisation.
  ["mail.alice.github.io", "bob.github.io", "other"],
  ["mail.alice.github.io", "alice.github.io", "same"],
  ["mail.alice.github.io", "github.io", "unknown"],
  ["github.io", "github.io", "same"],
  ["mail.example.com", "github.io", "other"],
  ["mail.example.co.uk", "co.uk", "unknown"],
] as const) {
  test(`${name} and ${domain}: ${expected}`, () => assert.equal(relationOf(name, domain), expected));
}

describe("the finding about the organisation", () => {
  const found = (name: string, domain?: string) => {
    const forward = { [name]: { a: [["192.0.2.10"]] } };
    const verdict = judge(heard({ expected: null, ptr: [[name]], forward, ...(domain !== undefined && { domain }) }));
    const rules = ["name-own-domain", "name-other-domain", "mail-service-address"];
    return { verdict, about: verdict.findings.filter(({ rule }) => rules.includes(rule)) };
  };

  it("is there only where a domain is named, is of level info and changes no status", () => {
    assert.deepEqual(found("mail.example.com").about, []);
    for (const [domain, rule] of [
      ["example.com", "name-own-domain"],
      ["example.org", "name-other-domain"],
    ] as const) {
      const { verdict, about } = found("mail.example.com", domain);
      assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["pass", "pass", "ok"]);
      assert.deepEqual(
        about.map((each) => `${each.rule} ${each.severity}`),
        [`${rule} info`],
      );
      assert.ok(about[0]?.message.includes("mail.example.com") && about[0].message.includes(domain));
    }
  });

  it("says of a mail service's address who sets the PTR and where", () => {
    const [sendgrid] = found("o1.ptr1234.sendgrid.net", "example.com").about;
    assert.equal(sendgrid?.rule, "mail-service-address");
    assert.match(
      sendgrid?.fix ?? "",
      /reverse DNS in SendGrid.* A record .* DNS host of your domain.*SendGrid then sets/,
    );
    assert.match(sendgrid?.who ?? "", /customer of Twilio SendGrid/);
    const [postmark] = found("mta1.mtasv.net", "example.com").about;
    assert.match(postmark?.fix ?? "", /ask the service's support/);
  });

  it("takes the service itself for its own organisation", () => {
    assert.equal(found("o1.ptr1234.sendgrid.net", "sendgrid.net").about[0]?.rule, "name-own-domain");
  });

  it("knows of dedicated addresses only at services that it knows, with source and date", () => {
    for (const { service, source, read } of DEDICATED_ADDRESSES) {
      assert.ok(MAIL_SERVICES.some((each) => each.service === service));
      assert.match(source, /^https:/);
      assert.match(read, /^\d{4}-\d\d-\d\d$/);
    }
  });
});

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Verdict } from "../../fcrdns/verdict";
import { providers, pulumiPackage } from "../../providers/find-provider";
import { withoutCredentials } from "../../providers/internal/credentials";
import { lookUpFailure } from "../../providers/internal/look-up";
import { howToSetAgain, isLost, type OwnPtr } from "../../providers/internal/lost-ptr";

const zone = (name: string, title: string, packageName: string) => ({
  title,
  package: packageName,
  what: `the zone ${name}`,
  ifMissing: "create it there",
});

describe("a look-up that fails", () => {
  /** In the words of the genuine plugins, as far as they were seen. */
  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    [
      "hcloud",
      "example.net",
      'Missing Hetzner Cloud API token at attribute AttributeName("token")',
      /pulumi config set hcloud:token --secret/,
    ],
    ["hcloud", "token.example", 'Resource (zone) was not found: name="token.example"', /Fix: create it there/],
    ["hcloud", "example.net", "unable to authenticate (unauthorized, 1a2b)", /pulumi config set hcloud:token/],
    [
      "digitalocean",
      "example.net",
      "invocation of digitalocean:index/getDomain:getDomain returned an error: invoking digitalocean:index/getDomain:getDomain: 1 error occurred:\n\t* GET https://api.digitalocean.com/v2/domains/example.net: 401 Unable to authenticate you",
      /nothing was created: GET https:[^\n]*\n {2}Set an API token[^\n]*digitalocean:token --secret/,
    ],
    ["linode", "example.net", "Domain example.net was not found", /Fix: create it there/],
    ["aws", "example.net", "no matching Route 53 Hosted Zone found", /Fix: create it there/],
    ["aws", "example.net", "No valid credential sources found", /aws sso login/],
    ["gcp", "example.net", "googleapi: Error 403: Forbidden", /gcloud auth application-default login/],
    ["cloudflare", "example.net", "failed to find exactly one result: found 0 results", /Fix: create it there/],
    ["hcloud", "example.net", "dial tcp: i/o timeout\u001b[2J", /run again when its API answers/],
  ];
  for (const [packageName, name, raw, says] of cases) {
    test(`${packageName}: ${JSON.stringify(raw.slice(0, 60))}`, () => {
      const text = lookUpFailure(zone(name, "The host", packageName), raw);
      assert.match(text, says);
      assert.match(text, /nothing was created/);
      assert.equal(text.includes("\u001b"), false);
    });
  }
});

describe("credentials", () => {
  const none = { config: () => undefined, env: {}, exists: () => false };
  for (const facts of providers) {
    if (facts.credentials === undefined) continue;
    const name = pulumiPackage(facts);
    const { anyOf, title } = facts.credentials;
    test(`${title}: ${anyOf === undefined ? "never refused, they may come from anywhere" : "each way counts"}`, () => {
      assert.equal(withoutCredentials([name, name], none).length, anyOf === undefined ? 0 : 1);
      for (const set of anyOf ?? []) {
        const given = Object.fromEntries(set.map((key) => [key, "value"]));
        assert.deepEqual(
          withoutCredentials([name], { config: (key) => given[key], env: given, exists: () => false }),
          [],
        );
      }
    });
  }
});

describe("a PTR that this stack sets and DNS does not show", () => {
  const own: OwnPtr = { title: "The cloud", afterLoss: "refresh", hostname: "mail.example.com", urn: "urn:x" };
  test("is set again by what the cloud's facts say", () => {
    assert.match(howToSetAgain(own), /pulumi up --refresh/);
    assert.match(howToSetAgain({ ...own, afterLoss: "replace" }), /pulumi up --target-replace 'urn:x'/);
    assert.match(
      howToSetAgain({ ...own, afterLoss: "rename" }),
      /give the machine the name mail\.example\.com once more/,
    );
  });

  test("is lost only where DNS says so for certain", () => {
    const verdict = { status: "fail", reason: "no-ptr", ptr: [], expected: "mail.example.com" } as unknown as Verdict;
    assert.equal(isLost(verdict), true);
    assert.equal(isLost({ ...verdict, status: "unknown", reason: "no-answer" }), false);
    assert.equal(isLost({ ...verdict, reason: "no-forward", ptr: ["mail.example.com"] }), false);
    assert.equal(isLost({ ...verdict, reason: "forward-mismatch", ptr: ["static.example"] }), true);
  });
});

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Verdict } from "../../fcrdns/verdict";
import { providers, pulumiPackage } from "../../providers/find-provider";
import { refusalText } from "../../providers/internal/addresses/explain-refusal";
import { withoutCredentials } from "../../providers/internal/credentials";
import { knownId, lookUpFailure } from "../../providers/internal/look-up";
import { howToSetAgain, isLost, type OwnPtr } from "../../providers/internal/lost-ptr";
import { promiseOf } from "../../providers/internal/promise-of";

const zone = (name: string, title: string, packageName: string) => ({
  title,
  package: packageName,
  what: `the zone ${name}`,
  ifMissing: "create it there",
});

describe("a look-up that fails", () => {
  /** Errors of the genuine plugins, as far as they were seen. */
  const cases: readonly (readonly [packageName: string, raw: string, says: RegExp, zone?: string])[] = [
    [
      "hcloud",
      'Missing Hetzner Cloud API token at attribute AttributeName("token")',
      /pulumi config set hcloud:token --secret/,
    ],
    ["hcloud", 'Resource (zone) was not found: name="token.example"', /Fix: create it there/, "token.example"],
    ["hcloud", "unable to authenticate (unauthorized, 1a2b)", /pulumi config set hcloud:token/],
    [
      "digitalocean",
      "invocation of digitalocean:index/getDomain:getDomain returned an error: invoking digitalocean:index/getDomain:getDomain: 1 error occurred:\n\t* GET https://api.digitalocean.com/v2/domains/example.net: 401 Unable to authenticate you",
      /created or changed: GET https:[^\n]*\n {2}Fix: set an API token[^\n]*digitalocean:token --secret/,
    ],
    ["linode", "Domain example.net was not found", /Fix: create it there/],
    // The plugin's first call, of another path than the zone's (`linode/provider.go` of terraform-provider-linode 3.1.1).
    [
      "linode",
      "Error connecting to the Linode API: [404] Not found",
      /could not look up the zone [^\n]*\n {2}Fix: run again when its API answers/,
    ],
    ["linode", "Error connecting to the Linode API: [401] Invalid Token", /linode:token --secret/],
    ["aws", "no matching Route 53 Hosted Zone found", /Fix: create it there/],
    ["aws", "No valid credential sources found", /aws sso login/],
    ["gcp", "googleapi: Error 403: Forbidden", /gcloud auth application-default login/],
    // Ours, of the list of zones.
    ["cloudflare", "0 results found in this account", /Fix: create it there/],
    ["cloudflare", "2 results found in this account", /has several of the zone/],
    [
      "cloudflare",
      'failed to make http request: GET "https://api.cloudflare.com/client/v4/zones?name=example.net": 403 Forbidden {"success":false,"errors":[{"code":9109,"message":"Invalid access token"}]}',
      /cloudflare:apiToken --secret/,
    ],
    // internal/service/route53/zone_data_source.go, internal/tfresource
    [
      "aws",
      "multiple Route 53 Hosted Zones matched; use additional constraints to reduce matches to a single Route 53 Hosted Zone",
      /has several of the zone/,
    ],
    [
      "aws",
      "reading Route 53 Hosted Zones: operation error Route 53: ListHostedZones, https response error StatusCode: 403, RequestID: 0, api error InvalidClientTokenId: The security token included in the request is invalid.",
      /aws sso login/,
    ],
    ["aws", "invalid AWS Region: eu-cental-1", /pulumi config set aws:region REGION/],
    // internal/service/route53/zone.go (findHostedZoneByID)
    [
      "aws",
      "operation error Route 53: GetHostedZone, https response error StatusCode: 404, RequestID: 0, NoSuchHostedZone: No hosted zone found with ID: Z0",
      /Fix: create it there/,
    ],
    [
      "gcp",
      "googleapi: Error 404: The 'parameters.managedZone' resource named 'x' does not exist., notFound",
      /Fix: create it there/,
    ],
    // tpgresource/utils.go, internal/services/dns
    ["gcp", "project: required field is not set", /pulumi config set gcp:project PROJECT/],
    [
      "gcp",
      "Attempted to load application default credentials since neither `credentials` nor `access_token` was set in the provider block.  No credentials loaded.",
      /gcloud auth application-default login/,
    ],
    // internal/services/domain/zone.go, scaleway-sdk-go
    ["scaleway", "no zone found with the name example.net", /Fix: create it there/],
    ["scaleway", "scaleway-sdk-go: insufficient permissions: read dns_zone", /scaleway:secretKey/],
    [
      "scaleway",
      "scaleway-sdk-go: denied authentication: invalid API key format or empty value",
      /scaleway:secretKey --secret/,
    ],
    // ovh/data_domain_zone.go, ovh/config.go, go-ovh/ovh/error.go
    [
      "ovh",
      'Error calling /domain/zone/example.net:\n\t "OVHcloud API error (status code 404): Client::NotFound: \\"This service does not exist\\" (X-OVH-Query-Id: EU.ext-1.0)"',
      /Fix: create it there/,
    ],
    [
      "ovh",
      'OVH client seems to be misconfigured: "OVHcloud API error (status code 403): Client::Forbidden: \\"This credential does not exist\\""',
      /ovh:consumerKey --secret/,
    ],
    // vultr/data_source_vultr_dns_domain.go
    ["vultr", 'error getting dns domains: {"error":"Invalid domain.","status":404}', /Fix: create it there/],
    ["vultr", 'error getting dns domains: {"error":"Invalid API token.","status":401}', /vultr:apiKey --secret/],
    // gandi/data_livedns_domain.go, go-gandi/types
    ["gandi", "unknown domain 'example.net': StatusCode: 404 ; Err: 404: Not found", /Fix: create it/],
    ["gandi", "unknown domain 'example.net': StatusCode: 401 ; Err: 401: Denied", /gandi:personalAccess/],
    ["gandi", "unknown domain 'example.net': StatusCode: 500 ; Err: 500", /run again when its API/],
    ["hcloud", "dial tcp: i/o timeout\u001b[2J", /run again when its API answers/],
  ];
  for (const [packageName, raw, says, name = "example.net"] of cases) {
    test(`${packageName}: ${JSON.stringify(raw.slice(0, 60))}`, () => {
      const text = lookUpFailure(zone(name, "The host", packageName), raw);
      assert.match(text, says);
      assert.match(text, /nothing that needs it was created or changed/);
      assert.equal(text.includes("\u001b"), false);
    });
  }
});

describe("an id that somebody wrote down", () => {
  const wanted = zone("Z0", "Route 53", "aws");
  test("is taken where it is found, and where the credentials may not look", async () => {
    assert.equal(await promiseOf(knownId(wanted, "Z0", Promise.resolve({}))), "Z0");
    const denied = Promise.reject(
      new Error("api error AccessDenied: not authorized to perform: route53:GetHostedZone"),
    );
    assert.equal(await promiseOf(knownId(wanted, "Z0", denied)), "Z0");
  });
});

describe("an address that cannot be made", () => {
  // DigitalOcean, Linode, Vultr, Cloud Compute, Azure, Hetzner: in the APIs' words.
  const places: readonly (readonly [string, string])[] = [
    [
      "digitalocean",
      "Error creating droplet: POST https://api.digitalocean.com/v2/droplets: 422 You specified an invalid region for Droplet creation.",
    ],
    ["linode", "[400] [region] region is not valid"],
    ["vultr", 'error creating reserved IP: {"error":"Invalid region.","status":400}'],
    [
      "gcp",
      "Error creating Address: googleapi: Error 400: Invalid value for field 'region': 'xyz'. Unknown region., invalid",
    ],
    [
      "azure-native",
      'Code="LocationNotAvailableForResourceType" Message="The provided location \'xyz\' is not available for resource type"',
    ],
    ["hcloud", "invalid input in field 'location' (invalid_input): location not found"],
  ];
  for (const [name, error] of places) {
    test(`${name}: a region that it does not have`, () => {
      assert.match(refusalText("The cloud", name, error) ?? "", /pulumi config set location LOCATION/);
    });
  }
  test("for want of credentials", () => {
    const text = refusalText("Hetzner Cloud", "hcloud", "unable to authenticate (unauthorized, 1a2b)");
    assert.match(
      text ?? "",
      /Fix: set an API token with permission to create it: pulumi config set hcloud:token --secret/,
    );
  });
  test("for any other reason is left to the provider's words", () => {
    assert.equal(
      refusalText("Hetzner Cloud", "hcloud", "primary IP limit exceeded (resource_limit_exceeded)"),
      undefined,
    );
  });
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
        const ways = set.reduce<string[][]>(
          (known, keys) => known.flatMap((way) => keys.split("|").map((key) => [...way, key])),
          [[]],
        );
        for (const way of ways) {
          const given = Object.fromEntries(way.map((key) => [key, "value"]));
          const sources = { config: (key: string) => given[key], env: given, exists: () => false };
          assert.deepEqual(withoutCredentials([name], sources), []);
          for (const left of way.length > 1 ? way : []) {
            const { [left]: _, ...rest } = given;
            const lacking = { config: (key: string) => rest[key], env: rest, exists: () => false };
            assert.equal(withoutCredentials([name], lacking).length, 1, `${title} without ${left}`);
          }
        }
      }
    });
  }
});

describe("a PTR that this stack sets and DNS does not show", () => {
  const own: OwnPtr = { title: "The cloud", afterLoss: "refresh", hostname: "mail.example.com", urn: "urn:x" };
  test("is set again by what the cloud's facts say", () => {
    assert.match(howToSetAgain(own), /pulumi up --refresh/);
    assert.match(howToSetAgain({ ...own, afterLoss: "replace" }), /pulumi up --target-replace 'urn:x'/);
    const either = howToSetAgain({ ...own, afterLoss: "refresh-or-replace" });
    assert.match(either, /--refresh.*--target-replace 'urn:x'/);
    assert.match(
      howToSetAgain({ ...own, afterLoss: "by-hand" }),
      /set mail\.example\.com with the provider's own command/,
    );
    assert.match(
      howToSetAgain({ ...own, afterLoss: "rename" }),
      /pulumi up --refresh` renames the machine if [^.]*\. If it is mail\.example\.com already, [^.]* set that name again/,
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

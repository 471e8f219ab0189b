import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { readStackConfig } from "../../components/stack-config";
import { configOf } from "./config-of";

const complete = { hostname: "mail.example.com", zone: "example.com" };

function refusalOf(values: Readonly<Record<string, unknown>>): string {
  try {
    readStackConfig(configOf(values));
  } catch (error) {
    assert.ok(pulumi.RunError.isInstance(error), String(error));
    return error.message;
  }
  return assert.fail("the config was taken");
}

describe("the stack's config", () => {
  test("a host name and its zone are enough: Hetzner for both, IPv6 as the cloud can", () => {
    const config = readStackConfig(configOf(complete));
    assert.equal(config.hostname, "mail.example.com");
    assert.equal(config.cloud.name, "hetzner");
    assert.equal(config.dns.name, "hetzner");
    assert.equal(config.dns.zone, "example.com");
    assert.equal("ipv6" in config, false);
    assert.equal(config.mx, false);
  });

  test("every key at fault is named at once", () => {
    const text = refusalOf({ cloud: "hetznr", ipv6: "maybe", ttl: "soon" });
    for (const key of ["hostname", "zone", "cloud", "ipv6", "ttl"]) {
      assert.match(text, new RegExp(`fcrdns:${key} `), text);
    }
    assert.match(text, /nothing was created/);
  });

  const cases: readonly { name: string; values: Readonly<Record<string, unknown>>; says: RegExp }[] = [
    {
      name: "a missing host name: what it is and the command",
      values: { zone: "example.com" },
      says: /fcrdns:hostname is missing[\s\S]*pulumi config set hostname mail\.example\.com/,
    },
    {
      name: "a missing zone: the command with the likely one, to be confirmed by a person",
      values: { hostname: "mail.corp.example.com" },
      says: /fcrdns:zone is missing[\s\S]*pulumi config set zone corp\.example\.com/,
    },
    {
      name: "a zone that only looks like a suffix",
      values: { hostname: "mail.notexample.com", zone: "example.com" },
      says: /fcrdns:zone is example\.com, but the host name mail\.notexample\.com is not in it/,
    },
    {
      name: "a misspelt cloud: all words and the nearest",
      values: { ...complete, cloud: "hetzer" },
      says: /fcrdns:cloud is "hetzer"; it must be one of [\s\S]*hetzner[\s\S]*pulumi config set cloud hetzner/,
    },
    {
      name: "a misspelt DNS host",
      values: { ...complete, dns: "hezner" },
      says: /fcrdns:dns is "hezner"[\s\S]*pulumi config set dns hetzner/,
    },
    {
      name: "a key that the cloud cannot do without: what it is and the command",
      values: { ...complete, cloud: "vultr" },
      says: /fcrdns:instance is missing: id of the instance[\s\S]*pulumi config set instance INSTANCE/,
    },
    {
      name: "a misspelt DNS host of the reverse zone",
      values: {
        ...complete,
        cloud: "own-zone",
        address: "192.0.2.1",
        reverseZone: "2.0.192.in-addr.arpa",
        reverseDns: "gndi",
      },
      says: /fcrdns:reverseDns is "gndi"[\s\S]*pulumi config set reverseDns gandi/,
    },
    {
      name: "a mail server that is not known",
      values: { ...complete, mta: "postfx" },
      says: /fcrdns:mta is "postfx"; it must be one of postfix, .*\n.*pulumi config set mta postfix/,
    },
    {
      name: "a switch that is neither true nor false",
      values: { ...complete, mx: "yes" },
      says: /fcrdns:mx is "yes"; it must be one of true, false/,
    },
  ];
  for (const { name, values, says } of cases) {
    test(`refuses ${name}`, () => assert.match(refusalOf(values), says));
  }

  test("case and a final dot do not matter for the zone", () => {
    const config = readStackConfig(configOf({ hostname: "Mail.Example.COM.", zone: "example.com." }));
    assert.equal(config.dns.zone, "example.com");
  });
});

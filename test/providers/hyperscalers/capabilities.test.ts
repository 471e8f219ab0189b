import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cloudCapabilities as aws, dnsCapabilities as route53 } from "../../../providers/aws/facts";
import { cloudCapabilities as azure, dnsCapabilities as azureDns } from "../../../providers/azure/facts";
import { dnsCapabilities as cloudflare } from "../../../providers/cloudflare/facts";
import { checkedName } from "../../../providers/digitalocean/cloud";
import {
  cloudCapabilities as digitalocean,
  dnsCapabilities as digitaloceanDns,
} from "../../../providers/digitalocean/facts";
import { dnsCapabilities as cloudDns, cloudCapabilities as google } from "../../../providers/google/facts";

describe("what is known of a cloud", () => {
  for (const cloud of [aws, azure, digitalocean, google]) {
    test(`${cloud.title} has a source and a day for every fact`, () => {
      const { reverse, port25 } = cloud;
      for (const { sources } of [reverse[4], reverse[6], port25]) {
        assert.ok(sources.length > 0);
        for (const { source, date } of sources) {
          assert.match(date, /^\d{4}-\d\d-\d\d$/);
          assert.notEqual(source, "");
        }
      }
    });
  }

  test("says which clouds look the name up themselves", () => {
    const checking = [aws, azure, digitalocean, google].filter(({ reverse }) => reverse[4].checksForward === "yes");
    assert.deepEqual(
      checking.map(({ title }) => title),
      ["AWS EC2", "Azure"],
    );
  });

  test("says where mail over IPv6 makes no sense", () => {
    for (const cloud of [aws, azure, digitalocean, google]) {
      assert.equal(cloud.smtpOverIpv6, false, cloud.title);
    }
  });
});

describe("what is known of a DNS host", () => {
  for (const host of [azureDns, cloudDns, cloudflare, digitaloceanDns, route53]) {
    test(`${host.title} has a source and a day`, () => {
      assert.ok(host.sources.length > 0 && host.sources.every(({ date }) => /^\d{4}-\d\d-\d\d$/.test(date)));
      assert.ok(host.types.includes("A") && host.types.includes("AAAA"));
    });
  }
});

describe("the name of a droplet that exists", () => {
  test("is the PTR when it is the host name, whatever its case", () => {
    assert.equal(checkedName("7", "Mail.example.com", "mail.example.com", false), "Mail.example.com");
  });

  test("is refused when it is another, with the command that renames it", () => {
    assert.throws(
      () => checkedName("7", "web-1", "mail.example.com", false),
      /named "web-1".*doctl compute droplet-action rename 7 --droplet-name mail\.example\.com/s,
    );
  });

  test("is not judged in a preview, for it may be about to change", () => {
    assert.equal(checkedName("7", "web-1", "mail.example.com", true), "web-1");
  });
});

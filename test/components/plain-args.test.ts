import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { ARGUMENTS, type PlainSendingIpArgs, sendingIpArgs } from "../../components/plain-args";
import { UserError } from "../../providers/internal/user-error";
import { settingsSchemas } from "../../providers/settings-schema";

import schema = require("../../plugin/schema.json");

const HERE: PlainSendingIpArgs = {
  hostname: "mail.example.com",
  zone: "example.com",
  cloud: "existing",
  dns: "manual",
  existing: { address: "192.0.2.10" },
};

describe("plain arguments", () => {
  test("name the cloud and the DNS host, with the settings of each", () => {
    const { cloud, dns, hostname } = sendingIpArgs({ ...HERE, manual: { panel: "cpanel" }, ttl: 300 });
    assert.deepEqual(
      [cloud.name, dns.name, dns.zone, hostname],
      ["existing", "manual", "example.com", "mail.example.com"],
    );
  });

  test("take an output of another resource where the cloud does", () => {
    assert.doesNotThrow(() => sendingIpArgs({ ...HERE, existing: { address: pulumi.output("192.0.2.10") } }));
  });

  test("are handed on, each of them", () => {
    const others = {
      helo: "helo.example.com",
      ipv6: false,
      ttl: 300,
      mx: true,
      protect: true,
      retainOnDelete: true,
      formerHostnames: ["old.example.com"],
      verify: { tries: 1 },
    };
    const { cloud: _cloud, dns: _dns, ...handed } = sendingIpArgs({ ...HERE, ...others });
    assert.deepEqual(handed, { hostname: "mail.example.com", ...others });
  });

  test("are the schema's, which programs in other languages are compiled against", () => {
    const { SendingIp } = Object.fromEntries(
      Object.entries(schema.resources).map(([token, resource]) => [token.replace(/.*:/, ""), resource]),
    );
    const settings = settingsSchemas.map(({ property }) => property);
    const given = Object.keys(SendingIp?.inputProperties ?? {}).filter((key) => !settings.includes(key));
    assert.deepEqual(given.sort(), Object.keys(ARGUMENTS).sort());
  });

  const rows: [what: string, given: Record<string, unknown>, told: RegExp][] = [
    ["no host name", { hostname: undefined }, /hostname is missing/],
    ["a zone that is an output", { zone: pulumi.output("example.com") }, /zone is an output; it must be known/],
    ["an unknown cloud", { cloud: "existin" }, /cloud is "existin"[\s\S]*did you mean existing\?/],
    ["an unknown DNS host", { dns: 7 }, /dns is missing; it must be one of/],
    ["a setting that is missing", { existing: {} }, /existing\.address is missing/],
    ["a misspelt setting", { existing: { adress: "192.0.2.10" } }, /did you mean existing\.address\?/],
    [
      "a setting of the wrong type",
      { existing: { address: ["192.0.2.10"] } },
      /existing\.address is \["192\.0\.2\.10"\], not a text/,
    ],
    ["settings that are no object", { existing: "192.0.2.10" }, /existing is not an object/],
    [
      "settings of another cloud",
      { hetzner: { location: "fsn1" } },
      /hetzner is given, but cloud is existing and dns is manual/,
    ],
    ["an output where none can be", { manual: { panel: pulumi.output("cpanel") } }, /manual\.panel is an output/],
    ["a misspelt argument", { hello: "mail.example.com" }, /hello is no argument[\s\S]*did you mean helo\?/],
    ["a number as text", { ttl: "soon" }, /ttl is "soon", not a number/],
    [
      "a HELO name that is an output",
      { helo: pulumi.output("mail.example.com") },
      /helo is an output; it must be known/,
    ],
    ["DNS settings that make no sense", { verify: { tries: 0 } }, /verify\.tries/],
  ];
  for (const [what, given, told] of rows) {
    test(`with ${what} are refused`, () => {
      assert.throws(
        () => sendingIpArgs({ ...HERE, ...given } as unknown as PlainSendingIpArgs),
        (error) => error instanceof UserError && told.test(error.message) && /nothing was created/.test(error.message),
      );
    });
  }

  test("of several mistakes all are told", () => {
    const wrong = { hostname: "", zone: "", cloud: "x", dns: "y" } as PlainSendingIpArgs;
    assert.throws(() => sendingIpArgs(wrong), /hostname is[\s\S]*zone is[\s\S]*cloud is[\s\S]*dns is/);
  });
});

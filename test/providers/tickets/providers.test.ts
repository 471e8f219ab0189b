import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ticketDetails } from "../../../providers/internal/tickets/make-ticket";
import { findTicketProvider, ticketProviders } from "../../../providers/internal/tickets/providers";

describe("finding a ticket provider", () => {
  const found: [given: string, name: string][] = [
    ["racknerd", "racknerd"],
    ["RackNerd", "racknerd"],
    [" Rack-Nerd ", "racknerd"],
    ["oci", "oracle"],
    ["Oracle Cloud Infrastructure", "oracle"],
    ["AWS Lightsail", "lightsail"],
    ["aws-govcloud", "govcloud"],
    ["generic", "generic"],
    ["hetzner robot", "hetzner"],
  ];
  for (const [given, name] of found) {
    it(`${JSON.stringify(given)} is ${name}`, () => {
      const result = findTicketProvider(given);
      assert.equal(result.kind === "found" ? result.provider.name : `unknown, near ${result.nearest?.name}`, name);
    });
  }

  const unknown: [given: string, nearest: string | undefined][] = [
    ["raknerd", "racknerd"],
    ["racknred", "racknerd"],
    ["lightsale", "lightsail"],
    ["orcale", "oracle"],
    ["interservr", "interserver"],
    ["some-unheard-of-host", undefined],
    ["", undefined],
    ["generik", undefined],
  ];
  for (const [given, nearest] of unknown) {
    it(`${JSON.stringify(given)} is unknown, near ${nearest}, and gets the generic template`, () => {
      const result = findTicketProvider(given);
      assert.ok(result.kind === "unknown");
      assert.equal(result.nearest?.name, nearest);
      assert.equal(result.generic.name, "generic");
    });
  }
});

describe("the table of providers", () => {
  it("holds every provider that has a ticket, each under its own name", () => {
    const providers = join(__dirname, "..", "..", "..", "providers");
    const folders = readdirSync(providers).filter((folder) => existsSync(join(providers, folder, "ticket.ts")));
    assert.deepEqual(ticketProviders.map(({ name }) => name).sort(), folders.sort());
  });

  it("has no word that means two providers", () => {
    const words = ticketProviders.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    assert.deepEqual(
      words.filter((word, index) => words.indexOf(word) !== index),
      [],
    );
  });

  for (const provider of ticketProviders) {
    it(`knows of ${provider.title}: route, sender, sources with their day, plain ASCII`, () => {
      assert.ok(provider.route.by !== "" && provider.route.account !== "");
      assert.ok(provider.sources.length > 0);
      for (const { source, date } of provider.sources) {
        assert.ok(source !== "");
        assert.match(date, /^\d{4}-\d{2}-\d{2}$/);
      }
      assert.match(JSON.stringify(provider), /^[\x20-\x7e]*$/);
      for (const pattern of [provider.subject ?? "", ...Object.values(provider.form ?? {})]) {
        for (const [, name = ""] of pattern.matchAll(/\{([a-zA-Z]+)\}/g)) {
          assert.ok(["addresses", "hostnames", "useCase", ...Object.keys(ticketDetails)].includes(name), name);
        }
      }
    });
  }
});

describe("the tickets' room", () => {
  it("loads neither Pulumi nor a cloud's SDK", () => {
    const script = `
      require(${JSON.stringify(join(__dirname, "..", "..", "..", "register.js"))});
      require(${JSON.stringify(join(__dirname, "..", "..", "..", "providers", "internal", "tickets", "render.ts"))});
      require(${JSON.stringify(join(__dirname, "..", "..", "..", "providers", "internal", "tickets", "proof.ts"))});
      console.log(Object.keys(require.cache).filter((file) => /@pulumi|@ediri/.test(file)).length);
    `;
    const { stdout } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
    assert.equal(stdout.trim(), "0");
  });
});

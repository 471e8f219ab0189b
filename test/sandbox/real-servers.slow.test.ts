/** The sandbox's whole internet, written as master files and served by real name servers at the same addresses. */
import * as assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { describe, it } from "node:test";
import { verify } from "../../fcrdns/index";
import type { Block } from "../../sandbox/internet/blocks";
import { arpaName } from "../../sandbox/internet/blocks";
import { systemClock } from "../../sandbox/internet/clock";
import { openNetwork } from "../../sandbox/internet/network";
import { AUTHORITIES } from "../servers/authorities";
import { masterFile } from "../servers/master-file";
import { startNamedResolver } from "../servers/named";
import { missing, type Place } from "../servers/real-server";
import type { Zones } from "../servers/zone-files";

const V4 = "198.51.100.7";
const V6 = "2001:db8:7::25";
const MAIL = "mail.example.com";
/** RFC 2317, as the cloud `own-zone` has it. */
const OWN = { address: "198.51.100.42", zone: "40/29.100.51.198.in-addr.arpa", name: "mx.example.com" };
const BLOCK: Block = { cloud: "example", v4: ["198.51.100.0/24"], v6: ["2001:db8:7::/48"] };

/** Every server's zones with two round trips in them, and where the servers are. */
async function zonesOfTheSandbox() {
  const opened: { close(): Promise<void> }[] = [];
  const octet = randomInt(1, 255);
  const port = randomInt(10_000, 30_000);
  try {
    const network = await openNetwork({ octet, port, blocks: [BLOCK], negativeTtl: 300, clock: systemClock, opened });
    await network.addForwardZone("example.com");
    await network.addForwardZone(OWN.zone);
    const set = (owner: string, type: string, values: readonly string[]) => {
      for (const { copy } of network.zoneHolding(owner).copies) copy.zone.set(owner, type, values);
    };
    set(MAIL, "A", [V4]);
    set(MAIL, "AAAA", [V6]);
    set("example.com", "MX", [`10 ${MAIL}`]);
    set("example.com", "TXT", ["v=spf1 mx -all"]);
    for (const address of [V4, V6]) set(arpaName(address), "PTR", [MAIL]);
    set(OWN.name, "A", [OWN.address]);
    set(arpaName(OWN.address), "CNAME", [`42.${OWN.zone}`]);
    set(`42.${OWN.zone}`, "PTR", [OWN.name]);
    const servers = network.stations.map(({ server }) => ({
      place: { address: server.address, port },
      zones: Object.fromEntries(server.zones.map((zone) => [zone.origin || ".", masterFile(zone)])) as Zones,
    }));
    return { servers, root: servers[0]?.place as Required<Place> };
  } finally {
    await Promise.all(opened.map((part) => part.close()));
  }
}

describe("the sandbox's internet, served by", () => {
  for (const [make, { program, start }] of Object.entries(AUTHORITIES)) {
    it(make, { skip: missing(program, "named") }, async (t) => {
      const { servers, root } = await zonesOfTheSandbox();
      const started = await Promise.allSettled(servers.map(({ zones, place }) => start(zones, place)));
      t.after(() => Promise.all(started.map((one) => one.status === "fulfilled" && one.value.close())));
      for (const one of started) if (one.status === "rejected") throw one.reason;
      const resolver = await startNamedResolver(root);
      t.after(() => resolver.close());

      const settings = { roots: [`${root.address}:${root.port}`], port: root.port, resolvers: [resolver.endpoint] };
      for (const [ip, expected] of [
        [V4, MAIL],
        [V6, MAIL],
        [OWN.address, OWN.name],
      ] as const) {
        const { status, findings, servers: asked } = await verify(ip, { expected, ...settings });
        assert.deepEqual({ status, findings }, { status: "pass", findings: [] });
        assert.ok(asked.agreed >= 2 && asked.agreed === asked.asked, JSON.stringify(asked));
      }
      const { reason } = await verify("198.51.100.8", { expected: MAIL, ...settings });
      assert.equal(reason, "no-ptr");
    });
  }
});

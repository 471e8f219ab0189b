import { strict as assert } from "node:assert";
import { test } from "node:test";
import { inspectName } from "../../../fcrdns/names/inspect-name";
import { accessNetworks, type GatheredName, mailHosts } from "./public-names";

const isGeneric = ({ name }: GatheredName) => inspectName(name).generic;
const percent = (some: number, all: number) => `${((100 * some) / all).toFixed(1)} %`;

for (const side of ["training", "heldOut"] as const) {
  const dynamic = accessNetworks[side];
  const mail = mailHosts[side];

  test(`names of access networks, ${side}: at least 95 of 100 are flagged, without the address being known`, (t) => {
    const flagged = dynamic.filter(isGeneric);
    const theirs = dynamic.filter(({ spamAssassin }) => spamAssassin);
    const hard = dynamic.filter(({ spamAssassin }) => !spamAssassin);
    t.diagnostic(`${dynamic.length} names: ${percent(flagged.length, dynamic.length)} flagged`);
    t.diagnostic(`SpamAssassin's RDNS_DYNAMIC: ${percent(theirs.length, dynamic.length)}`);
    t.diagnostic(
      `of the ${hard.length} that it misses: ${percent(hard.filter(isGeneric).length, hard.length)} flagged`,
    );
    assert.ok(dynamic.length > 500);
    assert.ok(
      flagged.length >= 0.95 * dynamic.length,
      dynamic
        .filter((name) => !isGeneric(name))
        .map(nameOf)
        .join(" "),
    );
  });

  test(`names of mail hosts, ${side}: none is flagged`, (t) => {
    t.diagnostic(`${mail.length} names; RDNS_DYNAMIC matches ${mail.filter((each) => each.spamAssassin).length}`);
    assert.deepEqual(mail.filter(isGeneric).map(nameOf), []);
  });
}

function nameOf({ name }: GatheredName): string {
  return name;
}

/** Forms of numbered names, with any hoster's and sender's domain: none of them is a machine's default. */
test("numbered hosts of hosters and senders' pools pass", () => {
  for (const name of [
    "dd12345.kasserver.com",
    "gator4123.hostgator.com",
    "host2023.example.com",
    "server2022.example.com",
    "server153.web-hosting.com",
    "box2142.bluehost.com",
    "mta-12-34.example.com",
    "exch2019.example.com",
    "web-2023-01.example.com",
    "m15-112.126.com",
    "r2d2.example.org",
    "fw-12.example.de",
    "web12.dc3.example.net",
  ]) {
    assert.deepEqual(inspectName(name).reasons, [], name);
  }
});

test("an access network's own codes are recognised without an address in the name", () => {
  for (const name of [
    "h12n3c1o1049.example.net",
    "cbl-sd-02-79.example.com.do",
    "tdev148-202.example.net.do",
    "dnet-217003.sby.example.net.id",
    "olt2-port7.ftth.example.net",
    "leased-line-45-12.example.by",
    "apt412.dorm.example.edu",
    "host-33.static.example.cz",
    "client-12.example.net",
    "247-50.example.com.uy",
    "bras3-4-117.msk.example.ru",
  ]) {
    assert.ok(inspectName(name).generic, name);
  }
});

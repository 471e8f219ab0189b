import { strict as assert } from "node:assert";
import { test } from "node:test";
import { inspectName } from "../../../fcrdns/names/inspect-name";
import { accessNetworks, type GatheredName, genericMailHosts, mailHosts } from "./public-names";

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

test("mail hosts whose names no person gave are flagged: the address, a provider's default, a code", () => {
  for (const { rule, name } of genericMailHosts) {
    const rules = inspectName(name).reasons.map((reason) => reason.rule);
    assert.ok(rules.includes(rule), `${name}: ${rules.join(", ")}`);
  }
});

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

test("a machine's number says nothing, however high; that a provider names all its machines so is a fact of the provider", () => {
  for (const [passes, providersDefault] of [
    ["server-598995.example.com", null],
    ["cloudserver094114.example.pl", null],
    ["cloudhost-4892687.us-midwest-2.example.net", null],
    ["s770052.example-servers.com", null],
    ["host201701.example.com", null],
    ["ded3784.example.com", null],
    ["sv12123.example.jp", null],
    ["srv-dc0001.example.com", null],
    ["vm512324.example.com", "vm512324.pq.hosting"],
    ["vps39578.example.com", "vps39578.inmotionhosting.com"],
    ["vmi1152785.example.com", "vmi1152785.contaboserver.net"],
    ["h2889736.hosting.example.com", "h2889736.stratoserver.net"],
    ["vps-1055572-1858.cp.example.net", "vps-zap1138135-1.zap-srv.com"],
    ["vsrv57620.customer.example.de", null],
    ["hosted-4-client-live-dedicated-server5.example.com", null],
    ["users202.phy.example.jp", null],
    ["7of9.example.nl", null],
    ["0.example.com", null],
    ["vps669692.example.com", "vps669692.ovh.net"],
    ["230605.example-hosting.com", "231447.fornex.cloud"],
    ["s8567.example.com", "s214856783.online.de"],
    ["v20221.example.com", "v2202211186550206218.quicksrv.de"],
  ] as const) {
    assert.deepEqual(inspectName(passes).reasons, [], passes);
    if (providersDefault === null) continue;
    const rules = inspectName(providersDefault).reasons.map(({ rule }) => rule);
    assert.ok(rules.includes("generic-cloud-default"), `${providersDefault}: ${rules.join(", ")}`);
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
    "wimaxuser38215-146.example.net",
    "gprsclient412.example.net",
    "ptr134.example.com",
    "rdns-217.example.net",
    "hf94.n1.ips.example.co.ug",
    "rev-10.example.com.pl",
    "157.example.net",
    "12.34.example-hosting.com",
    "cc15002-b.groni1.gr.example.nl",
    "pcp112621pcs.wchryh01.example.net",
    "cblcpe-79-205.example.net",
    "d27-159.rb.lax.example.net",
    "38.6b.d1c4.example.net",
    "32.cust6.dsl.example-mail.com.au",
    "kotivayla-134-170.example.fi",
    "h79.c233.tor.example.net",
    "asy193.as253205.sol.example.com",
    "yap-pm03-s12.example.fm",
    "staticline23715.example.pl",
    "pppf1692.tokyo-ip.example.ne.jp",
  ]) {
    assert.ok(inspectName(name).generic, name);
  }
});

/** The cloud `powerdns` against a real PowerDNS server, its HTTP API and what it then answers over DNS. */
import * as assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { verify } from "../../../fcrdns/index";
import { provider } from "../../../providers/internal/rest/provider";
import { missingPowerDnsApi, type PowerDnsApi, startPowerDnsApi } from "../../servers/powerdns-api";

const PART = "0/25.100.51.198.in-addr.arpa";
const ZONES = ["2.0.192.in-addr.arpa", "192.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa", PART];

describe("PTRs at a PowerDNS server of one's own", { skip: missingPowerDnsApi() }, () => {
  let server: PowerDnsApi;
  before(async () => {
    server = await startPowerDnsApi(ZONES);
  });
  after(() => server?.close());

  const configured = (key: string) => provider.configure?.({ config: { get: () => key, require: () => key } });
  const inputs = (address: string, hostname: string, more: object = {}) => ({
    provider: "powerdns",
    address,
    hostname,
    endpoint: server.api,
    ...more,
  });
  const served = async (ip: string): Promise<readonly string[]> =>
    (await verify(ip, { stubs: { ".": server.endpoint }, mode: "authoritative" })).ptr;

  for (const [what, ip, settings, owner] of [
    ["in the deepest zone that holds the name", "192.0.2.10", {}, undefined],
    ["in a zone above", "192.0.99.10", {}, undefined],
    ["of an IPv6 address", "2001:db8::25", {}, undefined],
    ["in a part of a /24", "198.51.100.7", { settings: { reverseZone: PART } }, `7.${PART}`],
    ["of an IPv6 address, with the IPv4 zone given", "2001:db8::26", { settings: { reverseZone: PART } }, undefined],
  ] as const) {
    it(`lives ${what}: made, read, changed, gone`, async () => {
      await configured(server.apiKey);
      const shown = async () => (owner === undefined ? served(ip) : recordsOf(server, owner));
      const { id, outs } = await provider.create(inputs(ip, "mail.example.com", settings));
      assert.deepEqual(await shown(), ["mail.example.com"]);
      const olds = outs as never;
      const read = await provider.read?.(id, olds);
      assert.equal((read?.props as { hostname?: string } | undefined)?.hostname, "mail.example.com");
      const changed = await provider.update?.(id, olds, inputs(ip, "mx.example.com", settings));
      assert.deepEqual(await shown(), ["mx.example.com"]);
      await provider.delete?.(id, changed?.outs as never);
      assert.deepEqual(await shown(), []);
      await provider.delete?.(id, changed?.outs as never);
    });
  }

  it("puts back what was there before", async () => {
    await configured(server.apiKey);
    await provider.create(inputs("192.0.2.20", "old.example.com"));
    const { id, outs } = await provider.create(inputs("192.0.2.20", "mail.example.com"));
    await provider.delete?.(id, outs as never);
    assert.deepEqual(await served("192.0.2.20"), ["old.example.com"]);
  });

  for (const [what, key, asked, said] of [
    [
      "a wrong key",
      "wrong",
      ["192.0.2.30", "mail.example.com"],
      /Unauthorized \(HTTP 401\)[\s\S]*Fix: set powerdns:apiKey/,
    ],
    [
      "an address in no zone",
      undefined,
      ["203.0.113.1", "mail.example.com"],
      /no zone that holds 1\.113\.0\.203\.in-addr\.arpa[\s\S]*Fix: create the reverse zone/,
    ],
    [
      "a zone that the server does not have",
      undefined,
      ["203.0.113.1", "mail.example.com", { settings: { reverseZone: "0/29.113.0.203.in-addr.arpa" } }],
      /no zone 0\/29\.113\.0\.203\.in-addr\.arpa[\s\S]*Fix: create/,
    ],
    [
      "a name that DNS does not take",
      undefined,
      ["192.0.2.31", `${"a".repeat(64)}.example.com`],
      /HTTP 422[\s\S]*Fix: correct what the API names/,
    ],
  ] as const) {
    it(`${what} is refused in the server's words, and nothing changes`, async () => {
      await configured(key ?? server.apiKey);
      const [address, hostname, more] = asked;
      await assert.rejects(provider.create(inputs(address, hostname, more)), ({ message }: Error) => {
        assert.match(message, said);
        return true;
      });
      assert.deepEqual(await served("192.0.2.31"), []);
    });
  }

  it("a zone that is a copy of another server's is not changed", async () => {
    await configured(server.apiKey);
    const zones = `${server.api}/api/v1/servers/localhost/zones`;
    const headers = { "x-api-key": server.apiKey };
    const copy = { name: "113.0.203.in-addr.arpa.", kind: "Slave", masters: ["127.0.0.1"] };
    const made = await fetch(zones, { method: "POST", headers, body: JSON.stringify(copy) });
    assert.equal(made.status, 201, await made.text());
    await assert.rejects(
      provider.create(inputs("203.0.113.1", "mail.example.com")),
      /is a copy on this server \(kind Slave\)/,
    );
  });
});

/** PTRs by the API: a name that no address leads to here. */
async function recordsOf({ api, apiKey }: PowerDnsApi, owner: string): Promise<string[]> {
  const zone = `${api}/api/v1/servers/localhost/zones/${PART.replace("/", "=2F")}.`;
  const answer = await fetch(`${zone}?rrset_name=${encodeURIComponent(`${owner}.`)}`, {
    headers: { "x-api-key": apiKey },
  });
  const { rrsets } = (await answer.json()) as { rrsets: { records: { content: string }[] }[] };
  return rrsets.flatMap(({ records }) => records.map(({ content }) => content.replace(/\.$/, "")));
}

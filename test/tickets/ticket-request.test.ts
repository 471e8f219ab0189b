import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Sighting } from "../../components/tickets/sighting";
import { provider } from "../../components/tickets/ticket-request-provider";

const addresses = [{ address: "203.0.113.7", hostname: "mail.example.com" }];
const hidden: Sighting = { addresses, visible: false, set: false };
const visible: Sighting = { addresses, visible: true, set: false };
const done: Sighting = { addresses, visible: true, set: true };
const request = { provider: "racknerd", asked: "ptr 203.0.113.7=mail.example.com" };
const OLD = "2026-01-01T00:00:00.000Z";

async function sinceAfter(
  olds: { sighting: Sighting; since: string | null; asked?: string },
  news: { sighting: Sighting | null; asked?: string },
): Promise<string> {
  const result = await provider.update?.("id", { ...request, ...olds }, { ...request, ...news });
  const since = result?.outs?.since;
  if (typeof since !== "string") return "not yet";
  return since === OLD ? "as before" : Math.abs(Date.now() - Date.parse(since)) < 10_000 ? "now" : since;
}

describe("since when a provider has been asked", () => {
  it("is from the first run in which the ticket could be sent", async () => {
    assert.equal((await provider.create({ ...request, sighting: hidden })).outs?.since, null);
    assert.ok((await provider.create({ ...request, sighting: visible })).outs?.since);
    assert.equal(await sinceAfter({ sighting: hidden, since: null }, { sighting: visible }), "now");
  });

  it("stays, also when the forward record is away for a while or the PTR is there at last", async () => {
    assert.equal(await sinceAfter({ sighting: visible, since: OLD }, { sighting: hidden }), "as before");
    assert.equal(await sinceAfter({ sighting: visible, since: OLD }, { sighting: done }), "as before");
  });

  it("begins anew for another request, and for a PTR that was there and went", async () => {
    const other = "ptr 203.0.113.7=mx.example.com";
    assert.equal(await sinceAfter({ sighting: visible, since: OLD }, { sighting: visible, asked: other }), "now");
    assert.equal(await sinceAfter({ sighting: done, since: OLD }, { sighting: visible }), "now");
  });
});

describe("a remembered request", () => {
  const olds = { ...request, sighting: visible, since: OLD };
  const changes = async (news: Partial<typeof olds> | { sighting: null }) =>
    (await provider.diff?.("id", olds, { ...request, sighting: visible, ...news }))?.changes;

  it("does not change with every look, nor in a preview", async () => {
    const proof = { server: "ns1.example.net", answer: "mail.example.com A 203.0.113.7", at: "2026-02-02T00:00:00Z" };
    const later = { ...visible, addresses: addresses.map((address) => ({ ...address, proof })) };
    assert.equal(await changes({ sighting: later }), false);
    assert.equal(await changes({ sighting: null }), false);
  });

  it("changes with what is asked, of whom, and with what DNS shows", async () => {
    assert.equal(await changes({ asked: "other" }), true);
    assert.equal(await changes({ provider: "oracle" }), true);
    assert.equal(await changes({ sighting: hidden }), true);
    assert.equal(await changes({ sighting: done }), true);
  });

  it("says at its end how the PTR is taken away again, if there can be one", async (t) => {
    const said: string[] = [];
    t.mock.method(console, "log", (line: string) => void said.push(line));
    await provider.delete?.("id", { ...olds, since: null, sighting: hidden });
    assert.deepEqual(said, []);
    await provider.delete?.("id", { ...olds, sighting: done });
    assert.match(said.join(), /fcrdns ticket racknerd 203\.0\.113\.7=mail\.example\.com --removal/);
  });
});

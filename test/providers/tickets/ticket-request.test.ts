import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { provider } from "../../../providers/internal/tickets/ticket-request-provider";
import type { TicketStatus } from "../../../providers/internal/tickets/ticket-status";

const addresses = [{ address: "203.0.113.7", hostname: "mail.example.com" }];
const hidden: TicketStatus = { addresses, visible: false, set: false };
const visible: TicketStatus = { addresses, visible: true, set: false };
const done: TicketStatus = { addresses, visible: true, set: true };
const request = { provider: "racknerd", asked: "ptr 203.0.113.7=mail.example.com" };
const OLD = "2026-01-01T00:00:00.000Z";

async function sinceAfter(
  olds: { ticketStatus: TicketStatus; since: string | null; asked?: string },
  news: { ticketStatus: TicketStatus | null; asked?: string },
): Promise<string> {
  const result = await provider.update?.("id", { ...request, ...olds }, { ...request, ...news });
  const since = result?.outs?.since;
  if (typeof since !== "string") return "not yet";
  return since === OLD ? "as before" : Math.abs(Date.now() - Date.parse(since)) < 10_000 ? "now" : since;
}

describe("since when a provider has been asked", () => {
  it("is from the first run in which the ticket could be sent", async () => {
    assert.equal((await provider.create({ ...request, ticketStatus: hidden })).outs?.since, null);
    assert.ok((await provider.create({ ...request, ticketStatus: visible })).outs?.since);
    assert.equal(await sinceAfter({ ticketStatus: hidden, since: null }, { ticketStatus: visible }), "now");
  });

  it("stays, also when the forward record is away for a while or the PTR is there at last", async () => {
    assert.equal(await sinceAfter({ ticketStatus: visible, since: OLD }, { ticketStatus: hidden }), "as before");
    assert.equal(await sinceAfter({ ticketStatus: visible, since: OLD }, { ticketStatus: done }), "as before");
  });

  it("begins anew for another request, and for a PTR that was there and went", async () => {
    const other = "ptr 203.0.113.7=mx.example.com";
    assert.equal(
      await sinceAfter({ ticketStatus: visible, since: OLD }, { ticketStatus: visible, asked: other }),
      "now",
    );
    assert.equal(await sinceAfter({ ticketStatus: done, since: OLD }, { ticketStatus: visible }), "now");
  });
});

describe("a remembered request", () => {
  const olds = { ...request, ticketStatus: visible, since: OLD };
  const changes = async (news: Partial<typeof olds> | { ticketStatus: null }) =>
    (await provider.diff?.("id", olds, { ...request, ticketStatus: visible, ...news }))?.changes;

  it("does not change with every look, nor in a preview", async () => {
    const answered = { server: "ns1.example.net", at: "2026-02-02T00:00:00Z" };
    const later = { ...visible, addresses: addresses.map((each) => ({ ...each, proof: { ...answered, ...each } })) };
    assert.equal(await changes({ ticketStatus: later }), false);
    assert.equal(await changes({ ticketStatus: null }), false);
  });

  it("changes with the request, the provider and what DNS shows", async () => {
    assert.equal(await changes({ asked: "other" }), true);
    assert.equal(await changes({ provider: "oracle" }), true);
    assert.equal(await changes({ ticketStatus: hidden }), true);
    assert.equal(await changes({ ticketStatus: done }), true);
  });

  it("says at its end how the PTR is taken away again, if there can be one", async (t) => {
    const said: string[] = [];
    t.mock.method(console, "log", (line: string) => void said.push(line));
    await provider.delete?.("id", { ...olds, since: null, ticketStatus: hidden });
    assert.deepEqual(said, []);
    await provider.delete?.("id", { ...olds, ticketStatus: done });
    assert.match(said.join(), /fcrdns ticket racknerd 203\.0\.113\.7=mail\.example\.com --removal/);
  });
});

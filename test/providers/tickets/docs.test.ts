import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { text as restProviders } from "../../../docs/generate-rest-providers";
import { text as tickets } from "../../../docs/generate-tickets";
import { ticketProviders } from "../../../providers/internal/tickets/providers";

const page = (name: string) => readFileSync(join(__dirname, "../../../docs", name), "utf8");

describe("the generated pages", () => {
  it("docs/tickets.md is what the providers' data says, and holds every provider", () => {
    assert.equal(page("tickets.md"), tickets());
    for (const { title } of ticketProviders) assert.ok(tickets().includes(`### ${title}\n`), title);
  });

  it("docs/rest-providers.md is what the APIs' data says", () => {
    assert.equal(page("rest-providers.md"), restProviders());
  });
});

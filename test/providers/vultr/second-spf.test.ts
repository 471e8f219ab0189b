import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ReadTexts, whyNotSpf } from "../../../providers/vultr/second-spf";

const SPF = "v=spf1 ip4:192.0.2.10 ~all";
const shows =
  (...texts: string[][]): ReadTexts =>
  async () =>
    texts;
const fails =
  (code: string): ReadTexts =>
  async () => {
    throw Object.assign(new Error(code), { code });
  };

describe("before Vultr gets a new SPF record", () => {
  const refused: readonly (readonly [string, string, ReadTexts, RegExp | undefined])[] = [
    [
      "another SPF record, in pieces and among others",
      SPF,
      shows(["site=1"], ["V=SPF1 ", "-all"]),
      /already has an SPF/,
    ],
    ["an SPF record without a mechanism", SPF, shows(["v=spf1"]), /already has an SPF/],
    ["no answer", SPF, fails("ETIMEOUT"), /could not be looked up \(ETIMEOUT\)/],
    ["SERVFAIL", SPF, fails("ESERVFAIL"), /could not be looked up/],
    ["no such name", SPF, fails("ENOTFOUND"), undefined],
    ["no text at the name", SPF, fails("ENODATA"), undefined],
    ["texts that are not SPF", SPF, shows(["site=1"], ["v=spf10 -all"], ["v=spf"]), undefined],
    ["an SPF record, for a text that is none", "site=1", shows(["v=spf1 -all"]), undefined],
  ];
  for (const [what, text, readTexts, expected] of refused) {
    test(`${what} in DNS ${expected === undefined ? "is no obstacle" : "refuses it"}`, async () => {
      const why = await whyNotSpf("example.com", text, readTexts);
      expected === undefined ? assert.equal(why, undefined) : assert.match(why ?? "", expected);
    });
  }
});

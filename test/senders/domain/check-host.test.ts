/** openspf.org's test suite for RFC 7208. */
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseAddress } from "../../../fcrdns/names/address";
import { canonicalName } from "../../../fcrdns/names/name";
import { checkHost } from "../../../senders/domain/check-host";
import { type DnsAnswer, type DnsLookUp, type DnsType, nameOf } from "../../../senders/domain/evaluate";
import { expanded, expandedName, macroValues, senderParts } from "../../../senders/domain/macros";
import { isSpfRecord, macroString, parseSpfRecord } from "../../../senders/domain/spf-record";

interface Test {
  readonly spec: string;
  readonly helo: string;
  readonly host: string;
  readonly mailfrom: string;
  readonly result: string | readonly string[];
  readonly explanation?: string;
}

type Entry = "TIMEOUT" | Readonly<Record<string, string | readonly (string | number)[]>>;

interface Scenario {
  readonly description: string;
  readonly tests: Readonly<Record<string, Test>>;
  readonly zonedata: Readonly<Record<string, readonly Entry[]>>;
}

const suite: readonly Scenario[] = JSON.parse(readFileSync(join(__dirname, "rfc7208", "rfc7208-tests.json"), "utf8"));

/** As the suite says: SPF records without TXT stand for TXT; what comes behind TIMEOUT, or is not there, times out. */
function zoneLookUp(zonedata: Scenario["zonedata"]): DnsLookUp {
  const zone = new Map(Object.entries(zonedata).map(([name, entries]) => [canonical(name), entries]));
  const follow = async (name: string, type: DnsType, aliases = 0): Promise<DnsAnswer> => {
    if (aliases > 8) return { known: false, why: "a loop of aliases" };
    const entries = zone.get(canonical(name)) ?? [];
    const hasText = entries.some((entry) => entry !== "TIMEOUT" && "TXT" in entry);
    const values: string[] = [];
    for (const entry of entries) {
      if (entry === "TIMEOUT") {
        if (values.length === 0) return { known: false, why: "timeout" };
        break;
      }
      const alias = entry.CNAME;
      if (typeof alias === "string") return follow(alias, type, aliases + 1);
      const value = entry[type] ?? (type === "TXT" && !hasText ? entry.SPF : undefined);
      if (value === undefined || value === "NONE") continue;
      if (value === "TIMEOUT") return { known: false, why: "timeout" };
      if (typeof value === "string") values.push(type === "PTR" ? canonical(value) : value);
      else values.push(type === "MX" ? canonical(String(value[1])) : value.join(""));
    }
    return { known: true, values };
  };
  return (name, type) => follow(name, type);
}

function canonical(text: string): string {
  const result = canonicalName(text);
  return result.ok ? result.name : text;
}

/** The text of a fail (RFC 7208 section 6.2); the product has no use for it, but the suite tests macros by it. */
async function explanation(domain: string, { host, mailfrom, helo }: Test, lookUp: DnsLookUp): Promise<string> {
  const parsed = parseAddress(host);
  assert.ok(parsed.ok);
  const session = { ip: parsed.address, sender: mailfrom, helo };
  const recordOf = async (name: string) => {
    const answer = await lookUp(name, "TXT");
    const record = parseSpfRecord((answer.known ? answer.values : []).find(isSpfRecord) ?? "");
    assert.ok(record.ok);
    return record.record;
  };
  let record = await recordOf(domain);
  let owner = domain;
  // None of the records with an explanation that the suite tests has both a match and a redirect.
  while (record.redirect !== undefined && record.directives.every(({ qualifier }) => qualifier === "pass")) {
    owner = expandedName(record.redirect.domain, macroValues(session, owner));
    record = await recordOf(owner);
  }
  if (record.explanation === undefined) return "DEFAULT";
  const values = { ...macroValues(session, owner), p: await nameOf(session.ip, owner, lookUp) };
  const texts = await lookUp(expandedName(record.explanation, values), "TXT");
  const [text, ...more] = texts.known ? texts.values : [];
  // A name of several labels, a single text of ASCII that is a macro string with spaces.
  const pieces = text === undefined || more.length > 0 ? null : macroString(text.replaceAll(" ", "%_"));
  return pieces === null ? "DEFAULT" : expanded(pieces, { ...values, c: session.ip.text, r: "unknown", t: "0" });
}

for (const { description, tests, zonedata } of suite) {
  describe(description, () => {
    const lookUp = zoneLookUp(zonedata);
    for (const [name, test] of Object.entries(tests)) {
      it(`${name} (RFC 7208 section ${test.spec})`, async () => {
        const sender = test.mailfrom === "" ? test.helo : test.mailfrom;
        const { domain } = senderParts(sender);
        const { result, trouble } = await checkHost(test.host, domain, sender, test.helo, lookUp);
        assert.ok([test.result].flat().includes(result), `${result} ${JSON.stringify(trouble)}, not ${test.result}`);
        if (test.explanation === undefined || result !== "fail") return;
        const said = await explanation(domain, { ...test, mailfrom: sender }, lookUp);
        assert.equal(said.toLowerCase(), test.explanation.toLowerCase());
      });
    }
  });
}

/** Networks that answer every query themselves: a "no" from there is no knowledge. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { verify } from "../../../fcrdns/index";
import { type Answer, played, record, soa } from "./played-servers";

const portals: Readonly<Record<string, (name: string) => Answer>> = {
  "NXDOMAIN without SOA": () => ({ rcode: 3 }),
  "NXDOMAIN with an SOA of the root": () => ({ rcode: 3, authority: [soa(".")] }),
  "NOERROR with nothing": () => ({}),
  SERVFAIL: () => ({ rcode: 2 }),
  "its own address": (name) => ({ answer: [record(name, "A", "10.0.0.1")] }),
};

describe("a resolver in the place of every server, which answers everything alike, proves nothing", () => {
  for (const [what, answer] of Object.entries(portals)) {
    it(what, async () => {
      const transport = played(({ name }) => {
        const said = answer(name);
        return said instanceof Uint8Array || said === null ? said : { ...said, aa: false, ra: true };
      });
      const verdict = await verify("192.0.2.10", {
        expected: "mail.example.com",
        roots: ["127.0.0.1"],
        resolvers: ["127.0.0.53"],
        transport,
        timeoutSeconds: 0.1,
      });
      assert.equal(verdict.status, "unknown", verdict.reason);
      assert.ok(verdict.findings.some(({ rule }) => rule === "port-53-blocked"));
    });
  }

  it("but a resolver that knows the root is believed, also when it denies", async () => {
    const transport = played(({ name, type }, { address }) => {
      if (address === "127.0.0.1") return null;
      if (name === "" && type === "NS") return { aa: false, ra: true, answer: [record(".", "NS", "a.root.test")] };
      return { aa: false, ra: true, rcode: 3 };
    });
    const verdict = await verify("192.0.2.10", {
      roots: ["127.0.0.1"],
      resolvers: ["127.0.0.53"],
      transport,
      timeoutSeconds: 0.1,
    });
    assert.deepEqual([verdict.status, verdict.reason], ["fail", "no-ptr"]);
  });
});

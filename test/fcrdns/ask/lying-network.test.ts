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
  "its own name and address": (name) => ({
    answer: [record(name, "PTR", "portal.example.net"), record(name, "A", "10.0.0.1")],
  }),
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
      const blocked = verdict.findings.find(({ rule }) => rule === "port-53-blocked");
      assert.match(blocked?.message ?? "", /answers in place|^only errors/);
      // The owner of a zone cannot fix this network.
      if (verdict.findings.some(({ rule }) => rule === "resolver-not-believed")) {
        assert.deepEqual(
          [...new Set(verdict.findings.map(({ who }) => who))],
          ["whoever runs the network that this check runs in"],
        );
        assert.doesNotMatch(JSON.stringify(verdict.findings), /\(lame\)|mode recursive/);
      }
    });
  }

  it("a name server in a resolver's place is called what it is", async () => {
    const transport = played(() => ({ aa: false, ra: false }));
    const settings = { mode: "recursive", resolvers: ["127.0.0.53"], transport } as const;
    const { status, findings } = await verify("192.0.2.10", settings);
    assert.equal(status, "unknown");
    assert.match(findings[0]?.message ?? "", /127\.0\.0\.53:53 is not a resolver/);
  });

  it("in mode recursive the report never calls it a name server of the zone", async () => {
    const transport = played(() => ({ aa: false, ra: true, rcode: 3 }));
    const settings = { mode: "recursive", resolvers: ["127.0.0.53"], transport } as const;
    const { findings } = await verify("192.0.2.10", { ...settings, expected: "mail.example.com" });
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ["no-ptr", "expected-no-forward", "remembered-after-fix"],
    );
    for (const { who } of findings.slice(0, 2)) assert.match(who, /\(seen at the resolver 127\.0\.0\.53:53\)$/);
  });

  it("but a resolver that knows the root is believed, also when it denies", async () => {
    const transport = played(({ name, type }, { address }) => {
      if (address === "127.0.0.1") return null;
      const knows = type === "NS" && (name === "" || name.toLowerCase() === "in-addr.arpa");
      return { aa: false, ra: true, ...(knows ? { answer: [record(name, "NS", "a.root.test")] } : { rcode: 3 }) };
    });
    const verdict = await verify("192.0.2.10", {
      roots: ["127.0.0.1"],
      resolvers: ["127.0.0.53"],
      transport,
      timeoutSeconds: 0.1,
    });
    assert.deepEqual([verdict.status, verdict.reason], ["fail", "no-ptr"]);
  });

  it("one that cannot say who serves the root is not, if its denials name only the root or arpa", async () => {
    for (const zone of [".", "arpa"]) {
      for (const rcode of [2, 5]) {
        const transport = played(({ type }, { address }) => {
          if (address === "127.0.0.1") return null;
          return { aa: false, ra: true, ...(type === "NS" ? { rcode } : { rcode: 3, authority: [soa(zone)] }) };
        });
        const verdict = await verify("192.0.2.10", {
          roots: ["127.0.0.1"],
          resolvers: ["127.0.0.53"],
          transport,
          timeoutSeconds: 0.1,
        });
        assert.equal(verdict.status, "unknown", `${verdict.reason}, SOA of ${zone}`);
      }
    }
  });

  it("one that knows the root by heart, but no reverse tree, is not", async () => {
    for (const authority of [[], [soa(".")]]) {
      const transport = played(({ name, type }, { address }) => {
        if (address === "127.0.0.1") return null;
        if (name === "" && type === "NS") return { aa: false, ra: true, answer: [record(".", "NS", "a.root.test")] };
        return { aa: false, ra: true, rcode: 3, authority };
      });
      const verdict = await verify("192.0.2.10", {
        roots: ["127.0.0.1"],
        resolvers: ["127.0.0.53"],
        transport,
        timeoutSeconds: 0.1,
      });
      assert.equal(verdict.status, "unknown", verdict.reason);
      assert.ok(verdict.findings.some(({ rule }) => rule === "resolver-not-believed"));
    }
  });
});

const liars: Readonly<Record<string, (name: string, type: string) => Answer>> = {
  "NXDOMAIN without SOA": () => ({ rcode: 3 }),
  "NXDOMAIN with an SOA of the root": () => ({ rcode: 3, authority: [soa(".")] }),
  "NXDOMAIN with an SOA of the name above": (name) => ({
    rcode: 3,
    authority: [soa(name.split(".").slice(1).join(".") || ".")],
  }),
  "NOERROR with nothing": () => ({}),
  "NOERROR with an SOA of the root": () => ({ authority: [soa(".")] }),
  "one address for every A, nothing else": (name, type) =>
    type === "A" ? { answer: [record(name, "A", "10.0.0.1")] } : {},
  "one address for every question": (name) => ({ answer: [record(name, "A", "10.0.0.1")] }),
  "one name and one address for every question": (name) => ({
    answer: [record(name, "PTR", "portal.example.net"), record(name, "A", "10.0.0.1")],
  }),
  "an alias for every name": (name) => ({ answer: [record(name, "CNAME", "portal.example.net")] }),
  "an SOA for every name, else NXDOMAIN": (name, type) =>
    type === "SOA" ? { answer: [soa(name || ".")] } : { rcode: 3 },
};

/** What it says to every question, by type: it knows everything, but nothing of the internet. */
const everything: Readonly<Record<string, (name: string) => Answer>> = {
  SOA: (name) => ({ answer: [soa(name || ".")] }),
  NS: (name) => ({ answer: [record(name || ".", "NS", "portal.example.net")] }),
  A: (name) => ({ answer: [record(name, "A", "10.0.0.1")] }),
  PTR: (name) => ({ answer: [record(name, "PTR", "portal.example.net")] }),
};

describe("a network that answers in the place of the root servers, with authority, proves nothing", () => {
  for (const [what, answer] of Object.entries(liars)) {
    for (const roots of [undefined, ["127.0.0.1"]]) {
      for (const mode of ["authoritative", "full"] as const) {
        it(`${what}, ${roots ? "roots of one's own" : "the internet's roots"}, mode ${mode}`, async () => {
          const transport = played(({ name, type }) => answer(name, type));
          const resolvers = mode === "full" ? ["127.0.0.53"] : undefined;
          const settings = { roots, resolvers, mode, transport, timeoutSeconds: 0.1 };
          for (const ip of ["192.0.2.10", "2001:db8::10"]) {
            const verdict = await verify(ip, { ...settings, expected: "mail.example.com" });
            assert.equal(verdict.status, "unknown", verdict.reason);
            assert.equal(verdict.iprev, "temperror");
          }
        });
      }
    }
  }

  it("a network that knows the root by heart, but no reverse tree, neither", async () => {
    const transport = played(({ name, type }) =>
      name === "" && type === "NS" ? { answer: [record(".", "NS", "a.root-servers.net")] } : { rcode: 3 },
    );
    const verdict = await verify("192.0.2.10", { mode: "authoritative", transport, timeoutSeconds: 0.1 });
    assert.equal(verdict.status, "unknown", verdict.reason);
    const finding = verdict.findings.find(({ message }) => message.includes("in-addr.arpa NS"));
    assert.ok(finding, JSON.stringify(verdict.findings));
  });

  it("a network with an answer to every question, but with other root servers than the internet's, neither", async () => {
    for (const { aa, ra } of [
      { aa: true, ra: false },
      { aa: false, ra: true },
    ]) {
      const transport = played(({ name, type }) => ({ aa, ra, ...everything[type]?.(name) }));
      for (const mode of ["authoritative", "full"] as const) {
        const resolvers = mode === "full" ? ["127.0.0.53"] : undefined;
        const settings = { mode, resolvers, transport, timeoutSeconds: 0.1, expected: "mail.example.com" };
        const { status, reason } = await verify("192.0.2.10", settings);
        assert.equal(status, "unknown", `${reason}, mode ${mode}, aa ${aa}`);
      }
    }
  });

  it("an honest resolver that answers with cached referrals is a redirection, and is asked as what it is", async () => {
    const known: Readonly<Record<string, string>> = {
      NS: "a.root-servers.net",
      PTR: "mail.example.com",
      A: "192.0.2.10",
    };
    const transport = played(({ name, type, rd }) => {
      const zone = name.toLowerCase().endsWith("arpa") ? "2.0.192.in-addr.arpa" : "example.com";
      const value = known[type];
      if (rd) return { aa: false, ra: true, answer: value ? [record(name, type, value)] : [] };
      const additional = [record(`ns.${zone}`, "A", "9.9.9.9")];
      return { aa: false, ra: true, authority: [record(zone, "NS", `ns.${zone}`)], additional };
    });
    const settings = { resolvers: ["127.0.0.53"], transport, timeoutSeconds: 0.1 };
    const { status, findings } = await verify("192.0.2.10", { ...settings, expected: "mail.example.com" });
    assert.equal(status, "pass", JSON.stringify(findings));
    assert.ok(findings.some(({ rule }) => rule === "port-53-blocked"));
  });

  it("but a root that knows both is believed when it denies", async () => {
    const transport = played(({ name, type }) => {
      if (name === "" && type === "NS") return { answer: [record(".", "NS", "a.root-servers.net")] };
      if (name.toLowerCase() === "in-addr.arpa" && type === "NS") {
        return { aa: false, authority: [record("in-addr.arpa", "NS", "a.in-addr-servers.arpa")] };
      }
      return { rcode: 3, authority: [soa(".")] };
    });
    const verdict = await verify("192.0.2.10", { mode: "authoritative", transport, timeoutSeconds: 0.1 });
    assert.deepEqual([verdict.status, verdict.reason], ["fail", "no-ptr"]);
  });
});

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { existing } from "../../../providers/existing/cloud";
import { hetzner } from "../../../providers/hetzner/cloud";
import { hetznerDns } from "../../../providers/hetzner/dns";
import { linode } from "../../../providers/linode/cloud";
import { manual } from "../../../providers/manual/dns";
import type { Sandbox } from "../../../sandbox/sandbox";
import { failed, operations, succeeded, withSandbox } from "../engine-stack";
import { assertRoundTrip, endpointsOf, type Life, sendingFrom, ZONE } from "../hyperscalers/life";

const hostname = "mail.example.com";

function options(life: Life, deadlineSeconds: number) {
  return {
    program: sendingFrom(life, hostname),
    internet: { forwardZones: [ZONE], negativeTtl: 1 },
    config: { "fcrdns:deadlineSeconds": String(deadlineSeconds) },
  };
}

/** Waits until the engine has printed something, as a person at the terminal does. */
function printed(output: { text: string }, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const started = Date.now();
    const look = (): void => {
      const found = pattern.exec(output.text);
      if (found !== null) {
        resolve(found);
      } else if (Date.now() - started > 40_000) {
        reject(new Error(`never printed ${pattern}:\n${output.text}`));
      } else {
        setTimeout(look, 100);
      }
    };
    look();
  });
}

describe("records that people enter", () => {
  const clouds: Readonly<Record<string, Life["cloud"]>> = {
    "at Hetzner, which does not look": () => hetzner(),
    "at Linode, which looks the name up": () => linode(),
  };
  for (const [where, cloud] of Object.entries(clouds)) {
    test(`an address ${where}: the chain waits for somebody to enter the record and goes on when it is there`, (t) => {
      const life = { cloud, dns: () => manual({ zone: ZONE, panel: "namecheap" }), ipv6: false } as const;
      const output = { text: "" };
      const onOutput = (text: string): void => {
        output.text += text;
      };
      return withSandbox(t, { ...options(life, 60), onOutput }, async ({ stack, internet }: Sandbox) => {
        const running = stack.up();
        const [, address = ""] = await printed(output, /at Namecheap[\s\S]*Host {3}mail\s[\s\S]*Value {2}([\d.]+)\s/);
        const journal = await internet.journal();
        assert.ok(!journal.some((event) => event.includes(`ptr ${address} ${hostname}`)), "no PTR before the A record");
        await internet.setRecords(hostname, "A", [address]);

        const up = succeeded(await running);
        assert.equal(endpointsOf(up)[0]?.address, address);
        await assertRoundTrip(internet, endpointsOf(up), hostname);

        const again = succeeded(await stack.up());
        assert.deepEqual(operations(again), []);
        assert.doesNotMatch(again.text, /Enter at/, "what is there is not asked for again");
        succeeded(await stack.destroy());
      });
    });
  }

  test("and never come: the run fails and says what is missing", (t) => {
    const life = { cloud: () => linode(), dns: () => manual({ zone: ZONE, panel: "godaddy" }) } as const;
    return withSandbox(t, options(life, 3), async ({ stack }) => {
      const { text } = failed(await stack.up());
      assert.match(text, /Enter at GoDaddy, in the zone example\.com/);
      assert.match(text, /mail\.example\.com A [\d.]+ is not visible at every name server, so no PTR was set/);
    });
  });
});

describe("an address that exists", () => {
  const life = {
    cloud: () => existing({ address: "192.0.2.10", ipv6Address: "2001:db8:f::10", provider: "RackNerd" }),
    dns: () => hetznerDns({ zone: ZONE }),
  } as const;

  test("with its PTR set by hand while the chain waits", (t) => {
    const output = { text: "" };
    const onOutput = (text: string): void => {
      output.text += text;
    };
    return withSandbox(t, { ...options(life, 60), onOutput }, async ({ stack, internet }) => {
      const running = stack.up();
      await printed(
        output,
        /192\.0\.2\.10 at RackNerd[\s\S]*10\.2\.0\.192\.in-addr\.arpa\. PTR mail\.example\.com\.\s/,
      );
      await printed(output, /2001:db8:f::10 at RackNerd/);
      await internet.setPtr("192.0.2.10", hostname);
      await internet.setPtr("2001:db8:f::10", hostname);

      const up = succeeded(await running);
      assert.deepEqual(
        endpointsOf(up).map(({ reverse, cloud }) => `${reverse} ${cloud}`),
        ["manual existing", "manual existing"],
      );
      await assertRoundTrip(internet, endpointsOf(up), hostname);

      succeeded(await stack.destroy());
      assert.equal(await internet.ptr("192.0.2.10"), hostname, "what others set stays");
    });
  });

  test("with its PTR there already: nothing is asked for", (t) =>
    withSandbox(t, options(life, 60), async ({ stack, internet }) => {
      await internet.setPtr("192.0.2.10", hostname);
      await internet.setPtr("2001:db8:f::10", hostname);
      const up = succeeded(await stack.up());
      // The endpoints always have it; no action is needed.
      assert.ok(!up.diagnostics.some(({ message }) => message.includes("RackNerd")));
      await assertRoundTrip(internet, endpointsOf(up), hostname);
    }));
});

import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isRestApiName, type RestApiName, restApis } from "../../../providers/internal/rest/apis";
import { findCredentials } from "../../../providers/internal/rest/credentials";
import { resetPtr, setPtr } from "../../../providers/internal/rest/read-back";
import type { RestApi, Session, Target } from "../../../providers/internal/rest/rest-api";
import { RestPtrError } from "../../../providers/internal/rest/rest-ptr-error";
import { openSession } from "../../../providers/internal/rest/session";
import { openAccount } from "../../../providers/internal/simulation/account";
import type { ReverseZones } from "../../../providers/internal/simulation/simulated-api";
import { serveRestApi } from "../../../sandbox/rest/serve";
import { simulatedApis } from "../../../sandbox/simulations";

const V4 = "203.0.113.7";

/** A session against the simulated API, whose pauses take no time and are counted. */
async function withSession(
  name: RestApiName,
  zones: ReverseZones,
  run: (tools: {
    api: RestApi;
    session: Session;
    target: Target;
    waited: () => number;
    sent: string[];
  }) => Promise<void>,
): Promise<void> {
  const api: RestApi = restApis[name];
  const simulated = simulatedApis[name];
  const served = await serveRestApi(simulated, zones);
  const found = findCredentials(api, { config: (key) => simulated.config[key], environment: {} });
  assert.ok(found.ok);
  let waited = 0;
  const sent: string[] = [];
  const session = openSession(api, {
    credentials: found.credentials,
    purpose: `set the PTR of ${V4} to mail.example.com`,
    endpoint: served.endpoint,
    ...(served.tokenEndpoint !== undefined && { tokenEndpoint: served.tokenEndpoint }),
    fetch: (url, init) => {
      sent.push(`${init?.method} ${String(url).replace(served.endpoint, "")}`);
      return fetch(url, init);
    },
    clock: {
      now: () => 0,
      sleep: async (milliseconds) => {
        waited += milliseconds;
      },
    },
  });
  const target: Target = { address: V4, family: 4, settings: simulated.settings ?? {} };
  try {
    await run({ api, session, target, waited: () => waited, sent });
  } finally {
    await served.close();
  }
}

async function errorOf(promise: Promise<unknown>): Promise<RestPtrError> {
  const error = await promise.then(
    () => assert.fail("it counted as done"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RestPtrError, String(error));
  return error;
}

for (const name of Object.keys(simulatedApis).filter(isRestApiName)) {
  describe(`a change at ${name}`, () => {
    it("counts as done when the API shows it, however late within half a minute", async () => {
      const account = openAccount([V4]);
      account.setPtr(V4, "old.example.net");
      let asked = 0;
      let late: string | null | undefined;
      const zones: ReverseZones = {
        ...account,
        setPtr: (_address, hostname) => {
          late = hostname;
          asked = 0;
        },
        ptr: (address) => {
          if (late !== undefined && ++asked > 4) account.setPtr(address, late);
          return account.ptr(address);
        },
      };
      await withSession(name, zones, async ({ api, session, target, waited }) => {
        await setPtr(api, session, target, "mail.example.com");
        assert.equal(account.ptr(V4), "mail.example.com");
        assert.ok(waited() > 0 && waited() <= 62_000, `${waited()} ms`);
      });
    });

    it("does not count as done when the API goes on showing the old name", async () => {
      const account = openAccount([V4]);
      account.setPtr(V4, "old.example.net");
      await withSession(name, { ...account, setPtr: () => {} }, async ({ api, session, target, waited }) => {
        const error = await errorOf(setPtr(api, session, target, "mail.example.com"));
        assert.match(
          error.message,
          /accepted the request to set the PTR of 203\.0\.113\.7 to mail\.example\.com, but its API still shows old\.example\.net\.\nFix: .*panel/,
        );
        assert.equal(error.uncertain, true, "it may still happen");
        assert.ok(waited() >= 20_000 && waited() <= 62_000, `${waited()} ms`);
        if (["upcloud", "contabo", "leaseweb"].includes(name)) return;
        const kept = await errorOf(resetPtr(api, session, target, "old.example.net", null));
        assert.match(kept.message, /its API still shows old\.example\.net/);
      });
    });
  });
}

describe("an action of Hostinger", () => {
  const place = [{ id: 1, ipv4: [{ id: 2, address: V4, ptr: null }], ipv6: null }];

  async function ended(...states: string[]): Promise<{ error: RestPtrError; waited: number }> {
    let waited = 0;
    let looks = 0;
    const session = openSession(restApis.hostinger, {
      credentials: { token: "hostinger-token" },
      purpose: `set the PTR of ${V4} to mail.example.com`,
      fetch: async (_url, init) => {
        if (!String(_url).includes("/actions/") && init?.method === "GET") return Response.json(place);
        const state = states[Math.min(looks++, states.length - 1)];
        return Response.json({ id: 8123712, name: "create_ptr", state });
      },
      clock: {
        now: () => 0,
        sleep: async (milliseconds) => {
          waited += milliseconds;
        },
      },
    });
    const target: Target = { address: V4, family: 4, settings: {} };
    return { error: await errorOf(setPtr(restApis.hostinger, session, target, "mail.example.com")), waited };
  }

  for (const state of ["sent", "delayed", "created", "a-state-of-tomorrow"]) {
    it(`that stays ${state} is not done`, async () => {
      const { error, waited } = await ended(state);
      assert.match(error.message, new RegExp(`but the action 8123712 is still ${state}\\.\\nFix: `));
      assert.equal(error.uncertain, true);
      assert.ok(waited > 10_000 && waited <= 60_000);
    });
  }

  it("that ends in an error has failed", async () => {
    const { error } = await ended("sent", "error");
    assert.match(error.message, /the action 8123712 ended in an error/);
    assert.equal(error.uncertain, false);
  });

  it("that succeeds without a PTR to be seen is not done", async () => {
    assert.match((await ended("success")).error.message, /its API still shows no PTR/);
  });
});

describe("a range of Leaseweb", () => {
  it("is read page by page, without a filter for one address", async () => {
    const account = openAccount(["2001:db8:7::25"]);
    account.setPtr("2001:db8:7::25", "mail.example.com");
    await withSession("leaseweb", account, async ({ api, session, sent }) => {
      const settings = { ipv6Range: "2001:db8:7::/112" };
      assert.equal(await api.read(session, { address: "2001:db8:7::25", family: 6, settings }), "mail.example.com");
      assert.equal(await api.read(session, { address: "2001:db8:7::f003", family: 6, settings }), "other.example.net");
      assert.equal(await api.read(session, { address: "2001:db8:7::26", family: 6, settings }), null);
      assert.ok(sent.length > 3);
      assert.ok(sent.every((line) => !/[?&]ip=/.test(line)));
    });
  });
});

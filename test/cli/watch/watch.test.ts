import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PostEnd } from "../../../cli/environment";
import { run } from "../../../cli/run";
import type { Verdict } from "../../../fcrdns/verdict";
import { FakeEnvironment, type FakeWorldOptions, settled } from "../fake-environment";
import { failing, finding, unknown, verdictOn } from "../verdicts";

const MINUTE = 60_000;

/** Watches 192.0.2.10, whose state at each pass is a letter: pass, fail or unknown; the last one stays. */
class Watch {
  public readonly environment: FakeEnvironment;
  public readonly end: Promise<number>;
  public readonly posted: string[] = [];
  #pass = 0;

  public constructor(states: string, flags: string[] = [], options: FakeWorldOptions & { postEnds?: PostEnd[] } = {}) {
    const { postEnds = [], ...rest } = options;
    this.environment = new FakeEnvironment({
      judge: ({ ip, expected }): Verdict => {
        const state = states[Math.min(this.#pass++, states.length - 1)];
        if (state === "f") return failing(ip, expected);
        return state === "u" ? unknown(ip, expected) : verdictOn({ ip, expected });
      },
      post: (_url, body) => {
        this.posted.push(JSON.parse(body).text);
        return postEnds.shift() ?? { ok: true };
      },
      ...rest,
    });
    this.end = run(["watch", "192.0.2.10=mail.example.com", "--every", "1", ...flags], this.environment);
  }

  public get passes(): number {
    return this.#pass;
  }

  public async minutes(count: number): Promise<void> {
    await settled();
    for (let minute = 0; minute < count; minute++) await this.environment.clock.advance(MINUTE);
  }

  public async stop(): Promise<number> {
    this.environment.stop();
    return this.end;
  }
}

describe("fcrdns watch", () => {
  it("shows at the first pass what is wrong beside an address that passes", async () => {
    const environment = new FakeEnvironment({
      judge: ({ ip, expected }) => {
        const message = "mail.example.com also has AAAA 2001:db8::10";
        return verdictOn({ ip, expected }, { findings: [finding({ rule: "other-family-uncovered", message })] });
      },
    });
    assert.equal(await run(["watch", "192.0.2.10=mail.example.com", "--passes", "1"], environment), 0);
    assert.match(
      environment.stdout.text,
      /^✓ 192\.0\.2\.10 {2}mail\.example\.com {2}pass\n {4}found: mail\.example\.com also has AAAA .*\n {4}fix: mend it \(you\)\n/,
    );
  });

  it("tells what is wrong beside an address that passes when it comes and when it goes", async () => {
    const watch: Watch = new Watch("p", ["--seen", "1"], {
      judge: ({ ip, expected }) => {
        const bad = watch.environment.asked.length === 2;
        return verdictOn({ ip, expected }, { findings: bad ? [finding({ rule: "other-family-uncovered" })] : [] });
      },
    });
    await watch.minutes(2);
    const told = watch.environment.stdout.text.split("\n").slice(2);
    assert.match(told[0] ?? "", /change: 192\.0\.2\.10 mail\.example\.com is pass \(was pass\)$/);
    assert.match(told[1] ?? "", /^ {4}found: /);
    assert.match(told[3] ?? "", /change: 192\.0\.2\.10 mail\.example\.com is pass \(was pass\)$/);
    assert.equal(told[4], "    no longer found: other-family-uncovered");
    await watch.stop();
  });

  it("shows what there is, then checks every so many minutes and is silent while nothing changes", async () => {
    const watch = new Watch("p");
    await watch.minutes(3);
    assert.equal(watch.passes, 4);
    assert.equal(
      watch.environment.stdout.text,
      "✓ 192.0.2.10  mail.example.com  pass\n2026-01-31T12:00:00.000Z watching 1 address: 1 pass; every 1 minute\n",
    );
    assert.equal(await watch.stop(), 0);
    assert.equal(watch.environment.clock.sleepers, 0);
    assert.equal(watch.environment.stopListeners, 0);
  });

  it("pauses a little longer or shorter each time", async () => {
    for (const [random, passes] of [
      [0, 2],
      [0.999, 1],
    ] as const) {
      const watch = new Watch("p");
      Object.assign(watch.environment, { random: () => random });
      await settled();
      await watch.environment.clock.advance(0.95 * MINUTE);
      assert.equal(watch.passes, passes);
      await watch.stop();
    }
  });

  it("tells of a change that was seen three times in a row", async () => {
    const watch = new Watch("pfpffff");
    await watch.minutes(6);
    const told = watch.environment.stdout.text.split("\n").slice(2);
    assert.deepEqual(told, [
      "2026-01-31T12:05:00.000Z change: 192.0.2.10 mail.example.com is fail no-ptr (was pass)",
      "    PTR was mail.example.com, is none",
      "    found: 192.0.2.10 has no PTR record",
      "    fix: Set the PTR. (the owner)",
      "",
    ]);
    await watch.stop();
  });

  it("takes the number of rounds from --seen", async () => {
    const watch = new Watch("pff", ["--seen", "2"]);
    await watch.minutes(2);
    assert.match(watch.environment.stdout.text, /change: /);
    await watch.stop();
  });

  it("ends at the first change on request, with the status that it brings", async () => {
    for (const [states, status] of [
      ["pff", 1],
      ["puu", 3],
      ["ffpp", 1],
    ] as const) {
      const watch = new Watch(states, ["--exit", "--seen", "2"]);
      await watch.minutes(4);
      assert.equal(await watch.end, status, states);
    }
  });

  it("ends after so many passes on request, with the status of the last", async () => {
    const watch = new Watch("pf", ["--passes", "2"]);
    await watch.minutes(2);
    assert.equal(await watch.end, 1);
    assert.equal(watch.passes, 2);
  });

  it("writes events as lines of JSON on request", async () => {
    const watch = new Watch("pff", ["--seen", "2", "--format", "ndjson"]);
    await watch.minutes(2);
    const events = watch.environment.stdout.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      events.map(({ event }) => event),
      ["first", "change"],
    );
    assert.deepEqual([events[1].from.status, events[1].to.status], ["pass", "fail"]);
    await watch.stop();
  });

  it("ends when nobody reads it and nobody else could hear of anything", async () => {
    const watch = new Watch("p");
    watch.environment.stdout.closesAfter = 0;
    await settled();
    assert.equal(await watch.end, 0);
    const served = new Watch("p", ["--listen", "127.0.0.1:9110"]);
    served.environment.stdout.closesAfter = 0;
    await served.minutes(2);
    assert.equal(served.passes, 3);
    await served.stop();
  });

  it("takes no verdict for news that Ctrl-C cut short", async () => {
    const environment: FakeEnvironment = new FakeEnvironment({
      judge: ({ ip, expected }, { signal }) =>
        new Promise((resolve) => signal?.addEventListener("abort", () => resolve(unknown(ip, expected)))),
    });
    const end = run(["watch", "192.0.2.10", "--seen", "1"], environment);
    await settled();
    environment.stop();
    assert.equal(await end, 0);
    assert.equal(environment.stdout.text, "");
  });
});

describe("the webhook", () => {
  const url = "https://hooks.example.com/services/SECRET";

  it("hears of each change in Slack's JSON, with nothing that Slack takes for markup", async () => {
    const watch: Watch = new Watch("p", ["--webhook", url, "--seen", "1"], {
      judge: ({ ip }) =>
        watch.environment.asked.length === 1 ? verdictOn({ ip }) : failing(ip, "<!channel>&<https://x|y>"),
    });
    await watch.minutes(1);
    assert.equal(watch.posted.length, 1);
    assert.match(
      watch.posted[0] ?? "",
      /^change: 192\.0\.2\.10 &lt;!channel&gt;&amp;&lt;https:\/\/x\|y&gt; is fail no-ptr/,
    );
    await watch.stop();
  });

  it("comes from the environment, where no process list shows it", async () => {
    const watch = new Watch("pf", ["--seen", "1"], { environment: { FCRDNS_WEBHOOK: url } });
    await watch.minutes(1);
    assert.equal(watch.posted.length, 1);
    await watch.stop();
  });

  it("that is down stops nothing, gets its messages later and in order, and its URL is never printed", async () => {
    const down: PostEnd = { ok: false, why: "ECONNREFUSED" };
    const watch = new Watch("pfpppp", ["--webhook", url, "--seen", "1"], { postEnds: [down, down] });
    await watch.minutes(5);
    assert.equal(watch.passes, 6);
    assert.deepEqual(
      watch.posted.map((text) => /is (\w+)/.exec(text)?.[1]),
      ["fail", "fail", "fail", "pass"],
    );
    assert.equal(
      watch.environment.stderr.text,
      "fcrdns: the webhook failed (ECONNREFUSED); the message is sent again after the next pass\n" +
        "fcrdns: the webhook failed (ECONNREFUSED); 2 messages are sent again after the next pass\n",
    );
    assert.ok(!watch.environment.stderr.text.includes("SECRET"));
    await watch.stop();
  });

  it("that never answers delays neither the passes nor the end", async () => {
    const watch = new Watch("pf", ["--webhook", url, "--seen", "1"], { post: () => new Promise(() => {}) });
    await watch.minutes(4);
    assert.equal(watch.passes, 5);
    watch.environment.stop();
    await settled();
    await watch.environment.clock.advance(2000);
    assert.equal(await watch.end, 0);
  });
});

describe("the metrics for Prometheus", () => {
  it("are the latest verdicts and the time of the last pass", async () => {
    const watch = new Watch("pf", ["--listen", "127.0.0.1:9110"]);
    await watch.minutes(1);
    const { status, body, contentType } = watch.environment.page?.("/metrics") ?? {
      status: 0,
      body: "",
      contentType: "",
    };
    assert.equal(status, 200);
    assert.match(contentType, /^text\/plain; version=0\.0\.4/);
    const labels = 'ip="192.0.2.10",hostname="mail.example.com"';
    for (const line of [
      `fcrdns_iprev{${labels},result="pass"} 0`,
      `fcrdns_iprev{${labels},result="permerror"} 1`,
      `fcrdns_status{${labels},status="fail"} 1`,
      "fcrdns_passes_total 2",
      `fcrdns_last_pass_timestamp_seconds ${(Date.UTC(2026, 0, 31, 12) + MINUTE) / 1000}.000`,
      "fcrdns_webhook_failures_total 0",
    ]) {
      assert.ok(body.split("\n").includes(line), `${line}\n${body}`);
    }
    assert.equal(watch.environment.page?.("/").status, 404);
    assert.match(
      watch.environment.stderr.text,
      /^fcrdns: metrics for Prometheus at http:\/\/127\.0\.0\.1:9110\/metrics\n/,
    );
    await watch.stop();
    assert.ok(watch.environment.pagesClosed);
  });

  it("have the form that Prometheus reads, also before the first pass", async () => {
    const environment = new FakeEnvironment({ judge: () => new Promise(() => {}) });
    void run(["watch", "192.0.2.10=mail.example.com", "--listen", "127.0.0.1:9110"], environment);
    await settled();
    const watch = new Watch("p", ["--listen", "127.0.0.1:9110"]);
    await watch.minutes(1);
    for (const page of [environment.page, watch.environment.page]) {
      const body = page?.("/metrics").body ?? "";
      assert.ok(body.endsWith("\n"));
      for (const line of body.trimEnd().split("\n")) {
        assert.match(
          line,
          /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="(\\.|[^"\\\n])*"(,[a-z]+="(\\.|[^"\\\n])*")*\})? [\d.]+)$/,
        );
      }
    }
    await watch.stop();
  });

  it("of an address that nobody may have say so", async () => {
    const environment = new FakeEnvironment();
    environment.servePages = async () => {
      throw Object.assign(new Error("listen EADDRINUSE"), { code: "EADDRINUSE" });
    };
    assert.equal(await run(["watch", "192.0.2.10", "--listen", "127.0.0.1:9110"], environment), 2);
    assert.match(environment.stderr.text, /--listen 127\.0\.0\.1 port 9110 cannot be used \(another program uses it\)/);
  });
});

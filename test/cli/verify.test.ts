import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AddressToCheck } from "../../cli/environment";
import { run } from "../../cli/run";
import type { Verdict } from "../../fcrdns/verdict";
import { FakeEnvironment, ran, settled } from "./fake-environment";
import { failing, unknown, verdictOn } from "./verdicts";

/** .1x passes, .2x fails, .3x is not known. */
function judge(address: AddressToCheck): Verdict {
  const last = Number(address.ip.split(".")[3]);
  if (last >= 30) return unknown(address.ip, address.expected);
  return last >= 20 ? failing(address.ip, address.expected) : verdictOn(address);
}

describe("flags that the mode has no use for", () => {
  for (const [flags, told] of [
    [
      "--mode recursive --resolver 127.0.0.1 --stub .=127.0.0.1",
      "fcrdns: --stub ignored: --mode recursive queries resolvers only\n",
    ],
    [
      "--mode recursive --root 127.0.0.1 --port 5300",
      "fcrdns: --root, --port ignored: --mode recursive queries resolvers only\n",
    ],
    [
      "--mode authoritative --resolver 127.0.0.1",
      "fcrdns: --resolver ignored: --mode authoritative queries authoritative servers only\n",
    ],
    ["--mode full --resolver 127.0.0.1 --stub .=127.0.0.1", ""],
    ["--resolver 127.0.0.1 --root 127.0.0.1", ""],
  ] as const) {
    it(`are reported on standard error: ${flags}`, async () => {
      const environment = new FakeEnvironment();
      assert.equal(await run(["verify", "192.0.2.10", ...flags.split(" ")], environment), 0);
      assert.equal(environment.stderr.text, told);
    });
  }
});

describe("the exit status", () => {
  const rows: [ips: string[], status: number][] = [
    [["192.0.2.10"], 0],
    [["192.0.2.10", "192.0.2.11"], 0],
    [["192.0.2.10", "192.0.2.20"], 1],
    [["192.0.2.10", "192.0.2.30"], 3],
    [["192.0.2.30", "192.0.2.20", "192.0.2.10"], 1],
    [["192.0.2.30"], 3],
  ];
  for (const [ips, status] of rows) {
    it(`is ${status} for ${ips.join(" ")}, in every format`, async () => {
      for (const format of ["text", "json", "ndjson", "junit", "sarif", "github", "markdown"]) {
        const end = await ran(["verify", ...ips, "--format", format], { judge });
        assert.equal(end.status, status, format);
        assert.equal(end.stderr, "", format);
        assert.ok(end.stdout.endsWith("\n"), format);
      }
    });
  }
});

describe("fcrdns verify", () => {
  it("hands the settings on as they were given", async () => {
    const { environment } = await ran([
      ..."verify 192.0.2.10=mail.example.com --mode authoritative --root 127.0.0.1:5300 --root [::1]:53".split(" "),
      ..."--stub example.com=127.0.0.1 --stub example.com=127.0.0.2:54 --stub .=[::1]:55 --resolver 192.0.2.53".split(
        " ",
      ),
      ..."--port 5353 --timeout 0.5 --tries 3 --deadline 60 --concurrency 7".split(" "),
    ]);
    const { signal, onProgress, ...settings } = environment.askedWith ?? {};
    assert.deepEqual(settings, {
      mode: "authoritative",
      roots: ["127.0.0.1:5300", "[::1]:53"],
      stubs: { "example.com": ["127.0.0.1", "127.0.0.2:54"], ".": ["[::1]:55"] },
      resolvers: ["192.0.2.53"],
      port: 5353,
      timeoutSeconds: 0.5,
      tries: 3,
      deadlineSeconds: 60,
      concurrency: 7,
    });
    assert.deepEqual(environment.asked, [{ ip: "192.0.2.10", expected: "mail.example.com" }]);
  });

  it("checks files, standard input and arguments together, in order", async () => {
    const { environment, stdout } = await ran(["verify", "192.0.2.1", "-", "--file", "a.txt", "--format", "ndjson"], {
      stdin: "192.0.2.2 mail.example.com\n",
      files: { "a.txt": "192.0.2.3=c.example.com # third\n" },
    });
    assert.deepEqual(
      environment.asked.map(({ ip, expected }) => [ip, expected]),
      [
        ["192.0.2.1", null],
        ["192.0.2.2", "mail.example.com"],
        ["192.0.2.3", "c.example.com"],
      ],
    );
    assert.deepEqual(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).ip),
      ["192.0.2.1", "192.0.2.2", "192.0.2.3"],
    );
  });

  it("annotates the line of the file that names the address", async () => {
    const { stdout } = await ran(["verify", "--file", "a.txt", "--format", "github"], {
      files: { "a.txt": "# x\n192.0.2.20\n" },
      judge,
    });
    assert.match(stdout, /^::error file=a\.txt,line=2,title=/m);
  });

  it("adds to the summary of a GitHub job, where there is one", async () => {
    const args = ["verify", "192.0.2.20", "--format", "github"];
    const { environment } = await ran(args, { judge, environment: { GITHUB_STEP_SUMMARY: "/summary" } });
    assert.match(environment.appended["/summary"] ?? "", /^### ✗ fcrdns/);
    assert.deepEqual((await ran(args, { judge })).environment.appended, {});
  });

  it("goes on when the summary cannot be written", async () => {
    const environment = new FakeEnvironment({ environment: { GITHUB_STEP_SUMMARY: "/summary" } });
    environment.appendFile = async () => {
      throw new Error("disk full");
    };
    assert.equal(await run(["verify", "192.0.2.10", "--format", "github"], environment), 0);
    assert.match(environment.stderr.text, /^fcrdns: the job summary could not be written: "disk full"\n$/);
  });

  it("prints each verdict as soon as it is there", async () => {
    const pending: (() => void)[] = [];
    const environment = new FakeEnvironment({
      judge: (address) => new Promise((resolve) => pending.push(() => resolve(verdictOn(address)))),
    });
    const end = run(["verify", "192.0.2.0/30", "--format", "ndjson"], environment);
    for (let done = 1; done <= 4; done++) {
      await settled();
      pending.shift()?.();
      await settled();
      assert.equal(environment.stdout.text.split("\n").length - 1, done);
    }
    assert.equal(await end, 0);
  });

  it("takes addresses only as they are needed, so that a huge block costs nothing", async () => {
    const environment = new FakeEnvironment();
    environment.stdout.closesAfter = 3;
    await run(["verify", "10.0.0.0/16", "--format", "ndjson"], environment);
    assert.ok(environment.asked.length < 10, String(environment.asked.length));
  });
});

describe("colours", () => {
  const rows: [what: string, terminal: boolean, environment: Record<string, string>, coloured: boolean][] = [
    ["on a terminal", true, {}, true],
    ["not in a pipe", false, {}, false],
    ["not with NO_COLOR", true, { NO_COLOR: "1" }, false],
    ["with an empty NO_COLOR", true, { NO_COLOR: "" }, true],
    ["in a pipe with FORCE_COLOR", false, { FORCE_COLOR: "1" }, true],
    ["not with FORCE_COLOR=0", false, { FORCE_COLOR: "0" }, false],
    ["not with both", true, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    ["not on a dumb terminal", true, { TERM: "dumb" }, false],
  ];
  for (const [what, terminal, environment, coloured] of rows) {
    it(what, async () => {
      const { stdout } = await ran(["verify", "192.0.2.10"], { terminal, environment });
      assert.equal(stdout.includes("\u001b["), coloured);
    });
  }

  it("stay out of every other format", async () => {
    const { stdout } = await ran(["verify", "192.0.2.20", "--format", "github"], {
      judge,
      environment: { FORCE_COLOR: "1" },
    });
    assert.ok(!stdout.includes("\u001b"));
  });
});

/** An environment whose first address is decided at once and whose others wait until they are aborted. */
function stuck(options: { terminal?: boolean; first?: Verdict } = {}) {
  let asked = 0;
  return new FakeEnvironment({
    terminal: options.terminal ?? false,
    environment: { NO_COLOR: "1" },
    judge: (address, { signal }) =>
      asked++ === 0
        ? (options.first ?? verdictOn(address))
        : new Promise((resolve) => signal?.addEventListener("abort", () => resolve(unknown(address.ip)))),
  });
}

describe("Ctrl-C", () => {
  it("prints what is known, says how much is not, and is not green", async () => {
    const environment = stuck();
    const end = run(["verify", "192.0.2.0/30"], environment);
    await settled();
    environment.stop();
    assert.equal(await end, 3);
    assert.match(environment.stdout.text, /^✓ 192\.0\.2\.0 /);
    assert.match(environment.stdout.text, /\n4 addresses: 1 pass, 1 unknown, 2 not checked in/);
    assert.equal(environment.stderr.text, "fcrdns: stopped; 2 of 4 addresses were not checked\n");
    assert.equal(environment.stopListeners, 0);
  });

  it("keeps the status of a failure that was seen before", async () => {
    const environment = stuck({ first: failing("192.0.2.0") });
    const end = run(["verify", "192.0.2.0/30"], environment);
    await settled();
    environment.stop();
    assert.equal(await end, 1);
  });

  it("leaves a whole document", async () => {
    for (const format of ["json", "junit", "sarif", "markdown"]) {
      const environment = stuck();
      const end = run(["verify", "192.0.2.0/30", "--format", format], environment);
      await settled();
      environment.stop();
      assert.equal(await end, 3);
      if (format === "json") assert.equal(JSON.parse(environment.stdout.text).unchecked, 2);
      if (format === "sarif")
        assert.equal(JSON.parse(environment.stdout.text).runs[0].invocations[0].executionSuccessful, false);
      if (format === "junit")
        assert.match(
          environment.stdout.text,
          / errors="[12]".*before 2 more addresses were checked.*<\/testsuites>\n$/s,
        );
      if (format === "markdown") assert.match(environment.stdout.text, /2 not checked/);
    }
  });
});

describe("a reader that goes away", () => {
  it("ends the check quietly, and what was not seen is not green", async () => {
    const environment = new FakeEnvironment();
    environment.stdout.closesAfter = 1;
    assert.equal(await run(["verify", "192.0.2.0/28"], environment), 3);
    assert.equal(environment.stdout.text, "✓ 192.0.2.0  mail.example.com  pass\n");
    assert.ok(environment.asked.length < 5);
  });
});

describe("progress", () => {
  const wiped = "\r\u001b[K";

  it("is drawn on stderr of a terminal after a second of work, and wiped out before the report goes on", async () => {
    const environment = stuck({ terminal: true });
    const end = run(["verify", "192.0.2.0/30"], environment);
    await settled();
    await environment.clock.advance(900);
    assert.equal(environment.stderr.text, "");
    await environment.clock.advance(200);
    assert.equal(environment.stderr.text, `${wiped}[#####${"-".repeat(15)}] 1/4  1 s`);
    await environment.clock.advance(1000);
    assert.ok(environment.stderr.text.endsWith(`${wiped}[#####${"-".repeat(15)}] 1/4  2 s`));
    environment.stop();
    await end;
    assert.ok(environment.stderr.text.endsWith(`${wiped}fcrdns: stopped; 2 of 4 addresses were not checked\n`));
    assert.ok(!environment.stdout.text.includes("["));
    assert.equal(environment.clock.sleepers, 0);
  });

  it("is not drawn where nobody watches", async () => {
    const environment = stuck();
    const end = run(["verify", "192.0.2.0/30"], environment);
    await settled();
    await environment.clock.advance(30_000);
    assert.equal(environment.stderr.text, "");
    environment.stop();
    await end;
  });

  it("in a log says now and then what is waited for, with nothing of DNS at the beginning", async () => {
    const environment = new FakeEnvironment({
      judge: async (address, { onProgress }) => {
        for (let round = 1; round <= 6; round++) {
          await environment.clock.sleep(4000);
          const waitingFor = ["::error::\u001b[2J\nx", "y"];
          const servers = { asked: 2, agreed: 1 };
          onProgress?.({
            ip: address.ip,
            expected: null,
            round,
            elapsedSeconds: round * 4,
            servers,
            waitingFor,
            nextInSeconds: 4,
          });
        }
        return verdictOn(address);
      },
    });
    const end = run(["verify", "192.0.2.10", "--deadline", "60"], environment);
    for (let round = 0; round < 6; round++) {
      await settled();
      await environment.clock.advance(4000);
    }
    assert.equal(await end, 0);
    const lines = environment.stderr.text.trimEnd().split("\n");
    assert.equal(lines.length, 2);
    for (const line of lines)
      assert.match(
        line,
        /^fcrdns: 192\.0\.2\.10 waits for ::error::\\u\{1b\}\[2J\\u\{a\}x \(and 1 more\); \d+ s, next check in 4 s$/,
      );
  });
});

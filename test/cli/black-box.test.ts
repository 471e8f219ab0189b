import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { NameServer } from "../../sandbox/internet/name-server";
import { fcrdns, loopbackDns, spawned } from "./spawned";

describe("the command as a process", () => {
  let dns: NameServer;
  let stub: string[];
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-command-"));
  before(async () => {
    dns = await loopbackDns();
    stub = ["--stub", `.=${dns.endpoint}`];
  });
  after(async () => {
    await dns.close();
    rmSync(folder, { recursive: true });
  });

  it("verifies both families against real DNS", async () => {
    const { status, stdout, stderr } = await fcrdns([
      "verify",
      "192.0.2.10=mail.example.com",
      "2001:db8::10=MAIL.example.com.",
      ...stub,
    ]);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(
      stdout,
      /^✓ 192\.0\.2\.10 {2}mail\.example\.com {2}pass\n✓ 2001:db8::10 {2}mail\.example\.com {2}pass\n\n2 addresses: 2 pass in/,
    );
  });

  it("compares what the mail server says in EHLO with the PTR", async () => {
    const status = async (helo: string) => {
      const end = await fcrdns(["verify", "192.0.2.10", "--helo", helo, "--format", "json", ...stub]);
      const [verdict] = JSON.parse(end.stdout).results;
      const about = verdict.findings.filter(({ rule }: { rule: string }) => rule.startsWith("helo"));
      return [end.status, verdict.reason, ...about.map(({ rule }: { rule: string }) => rule)].join(" ");
    };
    assert.equal(await status("MAIL.example.com"), "0 ok");
    assert.equal(await status("other.example.com"), "1 unexpected-name helo-mismatch");
    assert.equal(await status("[192.0.2.99]"), "1 bad-name helo-not-a-host helo-mismatch");
  });

  it("says whether the PTR's name belongs to the organisation", async () => {
    const rules = async (domain: string) => {
      const end = await fcrdns(["verify", "192.0.2.10", "--domain", domain, "--format", "ndjson", ...stub]);
      const { findings } = JSON.parse(end.stdout);
      return [end.status, ...findings.map(({ rule }: { rule: string }) => rule)].join(" ");
    };
    assert.match(await rules("www.Example.com."), /^0 .*name-own-domain/);
    assert.match(await rules("example.org"), /^0 .*name-other-domain/);
    const bad = await fcrdns(["verify", "192.0.2.10", "--domain", "[192.0.2.1]", ...stub]);
    assert.deepEqual([bad.status, bad.stdout], [2, ""]);
  });

  it("says from when to send after a wait in which a wrong answer was visible", async () => {
    const off = dns.fault({ fault: "nxdomain", name: "10.2.0.192.in-addr.arpa" });
    dns.queries.length = 0;
    const run = spawned(["verify", "192.0.2.10=mail.example.com", "--deadline", "30", "--format", "json", ...stub]);
    await waitFor(() => dns.queries.some(({ name }) => name.toLowerCase() === "10.2.0.192.in-addr.arpa"));
    setTimeout(off, 200);
    const end = await run.end;
    assert.equal(end.status, 0);
    const [verdict] = JSON.parse(end.stdout).results;
    const seconds = (Date.parse(verdict.notBefore) - Date.now()) / 1000;
    assert.ok(Math.abs(seconds - 86_400) < 60, verdict.notBefore);
    assert.ok(verdict.findings.some(({ rule }: { rule: string }) => rule === "not-before"));
  });

  it("tells failure, unknown and success apart by its status", async () => {
    const off = dns.fault({ fault: "servfail", name: "20.2.0.192.in-addr.arpa" });
    try {
      const one = await fcrdns([
        "verify",
        "192.0.2.10",
        "192.0.2.11",
        "192.0.2.12",
        "192.0.2.20",
        "--format",
        "json",
        ...stub,
      ]);
      assert.equal(one.status, 1);
      const { results } = JSON.parse(one.stdout);
      assert.deepEqual(
        results.map(({ status, reason }: { status: string; reason: string }) => `${status} ${reason}`),
        ["pass ok", "fail no-ptr", "fail forward-mismatch", "unknown servfail"],
      );
      assert.equal((await fcrdns(["verify", "192.0.2.10", "192.0.2.20", ...stub])).status, 3);
    } finally {
      off();
    }
  });

  it("reads standard input and writes every format to standard output alone", async () => {
    const stdin = "# ours\n192.0.2.10 mail.example.com\n\n192.0.2.11\n";
    for (const format of ["text", "json", "ndjson", "junit", "sarif", "github", "markdown"]) {
      const { status, stdout, stderr } = await fcrdns(["verify", "-", "--format", format, ...stub], { stdin });
      assert.deepEqual([status, stderr], [1, ""], format);
      assert.match(stdout, /192\.0\.2\.11/, format);
    }
  });

  it("appends to the job's summary", async () => {
    const file = join(folder, "summary.md");
    writeFileSync(file, "before\n");
    await fcrdns(["verify", "192.0.2.11", "--format", "github", ...stub], { env: { GITHUB_STEP_SUMMARY: file } });
    assert.match(readFileSync(file, "utf8"), /^before\n### ✗ fcrdns: 1 of 1 address does not round-trip\n/);
  });

  it("reads a file, and says in one line when it cannot", async () => {
    const file = join(folder, "senders.txt");
    writeFileSync(file, "192.0.2.10=mail.example.com\r\n");
    assert.equal((await fcrdns(["verify", "--file", file, ...stub])).status, 0);
    const bad = await fcrdns(["verify", "--file", folder, ...stub]);
    assert.deepEqual([bad.status, bad.stdout], [2, ""]);
    assert.match(bad.stderr, /^fcrdns: cannot read [^\n]*: it is a folder; give a file\n$/);
  });

  it("gives up on resolvers and servers that are not there, within the deadline, with status 3", async () => {
    const nobody = "127.0.0.1:9";
    for (const where of [
      ["--mode", "recursive", "--resolver", nobody],
      ["--stub", `.=${nobody}`],
      ["--root", nobody],
    ]) {
      const end = await fcrdns(["verify", "192.0.2.10", "--timeout", "0.2", "--deadline", "1", ...where]);
      assert.equal(end.status, 3, where.join(" "));
      assert.match(end.stdout, /^\? 192\.0\.2\.10 {2}\(no name\) {2}unknown {2}no-answer\n/);
      assert.ok(end.seconds < 15, `${where.join(" ")}: ${end.seconds} s`);
    }
  });

  it("waits for a record that comes late", async () => {
    const off = dns.fault({ fault: "nxdomain", name: "10.2.0.192.in-addr.arpa" });
    setTimeout(off, 1500);
    const end = await fcrdns(["verify", "192.0.2.10=mail.example.com", "--deadline", "30", ...stub]);
    assert.equal(end.status, 0, end.stdout);
  });

  it("prints what it knows at Ctrl-C", async () => {
    const off = dns.fault({ fault: "timeout", name: "30.2.0.192.in-addr.arpa" });
    try {
      const { child, end } = spawned([
        "verify",
        "192.0.2.10",
        "192.0.2.30",
        "--format",
        "ndjson",
        "--timeout",
        "60",
        "--concurrency",
        "1",
        ...stub,
      ]);
      await new Promise<void>((resolve) => child.stdout.once("data", () => resolve()));
      child.kill("SIGINT");
      const { status, stdout, seconds } = await end;
      const [first, ...others] = stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      assert.equal(first.status, "pass");
      assert.ok(others.every((verdict) => verdict.status === "unknown"));
      assert.equal(status, 3);
      assert.ok(seconds < 20, String(seconds));
    } finally {
      off();
    }
  });

  it("ends quietly when its reader does", async () => {
    const { child, end } = spawned(["verify", "192.0.2.0/24", "--format", "ndjson", ...stub]);
    child.stdout.once("data", () => child.stdout.destroy());
    const { status, stderr } = await end;
    assert.ok(status === 3 || status === 1, String(status));
    assert.doesNotMatch(stderr, /EPIPE|Error|this is a bug/);
  });

  it("explains like dig", async () => {
    const { stdout } = await fcrdns(["verify", "192.0.2.12", "--explain", ...stub]);
    assert.match(stdout, /^ {2}\| .*12\.2\.0\.192\.in-addr\.arpa PTR/m);
    assert.match(stdout, /^ {2}\| .*PTR other\.example\.com$/m);
    assert.match(stdout, new RegExp(`^ {2}\\| .*${dns.endpoint.replace(/\./g, "\\.")}`, "m"));
  });

  it("shows a hostile PTR harmlessly, in the canonical spelling", async () => {
    const zone = dns.zones[0];
    const evil = Buffer.from("\n::error::\u001b[2J");
    zone?.set("66.2.0.192.in-addr.arpa", "PTR", [
      Buffer.concat([Buffer.from([evil.length]), evil, Buffer.from("\u0007example\u0003com\u0000", "latin1")]),
    ]);
    try {
      for (const format of ["text", "github", "markdown", "junit"]) {
        const { status, stdout } = await fcrdns(["verify", "192.0.2.66", "--format", format, "--explain", ...stub]);
        assert.equal(status, 1, format);
        assert.doesNotMatch(stdout, /[^\n\P{C}]/u, format);
        assert.doesNotMatch(stdout, /^\s*::error::/m, format);
        assert.match(stdout, /027(\[|&#91;)2j|027\[2J/i, format);
      }
    } finally {
      zone?.remove("66.2.0.192.in-addr.arpa");
    }
  });

  it("makes a ticket that is ready because the forward record is there", async () => {
    const words = "ticket racknerd 192.0.2.10=mail.example.com --service vps-1 --purpose receipts --format json".split(
      " ",
    );
    const ready = await fcrdns([...words, ...stub]);
    assert.equal(ready.status, 0, ready.stderr);
    const [address] = JSON.parse(ready.stdout).addresses;
    assert.equal(address.proof.server.endsWith(dns.endpoint), true);
    words[2] = "192.0.2.10=nothing.example.com";
    assert.equal((await fcrdns([...words, ...stub])).status, 1);
  });

  it("watches, serves metrics, calls a webhook and ends at SIGTERM", async () => {
    const posted: string[] = [];
    const webhook = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        posted.push(body);
        response.end("ok");
      });
    });
    await new Promise<void>((resolve) => webhook.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/hook`;
    const off = dns.fault({ fault: "nxdomain", name: "10.2.0.192.in-addr.arpa" });
    try {
      const { child, end } = spawned(
        ["watch", "192.0.2.10=mail.example.com", "--every", "0.005", "--seen", "2", "--listen", "127.0.0.1:0", ...stub],
        { env: { FCRDNS_WEBHOOK: url } },
      );
      const address = await new Promise<string>((resolve) => {
        child.stderr.on("data", (text: string) => {
          const found = /http:\/\/\S+\/metrics/.exec(text)?.[0];
          if (found !== undefined) resolve(found);
        });
      });
      await new Promise<void>((resolve) => {
        child.stdout.on("data", (text: string) => {
          if (text.includes("change: ")) resolve();
        });
      });
      const metrics = await (await fetch(address)).text();
      assert.match(metrics, /^fcrdns_iprev\{ip="192\.0\.2\.10",hostname="mail\.example\.com",result="permerror"\} 1$/m);
      child.kill("SIGTERM");
      const { status } = await end;
      assert.equal(status, 0);
      assert.match(JSON.parse(posted[0] ?? "{}").text, /^change: 192\.0\.2\.10 mail\.example\.com is fail no-ptr/);
    } finally {
      off();
      webhook.close();
    }
  });

  it("loads neither Pulumi nor a cloud's SDK", async () => {
    const show = join(folder, "loaded.cjs");
    writeFileSync(show, 'process.on("exit", () => console.error(Object.keys(require.cache).join("\\n")));\n');
    for (const args of [
      ["verify", "192.0.2.10", ...stub],
      ["ticket", "--list"],
      ["stack", "--export", "-"],
      ["--help"],
    ]) {
      const { stderr } = await fcrdns(args, { env: { NODE_OPTIONS: `--require ${show}` } });
      assert.match(stderr, /cli[/\\]main\.ts/);
      assert.doesNotMatch(stderr, /node_modules[/\\]@(pulumi|ediri|ovhcloud|pulumiverse)[/\\]/);
    }
  });
});

async function waitFor(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !isSo(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(isSo());
}

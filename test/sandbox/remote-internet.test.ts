import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as empty from "google-protobuf/google/protobuf/empty_pb";
import type { InternetProcessOptions } from "../../sandbox/internet/internet-messages";
import { type RemoteInternet, startInternetProcess } from "../../sandbox/internet/remote-internet";
import { ask, walk } from "./ask";

const started: RemoteInternet[] = [];
after(() => Promise.all(started.map((internet) => internet.stop())));

async function start(options: InternetProcessOptions = {}): Promise<RemoteInternet> {
  const internet = await startInternetProcess(options);
  started.push(internet);
  return internet;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits, within ten seconds, until a process is gone. */
async function gone(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 10_000 && isAlive(pid); waited += 50) await sleep(50);
  return !isAlive(pid);
}

describe("the loopback internet in a process of its own", () => {
  it("answers with packets and takes every control", async () => {
    const internet = await start({ forwardZones: ["example.com"] });
    assert.notEqual(internet.pid, process.pid);
    const before = await internet.snapshot();
    await internet.setPtr("203.0.113.10", "mail.example.com");
    await internet.setRecords("mail.example.com", "A", ["203.0.113.10"]);
    await internet.settled();
    const replies = await walk(internet.roots[0] ?? "", "10.113.0.203.in-addr.arpa", "PTR");
    const answers = [...replies.values()].map((reply) => reply?.answer);
    assert.deepEqual(answers, Array(2).fill(["10.113.0.203.in-addr.arpa ptr mail.example.com"]));
    assert.equal(await internet.ptr("203.0.113.10"), "mail.example.com");
    assert.deepEqual(await internet.records("mail.example.com", "A"), ["203.0.113.10"]);
    assert.deepEqual(await internet.journal(), [
      "ptr set 203.0.113.10 mail.example.com",
      "records set mail.example.com A 203.0.113.10",
    ]);
    const asked = await internet.queries("ns1.hcloud-dns.example");
    assert.ok(asked.some(({ type, rd }) => type === "PTR" && !rd));
    await internet.addForwardZone("example.net");
    assert.deepEqual(await internet.world("hcloud").zones(), ["example.com", "example.net"]);
    await internet.setPtr("203.0.113.10", null);
    await internet.setRecords("mail.example.com", "A", []);
    const { "example.net": _added, ...left } = await internet.snapshot();
    assert.deepEqual(left, before);
  });

  it("switches faults on and off", async () => {
    const internet = await start();
    const world = internet.world("hcloud");
    const address = await world.allocate(4);
    await world.setPtr(address, "mail.example.com");
    const name = `${address.split(".").reverse().join(".")}.in-addr.arpa`;
    const id = await internet.fault({ kind: "servfail", where: { reverseOf: "hcloud", family: 4 } });
    assert.equal((await ask(internet.resolver, name, "PTR", { rd: true }))?.rcode, "SERVFAIL");
    await internet.endFault(id);
    assert.equal((await ask(internet.resolver, name, "PTR", { rd: true }))?.rcode, "NOERROR");
  });

  it("refuses in words what cannot be done, and goes on", async () => {
    const internet = await start();
    await assert.rejects(
      internet.setRecords("mail.example.org", "A", ["192.0.2.1"]),
      /no zone.*holds mail\.example\.org/,
    );
    await assert.rejects(internet.world("nimbus").allocate(4), /nimbus has no IPv4 addresses/);
    const rule = { fault: { message: () => new Uint8Array() } };
    await assert.rejects(internet.fault({ kind: "misbehave", where: {}, rule }), /could not be cloned/);
    assert.deepEqual(await internet.journal(), []);
  });

  it("serves the simulated clouds to the engine", async () => {
    const internet = await start({ clouds: ["hcloud"] });
    assert.deepEqual(internet.provider.packages, ["hcloud"]);
    assert.equal(internet.config["hcloud:token"]?.length, 64);
    const client = new ResourceProviderClient(`127.0.0.1:${internet.provider.port}`, grpc.credentials.createInsecure());
    const version = await new Promise((resolve, reject) => {
      client.getPluginInfo(new empty.Empty(), (error, info) => (error ? reject(error) : resolve(info.getVersion())));
    });
    client.close();
    assert.equal(typeof version, "string");
  });

  it("does not start with a cloud that there is not, and leaves nothing behind", async () => {
    await assert.rejects(startInternetProcess({ clouds: ["nimbus"] }), /no simulated cloud is called nimbus.*hcloud/);
  });

  it("stands beside another one", async () => {
    const [one, other] = await Promise.all([start(), start()]);
    await one.setRecords("mail.example.com", "A", ["192.0.2.1"]);
    assert.equal((await ask(one.resolver, "mail.example.com", "A", { rd: true }))?.rcode, "NOERROR");
    assert.equal((await ask(other.resolver, "mail.example.com", "A", { rd: true }))?.rcode, "NXDOMAIN");
  });

  it("is gone when stop has resolved; what is asked of it then is refused", async () => {
    const internet = await startInternetProcess();
    await Promise.all([internet.stop(), internet.stop()]);
    assert.ok(!isAlive(internet.pid));
    await internet.stop();
    await assert.rejects(internet.journal(), /has ended/);
  });

  it("refuses what is under way when it dies", async () => {
    const internet = await startInternetProcess({ publishDelayMs: 60_000 });
    await internet.setRecords("mail.example.com", "A", ["192.0.2.1"]);
    const settled = internet.settled();
    process.kill(internet.pid, "SIGKILL");
    await assert.rejects(settled, /has ended \(SIGKILL\)/);
  });

  /** A process that starts the internet, prints its number and does `then`. */
  async function starter(then: string): Promise<{ readonly parent: ReturnType<typeof spawn>; readonly pid: number }> {
    const script = `
      const { startInternetProcess } = require("./sandbox/internet/remote-internet.ts");
      startInternetProcess().then((internet) => { console.log(internet.pid); ${then} });
    `;
    const root = join(__dirname, "..", "..");
    const parent = spawn(process.execPath, ["--require", "./register.js", "-e", script], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    assert.ok(parent.stdout);
    const [line] = (await once(createInterface(parent.stdout), "line")) as [string];
    return { parent, pid: Number(line) };
  }

  it("dies with the process that started it, killed without a word", async () => {
    const { parent, pid } = await starter("setInterval(() => {}, 1000);");
    assert.ok(isAlive(pid));
    parent.kill("SIGKILL");
    assert.ok(await gone(pid));
  });

  it("does not keep the process that started it alive, and ends with it", async () => {
    const { parent, pid } = await starter("");
    if (parent.exitCode === null) await once(parent, "exit");
    assert.equal(parent.exitCode, 0);
    assert.ok(await gone(pid));
  });

  it("outlives a Ctrl-C, which reaches it too, until the process that started it lets go", async () => {
    const internet = await start();
    process.kill(internet.pid, "SIGINT");
    await sleep(100);
    assert.deepEqual(await internet.journal(), []);
  });
});

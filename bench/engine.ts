/**
 * `pulumi up` of 1, 10 and 50 sending addresses, with and without the gate, beside the same resources made by hand without
 * any check. The real engine, the real SDK, a simulated cloud and DNS on loopback: what a vendor's API takes is left out.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as hcloud from "@pulumi/hcloud";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { SendingIpPool } from "../components/sending-ip-pool";
import { hetzner } from "../providers/hetzner/cloud";
import { hetznerDns } from "../providers/hetzner/dns";
import { ENGINE_VERSION } from "../sandbox/engine/engine-version";
import { getEngine } from "../sandbox/engine/get-engine";
import { openSandbox } from "../sandbox/sandbox";
import { median, printMachine, printTable } from "./machine";

/** Addresses, and how often each contestant brings them up. */
const COUNTS = [
  [1, 3],
  [10, 1],
  [50, 1],
] as const;
const ZONE = "example.com";
const GATE = { policyPacks: [join(__dirname, "..", "policies")] };

interface Contestant {
  readonly name: string;
  readonly program: (count: number) => PulumiFn;
  readonly gate: boolean;
}

const CONTESTANTS: readonly Contestant[] = [
  { name: "address, A and PTR by hand, nothing checked", program: byHand, gate: false },
  { name: "SendingIpPool, each address verified", program: (count) => pool(count, true), gate: false },
  { name: "SendingIpPool, left to the gate", program: (count) => pool(count, false), gate: true },
  { name: "SendingIpPool, verified, with the gate", program: (count) => pool(count, true), gate: true },
];

function pool(count: number, verified: boolean): PulumiFn {
  return async () => {
    const mta = new SendingIpPool("mta", {
      hostnames: "mta{n}.example.com",
      count,
      cloud: hetzner(),
      dns: hetznerDns({ zone: ZONE }),
      ipv6: false,
    });
    return { endpoints: mta.endpoints, ...(verified && { verified: mta.verified }) };
  };
}

function byHand(count: number): PulumiFn {
  return async () => {
    for (let n = 1; n <= count; n++) {
      const ip = new hcloud.PrimaryIp(`ip-${n}`, {
        type: "ipv4",
        assigneeType: "server",
        location: "fsn1",
        autoDelete: false,
      });
      const forward = new hcloud.ZoneRrset(`a-${n}`, {
        zone: ZONE,
        name: `mta${n}`,
        type: "A",
        ttl: 300,
        records: [{ value: ip.ipAddress }],
      });
      new hcloud.Rdns(
        `ptr-${n}`,
        { primaryIpId: ip.id.apply(Number), ipAddress: ip.ipAddress, dnsPtr: `mta${n}.${ZONE}` },
        { dependsOn: forward },
      );
    }
  };
}

/** Seconds of the first `up`, and of the one after it, which changes nothing. */
async function once({ program, gate }: Contestant, count: number, engine: string, home: string) {
  const sandbox = await openSandbox({ engine, home, program: program(count) });
  try {
    const up = async (): Promise<number> => {
      const began = performance.now();
      const run = await sandbox.stack.up(gate ? GATE : {});
      if (!run.ok) throw new Error(run.text);
      return (performance.now() - began) / 1000;
    };
    return { first: await up(), again: await up() };
  } finally {
    await sandbox.close();
  }
}

async function main(): Promise<void> {
  const found = await getEngine({ env: process.env, progress: (line) => console.error(line) });
  if (!found.ok) {
    console.log(`skipped: ${found.message}`);
    return;
  }
  printMachine(
    "pulumi up of 1, 10 and 50 addresses",
    [`Pulumi engine ${ENGINE_VERSION}`, "simulated Hetzner Cloud"],
    `Median of 3 runs (10 and 50 addresses: one run), all contestants in turn, each in a sandbox of its own: real engine, simulated API, DNS on loopback. The second up changes nothing.`,
  );
  const home = mkdtempSync(join(tmpdir(), "fcrdns-bench-"));
  const rows = [["addresses", "program", "first up", "over by hand", "second up", "over by hand"]];
  try {
    for (const [count, runs] of COUNTS) {
      const times = new Map(CONTESTANTS.map(({ name }) => [name, { first: [] as number[], again: [] as number[] }]));
      for (let run = 0; run < runs; run++) {
        for (const contestant of CONTESTANTS) {
          const { first, again } = await once(contestant, count, found.command, home);
          times.get(contestant.name)?.first.push(first);
          times.get(contestant.name)?.again.push(again);
        }
      }
      const medians = [...times].map(([name, { first, again }]) => ({
        name,
        first: median(first),
        again: median(again),
      }));
      const [base] = medians;
      for (const { name, first, again } of medians) {
        const over = [first - (base?.first ?? 0), again - (base?.again ?? 0)];
        const [firstOver, againOver] = over.map((seconds) => `${seconds.toFixed(1)} s`);
        rows.push([
          String(count),
          name,
          `${first.toFixed(1)} s`,
          firstOver ?? "",
          `${again.toFixed(1)} s`,
          againOver ?? "",
        ]);
      }
    }
  } finally {
    rmSync(home, { recursive: true });
  }
  printTable(rows);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

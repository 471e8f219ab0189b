/** The command in its own process, as a shell starts it. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { type NameServer, startNameServer, Zone } from "../../sandbox/internet/name-server";

const root = join(__dirname, "..", "..");

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface Spawned {
  readonly child: ChildProcessWithoutNullStreams;
  readonly end: Promise<Ended>;
}

export interface SpawnOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** @default this checkout */
  readonly cwd?: string;
}

export function spawned(args: readonly string[], options: SpawnOptions = {}): Spawned {
  const command = ["--require", join(root, "register.js"), join(root, "cli/main.ts"), ...args];
  const began = performance.now();
  const child = spawn(process.execPath, command, { cwd: options.cwd ?? root, env: { ...process.env, ...options.env } });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  child.stdin.on("error", () => {});
  child.stdin.end(options.stdin ?? "");
  const end = new Promise<Ended>((resolve) => {
    child.on("close", (status) => resolve({ status, ...output, seconds: (performance.now() - began) / 1000 }));
  });
  return { child, end };
}

/** The end of one run of the command. */
export function fcrdns(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  return spawned(args, options).end;
}

/**
 * A name server that is the authority for 192.0.2.0/24, 2001:db8::/32 and example.com: .10 and ::10 round-trip as
 * mail.example.com, .11 has no PTR, .12 has a PTR whose name has another address.
 */
export async function loopbackDns(): Promise<NameServer> {
  const reverse = new Zone({ origin: "2.0.192.in-addr.arpa", ns: ["ns1.example.com"] });
  reverse.set("10.2.0.192.in-addr.arpa", "PTR", ["mail.example.com"]);
  reverse.set("12.2.0.192.in-addr.arpa", "PTR", ["other.example.com"]);
  const reverse6 = new Zone({ origin: "8.b.d.0.1.0.0.2.ip6.arpa", ns: ["ns1.example.com"] });
  reverse6.set(`0.1.${"0.".repeat(22)}8.b.d.0.1.0.0.2.ip6.arpa`, "PTR", ["mail.example.com"]);
  const forward = new Zone({ origin: "example.com", ns: ["ns1.example.com"] });
  forward.set("mail.example.com", "A", ["192.0.2.10"]);
  forward.set("mail.example.com", "AAAA", ["2001:db8::10"]);
  forward.set("other.example.com", "A", ["198.51.100.1"]);
  forward.set("ns1.example.com", "A", ["127.0.0.1"]);
  return startNameServer({ address: "127.0.0.1", zones: [reverse, reverse6, forward] });
}

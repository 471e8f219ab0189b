/**
 * `dig +trace`, which walks from the root as a cold verdict does. It takes the names of name servers from referrals, but their
 * addresses from the system's own resolver, never from glue; here these come from a hosts file, in a mount namespace where
 * nothing else is asked. So they cost it nothing, and each of its queries is one about the walk.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { programPath } from "../test/servers/real-server";

/** Runs the commands of its standard input where the system knows the names of the hosts file alone; one line at the end of each. */
const SHELL = `
mount --bind "$1/hosts" /etc/hosts || exit 1
mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf || exit 1
echo ready
while read -r command; do eval "$command"; done
`;

export class DigTrace {
  readonly #shell: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  readonly #folder = mkdtempSync(join(tmpdir(), "fcrdns-dig-trace-"));

  private constructor(
    hosts: Readonly<Record<string, string>>,
    private readonly dig: string,
  ) {
    const lines = Object.entries(hosts).map(([name, address]) => `${address} ${name}\n`);
    writeFileSync(join(this.#folder, "hosts"), lines.join(""));
    writeFileSync(join(this.#folder, "nsswitch.conf"), "hosts: files\n");
    const args = ["--map-root-user", "--mount", "sh", "-c", SHELL, "sh", this.#folder];
    this.#shell = spawn("unshare", args, { stdio: ["pipe", "pipe", "ignore"] });
    this.#reader = createInterface(this.#shell.stdout);
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /**
   * @param hosts address by name of every name server
   * @returns why there is none, when there is none
   */
  public static async start(hosts: Readonly<Record<string, string>>): Promise<DigTrace | string> {
    const dig = programPath("dig");
    if (dig === null) return "dig is not installed";
    if (programPath("unshare") === null) return "unshare is not installed";
    const trace = new DigTrace(hosts, dig);
    const failed = once(trace.#shell, "error").then(() => ({ value: undefined }));
    const { value } = await Promise.race([trace.#lines.next(), failed]);
    if (value === "ready") return trace;
    trace.close();
    return "no mount namespace for its hosts file";
  }

  /**
   * The PTR of an address, then A and AAAA of that name, each from the root.
   * @param root ADDRESS:PORT
   * @returns milliseconds
   */
  public async roundTrip(ip: string, root: string): Promise<number> {
    const [address, port] = root.split(":");
    const dig = `${this.dig} @${address} -p ${port} +trace +nodnssec`;
    const begun = performance.now();
    this.#shell.stdin.write(
      `name=$(${dig} -x ${ip} | awk '$4 == "PTR" { print $5 }'); ` +
        `${dig} "$name" A | awk '$4 == "A" { print $5 }' | tail -n 1; ${dig} "$name" AAAA > /dev/null; echo done\n`,
    );
    const found = await this.#lines.next();
    const end = found.value === "done" ? found : await this.#lines.next();
    const ms = performance.now() - begun;
    if (found.value !== ip || end.value !== "done") throw new Error(`dig +trace found ${found.value} for ${ip}`);
    return ms;
  }

  public close(): void {
    this.#reader.close();
    this.#shell.stdin.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** NSD, Knot, PowerDNS, BIND and Unbound as Debian ships them, each with its files in a temporary folder and on a loopback address of its own. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface RealServer {
  /** `ADDRESS:PORT` */
  readonly endpoint: string;
  readonly address: string;
  readonly port: number;
  /** Of the program. */
  readonly version: string;
  close(): Promise<void>;
}

export interface Nsd extends RealServer {
  /** Replaces a zone's records and has them loaded; resolves when NSD answers with the new serial. */
  publish(zone: string, records: string): Promise<void>;
}

/** Where a program of Debian is, or null: the reason to skip. */
export function programPath(name: string): string | null {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/usr/bin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** Debian packages to name where one of these programs is missing, or undefined when all are there. */
export function missing(...programs: readonly string[]): string | undefined {
  const absent = programs.filter((name) => programPath(name) === null);
  return absent.length === 0 ? undefined : `not installed: ${absent.join(", ")}`;
}

/**
 * Starts NSD with zones.
 * @param zones origin -> the zone file's records, without SOA; each gets `soa`
 * @param soa the numbers of every SOA and its TTL; a zone whose records have an SOA keeps that
 */
export async function startNsd(
  zones: Readonly<Record<string, string>>,
  { soaTtl = 300, minimum = 300, address = randomLoopback(), port = 0 } = {},
): Promise<Nsd> {
  const folder = await mkdtemp(join(tmpdir(), "fcrdns-nsd-"));
  const realPort = port === 0 ? await freePort(address) : port;
  let serial = 1;
  const write = (origin: string, records: string): Promise<void> => {
    const apex = origin === "." ? "." : `${origin}.`;
    const soa = `${apex} ${soaTtl} IN SOA ns.invalid. host.invalid. ${serial} 3600 600 86400 ${minimum}\n`;
    const own = /\sSOA\s/.test(records) ? "" : soa;
    return writeFile(join(folder, fileName(origin)), `$ORIGIN ${apex}\n$TTL 300\n${own}${records}\n`);
  };
  for (const [origin, records] of Object.entries(zones)) await write(origin, records);
  const settings = [
    "server:",
    `  ip-address: ${address}@${realPort}`,
    `  zonesdir: "${folder}"`,
    `  pidfile: "${folder}/pid"`,
    `  xfrdfile: "${folder}/xfrd"`,
    `  zonelistfile: "${folder}/zone.list"`,
    `  logfile: "${folder}/log"`,
    '  database: ""',
    '  username: ""',
    '  chroot: ""',
    "  server-count: 1",
    // Every query of a test comes from one address: the limit against reflection would drop them.
    "  rrl-ratelimit: 0",
    "  rrl-whitelist-ratelimit: 0",
    "remote-control:",
    "  control-enable: no",
    ...Object.keys(zones).flatMap((origin) => ["zone:", `  name: "${origin}"`, `  zonefile: "${fileName(origin)}"`]),
  ];
  await writeFile(join(folder, "nsd.conf"), `${settings.join("\n")}\n`);
  const child = spawn(programPath("nsd") ?? "nsd", ["-d", "-c", join(folder, "nsd.conf")], { stdio: "ignore" });
  const close = closer(child, folder);
  try {
    await answering(address, realPort, child);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    endpoint: `${address}:${realPort}`,
    address,
    port: realPort,
    version: versionOf("nsd", "-v"),
    async publish(origin, records) {
      serial++;
      await write(origin, records);
      // NSD compares the modification times of its zone files, to the second.
      await pause(1100 - (Date.now() % 1000));
      child.kill("SIGHUP");
      await pause(300);
    },
    close,
  };
}

/** Authoritative servers of each make, by their Debian package. All answer at one address, for the same zones. */
export const AUTHORITIES = {
  nsd: { program: "nsd", start: (zones: Zones): Promise<RealServer> => startNsd(zones) },
  knot: { program: "knotd", start: startKnot },
  "pdns-server": { program: "pdns_server", start: startPowerDns },
  bind9: { program: "named", start: startNamedAuthority },
} as const;

/** Origin -> the zone file's records, without SOA. */
export type Zones = Readonly<Record<string, string>>;

async function writeZones(folder: string, zones: Zones): Promise<void> {
  for (const [origin, records] of Object.entries(zones)) {
    const soa = `${origin}. 300 IN SOA ns.invalid. host.invalid. 1 3600 600 86400 300`;
    await writeFile(join(folder, fileName(origin)), `$ORIGIN ${origin}.\n$TTL 300\n${soa}\n${records}\n`);
  }
}

async function startAuthority(
  program: string,
  zones: Zones,
  address: string,
  settings: (folder: string, port: number) => readonly string[],
  flags: (folder: string, port: number) => readonly string[],
): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), `fcrdns-${program}-`));
  const port = await freePort(address);
  await writeZones(folder, zones);
  await writeFile(join(folder, "server.conf"), `${settings(folder, port).join("\n")}\n`);
  const child = spawn(programPath(program) ?? program, flags(folder, port), { stdio: "ignore" });
  const close = closer(child, folder);
  try {
    await answering(address, port, child);
  } catch (error) {
    await close();
    throw error;
  }
  return { endpoint: `${address}:${port}`, address, port, version: versionOf(program, "--version"), close };
}

function startKnot(zones: Zones): Promise<RealServer> {
  const address = randomLoopback();
  const settings = (folder: string, port: number) => [
    `server:\n  rundir: "${folder}"\n  listen: ${address}@${port}\n  udp-workers: 1\n  tcp-workers: 1`,
    "log:\n  - target: stderr\n    any: error",
    `database:\n  storage: "${folder}"`,
    `template:\n  - id: default\n    storage: "${folder}"\n    zonefile-sync: -1\n    journal-content: none`,
    "zone:",
    ...Object.keys(zones).map((origin) => `  - domain: "${origin}."\n    file: "${fileName(origin)}"`),
  ];
  return startAuthority("knotd", zones, address, settings, (folder) => ["-c", join(folder, "server.conf")]);
}

function startPowerDns(zones: Zones): Promise<RealServer> {
  const address = randomLoopback();
  return startAuthority(
    "pdns_server",
    zones,
    address,
    (folder) =>
      Object.keys(zones).map(
        (origin) => `zone "${origin}" { type master; file "${join(folder, fileName(origin))}"; };`,
      ),
    (folder, port) => [
      "--config-dir=/nonexistent",
      "--launch=bind",
      `--bind-config=${join(folder, "server.conf")}`,
      `--local-address=${address}`,
      `--local-port=${port}`,
      `--socket-dir=${folder}`,
      "--daemon=no",
      "--guardian=no",
      "--dname-processing=yes",
    ],
  );
}

function startNamedAuthority(zones: Zones): Promise<RealServer> {
  // It listens only at addresses that an interface has by name.
  const address = "127.0.0.1";
  const settings = (folder: string, port: number) => [
    `options { directory "${folder}"; pid-file "${folder}/pid"; session-keyfile "${folder}/session.key";`,
    `  listen-on port ${port} { ${address}; }; listen-on-v6 { none; }; recursion no; empty-zones-enable no;`,
    "  check-names primary ignore; };",
    "controls { };",
    ...Object.keys(zones).map((origin) => `zone "${origin}" { type master; file "${fileName(origin)}"; };`),
  ];
  return startAuthority("named", zones, address, settings, (folder) => [
    ...["-f", "-n", "1", "-c", join(folder, "server.conf")],
  ]);
}

/** Servers of zones, by zone. */
export type Stubs = Readonly<Record<string, { readonly address: string; readonly port: number }>>;

/**
 * Starts Unbound as a resolver that asks these servers for these zones.
 * @param trustAnchors DNSKEY records of signed zones; with any of them answers are validated
 */
export async function startUnbound(stubs: Stubs, trustAnchors: readonly string[] = []): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), "fcrdns-unbound-"));
  const address = randomLoopback();
  const port = await freePort(address);
  const settings = [
    "server:",
    `  interface: ${address}@${port}`,
    "  access-control: 127.0.0.0/8 allow",
    "  do-not-query-localhost: no",
    "  do-ip6: no",
    "  num-threads: 1",
    '  username: ""',
    '  chroot: ""',
    `  directory: "${folder}"`,
    `  pidfile: "${folder}/pid"`,
    "  use-syslog: no",
    `  logfile: "${folder}/log"`,
    `  module-config: "${trustAnchors.length > 0 ? "validator iterator" : "iterator"}"`,
    ...trustAnchors.map((anchor) => `  trust-anchor: '${anchor}'`),
    '  local-zone: "2.0.192.in-addr.arpa." nodefault',
    "remote-control:",
    "  control-enable: no",
    ...Object.entries(stubs).flatMap(([zone, server]) => [
      "stub-zone:",
      `  name: "${zone}"`,
      `  stub-addr: ${server.address}@${server.port}`,
    ]),
  ];
  await writeFile(join(folder, "unbound.conf"), `${settings.join("\n")}\n`);
  const child = spawn(programPath("unbound") ?? "unbound", ["-d", "-c", join(folder, "unbound.conf")], {
    stdio: "ignore",
  });
  const close = closer(child, folder);
  try {
    await answering(address, port, child);
  } catch (error) {
    await close();
    throw error;
  }
  return { endpoint: `${address}:${port}`, address, port, version: versionOf("unbound", "-V"), close };
}

/** Starts BIND as a resolver that asks these servers for these zones; nothing is validated. */
export async function startNamed(stubs: Stubs): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), "fcrdns-named-"));
  // It listens only at addresses that an interface has by name.
  const address = "127.0.0.1";
  const port = await freePort(address);
  const settings = [
    "options {",
    `  directory "${folder}";`,
    `  pid-file "${folder}/pid";`,
    `  session-keyfile "${folder}/session.key";`,
    `  listen-on port ${port} { ${address}; };`,
    "  listen-on-v6 { none; };",
    "  recursion yes;",
    "  allow-query { any; };",
    "  dnssec-validation no;",
    "  empty-zones-enable no;",
    "};",
    "controls { };",
    ...Object.entries(stubs).map(
      ([zone, server]) =>
        `zone "${zone}" { type forward; forward only; forwarders { ${server.address} port ${server.port}; }; };`,
    ),
  ];
  await writeFile(join(folder, "named.conf"), `${settings.join("\n")}\n`);
  const child = spawn(programPath("named") ?? "named", ["-f", "-c", join(folder, "named.conf"), "-n", "1"], {
    stdio: "ignore",
  });
  const close = closer(child, folder);
  try {
    await answering(address, port, child);
  } catch (error) {
    await close();
    throw error;
  }
  return { endpoint: `${address}:${port}`, address, port, version: versionOf("named", "-v"), close };
}

export function randomLoopback(): string {
  return `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(2, 255)}`;
}

function fileName(origin: string): string {
  return `${origin.replaceAll("/", "_")}.zone`;
}

async function freePort(address: string): Promise<number> {
  const socket = createSocket("udp4");
  await new Promise<void>((done) => socket.bind(0, address, done));
  const { port } = socket.address();
  await new Promise<void>((done) => socket.close(() => done()));
  return port;
}

/** Resolves as soon as the server answers anything. */
async function answering(address: string, port: number, child: ChildProcess): Promise<void> {
  const socket = createSocket("udp4");
  const answered = new Promise<true>((done) => socket.once("message", () => done(true)));
  socket.on("error", () => {});
  // `version.bind CH TXT`, which each of them answers (or refuses) by itself.
  const name = Buffer.from("\u0007version\u0004bind\u0000", "latin1");
  const query = Uint8Array.from([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...name, 0, 16, 0, 3]);
  try {
    for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
      socket.send(query, port, address);
      if (await Promise.race([answered, pause(100)])) return;
    }
  } finally {
    socket.close();
  }
  throw new Error(`the server at ${address}:${port} did not start`);
}

function closer(child: ChildProcess, folder: string): () => Promise<void> {
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  return async () => {
    child.kill("SIGTERM");
    await Promise.race([ended, pause(3000).then(() => child.kill("SIGKILL"))]);
    await rm(folder, { recursive: true, force: true });
  };
}

function versionOf(program: string, flag: string): string {
  const { stdout, stderr } = spawnSync(programPath(program) ?? program, [flag], { encoding: "utf8" });
  return /\d+\.\d+(\.\d+)?/.exec(`${stdout}${stderr}`)?.[0] ?? "unknown";
}

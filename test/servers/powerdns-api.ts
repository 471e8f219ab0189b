/** PowerDNS with zones in SQLite and its HTTP API. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { missing, type Place, type RealServer, randomLoopback, startProgram } from "./real-server";

export interface PowerDnsApi extends RealServer {
  /** `http://ADDRESS:PORT` */
  readonly api: string;
  readonly apiKey: string;
}

const BACKEND = "pdns/libgsqlite3backend.so";
const SCHEMA = "/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql";

/** Why it cannot be started, or undefined. */
export function missingPowerDnsApi(): string | undefined {
  // Below a folder of the machine's architecture.
  const hasBackend = readdirSync("/usr/lib").some((folder) => existsSync(join("/usr/lib", folder, BACKEND)));
  return (
    missing("pdns_server", "pdnsutil", "sqlite3") ?? (hasBackend ? undefined : "not installed: pdns-backend-sqlite3")
  );
}

/** @param zones origins; `pdnsutil` makes them, with a SOA and one NS record */
export async function startPowerDnsApi(
  zones: readonly string[],
  { address = randomLoopback(), port: wantedPort }: Place = {},
): Promise<PowerDnsApi> {
  const apiKey = "a-key-for-tests";
  const server = await startProgram({
    name: "pdns_server",
    address,
    port: wantedPort,
    files: (folder, port) => ({
      "pdns.conf": `${[
        "launch=gsqlite3",
        `gsqlite3-database=${join(folder, "zones.db")}`,
        `local-address=${address}`,
        `local-port=${port}`,
        `socket-dir=${folder}`,
        "daemon=no",
        "guardian=no",
        "api=yes",
        `api-key=${apiKey}`,
        `webserver-address=${address}`,
        // TCP on the address of its own; DNS over TCP has the other port.
        `webserver-port=${port + 1}`,
        "webserver-allow-from=127.0.0.0/8",
        // Every change is to show at once.
        "cache-ttl=0",
        "query-cache-ttl=0",
        "negquery-cache-ttl=0",
        "zone-cache-refresh-interval=0",
      ].join("\n")}\n`,
    }),
    before: (folder) => {
      const util = ["pdnsutil", `--config-dir=${folder}`] as const;
      return [
        ["sqlite3", join(folder, "zones.db"), `.read ${SCHEMA}`],
        ...zones.map((zone) => [...util, "create-zone", zone, "ns.example.com"] as const),
      ];
    },
    arguments: (folder) => [`--config-dir=${folder}`],
  });
  return { ...server, api: `http://${address}:${server.port + 1}`, apiKey };
}

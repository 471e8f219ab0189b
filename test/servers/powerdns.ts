/** PowerDNS as an authoritative server of zone files. */
import { join } from "node:path";
import { type Place, type RealServer, randomLoopback, startProgram } from "./real-server";
import { fileName, type Zones, zoneFiles } from "./zone-files";

export function startPowerDns(
  zones: Zones,
  { address = randomLoopback(), port: wantedPort }: Place = {},
): Promise<RealServer> {
  return startProgram({
    name: "pdns_server",
    address,
    port: wantedPort,
    files: (folder) => ({
      ...zoneFiles(zones),
      "zones.conf": Object.keys(zones)
        .map((origin) => `zone "${origin}" { type master; file "${join(folder, fileName(origin))}"; };\n`)
        .join(""),
    }),
    arguments: (folder, port) => [
      "--config-dir=/nonexistent",
      "--launch=bind",
      `--bind-config=${join(folder, "zones.conf")}`,
      `--local-address=${address}`,
      `--local-port=${port}`,
      `--socket-dir=${folder}`,
      "--daemon=no",
      "--guardian=no",
      "--dname-processing=yes",
    ],
  });
}

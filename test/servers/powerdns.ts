/** PowerDNS as an authoritative server of zone files. */
import { join } from "node:path";
import { type Place, type RealServer, randomLoopback, startProgram } from "./real-server";
import { fileName, type Zones, zoneFiles } from "./zone-files";

export function startPowerDns(
  zones: Zones,
  { address = randomLoopback(), port: wantedPort }: Place = {},
): Promise<RealServer> {
  const signed = Object.entries(zones).flatMap(([origin, records]) => (/\sRRSIG\s/.test(records) ? [origin] : []));
  return startProgram({
    name: "pdns_server",
    address,
    port: wantedPort,
    files: (folder) => ({
      ...zoneFiles(zones),
      "zones.conf": Object.keys(zones)
        .map((origin) => `zone "${origin}" { type master; file "${join(folder, fileName(origin))}"; };\n`)
        .join(""),
      "pdns.conf": `${[
        "launch=bind",
        `bind-config=${join(folder, "zones.conf")}`,
        ...(signed.length > 0 ? [`bind-dnssec-db=${join(folder, "dnssec.db")}`] : []),
      ].join("\n")}\n`,
    }),
    // PowerDNS signs by itself unless it is told that a zone comes signed.
    before: (folder) => {
      const util = ["pdnsutil", `--config-dir=${folder}`] as const;
      return signed.length === 0
        ? []
        : [
            [...util, "create-bind-db", join(folder, "dnssec.db")],
            ...signed.map((origin) => [...util, "set-presigned", origin] as const),
          ];
    },
    arguments: (folder, port) => [
      `--config-dir=${folder}`,
      `--local-address=${address}`,
      `--local-port=${port}`,
      `--socket-dir=${folder}`,
      "--daemon=no",
      "--guardian=no",
      "--dname-processing=yes",
    ],
  });
}

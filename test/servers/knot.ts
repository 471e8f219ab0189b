/** Knot DNS as an authoritative server. */
import { join } from "node:path";
import { type Place, type RealServer, randomLoopback, startProgram } from "./real-server";
import { apexOf, fileName, type Zones, zoneFiles } from "./zone-files";

export function startKnot(
  zones: Zones,
  { address = randomLoopback(), port: wantedPort }: Place = {},
): Promise<RealServer> {
  return startProgram({
    name: "knotd",
    address,
    port: wantedPort,
    files: (folder, port) => ({
      ...zoneFiles(zones),
      "knot.conf": `${[
        `server:\n  rundir: "${folder}"\n  listen: ${address}@${port}\n  udp-workers: 1\n  tcp-workers: 1`,
        "  background-workers: 1",
        "log:\n  - target: stderr\n    any: error",
        `database:\n  storage: "${folder}"`,
        `template:\n  - id: default\n    storage: "${folder}"\n    zonefile-sync: -1\n    journal-content: none`,
        "zone:",
        ...Object.keys(zones).map((origin) => `  - domain: "${apexOf(origin)}"\n    file: "${fileName(origin)}"`),
      ].join("\n")}\n`,
    }),
    arguments: (folder) => ["-c", join(folder, "knot.conf")],
  });
}

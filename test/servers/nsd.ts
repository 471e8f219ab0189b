/** NSD as an authoritative server. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Place, type RealServer, randomLoopback, startProgram } from "./real-server";
import { fileName, type SoaNumbers, type Zones, zoneFile, zoneFiles } from "./zone-files";

export interface Nsd extends RealServer {
  /** Replaces a zone's records and has them loaded; resolves when NSD answers with the new serial. */
  publish(zone: string, records: string): Promise<void>;
}

/**
 * Starts NSD with zones.
 * @param soa the numbers of every SOA; a zone whose records have an SOA keeps that
 */
export async function startNsd(zones: Zones, options: Omit<SoaNumbers, "serial"> & Place = {}): Promise<Nsd> {
  const { address = randomLoopback(), port: wantedPort, ...soa } = options;
  const server = await startProgram({
    name: "nsd",
    versionFlag: "-v",
    address,
    port: wantedPort === 0 ? undefined : wantedPort,
    files: (folder, port) => ({
      ...zoneFiles(zones, soa),
      "nsd.conf": `${[
        "server:",
        `  ip-address: ${address}@${port}`,
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
        ...Object.keys(zones).flatMap((origin) => [
          "zone:",
          `  name: "${origin}"`,
          `  zonefile: "${fileName(origin)}"`,
        ]),
      ].join("\n")}\n`,
    }),
    arguments: (folder) => ["-d", "-c", join(folder, "nsd.conf")],
  });
  let serial = 1;
  return {
    ...server,
    async publish(origin, records) {
      serial++;
      await writeFile(join(server.folder, fileName(origin)), zoneFile(origin, records, { ...soa, serial }));
      // NSD compares the modification times of its zone files, to the second.
      await pause(1100 - (Date.now() % 1000));
      server.child.kill("SIGHUP");
      await pause(300);
    },
  };
}

/** Unbound as a resolver. */
import { join } from "node:path";
import { type RealServer, randomLoopback, startProgram } from "./real-server";
import { type Stubs, serversOf } from "./resolver-settings";

/**
 * Starts Unbound as a resolver that asks these servers for these zones.
 * @param trustAnchors DNSKEY records of signed zones; with any of them answers are validated
 */
export function startUnbound(stubs: Stubs, trustAnchors: readonly string[] = []): Promise<RealServer> {
  const address = randomLoopback();
  return startProgram({
    name: "unbound",
    versionFlag: "-V",
    address,
    files: (folder, port) => ({
      "unbound.conf": `${[
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
        // Zones that Unbound answers for by itself otherwise (RFC 6303, RFC 6761).
        ...Object.keys(stubs).flatMap((zone) =>
          /(?:\.arpa|^test)$/.test(zone) ? [`  local-zone: "${zone}." nodefault`] : [],
        ),
        "remote-control:",
        "  control-enable: no",
        ...Object.entries(stubs).flatMap(([zone, servers]) => [
          "stub-zone:",
          `  name: "${zone}"`,
          ...serversOf(servers).map(({ address: at, port: its }) => `  stub-addr: ${at}@${its}`),
        ]),
      ].join("\n")}\n`,
    }),
    arguments: (folder) => ["-d", "-c", join(folder, "unbound.conf")],
  });
}

/** BIND, as an authoritative server and as a resolver. It listens only at addresses that an interface has by name. */
import { join } from "node:path";
import { type Place, type RealServer, startProgram } from "./real-server";
import { relayed } from "./relay";
import { anchorParts, type ServerAt, type Stubs, serversOf } from "./resolver-settings";
import { apexOf, fileName, type Zones, zoneFiles } from "./zone-files";

const ADDRESS = "127.0.0.1";

function options(folder: string, port: number, more: readonly string[]): string[] {
  return [
    `options { directory "${folder}"; pid-file "${folder}/pid"; session-keyfile "${folder}/session.key";`,
    `  listen-on port ${port} { ${ADDRESS}; }; listen-on-v6 { none; }; empty-zones-enable no;`,
    ...more.map((line) => `  ${line}`),
    "};",
    "controls { };",
  ];
}

const commandLine = (folder: string) => ["-f", "-n", "1", "-c", join(folder, "named.conf")];

/** @param place any address of 127.0.0.0/8; what comes there is handed on to BIND as it is */
export async function startNamedAuthority(zones: Zones, place: Place = {}): Promise<RealServer> {
  const server = await startProgram({
    name: "named",
    versionFlag: "-v",
    address: ADDRESS,
    files: (folder, port) => ({
      ...zoneFiles(zones),
      "named.conf": `${[
        ...options(folder, port, ["recursion no;", "check-names primary ignore;"]),
        ...Object.keys(zones).map(
          (origin) => `zone "${apexOf(origin)}" { type primary; file "${fileName(origin)}"; };`,
        ),
      ].join("\n")}\n`,
    }),
    arguments: commandLine,
  });
  return place.address === undefined ? server : relayed(server, { address: place.address, port: place.port ?? 0 });
}

/** Starts BIND as a resolver that forwards questions about these zones to these servers; nothing is validated. */
export function startNamed(stubs: Stubs): Promise<RealServer> {
  return startProgram({
    name: "named",
    versionFlag: "-v",
    address: ADDRESS,
    files: (folder, port) => ({
      "named.conf": `${[
        ...options(folder, port, ["recursion yes;", "allow-query { any; };", "dnssec-validation no;"]),
        ...Object.entries(stubs).map(([zone, servers]) => {
          const forwarders = serversOf(servers).map(({ address, port: its }) => `${address} port ${its};`);
          return `zone "${zone}" { type forward; forward only; forwarders { ${forwarders.join(" ")} }; };`;
        }),
      ].join("\n")}\n`,
    }),
    arguments: commandLine,
  });
}

/**
 * Starts BIND as a resolver that walks down from a root of its own.
 * @param root a root server; all name servers answer at its port
 * @param trustAnchors DNSKEY records of signed zones; answers of others are not validated
 */
export function startNamedResolver(root: ServerAt, trustAnchors: readonly string[] = []): Promise<RealServer> {
  const anchors = trustAnchors
    .map(anchorParts)
    .map(({ zone, numbers, key }) => `"${zone}" static-key ${numbers} "${key}";`);
  return startProgram({
    name: "named",
    versionFlag: "-v",
    address: ADDRESS,
    files: (folder, port) => ({
      "root.hints": `. 3600 IN NS root.servers.net.\nroot.servers.net. 3600 IN A ${root.address}\n`,
      "named.conf": `${[
        // The port that it asks at; meant for tests like this, says its manual.
        ...options(folder, port, [
          `port ${root.port};`,
          "recursion yes;",
          "allow-query { any; };",
          // "auto" would trust the key of the internet's own root.
          `dnssec-validation ${anchors.length > 0 ? "yes" : "no"};`,
        ]),
        `zone "." { type hint; file "root.hints"; };`,
        ...(anchors.length > 0 ? ["trust-anchors {", ...anchors, "};"] : []),
      ].join("\n")}\n`,
    }),
    arguments: commandLine,
  });
}

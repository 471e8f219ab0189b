/**
 * Stalwart 0.13 to 0.15: its connection strategy, and the route by MX where IPv6 must not be used. From 0.16 on the same
 * settings are objects of its database (`MtaConnectionStrategy`, `MtaRoute`), not a file.
 * Source: https://stalw.art/docs/0.15/mta/outbound/connection/ and .../routing; read 2026-11-22.
 */
import type { WriteConfiguration } from "../write-configuration";

export const writeStalwart: WriteConfiguration = (hosts) => {
  const all = hosts.flatMap(({ helo, v4, v6 }) => [v4, ...(v6 === null ? [] : [v6])].map((bind) => ({ bind, helo })));
  const lines = [
    "# In config.toml, or the same keys under Settings; Stalwart 0.13 to 0.15.",
    "[queue.connection.default]",
    `ehlo-hostname = "${hosts[0].helo}"`,
    `source-ips = [${all.map(({ bind }) => `"${bind}"`).join(", ")}]`,
    ...(hosts.length === 1
      ? []
      : all.flatMap(({ bind, helo }) => ["", `[queue.source-ip."${bind}"]`, `ehlo-hostname = "${helo}"`])),
    ...(hosts[0].v6 === null
      ? [
          "",
          "# No mail by IPv6: there is no address whose PTR confirms.",
          "[queue.route.mx]",
          'type = "mx"',
          'ip-lookup = "ipv4_only"',
        ]
      : []),
  ];
  return [{ name: "config.toml", text: `${lines.join("\n")}\n` }];
};

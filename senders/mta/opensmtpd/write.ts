/**
 * OpenSMTPD: the relay action with its source addresses and the name of each.
 * Source: smtpd.conf(5), table(5) of OpenSMTPD 6.8.0p2 (`relay`, `src`, `helo`, `helo-src`); read 2026-11-22.
 */
import type { WriteConfiguration } from "../write-configuration";

export const writeOpensmtpd: WriteConfiguration = (hosts) => {
  const all = hosts.flatMap(({ helo, v4, v6 }) => [v4, ...(v6 === null ? [] : [v6])].map((bind) => ({ bind, helo })));
  const [only] = all.length === 1 ? all : [];
  const lines = [
    "# In smtpd.conf, before any other rule for mail to other hosts: the first that matches is taken.",
    ...(only === undefined
      ? [
          `table fcrdns_sources { ${all.map(({ bind }) => `"${bind}"`).join(", ")} }`,
          `table fcrdns_names { ${all.map(({ bind, helo }) => `"${bind}" = "${helo}"`).join(", ")} }`,
          'action "fcrdns" relay src <fcrdns_sources> helo-src <fcrdns_names>',
        ]
      : [`action "fcrdns" relay src "${only.bind}" helo "${only.helo}"`]),
    'match from local for any action "fcrdns"',
  ];
  return [{ name: "smtpd.conf", text: `${lines.join("\n")}\n` }];
};

/**
 * OpenSMTPD: the relay action with its source addresses and the name of each.
 * Source: smtpd.conf(5), table(5) of OpenSMTPD 6.8.0p2 (`relay`, `src`, `helo`, `helo-src`); read 2026-11-22.
 */
import type { WriteConfiguration } from "../write-configuration";

export const writeOpensmtpd: WriteConfiguration = (hosts) => {
  const [{ helo, v4 }] = hosts;
  const oneName = hosts.every((host) => host.helo === helo);
  // Names for several IPv6 sources fail: "failure during helo lookup" (seen with 6.8.0p2), and the mail waits.
  const binds = hosts.flatMap((host) => (host.v6 === null || !oneName ? [host.v4] : [host.v4, host.v6]));
  const lines = [
    "# In smtpd.conf, before any other rule for mail to other hosts: the first that matches is taken.",
    ...(oneName || hosts[0].v6 === null
      ? []
      : ["# No IPv6 here: OpenSMTPD 6.8 does not find the EHLO name of an IPv6 source in a table."]),
    ...(binds.length === 1 ? [] : [`table fcrdns_sources { ${binds.map((bind) => `"${bind}"`).join(", ")} }`]),
    ...(oneName ? [] : [`table fcrdns_names { ${hosts.map((host) => `"${host.v4}" = "${host.helo}"`).join(", ")} }`]),
    `action "fcrdns" relay src ${binds.length === 1 ? `"${v4}"` : "<fcrdns_sources>"} ${oneName ? `helo "${helo}"` : "helo-src <fcrdns_names>"}`,
    'match from local for any action "fcrdns"',
  ];
  return [{ name: "smtpd.conf", text: `${lines.join("\n")}\n` }];
};

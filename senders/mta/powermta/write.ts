/**
 * PowerMTA: one virtual MTA for each host, in a pool that mail without a virtual MTA of its own takes.
 * Source: PowerMTA User's Guide 4.5 and 5.0 (`smtp-source-host`, `<virtual-mta>`, `<virtual-mta-pool>`, `<source>`
 * `default-virtual-mta`), as public configurations use it; read 2026-11-22. The guide itself is not public.
 */
import type { WriteConfiguration } from "../write-configuration";

export const writePowermta: WriteConfiguration = (hosts) => {
  const lines = [
    "# In /etc/pmta/config, or in a file that it includes.",
    `host-name ${hosts[0].helo}`,
    ...hosts.flatMap(({ helo, v4, v6 }, index) => [
      "",
      `<virtual-mta fcrdns-${index + 1}>`,
      `  smtp-source-host ${v4} ${helo}`,
      ...(v6 === null ? [] : [`  smtp-source-host ${v6} ${helo}`]),
      "</virtual-mta>",
    ]),
    "",
    "<virtual-mta-pool fcrdns>",
    ...hosts.map((_, index) => `  virtual-mta fcrdns-${index + 1}`),
    "</virtual-mta-pool>",
    "",
    "<source 0/0>",
    "  default-virtual-mta fcrdns",
    "</source>",
  ];
  return [{ name: "config", text: `${lines.join("\n")}\n` }];
};

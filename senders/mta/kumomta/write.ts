/**
 * KumoMTA: `sources.toml` of the helper `policy-extras.sources`, the pool in `queues.toml`, and what keeps IPv6 out.
 * Source: https://docs.kumomta.com/userguide/configuration/sendingips/, .../queuemanagement/ and
 * .../faq/how_do_I_skip_ipv6_mx_hosts_for_outbound_smtp/; github.com/KumoCorp/kumomta 3ebc1e85
 * assets/policy-extras/sources.lua, crates/kumod/src/egress_source.rs; read 2026-11-22.
 */
import type { ConfigurationFile } from "../mail-server";
import type { WriteConfiguration } from "../write-configuration";

const POLICY = "/opt/kumomta/etc/policy";

export const writeKumomta: WriteConfiguration = (hosts) => {
  const noIpv6 = hosts[0].v6 === null;
  const sources = [
    ...hosts.flatMap(({ helo, v4, v6 }, index) => [
      ...source(sourceName(index, 4), v4, helo),
      ...(v6 === null ? [] : source(sourceName(index, 6), v6, helo)),
    ]),
    ...pool(
      "fcrdns",
      hosts.map((_, index) => sourceName(index, 4)),
    ),
    ...(noIpv6
      ? []
      : [
          "# For destinations with an AAAA: a source of IPv6 reaches no host that has IPv4 alone, and the pool does not choose.",
          ...pool(
            "fcrdns-v6",
            hosts.map((_, index) => sourceName(index, 6)),
          ),
        ]),
  ];
  const policy = [
    "-- In init.lua, each helper once; the example policy of KumoMTA's manual has them.",
    "local sources = require 'policy-extras.sources'",
    `sources:setup { '${POLICY}/sources.toml' }`,
    "local queue_module = require 'policy-extras.queue'",
    `local queue_helper = queue_module:setup { '${POLICY}/queues.toml' }`,
    ...(noIpv6
      ? [
          "local shaping = require 'policy-extras.shaping'",
          `kumo.on('get_egress_path_config', shaping:setup { '${POLICY}/shaping.toml' })`,
        ]
      : []),
  ];
  return [
    file("sources.toml", [`# ${POLICY}/sources.toml`, ...sources]),
    file("queues.toml", [`# ${POLICY}/queues.toml`, "[queue.default]", 'egress_pool = "fcrdns"']),
    ...(noIpv6
      ? [
          file("shaping.toml", [
            `# ${POLICY}/shaping.toml. No mail by IPv6: there is no address whose PTR confirms.`,
            '["default"]',
            'skip_hosts = ["::/0"]',
          ]),
        ]
      : []),
    file("init.lua", policy),
  ];
};

function sourceName(index: number, family: 4 | 6): string {
  return `fcrdns-${index + 1}-v${family}`;
}

function source(name: string, address: string, helo: string): string[] {
  return [`[source."${name}"]`, `source_address = "${address}"`, `ehlo_domain = "${helo}"`, ""];
}

function pool(name: string, members: readonly string[]): string[] {
  return [`[pool."${name}"]`, ...members.flatMap((member) => [`[pool."${name}"."${member}"]`, "weight = 1"]), ""];
}

function file(name: string, lines: readonly string[]): ConfigurationFile {
  return { name, text: `${lines.join("\n").trimEnd()}\n` };
}

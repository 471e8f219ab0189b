/**
 * Haraka: `config/me`, and a plugin with its own settings, because Haraka takes source address and EHLO name from the hook
 * `get_mx` alone.
 * Source: github.com/haraka/Haraka 0bf10cbb docs/Outbound.md, outbound/hmail.js (`get_mx_respond`, `found_mx`,
 * `try_deliver`), outbound/client_pool.js; read 2026-11-22.
 */
import type { WriteConfiguration } from "../write-configuration";

export const writeHaraka: WriteConfiguration = (hosts) => {
  const settings = hosts.flatMap(({ helo, v4, v6 }, index) => [
    `[source-${index + 1}]`,
    `helo=${helo}`,
    `v4=${v4}`,
    ...(v6 === null ? ["; no mail by IPv6: there is no address whose PTR confirms"] : [`v6=${v6}`]),
    "",
  ]);
  return [
    { name: "config/me", text: `${hosts[0].helo}\n` },
    {
      name: "config/fcrdns_source.ini",
      text: `; The EHLO name and the addresses to send from, for plugins/fcrdns_source.js.\n${settings.join("\n").trimEnd()}\n`,
    },
    { name: "plugins/fcrdns_source.js", text: PLUGIN },
  ];
};

const PLUGIN = `// Mail leaves by the addresses in config/fcrdns_source.ini and by no other. Add fcrdns_source to config/plugins.
const net = require('node:net')
const net_utils = require('haraka-net-utils')

exports.register = function () {
  const settings = this.config.get('fcrdns_source.ini')
  this.sources = Object.values(settings).filter(({ helo }) => helo)
}

exports.hook_get_mx = async function (next, hmail, domain) {
  try {
    const mxs = await net_utils.get_mx(domain)
    // A null MX (RFC 7505), or none at all: Haraka bounces.
    if (mxs.length === 0 || (mxs.length === 1 && mxs[0].exchange === '')) return next()
    const source = this.sources[Math.floor(Math.random() * this.sources.length)]
    const hosts = await net_utils.resolve_mx_hosts(mxs.sort((a, b) => a.priority - b.priority))
    const reachable = hosts.flatMap((mx) => {
      const bind = net.isIPv6(mx.exchange) ? source.v6 : source.v4
      return bind ? [Object.assign(mx, { bind, bind_helo: source.helo })] : []
    })
    if (reachable.length === 0) return next(DENYSOFT, 'no mail server of the domain has an address that we send to')
    next(OK, reachable)
  } catch (err) {
    const none = err.code === 'ENOTFOUND' || err.code === 'ENODATA'
    next(none ? DENY : DENYSOFT, err.message)
  }
}
`;

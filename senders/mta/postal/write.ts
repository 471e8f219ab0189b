/**
 * Postal: `postal.yml` switches IP pools on; the addresses themselves stand in its database, which a script fills.
 * Source: github.com/postalserver/postal 8ef8960 lib/postal/config_schema.rb, app/lib/smtp_client/endpoint.rb
 * (`start_smtp_session`), app/senders/smtp_sender.rb (`connect_to_endpoint` passes over IPv6 where the address has none),
 * app/models/ip_address.rb; read 2026-11-22.
 */
import type { WriteConfiguration } from "../write-configuration";

export const writePostal: WriteConfiguration = (hosts) => {
  const yaml = [
    "# In postal.yml.",
    "postal:",
    `  smtp_hostname: ${hosts[0].helo}`,
    "  use_ip_pools: true",
    "dns:",
    `  helo_hostname: ${hosts[0].helo}`,
  ];
  const ruby = [
    "# postal console, then these lines; afterwards give the pool to the organisations and servers that send.",
    'pool = IPPool.find_or_create_by!(name: "fcrdns")',
    ...hosts.map(
      ({ helo, v4, v6 }) =>
        `IPAddress.find_or_initialize_by(ipv4: "${v4}").update!(ip_pool: pool, ipv6: ${v6 === null ? "nil" : `"${v6}"`}, hostname: "${helo}")`,
    ),
  ];
  return [
    { name: "postal.yml", text: `${yaml.join("\n")}\n` },
    { name: "ip-addresses.rb", text: `${ruby.join("\n")}\n` },
  ];
};

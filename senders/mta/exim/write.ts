/**
 * Exim: the options of the transport, and for Debian's configuration the macros that set them.
 * Source: Exim 4.96 specification, chapters 14 (`primary_hostname`, `disable_ipv6`) and 30 (`interface`, `helo_data`,
 * section 6.20 for lists); Debian exim4-config 4.96-15+deb12u10 conf.d/transport/30_exim4-config_remote_smtp,
 * conf.d/main/02_exim4-config_options; read 2026-11-22.
 */
import type { WritableHost } from "../sending-host";
import type { WriteConfiguration } from "../write-configuration";

export const writeExim: WriteConfiguration = (hosts) => {
  const [first] = hosts;
  const noIpv6 =
    first.v6 === null ? ["# No mail by IPv6: there is no address whose PTR confirms.", "disable_ipv6 = true"] : [];
  const transports = hosts.flatMap((host, index) => [
    "",
    `${hosts.length === 1 ? "remote_smtp" : `remote_smtp_${index}`}:`,
    "  driver = smtp",
    `  interface = ${interfaces(host)}`,
    `  helo_data = ${host.helo}`,
  ]);
  const plain = [
    "# The two parts go to where exim.conf has them: the main section and the transports.",
    `primary_hostname = ${first.helo}`,
    ...noIpv6,
    "",
    "begin transports",
    ...(hosts.length === 1
      ? []
      : [
          "# The router of mail to other hosts shares it among them:",
          `#   transport = remote_smtp_\${nhash_${hosts.length}:$message_exim_id}`,
        ]),
    ...transports,
  ];
  const debian = [
    "# /etc/exim4/exim4.conf.localmacros; then: update-exim4.conf && systemctl restart exim4",
    `MAIN_HARDCODE_PRIMARY_HOSTNAME = ${first.helo}`,
    `REMOTE_SMTP_HELO_DATA = ${first.helo}`,
    `REMOTE_SMTP_INTERFACE = ${interfaces(first)}`,
    ...noIpv6,
  ];
  const conf = { name: "exim.conf", text: `${plain.join("\n")}\n` };
  // Debian's macros know one transport.
  return hosts.length === 1 ? [conf, { name: "exim4.conf.localmacros", text: `${debian.join("\n")}\n` }] : [conf];
};

/** A list with `;` between its items, because IPv6 addresses have colons. */
function interfaces({ v4, v6 }: WritableHost): string {
  return v6 === null ? v4 : `<; ${v4} ; ${v6}`;
}

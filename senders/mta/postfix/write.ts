/**
 * Postfix: `main.cf`, and for a pool one transport for each host in `master.cf`.
 * Source: postconf(5) of Postfix 3.7.11 (`smtp_helo_name`, `smtp_bind_address`, `smtp_bind_address6`,
 * `smtp_bind_address_enforce`, `inet_protocols`, `sender_dependent_default_transport_maps`), DATABASE_README (`randmap`),
 * master(5); read 2026-11-22.
 */
import type { ConfigurationFile } from "../mail-server";
import type { WritableHost } from "../sending-host";
import type { WriteConfiguration } from "../write-configuration";

export const writePostfix: WriteConfiguration = (hosts) => {
  const [first] = hosts;
  const main = [
    "# Last in main.cf: of a parameter that stands twice Postfix takes the last.",
    `myhostname = ${first.helo}`,
    `smtp_helo_name = ${first.helo}`,
    `smtp_bind_address = ${first.v4}`,
    ...(first.v6 === null
      ? ["# No mail by IPv6: there is no address whose PTR confirms.", "inet_protocols = ipv4"]
      : [`smtp_bind_address6 = ${first.v6}`, "inet_protocols = all"]),
    "# Postfix 3.7 and later: mail waits if the address is not on the machine; earlier ones send from another address.",
    "smtp_bind_address_enforce = yes",
    ...(hosts.length === 1
      ? []
      : [
          "# Mail to other hosts is shared among the transports in master.cf.",
          `sender_dependent_default_transport_maps = randmap:{${hosts.map((_, index) => `${transportName(index)}:`).join(",")}}`,
        ]),
  ];
  return [file("main.cf", main), ...(hosts.length === 1 ? [] : [file("master.cf", masterLines(hosts))])];
};

function masterLines(hosts: readonly WritableHost[]): string[] {
  return [
    "# At the end of master.cf.",
    ...hosts.flatMap(({ helo, v4, v6 }, index) => [
      `${transportName(index)} unix - - n - - smtp`,
      `  -o smtp_helo_name=${helo}`,
      `  -o smtp_bind_address=${v4}`,
      ...(v6 === null ? [] : [`  -o smtp_bind_address6=${v6}`]),
    ]),
  ];
}

function transportName(index: number): string {
  return `fcrdns-${index + 1}`;
}

function file(name: string, lines: readonly string[]): ConfigurationFile {
  return { name, text: `${lines.join("\n")}\n` };
}

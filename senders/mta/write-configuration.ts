/** The files, or parts of files, that tell a mail server which name to say and which address to send from. */
import { writeExim } from "./exim/write";
import { writeHaraka } from "./haraka/write";
import { writeKumomta } from "./kumomta/write";
import type { ConfigurationFile, MailServerName } from "./mail-server";
import { writeOpensmtpd } from "./opensmtpd/write";
import { writePostal } from "./postal/write";
import { writePostfix } from "./postfix/write";
import { writePowermta } from "./powermta/write";
import { type SendingHost, type WritableHost, writableHosts } from "./sending-host";
import { writeStalwart } from "./stalwart/write";

/** Writes for one server; several hosts are a pool. Each file begins with a comment that says where its text belongs. */
export type WriteConfiguration = (
  hosts: readonly [WritableHost, ...WritableHost[]],
) => readonly [ConfigurationFile, ...ConfigurationFile[]];

export const writers: Readonly<Record<MailServerName, WriteConfiguration>> = {
  postfix: writePostfix,
  powermta: writePowermta,
  kumomta: writeKumomta,
  exim: writeExim,
  haraka: writeHaraka,
  postal: writePostal,
  stalwart: writeStalwart,
  opensmtpd: writeOpensmtpd,
};

export const writableServers = Object.keys(writers) as readonly MailServerName[];

export type WrittenConfiguration =
  | { readonly ok: true; readonly files: readonly [ConfigurationFile, ...ConfigurationFile[]] }
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * What a mail server must be told so that mail leaves by these addresses and by no other, with these EHLO names.
 * @param hosts one, or those of a pool, which share the mail
 * @example
 * const written = writeConfiguration("postfix", [{ helo: "mail.example.com", v4: { public: "192.0.2.10" } }]);
 * if (written.ok) console.log(written.files[0].text); // inet_protocols = ipv4 ...
 */
export function writeConfiguration(server: MailServerName, hosts: readonly SendingHost[]): WrittenConfiguration {
  const checked = writableHosts(hosts);
  return checked.ok ? { ok: true, files: writers[server](checked.hosts) } : checked;
}

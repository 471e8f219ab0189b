/** Each file is of one mail server alone: none is taken for another's. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MailServerName } from "../../../senders/mta/mail-server";
import { mailServers } from "../../../senders/mta/mail-servers";
import { recognise } from "../../../senders/mta/recognise";

const FILES: readonly [server: MailServerName, name: string, text: string][] = [
  ["powermta", "/etc/pmta/config", ""],
  ["powermta", "vmtas.conf", "# x\n<virtual-mta a>\nsmtp-source-host 192.0.2.1 m.example.com\n</virtual-mta>\n"],
  ["powermta", "-", "SMTP-Source-Host 192.0.2.1 m.example.com\n"],
  ["kumomta", "init.lua", "local kumo = require 'kumo'\n"],
  ["kumomta", "-", '[source."ip-1"]\nsource_address = "192.0.2.1"\nehlo_domain = "m.example.com"\n'],
  ["kumomta", "a.json", '{ "source": { "a": { "source_address": "192.0.2.1" } } }'],
  ["haraka", "config/me", "m.example.com\n"],
  ["haraka", "config/smtp.ini", "public_ip=192.0.2.1\n"],
  ["haraka", "plugins/x.js", "exports.hook_get_mx = (next) => next()\n"],
  ["postal", "postal.yml", "dns:\n  helo_hostname: m.example.com\n"],
  ["postal", "x.yml", "version: 2\nmessage_db:\n  host: x\nsmtp_server:\n  default_port: 25\n"],
  ["postal", "ips.tsv", "ipv4\tipv6\thostname\n192.0.2.1\tNULL\tm.example.com\n"],
  ["stalwart", "/opt/stalwart/etc/config.toml", ""],
  ["stalwart", "config.toml", '[server.listener."smtp"]\nbind = "[::]:25"\n'],
  ["stalwart", "config.toml", '[queue.connection.default]\nsource-ips = ["192.0.2.1"]\n'],
  ["stalwart", "-", "queue.outbound.source-ip.v4 = \"'192.0.2.1'\"\n"],
];

describe("a mail server's file", () => {
  for (const [server, name, text] of FILES) {
    it(`${name} is of ${server}: ${JSON.stringify(text.slice(0, 30))}`, () => {
      const found = recognise([{ name, text }], mailServers);
      assert.equal(found.kind === "server" ? found.server.name : found.kind, server);
    });
  }
});

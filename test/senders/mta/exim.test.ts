// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Exim
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { exim } from "../../../senders/mta/exim/read";
import { assertListed, listed } from "./listed";

const read = (text: string, included: Readonly<Record<string, string>> = {}) =>
  listed(exim, [{ name: "exim.conf", text }], included);

const NAMED = "primary_hostname = mail.example.com\n";
const IPV4_ONLY = `${NAMED}disable_ipv6\n`;
const transport = (options: string): string => `begin transports\nremote_smtp:\n  driver = smtp\n${options}\n`;

/** What stands in the file, what is listed; nothing is left out. */
const SENDERS: readonly [what: string, text: string, senders: string[]][] = [
  [
    "an address of each family",
    NAMED + transport("  interface = <; 192.0.2.10 ; 2001:DB8::10"),
    ["192.0.2.10=mail.example.com", "2001:db8::10=mail.example.com"],
  ],
  [
    "doubled colons in a list",
    NAMED + transport("  interface = 192.0.2.10 : 2001::db8::::10"),
    ["192.0.2.10=mail.example.com", "2001:db8::10=mail.example.com"],
  ],
  [
    "the first address of a family, which alone is used",
    IPV4_ONLY + transport("  interface = 192.0.2.10 : 192.0.2.11"),
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "no IPv6 where it is disabled",
    `${NAMED}disable_ipv6 = yes\n${transport("  interface = <; 192.0.2.10 ; 2001:db8::10")}`,
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "no IPv6 where no host is looked up for it",
    `${NAMED}dns_ipv4_lookup = *\n${transport("  interface = <; 192.0.2.10 ; 2001:db8::10")}`,
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "helo_data, quoted, hidden",
    IPV4_ONLY + transport('  hide helo_data = "Out.Example.com"\n  interface = 192.0.2.10'),
    ["192.0.2.10=out.example.com"],
  ],
  [
    "helo_data made of the primary host name",
    IPV4_ONLY + transport("  helo_data = out-${primary_hostname}\n  interface = 192.0.2.10"),
    ["192.0.2.10=out-mail.example.com"],
  ],
  [
    "continued lines with a comment between",
    IPV4_ONLY + transport("  interface = \\\n    # not 192.0.2.9\n    192.0.2.10"),
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "a hash that begins no comment",
    IPV4_ONLY + transport("  interface = 192.0.2.10\n#  interface = 192.0.2.9\n  debug_print = # x"),
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "macros of macros",
    `ADDRESS = NET.10\nNET = 192.0.2\nHOST == mail\n${"primary_hostname = HOST.example.com\ndisable_ipv6 = true\n"}${transport("  interface = ADDRESS")}`,
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "a macro that is defined again",
    `ADDRESS = 192.0.2.9\nADDRESS == 192.0.2.10\n${IPV4_ONLY}${transport("  interface = ADDRESS")}`,
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "conditions, one within another",
    `AA = 1\n.ifdef MISSING\n.ifdef AA\nIP = 192.0.2.1\n.else\nIP = 192.0.2.2\n.endif\n.elifdef AA\nIP = 192.0.2.10\n.else\nIP = 192.0.2.3\n.endif of it\n${IPV4_ONLY}${transport("  .ifndef MISSING\n  interface = IP\n  .endif")}`,
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "a macro of Exim's own",
    `.ifdef _HAVE_IPV6\nIP = 192.0.2.10\n.endif\n${IPV4_ONLY}${transport("  interface = IP")}`,
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "no transport that no router uses, and none for LMTP",
    `${IPV4_ONLY}begin routers\nmx:\n  driver = dnslookup\n  transport = remote_smtp\n${transport("  interface = 192.0.2.10")}spare:\n  driver = smtp\n  interface = 192.0.2.9\nlocal:\n  driver = smtp\n  protocol = lmtp\n  interface = 192.0.2.8\n`,
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "every transport, where a router chooses one for each message",
    `${IPV4_ONLY}begin routers\nmx:\n  driver = dnslookup\n  transport = out_\${nhash_2:$message_exim_id}\nbegin transports\nout_0:\n  driver = smtp\n  interface = 192.0.2.10\nout_1:\n  driver = smtp\n  interface = 192.0.2.11\n  helo_data = out1.example.com\n`,
    ["192.0.2.10=mail.example.com", "192.0.2.11=out1.example.com"],
  ],
];

/** What stands in the file, what is listed, what is left out. */
const LEFT_OUT: readonly [what: string, text: string, senders: string[], leftOut: RegExp[]][] = [
  [
    "no interface",
    IPV4_ONLY + transport(""),
    [],
    [/^exim\.conf line 4: interface of the transport remote_smtp is not set, .*verify ADDRESS=mail\.example\.com/],
  ],
  [
    "IPv6 that may be used",
    NAMED + transport("  interface = 192.0.2.10"),
    ["192.0.2.10=mail.example.com"],
    [/^exim\.conf line 5: the transport remote_smtp lets mail leave by IPv6, .*disable_ipv6 = true$/],
  ],
  [
    "an address that each message has",
    IPV4_ONLY + transport("  interface = ${lookup{$sender_address_domain}lsearch{/etc/mailips}{$value}}"),
    [],
    [/^exim\.conf line 6: interface = \$\{lookup\{\$sender_address_domain\}.* is evaluated when mail is sent/],
  ],
  [
    "a name that is looked up",
    IPV4_ONLY +
      transport(
        "  interface = 192.0.2.10\n  helo_data = ${lookup dnsdb{ptr=$sending_ip_address}{$value}{$primary_hostname}}",
      ),
    ["192.0.2.10"],
    [/^exim\.conf line 7: helo_data = \$\{lookup dnsdb.* is evaluated when mail is sent/],
  ],
  [
    "the machine's host name",
    `disable_ipv6\n${transport("  interface = 192.0.2.10")}`,
    ["192.0.2.10"],
    [/^exim\.conf line 5: primary_hostname is not set, so that it is the machine's host name/],
  ],
  [
    "a macro that is defined elsewhere",
    IPV4_ONLY + transport("  interface = OUT_IP"),
    [],
    [/interface = OUT_IP is a macro that no given file defines/, /has no IPv4 address/],
  ],
  [
    "mail to a smarthost",
    `${IPV4_ONLY}begin routers\nsmart:\n  driver = manualroute\n  route_list = * smtp.example.net::587\n  transport = remote_smtp\n${transport("  interface = 192.0.2.10")}`,
    [],
    [/^exim\.conf line 6: route_list = \* smtp\.example\.net::587 hands mail to hosts/],
  ],
  [
    "mail to a smarthost beside a router that chooses among other transports for each message",
    `${IPV4_ONLY}begin routers\nmx:\n  driver = dnslookup\n  transport = \${if eq{$domain}{a.example}{out_a}{out_b}}\nsmart:\n  driver = manualroute\n  route_list = * smtp.example.net\n  transport = to_relay\nbegin transports\nout_a:\n  driver = smtp\n  interface = 192.0.2.10\nout_b:\n  driver = smtp\n  interface = 192.0.2.11\nto_relay:\n  driver = smtp\n  interface = 192.0.2.12\n`,
    ["192.0.2.10=mail.example.com", "192.0.2.11=mail.example.com"],
    [/route_list = \* smtp\.example\.net hands mail to hosts/],
  ],
  [
    "mail to the hosts of a transport",
    IPV4_ONLY + transport("  interface = 192.0.2.10\n  hosts = smtp.example.net\n  hosts_override"),
    [],
    [/^exim\.conf line 7: hosts = smtp\.example\.net hands mail to hosts/],
  ],
  ["no transports", NAMED, [], [/^exim\.conf line 1: the configuration has no transports/]],
];

describe("Exim's configuration", () => {
  for (const [what, text, senders] of SENDERS) {
    it(`has ${what}`, async () => {
      const found = await read(text);
      assert.deepEqual(found, { senders, leftOut: [] });
    });
  }

  for (const [what, text, senders, reasons] of LEFT_OUT) {
    it(`leaves out ${what}`, async () => {
      assertListed(await read(text), senders, reasons);
    });
  }

  it("includes files with their macros, and says which could not be read", async () => {
    const text = `.include "macros"\n${IPV4_ONLY}.include_if_exists /etc/none\n${transport("  interface = IP")}`;
    const found = await read(text, { macros: "IP = 192.0.2.10\n" });
    assert.deepEqual(found.senders, ["192.0.2.10=mail.example.com"]);
    assert.deepEqual(found.leftOut, ["exim.conf line 4: .include_if_exists /etc/none was not read: cannot be read"]);
  });

  it("does not include without end", async () => {
    const found = await read(`.include again\n${NAMED}`, { again: ".include again\n" });
    assert.match(found.leftOut.join("\n"), /\.include again is an include that includes itself/);
  });
});

describe("Debian's configuration of Exim", () => {
  const macros = {
    name: "/etc/exim4/exim4.conf.localmacros",
    text: "# ours\nMAIN_HARDCODE_PRIMARY_HOSTNAME = mail.example.com\nREMOTE_SMTP_INTERFACE = 192.0.2.10\ndisable_ipv6 = true\n",
  };
  const parts = [
    [
      "main/02_options",
      ".ifdef MAIN_HARDCODE_PRIMARY_HOSTNAME\nprimary_hostname = MAIN_HARDCODE_PRIMARY_HOSTNAME\n.endif\n",
    ],
    ["router/00_header", "begin routers\n"],
    [
      "router/200_primary",
      ".ifdef DCconfig_internet\nmx:\n  driver = dnslookup\n  transport = remote_smtp\n.endif\n.ifdef DCconfig_smarthost\nsmart:\n  driver = manualroute\n  route_list = * DCsmarthost byname\n  transport = remote_smtp\n.endif\n",
    ],
    ["transport/00_header", "begin transports\n"],
    [
      "transport/30_remote",
      "remote_smtp:\n  driver = smtp\n.ifdef REMOTE_SMTP_INTERFACE\n  interface = REMOTE_SMTP_INTERFACE\n.endif\n",
    ],
  ].map(([name, text]) => ({ name: `/etc/exim4/conf.d/${name}`, text: text as string }));
  const answers = (type: string) => ({
    name: "/etc/exim4/update-exim4.conf.conf",
    text: `dc_eximconfig_configtype='${type}'\ndc_smarthost='smtp.example.net::587'\n`,
  });

  it("is put together as Debian does, in whatever order the files come", async () => {
    const found = await listed(exim, [...parts.slice(3), answers("internet"), ...parts.slice(0, 3), macros]);
    assert.deepEqual(found, { senders: ["192.0.2.10=mail.example.com"], leftOut: [] });
  });

  it("hands mail to the smarthost of debconf", async () => {
    const found = await listed(exim, [macros, ...parts, answers("smarthost")]);
    assert.deepEqual(found.senders, []);
    assert.match(found.leftOut.join("\n"), /route_list = \* smtp\.example\.net::587 byname hands mail to hosts/);
  });

  it("may be its macros alone", async () => {
    const found = await listed(exim, [macros]);
    assert.deepEqual(found, { senders: ["192.0.2.10=mail.example.com"], leftOut: [] });
  });
});

describe("a file of Exim", () => {
  const cases: readonly [name: string, text: string, answer: string][] = [
    ["/etc/exim4/exim4.conf.template", "", "by-name"],
    ["exim.conf", "", "by-name"],
    ["/etc/exim4/conf.d/retry/30_exim4-config", "", "by-name"],
    ["copy/conf.d/router/mmm_mail4root", "", "by-name"],
    ["/etc/dovecot/conf.d/10-mail.conf", "", "no"],
    ["configure", "begin acl\n", "by-content"],
    ["-", "primary_hostname = mail.example.com\n", "by-content"],
    ["main.cf", "myhostname = mail.example.com\n", "no"],
  ];
  for (const [name, text, answer] of cases) {
    it(`${name} is recognised: ${answer}`, () => assert.equal(exim.recognises({ name, text }), answer));
  }
});

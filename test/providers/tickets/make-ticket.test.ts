import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frontier } from "../../../providers/frontier/ticket";
import { generic } from "../../../providers/generic/ticket";
import { type MadeTicket, makeTicket, type TicketInput } from "../../../providers/internal/tickets/make-ticket";
import { ticketProviders } from "../../../providers/internal/tickets/providers";
import { daysWaiting, reminderDue, renderReminder, renderTicket } from "../../../providers/internal/tickets/render";
import type { ForwardAnswer, Ticket } from "../../../providers/internal/tickets/ticket";
import { interserver } from "../../../providers/interserver/ticket";
import { lightsail } from "../../../providers/lightsail/ticket";
import { oracle } from "../../../providers/oracle/ticket";
import { ovh } from "../../../providers/ovh/ticket";
import { racknerd } from "../../../providers/racknerd/ticket";

const AT = "2026-10-05T09:30:00.000Z";

function proof(hostname: string, address: string): ForwardAnswer {
  return { server: "ns1.example.net 192.0.2.53:53", hostname, address, at: AT };
}

const v4 = {
  address: "203.0.113.7",
  hostname: "mail.example.com",
  proof: proof("mail.example.com", "203.0.113.7"),
};
const v6 = {
  address: "2001:db8:0:1::25",
  hostname: "mail.example.com",
  proof: proof("mail.example.com", "2001:db8:0:1::25"),
};
const everything = {
  service: "vps-1234",
  account: "100234",
  email: "ops@example.com",
  purpose: "order confirmations to customers",
  volume: "500",
  mta: "Postfix 3.9",
  abuse: "abuse@example.com",
  controls: "authenticated senders only",
  tried: "panel says 500",
} as const;

function ticketOf(made: MadeTicket): Ticket {
  assert.ok(made.ok, JSON.stringify(made, null, 2));
  return made.ticket;
}

function refused(made: MadeTicket): { missing: string[]; problems: string[] } {
  assert.ok(!made.ok, "the ticket was made");
  return {
    missing: made.missing.map(({ field }) => field),
    problems: made.problems.map(({ argument, message }) => `${argument}: ${message}`),
  };
}

describe("a ticket", () => {
  it("takes the proof that an older version left in the state for none", () => {
    const older = { server: "ns1.example.net", answer: "mail.example.com. A 203.0.113.7", at: AT } as never;
    const ticket = ticketOf(makeTicket(generic, { ...everything, addresses: [{ ...v4, proof: older }] }));
    assert.equal(ticket.state, "blocked");
  });

  it("carries every address with its reverse name, both spellings of IPv6, both forms of the PTR and the proof", () => {
    const ticket = ticketOf(
      makeTicket(generic, {
        ...everything,
        addresses: [
          { ...v4, currentPtrs: ["203-0-113-7-host.colocrossing.com."] },
          { ...v6, currentPtrs: [] },
        ],
      }),
    );
    assert.equal(ticket.state, "ready");
    assert.equal(ticket.subject, "Reverse DNS (PTR) request for 203.0.113.7 and 2001:db8:0:1::25");
    for (const line of [
      "  203.0.113.7",
      "    reverse name:  7.113.0.203.in-addr.arpa.",
      "    PTR now:       203-0-113-7-host.colocrossing.com.",
      "    PTR wanted:    mail.example.com   (with final dot: mail.example.com.)",
      "  2001:db8:0:1::25",
      "    in full:       2001:0db8:0000:0001:0000:0000:0000:0025",
      "    reverse name:  5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.",
      "    within its /64: 5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0 in 1.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.",
      "    PTR now:       none",
      "  mail.example.com. A 203.0.113.7 (server ns1.example.net 192.0.2.53:53, 2026-10-05 09:30 UTC)",
      "  mail.example.com. AAAA 2001:db8:0:1::25 (server ns1.example.net 192.0.2.53:53, 2026-10-05 09:30 UTC)",
      "Purpose: order confirmations to customers",
      "Volume: about 500 messages a day",
      "Mail server: Postfix 3.9",
      "Abuse contact: abuse@example.com",
      "Against abuse: authenticated senders only",
      "Tried before: panel says 500",
    ]) {
      assert.ok(ticket.body.split("\n").includes(line), `missing line ${JSON.stringify(line)} in\n${ticket.body}`);
    }
    assert.match(ticket.body, /on our service vps-1234/);
    assert.match(ticket.route.account, / \(100234\)$/);
    assert.match(ticket.body, /^Account: 100234$/m);
    assert.match(ticket.body, /^Reply to: ops@example\.com$/m);
  });

  it("writes addresses and names in canonical form, however they were given", () => {
    const ticket = ticketOf(
      makeTicket(oracle, {
        addresses: [
          { address: "2001:0DB8:0:1:0:0:0:25", hostname: "Mail.Bücher.Example." },
          { address: "::ffff:203.0.113.7", hostname: "MAIL.example.com" },
        ],
      }),
    );
    assert.deepEqual(
      ticket.addresses.map(({ address, family, hostname }) => [address, family, hostname]),
      [
        ["2001:db8:0:1::25", 6, "mail.xn--bcher-kva.example"],
        ["203.0.113.7", 4, "mail.example.com"],
      ],
    );
  });

  it("holds nothing but what was given", () => {
    const { body } = ticketOf(makeTicket(frontier, { addresses: [v4] }));
    for (const word of ["SPF", "DKIM", "Purpose", "Volume", "Mail server", "Abuse", "PTR now", "service", "port 25"]) {
      assert.ok(!body.includes(word), `${word} was made up:\n${body}`);
    }
  });

  it("uses the subject and the form's own words of the provider", () => {
    assert.equal(
      ticketOf(makeTicket(frontier, { addresses: [v4] })).subject,
      "Reverse DNS (PTR) record request for static IP 203.0.113.7",
    );
    const second = {
      address: "203.0.113.8",
      hostname: "mail2.example.com",
      proof: proof("mail2.example.com", "203.0.113.8"),
    };
    const { fields } = ticketOf(makeTicket(lightsail, { ...everything, addresses: [v4, second] }));
    assert.deepEqual(Object.keys(fields), [
      "Email address",
      "Use case description",
      "Elastic IP address",
      "Reverse DNS record",
    ]);
    assert.equal(fields["Elastic IP address"], "203.0.113.7, 203.0.113.8");
    assert.equal(fields["Reverse DNS record"], "mail.example.com, mail2.example.com");
    assert.match(fields["Use case description"] ?? "", /Purpose: order confirmations to customers\. Volume: about 500/);
  });

  it("asks for port 25 in the same text when wanted", () => {
    const ticket = ticketOf(makeTicket(racknerd, { ...everything, addresses: [v4], ask: { kind: "ptr+port25" } }));
    assert.match(ticket.body, /open outgoing TCP port 25/);
    assert.match(ticket.subject, /TCP port 25$/);
  });

  it("asks for RFC 2317 delegation with network, name servers, and the label as a question", () => {
    const { subject, body, fields } = ticketOf(
      makeTicket(oracle, {
        addresses: [v4],
        ask: { kind: "rfc2317", cidr: "203.0.113.7/29", nameServers: ["NS1.example.com.", "ns2.example.com"] },
      }),
    );
    assert.equal(subject, "Delegation of reverse DNS for 203.0.113.0/29 (RFC 2317)");
    assert.match(body, /^ {2}ns1\.example\.com\.$/m);
    assert.match(body, /^ {2}ns2\.example\.com\.$/m);
    assert.match(body, /0\/29\.113\.0\.203\.in-addr\.arpa\. or 0-29\.113\.0\.203\.in-addr\.arpa\./);
    assert.match(body, /tell us the exact label/);
    assert.deepEqual(fields, {});
  });

  it("asks for the removal before a release without any forward record or reason", () => {
    const ticket = ticketOf(
      makeTicket(lightsail, {
        email: "ops@example.com",
        addresses: [{ address: "203.0.113.7", hostname: "mail.example.com" }],
        ask: { kind: "removal" },
      }),
    );
    assert.equal(ticket.state, "ready");
    assert.equal(ticket.fields["Reverse DNS record"], "(none: please remove)");
    assert.match(ticket.body, /Please remove the reverse DNS/);
    assert.doesNotMatch(ticket.body, /forward/i);
  });
});

describe("a ticket is not ready before the forward record is visible", () => {
  const cases: [what: string, address: TicketInput["addresses"][number]][] = [
    ["no proof at all", { address: "203.0.113.7", hostname: "mail.example.com" }],
    ["a proof for another name", { ...v4, proof: proof("other.example.com", "203.0.113.7") }],
    ["a proof for another address", { ...v4, proof: proof("mail.example.com", "203.0.113.70") }],
    ["a proof without a server", { ...v4, proof: { ...v4.proof, server: " " } }],
    ["a proof without a moment", { ...v4, proof: { ...v4.proof, at: "soon" } }],
  ];
  for (const [what, address] of cases) {
    it(`with ${what}`, () => {
      const ticket = ticketOf(makeTicket(racknerd, { ...everything, addresses: [address] }));
      assert.equal(ticket.state, "blocked");
      assert.equal(ticket.body, "");
      assert.deepEqual(ticket.fields, {});
      assert.equal(ticket.missing.length, 1);
      assert.match(ticket.missing[0] ?? "", /publish mail\.example\.com A 203\.0\.113\.7/);
      const text = renderTicket(ticket, "text");
      assert.match(text, /NOT READY/);
      assert.doesNotMatch(text, /Please set|Subject:/);
      assert.doesNotMatch(renderTicket(ticket, "markdown"), /Please set|Subject:/);
    });
  }

  it("with one of two addresses unproven, and names that one", () => {
    const ticket = ticketOf(
      makeTicket(racknerd, {
        ...everything,
        addresses: [v4, { address: v6.address, hostname: v6.hostname }],
        since: "2026-10-01",
      }),
    );
    assert.equal(ticket.state, "blocked");
    assert.equal(ticket.since, undefined, "nobody waits for what was not sent");
    assert.deepEqual(ticket.missing.length, 1);
    assert.match(ticket.missing[0] ?? "", /AAAA 2001:db8:0:1::25/);
  });
});

describe("what is missing is asked for by name", () => {
  const cases: [name: string, provider: typeof racknerd, given: Partial<TicketInput>, missing: string[]][] = [
    ["RackNerd wants the service and the purpose", racknerd, {}, ["service", "purpose"]],
    ["blanks are not an answer", racknerd, { service: " \n ", purpose: "\t" }, ["service", "purpose"]],
    ["InterServer also wants the measures against abuse", interserver, { service: "x", purpose: "y" }, ["controls"]],
    ["Lightsail wants an address to answer to", lightsail, { purpose: "y" }, ["email"]],
    ["a removal needs no purpose", racknerd, { ask: { kind: "removal" } }, ["service"]],
  ];
  for (const [name, provider, given, missing] of cases) {
    it(name, () => assert.deepEqual(refused(makeTicket(provider, { addresses: [v4], ...given })).missing, missing));
  }

  it("with a question and an example for each", () => {
    const made = makeTicket(racknerd, { addresses: [v4] });
    assert.ok(!made.ok);
    for (const { question, example } of made.missing) {
      assert.ok(question.length > 10 && example.length > 3);
    }
  });
});

describe("what cannot be right is refused", () => {
  const cases: [name: string, provider: typeof racknerd, given: Partial<TicketInput>, problem: RegExp][] = [
    ["no address", generic, { addresses: [] }, /^addresses: .*at least one/],
    ["a prefix", generic, { addresses: [{ ...v4, address: "203.0.113.0/24" }] }, /^address: .*prefix/],
    ["a zone index", generic, { addresses: [{ ...v4, address: "fe80::1%eth0" }] }, /^address: .*zone index/],
    ["a name with a space", generic, { addresses: [{ ...v4, hostname: "mail example.com" }] }, /^hostname: /],
    ["an address as name", generic, { addresses: [{ ...v4, hostname: "203.0.113.7" }] }, /^hostname: /],
    ["one address twice", generic, { addresses: [v4, { ...v4, hostname: "b.example.com" }] }, /more than once/],
    ["IPv6 on Lightsail", lightsail, { addresses: [v6] }, /no PTR for IPv6/],
    [
      "three addresses on Lightsail",
      lightsail,
      { addresses: ["203.0.113.1", "203.0.113.2", "203.0.113.3"].map((address) => ({ ...v4, address })) },
      /at most 2/,
    ],
    [
      "a name too long for OVHcloud",
      ovh,
      { addresses: [{ ...v4, hostname: `${"a".repeat(60)}.example.com` }] },
      /at most 63/,
    ],
    [
      "a block that is none",
      generic,
      { addresses: [v4], ask: { kind: "rfc2317", cidr: "203.0.113.0/33", nameServers: ["ns1.example.com"] } },
      /^cidr: /,
    ],
    [
      "a block without the address",
      generic,
      { addresses: [v4], ask: { kind: "rfc2317", cidr: "203.0.113.8/29", nameServers: ["ns1.example.com"] } },
      /does not hold 203\.0\.113\.7/,
    ],
    [
      "a delegation to nobody",
      generic,
      { addresses: [v4], ask: { kind: "rfc2317", cidr: "203.0.113.0/29", nameServers: [] } },
      /^nameServers: /,
    ],
    ["a day that is none", generic, { addresses: [v4], since: "last week" }, /^since: .*is not a date/],
    ["a day that no month has", generic, { addresses: [v4], since: "2026-02-30" }, /^since: .*is not a date/],
    ["a day of another calendar", generic, { addresses: [v4], since: "01/02/2026" }, /^since: .*is not a date/],
    [
      "a day to come",
      generic,
      { addresses: [v4], since: "2026-10-06", now: AT },
      /^since: since: 2026-10-06 is in the future \(it is 2026-10-05 09:30 UTC now\)/,
    ],
    ["a moment to come", generic, { since: "2026-10-05T09:31:00Z", now: AT }, /is in the future/],
    ["an e-mail address without @", lightsail, { email: "ops.example.com" }, /^email: .*is not an e-mail address/],
    ["an e-mail address without a name", lightsail, { email: "@example.com" }, /^email: /],
    ["an e-mail address without a dot", lightsail, { email: "ops@localhost" }, /^email: /],
    ["an e-mail address with a space", lightsail, { email: "ops @example.com" }, /^email: /],
    ["two e-mail addresses", lightsail, { email: "a@example.com, b@example.com" }, /^email: /],
    ["an abuse contact that is none", generic, { abuse: "abuse@" }, /^abuse: .*is not an e-mail address/],
    [
      "letters without a plain spelling",
      generic,
      { purpose: "注文 mail" },
      /^purpose: purpose holds 注 \(U\+6CE8\), 文 \(U\+6587\)/,
    ],
    [
      "letters with accents, whose plain spelling the writer knows",
      generic,
      { purpose: "Bestellbestätigungen für Kunden" },
      /^purpose: purpose holds ä \(U\+00E4\), ü \(U\+00FC\)/,
    ],
    [
      "a letter with a combining accent",
      generic,
      { purpose: "confirmacio\u0301n" },
      /^purpose: purpose holds ó \(U\+00F3\)/,
    ],
    ["a service in such letters", generic, { service: "сервер" }, /^service: service holds с \(U\+0441\)/],
  ];
  for (const [name, provider, given, problem] of cases) {
    it(name, () => {
      const { problems } = refused(makeTicket(provider, { ...everything, addresses: [v4], ...given }));
      assert.match(problems.join("\n"), problem);
    });
  }
});

describe("nobody can write lines or fields into a ticket", () => {
  const hostile = [
    "x\nSubject: free money",
    "x\r\nReverse DNS record: evil.example",
    "x\u2028Elastic IP address: 198.51.100.1",
    "x\u0085y\u000by\u000cy",
    "\u001b[2J\u001b]0;owned\u0007",
    "{email} {addresses} {useCase} $1 $& $`",
    "```\n# heading\n<script>alert(1)</script> | a | b |",
    "Ünïcödé – “quotes” … \u202egnp.exe",
  ];
  for (const provider of ticketProviders) {
    it(`of ${provider.title}`, () => {
      const plain = ticketOf(makeTicket(provider, { ...everything, addresses: [v4] }));
      for (const value of hostile) {
        const lines = Object.keys(everything).filter((key) => key !== "email");
        // Letters with accents are refused in what the user says; what DNS answered may hold them.
        const typed = value.normalize("NFD").replace(/\p{Mn}/gu, "");
        const details = { email: everything.email, ...Object.fromEntries(lines.map((key) => [key, typed])) };
        const ticket = ticketOf(
          makeTicket(provider, {
            ...details,
            addresses: [
              {
                ...v4,
                currentPtrs: [value],
                proof: { ...v4.proof, server: value },
              },
            ],
          }),
        );
        const plainLines = `${ticketOf(makeTicket(provider, { ...everything, addresses: [{ ...v4, currentPtrs: ["x"] }] })).body}`;
        assert.equal(ticket.body.split("\n").length, plainLines.split("\n").length, ticket.body);
        assert.equal(ticket.subject, plain.subject);
        assert.deepEqual(Object.keys(ticket.fields), Object.keys(plain.fields));
        if ("Elastic IP address" in ticket.fields) assert.equal(ticket.fields["Elastic IP address"], "203.0.113.7");
        for (const format of ["text", "markdown", "json"] as const) {
          assert.match(renderTicket(ticket, format), /^[\x20-\x7e\n]*$/, `${format} of ${JSON.stringify(value)}`);
        }
        for (const field of Object.values(ticket.fields)) assert.match(field, /^[\x20-\x7e]*$/);
      }
    });
  }

  it("and Markdown shows hostile text as text", () => {
    const ticket = ticketOf(
      makeTicket(lightsail, { addresses: [v4], email: "a@b.example", purpose: "``` <img src=x> | [a](b) `````" }),
    );
    const markdown = renderTicket(ticket, "markdown");
    const [, table = ""] = /\| Use case description \| (.*) \|$/m.exec(markdown) ?? [];
    assert.doesNotMatch(table, /(?<!\\)[|`<[]/);
    assert.match(markdown, /^``````text$/m, "the fence is longer than any run inside");
  });
});

describe("RackNerd's text", () => {
  it("is as short as a support agent reads it", () => {
    const { body } = ticketOf(
      makeTicket(racknerd, {
        service: "vps-1234",
        purpose: "order confirmations to customers",
        abuse: "abuse@example.com",
        addresses: [{ ...v4, currentPtrs: ["203-0-113-7-host.colocrossing.com"] }],
      }),
    );
    assert.equal(
      body,
      [
        "Hello,",
        "",
        "Please set the reverse DNS (PTR) record on our service vps-1234:",
        "",
        "IP: 203.0.113.7",
        "PTR wanted: mail.example.com",
        "PTR now: 203-0-113-7-host.colocrossing.com",
        "",
        "mail.example.com already resolves to 203.0.113.7.",
        "",
        "Purpose: order confirmations to customers",
        "Abuse contact: abuse@example.com",
        "",
        "Thank you.",
      ].join("\n"),
    );
  });

  it("says the account, port 25 and the removal where they are asked for", () => {
    const port25 = ticketOf(
      makeTicket(racknerd, { ...everything, addresses: [v4, v6], ask: { kind: "ptr+port25" } }),
    ).body;
    assert.match(port25, /^Please also open outgoing TCP port 25\.$/m);
    assert.match(port25, /^Account: 100234$/m);
    assert.match(port25, /^mail\.example\.com already resolves to 2001:db8:0:1::25\.$/m);
    const removal = ticketOf(makeTicket(racknerd, { ...everything, addresses: [v4], ask: { kind: "removal" } })).body;
    assert.match(removal, /Please remove[\s\S]*IP: 203\.0\.113\.7\nPTR wanted: none \(please remove\)/);
    assert.doesNotMatch(removal, /resolves|Purpose/);
  });
});

describe("what DNS shows already is not asked for", () => {
  const done = { ...v4, currentPtrs: ["MAIL.example.com."] };
  const open = {
    address: "203.0.113.8",
    hostname: "mx.example.com",
    proof: proof("mx.example.com", "203.0.113.8"),
    currentPtrs: [],
  };
  for (const provider of ticketProviders) {
    it(`of ${provider.title}`, () => {
      const ticket = ticketOf(makeTicket(provider, { ...everything, addresses: [done], since: "2026-01-01" }));
      assert.equal(ticket.state, "done");
      assert.equal(ticket.since, undefined, "and nobody is reminded");
      for (const format of ["text", "markdown"] as const) {
        const text = renderTicket(ticket, format);
        assert.match(text, /nothing to send/i);
        assert.doesNotMatch(text, /Subject|Hello/);
      }
    });
  }

  it("of several addresses only those that are left are named, and reminded of", () => {
    const ticket = ticketOf(makeTicket(generic, { ...everything, addresses: [done, open], since: "2026-01-01" }));
    assert.deepEqual(
      ticket.addresses.map(({ address }) => address),
      ["203.0.113.8"],
    );
    assert.doesNotMatch(`${ticket.subject}${ticket.body}${ticket.reminder?.body}`, /203\.0\.113\.7/);
    assert.match(ticket.reminder?.body ?? "", /203\.0\.113\.8/);
  });

  it("a removal of what is not there neither", () => {
    const ask = { kind: "removal" } as const;
    const state = (currentPtrs?: string[]) =>
      ticketOf(
        makeTicket(generic, {
          ...everything,
          ask,
          addresses: [{ ...v4, ...(currentPtrs && { currentPtrs }) }],
        }),
      ).state;
    assert.equal(state([]), "done");
    assert.equal(state(["203-0-113-7-host.colocrossing.com"]), "done");
    assert.equal(state(["mail.example.com"]), "ready");
    assert.equal(state(["other.example.net", "mail.example.com"]), "ready");
    assert.equal(state(["other,mail.example.com"]), "done", "one name, whose first label holds a comma");
    assert.equal(state(), "ready", "nobody knows");
  });

  it("a second PTR beside the wanted one, and port 25, are asked for", () => {
    const both = { ...v4, currentPtrs: ["mail.example.com", "old.example.net"] };
    assert.equal(ticketOf(makeTicket(generic, { ...everything, addresses: [both] })).state, "ready");
    const port25 = makeTicket(generic, { ...everything, addresses: [done], ask: { kind: "ptr+port25" } });
    assert.equal(ticketOf(port25).state, "ready");
  });
});

describe("waiting", () => {
  const asked = ticketOf(makeTicket(racknerd, { ...everything, addresses: [v4], since: "2026-10-05T09:30:00Z" }));

  it("counts whole days since the request", () => {
    const cases: [now: string, days: number, due: boolean][] = [
      ["2026-10-05T09:30:00Z", 0, false],
      ["2026-10-08T09:29:59Z", 2, false],
      ["2026-10-08T09:30:00Z", 3, true],
      ["2026-11-05T00:00:00Z", 30, true],
      ["2026-10-01T00:00:00Z", 0, false],
    ];
    for (const [now, days, due] of cases) {
      assert.equal(daysWaiting(asked, new Date(now)), days, now);
      assert.equal(reminderDue(asked, new Date(now)), due, now);
    }
  });

  it("has a reminder that names the day, the address and the PTR, and a limit that can be set", () => {
    const reminder = renderReminder(asked);
    assert.match(reminder, /Subject: Reminder: Reverse DNS/);
    assert.match(reminder, /on 2026-10-05 09:30 UTC we asked/);
    assert.match(reminder, /7\.113\.0\.203\.in-addr\.arpa\. PTR mail\.example\.com\./);
    const patient = makeTicket(racknerd, {
      ...everything,
      addresses: [v4],
      since: "2026-10-05",
      remindAfterDays: 10,
    });
    assert.equal(ticketOf(patient).remindAfterDays, 10);
  });
});

describe("the JSON form", () => {
  it("is the ticket itself", () => {
    const ticket = ticketOf(makeTicket(racknerd, { ...everything, addresses: [v4, v6] }));
    assert.deepEqual(JSON.parse(renderTicket(ticket, "json")), JSON.parse(JSON.stringify(ticket)));
  });
});

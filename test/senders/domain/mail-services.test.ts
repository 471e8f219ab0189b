import * as assert from "node:assert/strict";
import { it } from "node:test";
import { canonicalName } from "../../../fcrdns/names/name";
import { SPF_SERVICES, spfServiceOf } from "../../../senders/domain/mail-services";

it("a service is known by the names that its documentation says to include, and by names below them", () => {
  // github.com/Domain-Connect/Templates at e002d91, and the services' documentation; read 2026-11-22.
  const rows: [name: string, service: string | undefined][] = [
    ["_spf.google.com", "Google"],
    ["aspmx.googlemail.com", "Google"],
    ["spf.protection.outlook.com", "Microsoft"],
    ["example-com.mail.protection.outlook.com", "Microsoft"],
    ["sendgrid.net", "Twilio SendGrid"],
    ["u1234.wl.sendgrid.net", "Twilio SendGrid"],
    ["amazonses.com", "Amazon SES"],
    ["_spf.eu.mailgun.org", "Mailgun"],
    ["servers.mcsv.net", "Mailchimp"],
    ["spf.mandrillapp.com", "Mailchimp"],
    ["spf.mtasv.net", "Postmark"],
    ["_spf.protonmail.ch", "Proton Mail"],
    ["_spf.salesforce.com", "Salesforce"],
    ["spf.messagingengine.com", "Fastmail"],
    ["spf.brevo.com", "Brevo (Sendinblue)"],
    ["evilsendgrid.net", undefined],
    ["sendgrid.net.example.com", undefined],
    ["protonmail.ch", undefined],
    ["example.com", undefined],
  ];
  assert.deepEqual(
    rows.map(([name]) => [name, spfServiceOf(name)]),
    rows,
  );
});

it("each domain is canonical and stands once, with a source", () => {
  const domains = SPF_SERVICES.flatMap((each) => each.domains);
  assert.equal(new Set(domains).size, domains.length);
  for (const domain of domains) assert.deepEqual(canonicalName(domain), { ok: true, name: domain });
  for (const { service, source } of SPF_SERVICES) assert.ok(source.includes("."), service);
});

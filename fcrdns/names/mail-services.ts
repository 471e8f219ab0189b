/**
 * The domains under which mail services name their own servers: data, so that a report can say whose a PTR name is. The
 * owner of a domain below cannot add records to it.
 */
import { isWithin } from "../ask/domain-tree";

export interface MailService {
  readonly service: string;
  readonly domains: readonly string[];
}

/**
 * Source: parsedmarc/resources/maps/base_reverse_dns_map.csv of github.com/domainaware/parsedmarc at 6358c36
 * (2026-08-19), which maps the domains of reverse names to their owners; read 2026-11-21.
 */
export const MAIL_SERVICES: readonly MailService[] = [
  { service: "Amazon SES", domains: ["amazonses.com"] },
  { service: "Bird (SparkPost)", domains: ["sparkpostmail.com"] },
  { service: "Brevo (Sendinblue)", domains: ["brevo.com", "sendinblue.com"] },
  { service: "Broadcom Email Security", domains: ["messagelabs.com"] },
  { service: "Constant Contact", domains: ["constantcontact.com"] },
  { service: "Fastmail", domains: ["messagingengine.com"] },
  { service: "Google", domains: ["google.com"] },
  { service: "HubSpot", domains: ["hubspotemail.net"] },
  { service: "Klaviyo", domains: ["klaviyomail.com"] },
  { service: "MailChannels", domains: ["mailchannels.net"] },
  { service: "Mailchimp", domains: ["mandrillapp.com", "mcdlv.net", "mcsv.net", "rsgsv.net"] },
  { service: "Mailgun", domains: ["mailgun.com", "mailgun.net"] },
  { service: "Mailjet", domains: ["mailjet.com"] },
  { service: "Microsoft", domains: ["outlook.com"] },
  { service: "Mimecast", domains: ["mimecast.com"] },
  { service: "Postmark", domains: ["mtasv.net"] },
  { service: "Proofpoint", domains: ["pphosted.com"] },
  { service: "Salesforce Marketing Cloud", domains: ["exacttarget.com"] },
  { service: "SMTP2GO", domains: ["smtp2go.com"] },
  { service: "Twilio SendGrid", domains: ["sendgrid.net"] },
  { service: "Zoho", domains: ["zcsend.net", "zoho.com", "zoho.eu", "zohomail.com"] },
];

/** How an address that is dedicated to one customer gets a PTR, as the service documents it. */
export interface DedicatedAddress {
  /** {@link MailService.service} */
  readonly service: string;
  /** The next step of the customer, one sentence. */
  readonly fix: string;
  readonly source: string;
  /** When the source was read, YYYY-MM-DD. */
  readonly read: string;
}

/** Services that are not listed publish nothing that was found: their support knows. */
export const DEDICATED_ADDRESSES: readonly DedicatedAddress[] = [
  {
    service: "Twilio SendGrid",
    fix: "For a dedicated address, set up reverse DNS in SendGrid (Settings, Sender Authentication; or POST /v3/whitelabel/ips), add the A record that it names at the DNS host of your domain, and validate it: SendGrid then sets the PTR. A shared address keeps SendGrid's name.",
    source: "https://twilio.com/docs/sendgrid/api-reference/reverse-dns/set-up-reverse-dns",
    read: "2026-11-22",
  },
  {
    service: "Bird (SparkPost)",
    fix: "Nothing to do: SparkPost sets PTR, address and EHLO name of its dedicated addresses itself, with names of its own.",
    source: "https://www.sparkpost.com/docs/deliverability/ded-ip-full-circle-dns/",
    read: "2026-11-22",
  },
  {
    service: "Mailgun",
    fix: "For a dedicated address, follow Mailgun's reverse DNS white labelling: give a name of your domain the address at your DNS host, then ask Mailgun's support for the PTR. A shared address keeps Mailgun's name.",
    source: "https://www.mailgun.com/blog/deliverability/reverse-dns-white-labeling-hello-my-name-is/",
    read: "2026-11-22",
  },
];

export function dedicatedAddressOf(service: string): DedicatedAddress | undefined {
  return DEDICATED_ADDRESSES.find((each) => each.service === service);
}

/** The mail service whose name this is, or undefined. */
export function mailServiceOf(name: string): string | undefined {
  return MAIL_SERVICES.find(({ domains }) => domains.some((domain) => isWithin(name, domain)))?.service;
}

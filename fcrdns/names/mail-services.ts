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

/** The mail service whose name this is, or undefined. */
export function mailServiceOf(name: string): string | undefined {
  return MAIL_SERVICES.find(({ domains }) => domains.some((domain) => isWithin(name, domain)))?.service;
}

/** Whose servers a domain lets send, by the names that its SPF record includes and its MX leads to. */
import { isWithin } from "../../fcrdns/ask/domain-tree";
import type { MailService } from "../../fcrdns/names/mail-services";
import { mailServiceOf } from "../../fcrdns/names/mail-services";

interface SpfService extends MailService {
  /** Where the service, or somebody else, says to include it. Read 2026-11-22. */
  readonly source: string;
}

const TEMPLATES = "the service's own template in github.com/Domain-Connect/Templates at e002d91 (2026-08-20)";
const PROVIDERS = "lib/Utils/SPF/providers of github.com/osintowl/domaintwistex at 8a991c8 (2026-05-29)";

/** Domains beside those under which the services name their servers. */
export const SPF_SERVICES: readonly SpfService[] = [
  { service: "Adobe Marketo", domains: ["mktomail.com"], source: PROVIDERS },
  { service: "Apple iCloud Mail", domains: ["icloud.com"], source: "mxhelper.com/fr/mail-providers/icloud" },
  { service: "Bluehost, HostGator", domains: ["websitewelcome.com"], source: TEMPLATES },
  { service: "Campaign Monitor", domains: ["_spf.createsend.com"], source: PROVIDERS },
  { service: "Constant Contact", domains: ["spf.constantcontact.com"], source: PROVIDERS },
  { service: "DocuSign", domains: ["docusign.net"], source: PROVIDERS },
  { service: "Elastic Email", domains: ["_spf.elasticemail.com"], source: "wirewiki.com/domains/bms.edu.do/spf" },
  { service: "Forward Email", domains: ["spf.forwardemail.net"], source: TEMPLATES },
  { service: "GoDaddy", domains: ["secureserver.net"], source: TEMPLATES },
  { service: "Google", domains: ["googlemail.com", "_spf.firebasemail.com"], source: PROVIDERS },
  { service: "ImprovMX", domains: ["spf.improvmx.com"], source: TEMPLATES },
  { service: "Mailgun", domains: ["mailgun.org"], source: TEMPLATES },
  { service: "Oracle Cloud Email Delivery", domains: ["oracleemaildelivery.com"], source: PROVIDERS },
  { service: "OVHcloud", domains: ["mx.ovh.com"], source: PROVIDERS },
  { service: "Postmark", domains: ["postmarkapp.com"], source: PROVIDERS },
  {
    service: "Proton Mail",
    domains: ["_spf.protonmail.ch"],
    source: "proton.me/support/anti-spoofing-custom-domain",
  },
  { service: "Rackspace Email", domains: ["emailsrvr.com"], source: PROVIDERS },
  {
    service: "Salesforce",
    domains: ["_spf.salesforce.com"],
    source: "help.salesforce.com/s/articleView?id=000315520",
  },
  { service: "ServiceNow", domains: ["service-now.com"], source: PROVIDERS },
  { service: "SMTP2GO", domains: ["smtp2go.net"], source: TEMPLATES },
  { service: "Titan", domains: ["spf.titan.email", "spf.flockmail.com"], source: TEMPLATES },
  { service: "Zendesk", domains: ["mail.zendesk.com", "_spf.zendesk.com"], source: PROVIDERS },
];

/** The service that a name belongs to, which an SPF record includes or an MX record gives; undefined: none known. */
export function spfServiceOf(name: string): string | undefined {
  const known = SPF_SERVICES.find(({ domains }) => domains.some((domain) => isWithin(name, domain)));
  return known?.service ?? mailServiceOf(name);
}

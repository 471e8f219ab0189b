/** What large receivers do otherwise than others: data with sources and dates. */

export interface KnownReceiver {
  readonly receiver: string;
  /** Domains of its servers' names, and those that people name it by. */
  readonly domains: readonly string[];
  /**
   * Its servers where they write no looked-up name for each other: names that they say, from networks that nobody else can
   * send from.
   * @default none
   */
  readonly own?: readonly { readonly names: readonly string[]; readonly networks: readonly string[] }[];
  /**
   * Names of its servers that write no address of their clients, all of which are its own servers.
   * @default none
   */
  readonly withoutAddress?: RegExp;
  /** Its results stand directly below the `Received` field that it wrote for the sender. @default above it */
  readonly resultsBelow?: true;
  /** Where this was read, and when. */
  readonly sources: readonly { readonly source: string; readonly date: string }[];
}

/** Headers that these receivers wrote, in public collections of messages. */
const HEADERS = [{ source: "headers of messages in github.com/rf-peixoto/phishing_pot", date: "2026-11-22" }];
const FIXTURES = [{ source: "headers of messages in github.com/sisimai/set-of-emails", date: "2026-11-22" }];

export const KNOWN_RECEIVERS: readonly KnownReceiver[] = [
  {
    receiver: "Google",
    domains: ["google.com", "gmail.com", "googlemail.com"],
    resultsBelow: true,
    sources: HEADERS,
  },
  {
    receiver: "Microsoft",
    domains: [
      "outlook.com",
      "office365.com",
      "hotmail.com",
      "live.com",
      "msn.com",
      "microsoft.com",
      "exchangelabs.com",
    ],
    // What it sends to others has names of its own, below outbound.protection.outlook.com.
    own: [
      {
        names: ["prod.outlook.com", "prod.protection.outlook.com", "prod.exchangelabs.com", "outlook.office365.com"],
        networks: [
          ...[
            "2603:1026::/36",
            "2603:1036::/36",
            "2603:1086::/32",
            "2603:1096::/32",
            "2603:10a6::/32",
            "2603:10b6::/32",
          ],
          ...["2603:10c6::/32", "2603:10d6::/32", "2a01:111:e400::/48", "2a01:111:f400::/48", "2a01:111:f403::/48"],
        ],
      },
    ],
    sources: HEADERS,
  },
  { receiver: "Yahoo", domains: ["yahoo.com", "yahoodns.net", "yahoo.co.jp", "aol.com", "aol.net"], sources: FIXTURES },
  {
    receiver: "Apple",
    domains: ["apple.com", "icloud.com", "me.com", "mac.com"],
    withoutAddress: /^p\d+-mailgateway-smtp-[a-z0-9-]+$/,
    sources: [
      { source: "headers of messages to iCloud of 2023 to 2026, quoted in public repositories", date: "2026-11-22" },
    ],
  },
  {
    receiver: "Proofpoint",
    domains: ["pphosted.com", "ppops.net", "ppe-hosted.com"],
    sources: [{ source: "headers of messages in archives of lists at vger.kernel.org", date: "2026-11-22" }],
  },
  { receiver: "Proton", domains: ["protonmail.ch", "proton.ch", "protonmail.com", "proton.me"], sources: HEADERS },
  { receiver: "Fastmail", domains: ["messagingengine.com", "fastmail.com"], sources: FIXTURES },
  {
    receiver: "1&1 (GMX, WEB.DE, IONOS)",
    domains: ["gmx.net", "gmx.com", "gmx.de", "web.de", "mail.com", "kundenserver.de"],
    sources: FIXTURES,
  },
  { receiver: "Yandex", domains: ["yandex.net", "yandex.ru", "yandex.com"], sources: FIXTURES },
  { receiver: "VK (Mail.ru)", domains: ["mail.ru", "inbox.ru", "list.ru", "bk.ru"], sources: FIXTURES },
  {
    receiver: "Zoho",
    domains: ["zoho.com", "zohomail.com", "zoho.eu", "zohomail.eu", "zoho.in", "zohomail.in"],
    sources: FIXTURES,
  },
];

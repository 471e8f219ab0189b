/**
 * How well-known receivers treat an address whose reverse DNS is not as it should be: what they refuse or defer, with
 * which words, and where that is written. Data; a verdict becomes a row of a matrix.
 */
import { inspectName } from "../names/inspect-name";
import type { Verdict } from "../verdict";

/** What a receiver can see of a verdict. */
export type Symptom =
  /** No PTR: iprev permerror. */
  | "no-ptr"
  /** The names do not confirm the address: iprev fail. */
  | "unconfirmed"
  /** It could not be found out: iprev temperror. */
  | "unknown"
  /** The PTR's name looks machine-made. */
  | "generic"
  /** The PTR's name is no valid host name. */
  | "invalid-name"
  /** The PTR is not the name that the mail server greets with. */
  | "unexpected-name"
  /** More than one PTR. */
  | "several-ptrs"
  /** One PTR does not confirm the address, although another does. */
  | "extra-ptr";

export interface Objection {
  readonly symptoms: readonly Symptom[];
  /** @default both families */
  readonly family?: 4 | 6;
  /** `defers`: answers 4xx, the sender tries again. `refuses`: answers 5xx, or takes it for spam. */
  readonly effect: "refuses" | "defers";
  /** What it says in SMTP, `...` where cut; null where the wording is not known. */
  readonly smtp: string | null;
  readonly source: string;
  /** When the source was read, YYYY-MM-DD, or `not known`. */
  readonly read: string;
}

/** What a receiver is known to take, where that is written. */
export interface Acceptance {
  /** What it does not mind; what is neither here nor among its objections is not known. @default none */
  readonly symptoms?: readonly Symptom[];
  /** @default both families */
  readonly family?: 4 | 6;
  readonly source: string;
  /** When the source was read, YYYY-MM-DD, or `not known`. */
  readonly read: string;
}

export interface Receiver {
  readonly id: string;
  readonly name: string;
  /** The families of sending addresses that the row is about. */
  readonly families: readonly (4 | 6)[];
  readonly objections: readonly Objection[];
  /** How long it remembers that it refused mail for its reverse DNS. @default not known */
  readonly remembers?: { readonly seconds: number; readonly source: string; readonly read: string };
  /** Absent where nothing is published about what is enough. */
  readonly accepts?: Acceptance;
}

/** The day on which sources were read again, in copies where the source names one. */
const READ = "2026-11-21";
/** Taken over from notes without a date, and no copy was found since. */
const UNDATED = "not known";

const GMAIL_GUIDELINE =
  "Google, Email sender guidelines (copies of 2023-12-12 and 2025-06-08): the PTR's host name must have forward DNS that refers to the sending IP; Gmail SMTP errors and codes, 4.7.23 and 5.7.25";

/** Google publishes no figure. */
const GMAIL_REMEMBERS = {
  seconds: 86_400,
  source:
    "docs.emaildelivery.com, PTR Records and Reverse DNS: a refusal may be remembered for at least 24 hours after the fix",
  read: "2026-11-22",
} as const;

export const RECEIVERS: readonly Receiver[] = [
  {
    id: "rfc8601",
    name: "A receiver by the book",
    families: [4, 6],
    accepts: {
      symptoms: ["generic", "invalid-name", "unexpected-name", "several-ptrs", "extra-ptr"],
      source: "RFC 8601 section 3: pass as soon as one name has the address",
      read: UNDATED,
    },
    objections: [
      {
        symptoms: ["no-ptr", "unconfirmed"],
        effect: "refuses",
        smtp: "550 5.7.25 Reverse DNS validation failed",
        source: "RFC 8601 section 2.7.3; RFC 7372 section 3.3",
        read: UNDATED,
      },
      {
        symptoms: ["unknown"],
        effect: "defers",
        smtp: "451 4.7.25 Reverse DNS validation failed",
        source: "RFC 8601 section 2.7.3 (temperror: a later attempt may produce a final result)",
        read: UNDATED,
      },
    ],
  },
  {
    id: "gmail-v4",
    name: "Gmail, over IPv4",
    families: [4],
    remembers: GMAIL_REMEMBERS,
    accepts: { source: GMAIL_GUIDELINE, read: READ },
    objections: [
      {
        symptoms: ["no-ptr", "unconfirmed"],
        effect: "refuses",
        smtp: "550-5.7.25 The IP address sending this message does not have a PTR record setup, or the corresponding forward DNS entry does not match the sending IP. As a policy, Gmail does not accept messages from IPs with missing PTR records...",
        source: GMAIL_GUIDELINE,
        read: READ,
      },
      {
        symptoms: ["unknown"],
        effect: "defers",
        smtp: "421 4.7.23 The sending IP address for this message doesn't have a PTR record, or the PTR record's forward DNS entry doesn't match the sending IP address. To protect users from spam, your email has been temporarily rate limited.",
        source: GMAIL_GUIDELINE,
        read: READ,
      },
    ],
  },
  {
    id: "gmail-v6",
    name: "Gmail, over IPv6",
    families: [6],
    remembers: GMAIL_REMEMBERS,
    accepts: { source: GMAIL_GUIDELINE, read: READ },
    objections: [
      {
        symptoms: ["no-ptr", "unconfirmed"],
        effect: "refuses",
        smtp: "550 5.7.1 ... does not meet IPv6 sending guidelines regarding PTR records and authentication",
        source: `${GMAIL_GUIDELINE}; wording from sisimai rhost/google.rb`,
        read: READ,
      },
      {
        symptoms: ["unknown"],
        effect: "defers",
        smtp: "421 4.7.23 The sending IP address for this message doesn't have a PTR record, or the PTR record's forward DNS entry doesn't match the sending IP address...",
        source: GMAIL_GUIDELINE,
        read: READ,
      },
    ],
  },
  {
    id: "microsoft",
    name: "Microsoft 365 and Outlook.com",
    families: [4, 6],
    accepts: { family: 6, source: "Microsoft Learn: support for anonymous inbound email over IPv6", read: READ },
    objections: [
      {
        symptoms: ["no-ptr"],
        family: 6,
        effect: "defers",
        smtp: "450 4.7.25 Service unavailable, sending IPv6 address [...] must have reverse DNS record.",
        source: "Microsoft Learn: support for anonymous inbound email over IPv6; none is published for IPv4",
        read: READ,
      },
    ],
  },
  {
    id: "yahoo",
    name: "Yahoo and AOL",
    families: [4, 6],
    accepts: { source: "Yahoo, Sender best practices", read: UNDATED },
    objections: [
      {
        symptoms: ["no-ptr", "unconfirmed", "generic"],
        effect: "refuses",
        smtp: null,
        source: "Yahoo, Sender best practices: valid forward and reverse DNS, a PTR that is not generic",
        read: UNDATED,
      },
      {
        symptoms: ["unknown"],
        effect: "defers",
        smtp: null,
        source: "Yahoo, Sender best practices",
        read: UNDATED,
      },
    ],
  },
  {
    id: "gmx",
    name: "GMX, web.de, IONOS",
    families: [4, 6],
    accepts: { source: "GMX postmaster, c=rdns", read: UNDATED },
    objections: [
      {
        symptoms: ["no-ptr", "unconfirmed", "generic", "invalid-name"],
        effect: "refuses",
        smtp: "554-gmx.net (mxgmx017) Nemesis ESMTP Service not available 554-No SMTP service 554-Bad DNS PTR resource record. 554 For explanation visit ...c=rdns",
        source: "GMX postmaster, c=rdns: the PTR must not be the provider's preset and should equal the HELO name",
        read: UNDATED,
      },
      {
        symptoms: ["unexpected-name"],
        effect: "refuses",
        smtp: "554-Bad DNS PTR resource record ...",
        source: "GMX, email policy: the reverse DNS entry should be used as the HELO; wording as in c=rdns",
        read: READ,
      },
    ],
  },
  {
    id: "t-online",
    name: "T-Online",
    families: [4, 6],
    accepts: { source: "T-Online postmaster, terms section 4.1", read: UNDATED },
    objections: [
      {
        symptoms: ["no-ptr", "unconfirmed"],
        effect: "refuses",
        smtp: "554 IP=... - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)",
        source:
          "T-Online postmaster, section 4.1 (quoted by sidenotes.de, 2026-02-01): FCrDNS, and a host name that leads to who runs it",
        read: READ,
      },
      {
        symptoms: ["generic", "invalid-name"],
        effect: "refuses",
        smtp: "554 IP=... - Dialup/transient IP not allowed. Use a mailgateway or contact toda@rx.t-online.de ... (DIAL)",
        source: "T-Online postmaster, terms section 4.1",
        read: UNDATED,
      },
    ],
  },
  {
    id: "strict",
    name: "The strictest mail servers together",
    families: [4, 6],
    accepts: { source: "the programs that the objections name; RFC 8601 section 3", read: UNDATED },
    objections: [
      {
        symptoms: ["no-ptr", "unconfirmed", "unknown"],
        effect: "defers",
        smtp: "450 4.7.25 Client host rejected: cannot find your hostname, [...]",
        source: "Postfix reject_unknown_client_hostname, code 450 by default",
        read: UNDATED,
      },
      {
        symptoms: ["extra-ptr"],
        effect: "refuses",
        smtp: null,
        source: "SEPPmail cloud: every PTR must confirm",
        read: UNDATED,
      },
      {
        symptoms: ["several-ptrs", "unexpected-name"],
        effect: "refuses",
        smtp: "550 5.7.25 rDNS name does not match source hostname",
        source:
          "maddy require_matching_rdns (internal/check/dns/dns.go at 0523f11): one PTR is compared with the EHLO name",
        read: READ,
      },
      {
        symptoms: ["generic"],
        effect: "refuses",
        smtp: null,
        source: "SpamAssassin RDNS_DYNAMIC (rules/20_dynrdns.cf of 2024-10-24)",
        read: READ,
      },
      {
        symptoms: ["invalid-name"],
        effect: "refuses",
        smtp: null,
        source: "rspamd hfilter; Exim and Postfix drop invalid names",
        read: UNDATED,
      },
    ],
  },
];

/** One cell's worth of a matrix: what one receiver makes of one verdict. */
export interface ReceiverOpinion {
  /** {@link Receiver.id} */
  readonly receiver: string;
  readonly name: string;
  /** `not-known`: no source says so. `not-concerned`: the row is about the other address family. */
  readonly outcome: "accepts" | "defers" | "refuses" | "not-known" | "not-concerned";
  /** Why it refuses or defers, the worst first; each with the symptoms that it rests on. */
  readonly because: readonly Objection[];
  /** Where it is written that this is enough; with `accepts` only. */
  readonly accepts?: Acceptance;
}

/** What is to be seen of this verdict from outside. */
export function symptomsOf({ ip, iprev, ptr, confirmed, expected, helo }: Verdict): ReadonlySet<Symptom> {
  const symptoms = new Set<Symptom>();
  if (iprev === "permerror") symptoms.add("no-ptr");
  if (iprev === "fail") symptoms.add("unconfirmed");
  if (iprev === "temperror") symptoms.add("unknown");
  const inspections = ptr.map((name) => inspectName(name, { ip }));
  if (inspections.some(({ generic }) => generic)) symptoms.add("generic");
  if (inspections.some(({ valid }) => !valid)) symptoms.add("invalid-name");
  if (ptr.length > 1) symptoms.add("several-ptrs");
  if (iprev === "pass" && ptr.some((name) => !confirmed.includes(name))) symptoms.add("extra-ptr");
  // The expected name stands for what the server says, where that is not known.
  const greeting = helo ?? expected;
  if (greeting !== null && ptr.length > 0 && !ptr.includes(greeting)) symptoms.add("unexpected-name");
  return symptoms;
}

/**
 * What each receiver makes of a verdict, in the order of {@link RECEIVERS}. Reverse DNS only: a receiver that accepts
 * here may still refuse for other reasons. What no source says is `not-known`, never `accepts`.
 */
export function receiverMatrix(verdict: Verdict): ReceiverOpinion[] {
  const symptoms = symptomsOf(verdict);
  const family = verdict.ip.includes(":") ? 6 : 4;
  const concerns = (each: { readonly family?: 4 | 6 }) => each.family === undefined || each.family === family;
  return RECEIVERS.map(({ id, name, families, objections, accepts }) => {
    if (!families.includes(family)) return { receiver: id, name, outcome: "not-concerned", because: [] };
    const because = objections
      .filter(concerns)
      .map((objection) => ({ ...objection, symptoms: objection.symptoms.filter((symptom) => symptoms.has(symptom)) }))
      .filter((objection) => objection.symptoms.length > 0)
      .sort((a, b) => (a.effect === b.effect ? 0 : a.effect === "refuses" ? -1 : 1));
    const [worst] = because;
    if (worst !== undefined) return { receiver: id, name, outcome: worst.effect, because };
    const isEnough = accepts && concerns(accepts) && [...symptoms].every((each) => accepts.symptoms?.includes(each));
    if (!isEnough) return { receiver: id, name, outcome: "not-known", because };
    return { receiver: id, name, outcome: "accepts", because, accepts };
  });
}

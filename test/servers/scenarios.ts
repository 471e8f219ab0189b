/**
 * What name servers may hold, and the verdict that the RFCs ask for, one line each. The expectation is written from the
 * text that `source` names, not from what the checker answers.
 */
import { arpaName } from "../../sandbox/internet/blocks";
import { BLOCK, BLOCK6, COM, type Contents, REV, REV48, REV64 } from "./hierarchy";

export interface Scenario {
  readonly name: string;
  readonly source: string;
  readonly contents: Contents;
  readonly ip: string;
  readonly expected: string | null;
  /** `STATUS IPREV REASON`, then the rules of its findings in alphabetical order. */
  readonly verdict: string;
  /**
   * Through resolvers, where they cannot see the same; several where it is a matter of luck or of the resolver. Empty: not
   * asked, for BIND looks for servers without an address for ten seconds.
   */
  readonly recursive?: readonly string[];
  /** In mode full, where authoritative servers and resolvers together say something else. */
  readonly full?: string;
  /** What servers of one make say instead, with the reason in a comment. */
  readonly at?: Readonly<Record<string, string>>;
  /** Needs signed zones. @default false */
  readonly signed?: true;
}

type Line = readonly [
  name: string,
  source: string,
  contents: Contents,
  asked: string,
  verdict: string,
  more?: Partial<Scenario>,
];

const NO_PTR = "fail permerror no-ptr | no-ptr";
const OK = "pass pass ok |";
/** RFC 4035 section 5.5: a validating resolver answers SERVFAIL; RFC 8601 section 2.7.3: that is temperror. */
const BOGUS_FORWARD = {
  signed: true,
  full: "unknown temperror servfail | dnssec-bogus",
  recursive: ["unknown temperror servfail | dnssec-bogus forward-unanswered"],
} as const;
const BOGUS_REVERSE = {
  signed: true,
  full: "unknown temperror servfail | dnssec-bogus",
  recursive: ["unknown temperror servfail | dnssec-bogus ptr-unanswered"],
} as const;
/** No resolver gets an answer where there is none: SERVFAIL (RFC 2308 section 7). */
const PTR_SERVFAIL = { recursive: ["unknown temperror servfail | ptr-unanswered"] } as const;

/** Full owner name of a PTR. */
const ptr = (address: string): string => `${arpaName(address)}.`;

const lines: readonly Line[] = [
  // The round trip itself.
  [
    "one PTR, one A",
    "RFC 8601 3",
    { [REV]: "1 PTR mail1.example.com.", [COM]: "mail1 A 198.51.100.1" },
    "198.51.100.1=mail1.example.com",
    OK,
  ],
  ["no PTR", "RFC 8601 2.7.3", { [COM]: "mail12 A 198.51.100.12" }, "198.51.100.12=mail12.example.com", NO_PTR],
  [
    "a PTR name that does not exist",
    "RFC 8601 2.7.3",
    { [REV]: "13 PTR nowhere.example.com." },
    "198.51.100.13",
    "fail fail no-forward | no-forward",
  ],
  [
    "a PTR name with another address",
    "RFC 8601 2.7.3",
    { [REV]: "14 PTR mail1.example.com." },
    "198.51.100.14",
    "fail fail forward-mismatch | forward-mismatch",
  ],
  [
    "an IPv6 address whose name has only an A",
    "RFC 8601 3",
    { [REV64]: `${ptr("2001:db8:1::14")} PTR mail1.example.com.` },
    "2001:db8:1::14",
    "fail fail forward-mismatch | forward-mismatch",
  ],
  [
    "another name than the expected one",
    "RFC 5321 4.1.4",
    { [REV]: "15 PTR mail15.example.com.", [COM]: "mail15 A 198.51.100.15\nhost15 A 198.51.100.15" },
    "198.51.100.15=host15.example.com",
    "fail pass unexpected-name | unexpected-name",
  ],
  [
    "a PTR to the root",
    "RFC 7505 (a null target is no host)",
    { [REV]: "16 PTR ." },
    "198.51.100.16",
    "fail fail bad-name | name-is-root",
  ],
  [
    "a TTL of zero",
    "RFC 2181 8",
    { [REV]: "17 0 PTR mail17.example.com.", [COM]: "mail17 0 A 198.51.100.17" },
    "198.51.100.17=mail17.example.com",
    OK,
  ],

  // Several records.
  [
    "two PTRs that both confirm",
    "RFC 2181 10.2",
    { [REV]: "20 PTR a20.example.com.\n20 PTR b20.example.com.", [COM]: "a20 A 198.51.100.20\nb20 A 198.51.100.20" },
    "198.51.100.20=a20.example.com",
    "pass pass ok | several-ptrs",
  ],
  [
    "two PTRs of which one confirms",
    "RFC 1912 2.1",
    { [REV]: "21 PTR a21.example.com.\n21 PTR b21.example.com.", [COM]: "a21 A 198.51.100.21" },
    "198.51.100.21=a21.example.com",
    "fail pass unconfirmed-ptr | extra-ptr-unconfirmed several-ptrs",
  ],
  [
    "eleven PTRs",
    "RFC 8601 3; RFC 7208 4.6.4",
    {
      [REV]: Array.from({ length: 11 }, (_, nth) => `22 PTR h${String.fromCharCode(97 + nth)}.example.com.`).join("\n"),
      [COM]: Array.from({ length: 11 }, (_, nth) => `h${String.fromCharCode(97 + nth)} A 198.51.100.22`).join("\n"),
    },
    "198.51.100.22",
    "fail pass too-many-names | several-ptrs too-many-names",
  ],
  [
    "90 addresses: truncated, then by TCP",
    "RFC 7766 5; RFC 2181 9",
    {
      [REV]: "23 PTR many.example.com.",
      [COM]: Array.from({ length: 90 }, (_, nth) => `many A 203.0.113.${nth + 1}`)
        .concat("many A 198.51.100.23")
        .join("\n"),
    },
    "198.51.100.23=many.example.com",
    OK,
  ],
  [
    "80 PTRs: truncated, then by TCP",
    "RFC 7766 5; RFC 8601 3",
    {
      [REV]: Array.from({ length: 80 }, (_, nth) => `26 PTR a-rather-long-label-${nth}.w26.example.com.`).join("\n"),
      [COM]: "*.w26 A 203.0.113.1",
    },
    "198.51.100.26",
    "fail fail too-many-names | forward-mismatch several-ptrs too-many-names",
  ],
  [
    "two PTRs that lead elsewhere",
    "RFC 8601 2.7.3",
    { [REV]: "27 PTR mail1.example.com.\n27 PTR a20.example.com." },
    "198.51.100.27",
    "fail fail forward-mismatch | forward-mismatch several-ptrs",
  ],
  [
    "the AAAA of the same name has no PTR",
    "RFC 8601 3",
    { [REV]: "24 PTR dual.example.com.", [COM]: "dual A 198.51.100.24\ndual AAAA 2001:db8:1::24" },
    "198.51.100.24=dual.example.com",
    "pass pass ok | other-family-uncovered",
  ],
  [
    "both families round-trip",
    "RFC 8601 3",
    {
      [REV]: "25 PTR both.example.com.",
      [REV64]: `${ptr("2001:db8:1::25")} PTR both.example.com.`,
      [COM]: "both A 198.51.100.25\nboth AAAA 2001:db8:1::25",
    },
    "2001:db8:1::25=both.example.com",
    OK,
  ],

  // Names.
  [
    "upper case in every record",
    "RFC 4343 3",
    { [REV]: "30 PTR MAIL30.EXAMPLE.NET.", "EXAMPLE.NET": "Mail30 A 198.51.100.30" },
    "198.51.100.30=mail30.example.net",
    OK,
  ],
  [
    "a dot within a label",
    "RFC 1035 5.1; RFC 1123 2.1",
    { [REV]: "31 PTR dotted\\.label.example.com.", [COM]: "dotted\\.label A 198.51.100.31" },
    "198.51.100.31",
    "fail pass bad-name | name-not-ldh",
  ],
  [
    "an octet that is no letter",
    "RFC 2181 11; RFC 1123 2.1",
    { [REV]: "32 PTR o\\195\\188.example.com.", [COM]: "o\\195\\188 A 198.51.100.32" },
    "198.51.100.32",
    "fail pass bad-name | name-not-ldh",
    // PowerDNS 4.7 cannot look up such a label in a zone file: SERVFAIL.
    { at: { "pdns-server": "unknown temperror servfail | forward-unanswered name-not-ldh" } },
  ],
  [
    "a NUL within a label",
    "RFC 2181 11; RFC 1035 5.1",
    { [REV]: "38 PTR a\\.b\\000c.example.com." },
    "198.51.100.38",
    "fail fail no-forward | name-not-ldh no-forward",
    // As above.
    { at: { "pdns-server": "unknown temperror servfail | forward-unanswered name-not-ldh" } },
  ],
  [
    "an underscore",
    "RFC 1123 2.1",
    { [REV]: "33 PTR mail_33.example.com.", [COM]: "mail_33 A 198.51.100.33" },
    "198.51.100.33",
    "fail pass bad-name | name-underscore",
  ],
  [
    "a name three labels below its zone",
    "RFC 8020 2",
    { [REV]: "34 PTR a.b.c34.example.com.", [COM]: "a.b.c34 A 198.51.100.34" },
    "198.51.100.34=a.b.c34.example.com",
    OK,
  ],
  [
    "a PTR to an empty non-terminal",
    "RFC 8020 2",
    { [REV]: "35 PTR ent35.example.com.", [COM]: "a.ent35 A 198.51.100.35" },
    "198.51.100.35",
    "fail fail no-forward | no-forward",
  ],
  [
    "a reverse name that is an empty non-terminal",
    "RFC 8020 2; RFC 2308 2.2",
    { [REV]: 'x.36 TXT "below"' },
    "198.51.100.36",
    NO_PTR,
  ],
  ["a reverse name with other types only", "RFC 2308 2.2", { [REV]: '37 TXT "here"' }, "198.51.100.37", NO_PTR],

  // Delegations.
  [
    "RFC 2317: a CNAME into a zone named 0-3",
    "RFC 2317 4",
    { [REV]: "2 CNAME 2.0-3", [`0-3.${REV}`]: "2 PTR mail2.example.com.", [COM]: "mail2 A 198.51.100.2" },
    "198.51.100.2=mail2.example.com",
    OK,
  ],
  [
    "RFC 2317: a CNAME into a zone named 4/30",
    "RFC 2317 4",
    { [REV]: "5 CNAME 5.4/30", [`4/30.${REV}`]: "5 PTR mail5.example.com.", [COM]: "mail5 A 198.51.100.5" },
    "198.51.100.5=mail5.example.com",
    OK,
  ],
  ["RFC 2317: the CNAME leads to a name without PTR", "RFC 2317 4", { [REV]: "3 CNAME 3.0-3" }, "198.51.100.3", NO_PTR],
  [
    "RFC 2317 with a name of one's own zone",
    "RFC 2317 5.2",
    { [REV]: "6 CNAME ptr6.example.com.", [COM]: "ptr6 PTR mail6.example.com.\nmail6 A 198.51.100.6" },
    "198.51.100.6=mail6.example.com",
    OK,
  ],
  [
    "a whole /24 by DNAME",
    "RFC 6672 2.2",
    { [BLOCK]: "101 DNAME rev101.example.com.", [COM]: "7.rev101 PTR mail7.example.com.\nmail7 A 198.51.101.7" },
    "198.51.101.7=mail7.example.com",
    OK,
  ],
  ["a name that does not exist behind a DNAME", "RFC 6672 2.2", {}, "198.51.101.8", NO_PTR],
  [
    "nibbles delegated at /32, /48 and /64",
    "RFC 3596 2.5",
    { [REV64]: `${ptr("2001:db8:1::40")} PTR mail40.example.com.`, [COM]: "mail40 AAAA 2001:db8:1::40" },
    "2001:db8:1::40=mail40.example.com",
    OK,
  ],
  [
    "24 nibbles in one zone",
    "RFC 3596 2.5; RFC 8020 2",
    { [BLOCK6]: `${ptr("2001:db8:2::1")} PTR mail41.example.com.`, [COM]: "mail41 AAAA 2001:db8:2::1" },
    "2001:db8:2::1=mail41.example.com",
    OK,
  ],
  ["no PTR, below nibbles that are empty", "RFC 8020 2", {}, "2001:db8:2::2", NO_PTR],
  ["no PTR, below a nibble that does not exist", "RFC 8020 2", {}, "2001:db8:f::2", NO_PTR],
  [
    "an IPv6 /56 by DNAME",
    "RFC 6672 2.2",
    {
      [REV48]: "2.0 DNAME v6.example.com.",
      [COM]: `${ptr("2001:db8:1:200::42").replace(`2.0.${REV48}`, "v6.example.com")} PTR mail42.example.com.\nmail42 AAAA 2001:db8:1:200::42`,
    },
    "2001:db8:1:200::42=mail42.example.com",
    OK,
  ],
  [
    "glue within the zone, none above",
    "RFC 9471 2",
    { [REV]: "43 PTR mail43.example.net.", "EXAMPLE.NET": "mail43 A 198.51.100.43" },
    "198.51.100.43=mail43.example.net",
    OK,
  ],
  [
    "a zone three labels below its parent",
    "RFC 1034 4.2",
    { [REV]: "44 PTR mail.x.y.z.example.com.", [`x.y.z.${COM}`]: "mail A 198.51.100.44" },
    "198.51.100.44=mail.x.y.z.example.com",
    OK,
  ],
  [
    "a zone whose servers are named in each other's zones, without glue",
    "RFC 1912 2.3",
    { [REV]: "45 PTR mail.one.test." },
    "198.51.100.45=mail.one.test",
    "unknown temperror no-answer | forward-unanswered server-without-address",
    { recursive: [] },
  ],
  [
    "a name server that has no address",
    "RFC 1912 2.8",
    { [`107.${BLOCK}`]: "1 PTR mail107.example.com.", [COM]: "mail107 A 198.51.107.1" },
    "198.51.107.1=mail107.example.com",
    "pass pass ok | server-without-address",
    { recursive: [OK] },
  ],
  [
    "a name server that is an alias",
    "RFC 2181 10.3",
    { [`108.${BLOCK}`]: "1 PTR mail108.example.com.", [COM]: "mail108 A 198.51.108.1" },
    "198.51.108.1=mail108.example.com",
    "pass pass ok | server-without-address",
    { recursive: [OK] },
  ],

  // Aliases.
  [
    "a PTR name that is an alias",
    "RFC 2181 10.2",
    { [REV]: "50 PTR alias50.example.com.", [COM]: "alias50 CNAME host50\nhost50 A 198.51.100.50" },
    "198.51.100.50=alias50.example.com",
    "pass pass ok | ptr-target-alias",
  ],
  [
    "a chain of four aliases through three zones",
    "RFC 1034 3.6.2",
    {
      [REV]: "51 CNAME c51.example.com.",
      [COM]: "c51 CNAME c51.example.net.\nd51 CNAME d51.x.y.z\nmail51 A 198.51.100.51",
      "EXAMPLE.NET": "c51 CNAME d51.example.com.",
      [`x.y.z.${COM}`]: "d51 PTR mail51.example.com.",
    },
    "198.51.100.51=mail51.example.com",
    OK,
  ],
  [
    "a loop of aliases between zones on different servers",
    "RFC 1034 3.6.2; RFC 8601 2.7.3",
    { [REV]: "52 CNAME loop52.example.com.", [COM]: `loop52 CNAME 52.${REV}.` },
    "198.51.100.52",
    "fail temperror cname-loop | cname-loop",
    { recursive: ["unknown temperror servfail | ptr-unanswered", "fail temperror cname-loop | cname-loop"] },
  ],
  [
    "a loop of aliases within a zone",
    "RFC 1034 3.6.2; RFC 8601 2.7.3",
    { [REV]: "54 CNAME 55\n55 CNAME 54" },
    "198.51.100.54",
    "fail temperror cname-loop | cname-loop",
    {
      recursive: ["unknown temperror servfail | ptr-unanswered", "fail temperror cname-loop | cname-loop"],
      // BIND 9.18 and PowerDNS 4.7 follow aliases within their zones themselves, and give up.
      at: {
        bind9: "unknown temperror servfail | ptr-unanswered",
        "pdns-server": "unknown temperror servfail | ptr-unanswered",
      },
    },
  ],
  [
    "a PTR name that is an alias of a host with another address",
    "RFC 8601 2.7.3; RFC 2181 10.2",
    { [REV]: "56 PTR alias50.example.com." },
    "198.51.100.56",
    "fail fail forward-mismatch | forward-mismatch ptr-target-alias",
  ],
  [
    "an alias that leads nowhere",
    "RFC 2308 2.1",
    { [REV]: "53 CNAME nowhere53.example.com." },
    "198.51.100.53",
    NO_PTR,
  ],

  // Wildcards.
  [
    "a PTR that a wildcard makes",
    "RFC 4592 2.2",
    { [`102.${BLOCK}`]: "* PTR wild.example.com.", [COM]: "wild A 198.51.102.9" },
    "198.51.102.9=wild.example.com",
    OK,
  ],
  [
    "a PTR that a wildcard makes, for another address",
    "RFC 4592 2.2",
    {},
    "198.51.102.10",
    "fail fail forward-mismatch | forward-mismatch",
  ],
  [
    "a wildcard and an empty non-terminal",
    "RFC 4592 2.2.2",
    { [`102.${BLOCK}`]: 'x.11 TXT "below"' },
    "198.51.102.11",
    NO_PTR,
  ],
  [
    "a wildcard and a name with another type",
    "RFC 4592 2.2.1",
    { [`102.${BLOCK}`]: '12 TXT "here"' },
    "198.51.102.12",
    NO_PTR,
  ],
  [
    "an A that a wildcard makes",
    "RFC 4592 2.2",
    { [REV]: "60 PTR any.w60.example.com.", [COM]: "*.w60 A 198.51.100.60" },
    "198.51.100.60=any.w60.example.com",
    OK,
  ],
  [
    "a CNAME that a wildcard makes",
    "RFC 4592 3.3.3",
    { [REV]: "61 PTR any.w61.example.com.", [COM]: "*.w61 CNAME host61\nhost61 A 198.51.100.61" },
    "198.51.100.61=any.w61.example.com",
    "pass pass ok | ptr-target-alias",
  ],

  // Servers that differ.
  [
    "one of two servers lacks the PTR",
    "RFC 1034 4.3.5",
    { [`103.${BLOCK}@edge`]: "1 PTR mail103.example.com.", [COM]: "mail103 A 198.51.103.1" },
    "198.51.103.1=mail103.example.com",
    "fail fail servers-disagree | servers-disagree",
    { recursive: [OK, NO_PTR] },
  ],
  [
    "two servers name different hosts, of which one confirms",
    "RFC 1034 4.3.5",
    {
      [`103.${BLOCK}@edge`]: "2 PTR new103.example.com.",
      [`103.${BLOCK}@second`]: "2 PTR old103.example.com.",
      [COM]: "new103 A 198.51.103.2",
    },
    "198.51.103.2=new103.example.com",
    "fail fail servers-disagree | no-forward servers-disagree",
    { recursive: [OK, "fail fail no-forward | no-forward unexpected-name"] },
  ],
  [
    "two servers give different addresses",
    "RFC 1034 4.3.5",
    {
      [REV]: "70 PTR mail.split.test.",
      "split.test@customer": "mail A 198.51.100.70",
      "split.test@second": "mail A 203.0.113.70",
    },
    "198.51.100.70=mail.split.test",
    "fail fail servers-disagree | servers-disagree",
    { recursive: [OK, "fail fail forward-mismatch | forward-mismatch"] },
  ],
  [
    "two servers give different addresses, both with this one",
    "RFC 1034 4.3.5",
    {
      [REV]: "71 PTR lb.split.test.",
      "split.test@customer": "lb A 198.51.100.71",
      "split.test@second": "lb A 203.0.113.71\nlb A 198.51.100.71",
    },
    "198.51.100.71=lb.split.test",
    "pass pass ok | forward-servers-differ",
    { recursive: [OK] },
  ],
  [
    "one of two servers refuses the zone",
    "RFC 1912 2.8",
    { [`104.${BLOCK}`]: "1 PTR mail104.example.com.", [COM]: "mail104 A 198.51.104.1" },
    "198.51.104.1=mail104.example.com",
    "pass pass ok | server-refused",
    { recursive: [OK] },
  ],
  [
    "the only server refuses the zone",
    "RFC 1912 2.8; RFC 8601 2.7.3",
    {},
    "198.51.105.1",
    "unknown temperror refused | ptr-unanswered",
    PTR_SERVFAIL,
  ],
  [
    "one of two servers answers without authority",
    "RFC 1912 2.8",
    { [`106.${BLOCK}`]: "1 PTR mail106.example.com.", [COM]: "mail106 A 198.51.106.1" },
    "198.51.106.1=mail106.example.com",
    "pass pass ok | server-lame",
    { recursive: [OK] },
  ],

  // Signatures.
  [
    "a signed zone",
    "RFC 4035 5",
    { [REV]: "80 PTR mail.signed.test.", "signed.test": "mail A 198.51.100.80" },
    "198.51.100.80=mail.signed.test",
    OK,
    { signed: true },
  ],
  [
    "a signed zone denies the name",
    "RFC 4035 5.4",
    { [REV]: "81 PTR nobody.signed.test." },
    "198.51.100.81",
    "fail fail no-forward | no-forward",
    { signed: true },
  ],
  [
    "a wildcard in a signed zone",
    "RFC 4035 5.3.4",
    { [REV]: "82 PTR any.w.signed.test.", "signed.test": "*.w A 198.51.100.82" },
    "198.51.100.82=any.w.signed.test",
    OK,
    { signed: true },
  ],
  [
    "expired signatures",
    "RFC 4035 5.3.1, 5.5",
    { [REV]: "83 PTR mail.expired.test.", "expired.test": "mail A 198.51.100.83" },
    "198.51.100.83=mail.expired.test",
    OK,
    BOGUS_FORWARD,
  ],
  [
    "a record that was changed after it was signed",
    "RFC 4035 5.3.3, 5.5",
    { [REV]: "250 PTR mail.altered.test.", "altered.test": "mail A 198.51.100.84" },
    "198.51.100.250=mail.altered.test",
    OK,
    BOGUS_FORWARD,
  ],
  [
    "a zone that is signed no longer, with the DS record still there",
    "RFC 4035 5.2, 5.5",
    { [REV]: "87 PTR mail.stripped.test.", "stripped.test": "mail A 198.51.100.87" },
    "198.51.100.87=mail.stripped.test",
    OK,
    BOGUS_FORWARD,
  ],
  [
    "a DS record that no key of the zone fits",
    "RFC 4035 5.2, 5.5",
    { [REV]: "85 PTR mail.wrong-ds.parent.test.", "wrong-ds.parent.test": "mail A 198.51.100.85" },
    "198.51.100.85=mail.wrong-ds.parent.test",
    OK,
    BOGUS_FORWARD,
  ],
  [
    "an unsigned zone below a signed one",
    "RFC 4035 5.2",
    { [REV]: "86 PTR mail.insecure.parent.test.", "insecure.parent.test": "mail A 198.51.100.86" },
    "198.51.100.86=mail.insecure.parent.test",
    OK,
    { signed: true },
  ],
  [
    "a signed reverse zone",
    "RFC 4035 5",
    { [`109.${BLOCK}`]: "1 PTR mail109.example.com.", [COM]: "mail109 A 198.51.109.1" },
    "198.51.109.1=mail109.example.com",
    OK,
    { signed: true },
  ],
  ["a signed reverse zone without that PTR", "RFC 4035 5.4", {}, "198.51.109.2", NO_PTR, { signed: true }],
  [
    "a reverse zone with expired signatures",
    "RFC 4035 5.3.1, 5.5",
    { [`110.${BLOCK}`]: "1 PTR mail110.example.com.", [COM]: "mail110 A 198.51.110.1" },
    "198.51.110.1=mail110.example.com",
    OK,
    BOGUS_REVERSE,
  ],
  [
    "a signed reverse zone that denies without proof",
    "RFC 4035 5.4, 5.5",
    {},
    "198.51.111.1",
    NO_PTR,
    { signed: true, recursive: ["unknown temperror servfail | dnssec-bogus ptr-unanswered"] },
  ],
];

export const SCENARIOS: readonly Scenario[] = lines.map(([name, source, contents, asked, verdict, more]) => {
  const [ip = "", expected = null] = asked.split("=");
  return { name, source, contents, ip, expected, verdict, ...more };
});

import { strict as assert } from "node:assert";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Cause } from "../../../fcrdns/cause";
import type { Lookup, Note, ServerAnswer } from "../../../fcrdns/evidence";
import { findingRule } from "../../../fcrdns/judge/finding-rules";
import { judge } from "../../../fcrdns/judge/judge";
import type { Outcome } from "../../../fcrdns/verdict";
import { type Forward, type Heard, heard, type Said } from "./heard";

const MAIL = ["mail.example.com"];
const ME = ["192.0.2.10"];
const OTHER = ["198.51.100.9"];
const ME6 = ["2001:db8::10"];
/** The name has the address. */
const HERE: Forward = { a: [ME] };
const HERE6: Forward = { aaaa: [ME6] };
const THERE: Forward = { a: [OTHER] };
const NOWHERE: Forward = { a: ["nxdomain"], aaaa: ["nxdomain"] };
const SILENT: Forward = { a: ["timeout"], aaaa: ["timeout"] };
const IP6 = "2001:db8::10";
const many = (count: number) => Array.from({ length: count }, (_, i) => `mail${i}.example.com`);
const each = (names: readonly string[], forward: Forward) => Object.fromEntries(names.map((name) => [name, forward]));

/** `status iprev reason`, then the rules of the findings that must be there (`!rule`: must not). */
type Row = [what: string, source: string, heard: Heard, verdict: string, ...rules: string[]];

// biome-ignore format: one line per case
const rows: Row[] = [
  // RFC 8601 section 2.7.3, pass
  ["the round trip of an IPv4 address", "RFC 8601 2.7.3 pass", { ptr: [MAIL], forward: { "mail.example.com": HERE } }, "pass pass ok"],
  ["the round trip of an IPv6 address", "RFC 8601 2.7.3 pass", { ip: IP6, ptr: [MAIL], forward: { "mail.example.com": HERE6 } }, "pass pass ok"],
  ["a name with both families", "RFC 8601 3: A and AAAA", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME], aaaa: [ME6] } } }, "pass pass ok"],
  ["one address among many", "RFC 8601 3: I in L", { ptr: [MAIL], forward: { "mail.example.com": { a: [[...OTHER, ...ME, "203.0.113.1"]] } } }, "pass pass ok"],
  ["any confirmed name where none is expected", "RFC 8601 3", { expected: null, ptr: [["mx.example.org"]], forward: { "mx.example.org": HERE } }, "pass pass ok"],
  ["two servers that agree", "RFC 1034 4.3.5", { ptr: [MAIL, MAIL], forward: { "mail.example.com": { a: [ME, ME] } } }, "pass pass ok"],
  ["a PTR in upper case", "RFC 4343", { ptr: [["MAIL.Example.COM"]], forward: { "mail.example.com": HERE } }, "pass pass ok"],
  ["servers that differ only in case", "RFC 4343, 0x20", { ptr: [["mAIL.example.com"], ["Mail.EXAMPLE.com"]], forward: { "mail.example.com": HERE } }, "pass pass ok", "!servers-disagree"],
  ["servers that differ only in the order of records", "RFC 2181 5", { ptr: [MAIL], forward: { "mail.example.com": { a: [[...ME, ...OTHER], [...OTHER, ...ME]] } } }, "pass pass ok", "!forward-servers-differ"],
  ["the same record twice", "RFC 2181 5.5", { ptr: [["mail.example.com", "MAIL.example.com"]], forward: { "mail.example.com": HERE } }, "pass pass ok", "!several-ptrs"],
  ["an RFC 2317 alias at the reverse name", "RFC 2317 4", { ptr: [MAIL], ptrAliases: ["10.0/25.2.0.192.in-addr.arpa"], forward: { "mail.example.com": HERE } }, "pass pass ok", "!ptr-target-alias"],
  ["an international name as A-labels", "RFC 5890", { expected: "mail.xn--bcher-kva.example", ptr: [["mail.xn--BCHER-kva.example"]], forward: { "mail.xn--bcher-kva.example": HERE } }, "pass pass ok"],
  ["an IPv4-mapped AAAA record", "RFC 4291 2.5.5.2, node resolve6", { ptr: [MAIL], forward: { "mail.example.com": { aaaa: [["::ffff:192.0.2.10"]] } } }, "pass pass ok"],
  ["an IPv6 address in another spelling", "RFC 5952", { ip: IP6, ptr: [MAIL], forward: { "mail.example.com": { aaaa: [["2001:DB8:0:0::10"]] } } }, "pass pass ok"],
  ["a private address", "contract: judged like any other", { ip: "10.0.0.5", ptr: [MAIL], forward: { "mail.example.com": { a: [["10.0.0.5"]] } } }, "pass pass ok"],
  ["a mail server named after its address", "Facebook outbound", { expected: "mta-192-0-2-10.example.com", ptr: [["mta-192-0-2-10.example.com"]], forward: { "mta-192-0-2-10.example.com": HERE } }, "pass pass ok", "!generic-address"],

  // permerror
  ["NXDOMAIN for the PTR", "RFC 8601 2.7.3 permerror", { ptr: ["nxdomain"], forward: { "mail.example.com": HERE } }, "fail permerror no-ptr", "no-ptr"],
  ["an empty answer for the PTR", "RFC 8601 2.7.3 permerror", { ptr: ["nodata"], forward: { "mail.example.com": HERE } }, "fail permerror no-ptr", "no-ptr"],
  ["ok without records is an empty answer", "RFC 2308 2.2", { ptr: [[]], forward: { "mail.example.com": HERE } }, "fail permerror no-ptr", "no-ptr"],
  ["NXDOMAIN at one server and an empty answer at the other", "RFC 8020 against empty non-terminals", { ptr: ["nxdomain", "nodata"], forward: {} }, "fail permerror no-ptr", "!servers-disagree"],
  ["no PTR and a dead server", "RFC 1034 5.3.3", { ptr: ["nxdomain", "timeout"] }, "fail permerror no-ptr", "no-ptr", "server-no-answer"],
  ["no PTR and an expected name without address", "RFC 8601 3", { ptr: ["nxdomain"], forward: { "mail.example.com": NOWHERE } }, "fail permerror no-ptr", "no-ptr", "expected-no-forward"],
  ["no PTR and an expected name elsewhere", "RFC 8601 3", { ptr: ["nxdomain"], forward: { "mail.example.com": THERE } }, "fail permerror no-ptr", "expected-forward-mismatch"],
  ["no PTR and nothing known of the expected name", "RFC 8601 2.7.3", { ptr: ["nxdomain"], forward: { "mail.example.com": SILENT } }, "fail permerror no-ptr", "forward-unanswered"],
  ["no PTR where no name is expected", "RFC 8601 2.7.3", { expected: null, ptr: ["nxdomain"] }, "fail permerror no-ptr"],

  // temperror from the reverse side: unknown is never absent
  ["a timeout for the PTR", "RFC 8601 2.7.3 temperror; mail-in-a-box #628", { ptr: ["timeout"] }, "unknown temperror no-answer", "ptr-unanswered", "!no-ptr"],
  ["SERVFAIL for the PTR", "RFC 8601 2.7.3; Haraka refuses for good", { ptr: ["servfail"] }, "unknown temperror servfail", "ptr-unanswered", "!no-ptr"],
  ["REFUSED for the PTR", "RFC 8601 2.7.3; cert-manager #6510", { ptr: ["refused"] }, "unknown temperror refused", "!no-ptr"],
  ["lame servers for the PTR", "RFC 1912 2.8", { ptr: ["lame", "lame"] }, "unknown temperror lame", "!no-ptr"],
  ["an upward referral", "RFC 1912 2.8", { ptr: ["referral"] }, "unknown temperror lame"],
  ["an answer that cannot be read", "RFC 8601 2.7.3 other error condition", { ptr: ["malformed"] }, "unknown temperror servfail", "ptr-unanswered"],
  ["FORMERR without EDNS too", "RFC 6891 7", { ptr: ["formerr"] }, "unknown temperror servfail"],
  ["NOTIMP", "RFC 1035 4.1.1", { ptr: ["notimp"] }, "unknown temperror servfail"],
  ["an unreachable server", "ICMP", { ptr: ["unreachable"] }, "unknown temperror no-answer"],
  ["nobody to ask", "loopback name servers", { ptr: ["not-asked"] }, "unknown temperror no-answer"],
  ["SERVFAIL says more than silence", "RFC 1034 5.3.3", { ptr: ["timeout", "servfail"] }, "unknown temperror servfail"],
  ["REFUSED says more than lame", "RFC 1034 5.3.3", { ptr: ["lame", "refused", "timeout"] }, "unknown temperror refused"],
  ["lame says more than silence", "RFC 1034 5.3.3", { ptr: ["timeout", "lame"] }, "unknown temperror lame"],
  ["no answers at all", "a walk that found no server", { ptr: [] }, "unknown temperror no-answer"],
  ["a loop of aliases at the reverse name", "RFC 1034 3.6.2", { ptr: ["cname-loop"] }, "fail temperror cname-loop", "cname-loop"],
  ["a loop at every server", "RFC 1034 3.6.2", { ptr: ["cname-loop", "cname-loop"] }, "fail temperror cname-loop"],
  ["a loop at one server, silence at the other", "RFC 1034 3.6.2", { ptr: ["cname-loop", "timeout"] }, "fail temperror cname-loop", "server-no-answer"],

  // one bad server beside good ones: the resolver goes on to the next
  ["a dead reverse server beside a good one", "RFC 1034 5.3.3; cert-manager #3659", { ptr: [MAIL, "timeout"], forward: { "mail.example.com": HERE } }, "pass pass ok", "server-no-answer"],
  ["a lame reverse server beside a good one", "RFC 1912 2.8", { ptr: ["lame", MAIL], forward: { "mail.example.com": HERE } }, "pass pass ok", "server-lame"],
  ["a SERVFAIL server beside a good one", "RFC 2308 7.1", { ptr: [MAIL, "servfail"], forward: { "mail.example.com": HERE } }, "pass pass ok", "server-servfail"],
  ["a REFUSED server beside a good one", "RFC 1034 5.3.3", { ptr: [MAIL, "refused"], forward: { "mail.example.com": HERE } }, "pass pass ok", "server-refused"],
  ["a broken server beside a good one", "RFC 6891 7", { ptr: [MAIL, "malformed"], forward: { "mail.example.com": HERE } }, "pass pass ok", "server-malformed"],
  ["a dead forward server beside a good one", "RFC 1034 5.3.3", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME, "timeout"], aaaa: ["nodata", "timeout"] } } }, "pass pass ok", "server-no-answer"],
  ["a lame forward server beside a good one", "RFC 1912 2.8", { ptr: [MAIL], forward: { "mail.example.com": { a: ["lame", ME] } } }, "pass pass ok", "server-lame"],
  ["a server that was not asked beside a good one", "RFC 1918 name server", { ptr: [MAIL, "not-asked"], forward: { "mail.example.com": HERE } }, "pass pass ok"],
  ["a server that the asking has excluded", "lego, cert-manager: dead server", { ptr: [MAIL, "timeout"], forward: { "mail.example.com": HERE }, notes: [{ kind: "excluded", server: "r2.example.net 192.0.2.51:53" }] }, "pass pass ok", "server-excluded", "!server-no-answer"],

  // fail
  ["the name does not exist", "RFC 8601 2.7.3 fail: NXDOMAIN", { ptr: [MAIL], forward: { "mail.example.com": NOWHERE } }, "fail fail no-forward", "no-forward"],
  ["the name has no addresses", "RFC 8601 2.7.3 fail: RCODE 0, no answers", { ptr: [MAIL], forward: { "mail.example.com": {} } }, "fail fail no-forward", "no-forward"],
  ["the name is elsewhere", "RFC 8601 2.7.3 fail: not in agreement", { ptr: [MAIL], forward: { "mail.example.com": THERE } }, "fail fail forward-mismatch", "forward-mismatch"],
  ["a neighbour in the same /24", "Haraka passes it, RFC 8601 does not", { ptr: [MAIL], forward: { "mail.example.com": { a: [["192.0.2.11"]] } } }, "fail fail forward-mismatch"],
  ["the name has the other family only", "RFC 8601 3", { ptr: [MAIL], forward: { "mail.example.com": { aaaa: [ME6] } } }, "fail fail forward-mismatch"],
  ["an IPv6 address whose name has A only", "RFC 8601 3; mail-in-a-box #2598", { ip: IP6, ptr: [MAIL], forward: { "mail.example.com": HERE } }, "fail fail forward-mismatch"],
  ["another IPv6 address of the same /64", "RFC 8601 3", { ip: IP6, ptr: [MAIL], forward: { "mail.example.com": { aaaa: [["2001:db8::11"]] } } }, "fail fail forward-mismatch"],
  ["a text that contains the address's text", "string comparison", { ip: "192.0.2.1", ptr: [MAIL], forward: { "mail.example.com": HERE } }, "fail fail forward-mismatch"],
  ["an IPv4-compatible IPv6 address is not the IPv4 address", "RFC 4291 2.5.5.1", { ptr: [MAIL], forward: { "mail.example.com": { aaaa: [["::c000:20a"]] } } }, "fail fail forward-mismatch"],
  ["a PTR to the root", 'facts of node: PTR "."', { ptr: [["."]], forward: { "mail.example.com": HERE } }, "fail fail bad-name", "name-is-root"],
  ["a PTR to the root that was looked up", "RFC 8601 2.7.3", { ptr: [["."]], forward: { ".": {}, "mail.example.com": HERE } }, "fail fail bad-name"],
  ["several names, none with an address", "RFC 8601 3", { expected: null, ptr: [["a.example.com", "b.example.com"]], forward: { "a.example.com": NOWHERE, "b.example.com": {} } }, "fail fail no-forward", "several-ptrs"],
  ["several names, one absent and one elsewhere", "RFC 8601 3", { expected: null, ptr: [["a.example.com", "b.example.com"]], forward: { "a.example.com": NOWHERE, "b.example.com": THERE } }, "fail fail forward-mismatch", "no-forward", "forward-mismatch"],
  ["a wrong name that does not confirm either", "RFC 8601 2.7.3", { ptr: [["host.example.org"]], forward: { "host.example.org": THERE, "mail.example.com": HERE } }, "fail fail forward-mismatch", "unexpected-name", "forward-mismatch"],
  ["a wrong name without address", "RFC 8601 2.7.3", { ptr: [["host.example.org"]], forward: { "host.example.org": NOWHERE, "mail.example.com": HERE } }, "fail fail no-forward", "unexpected-name", "no-forward"],

  // temperror from the forward side
  ["a timeout for A", "RFC 8601 2.7.3", { ptr: [MAIL], forward: { "mail.example.com": { a: ["timeout"] } } }, "unknown temperror no-answer", "forward-unanswered", "!no-forward"],
  ["SERVFAIL for A", "RFC 8601 2.7.3; Haraka 1.2.1 fails it", { ptr: [MAIL], forward: { "mail.example.com": { a: ["servfail"] } } }, "unknown temperror servfail", "!no-forward"],
  ["REFUSED for A", "RFC 8601 2.7.3", { ptr: [MAIL], forward: { "mail.example.com": { a: ["refused"] } } }, "unknown temperror refused"],
  ["lame servers for A", "RFC 1912 2.8; c-ares says no data", { ptr: [MAIL], forward: { "mail.example.com": { a: ["lame"] } } }, "unknown temperror lame"],
  ["a loop of aliases at the name", "RFC 1034 3.6.2; node resolve4 says []", { ptr: [MAIL], forward: { "mail.example.com": { a: ["cname-loop"], aaaa: ["cname-loop"] } } }, "fail temperror cname-loop", "cname-loop"],
  ["SERVFAIL for AAAA of an IPv6 address", "RFC 8601 2.7.3", { ip: IP6, ptr: [MAIL], forward: { "mail.example.com": { a: [ME], aaaa: ["servfail"] } } }, "unknown temperror servfail"],
  ["one name absent, the other unknown", "mox: a temporary error if nothing passed", { expected: null, ptr: [["a.example.com", "b.example.com"]], forward: { "a.example.com": NOWHERE, "b.example.com": SILENT } }, "unknown temperror no-answer"],
  ["one name elsewhere, the other SERVFAIL", "mox, KumoMTA", { expected: null, ptr: [["a.example.com", "b.example.com"]], forward: { "a.example.com": THERE, "b.example.com": { a: ["servfail"] } } }, "unknown temperror servfail"],
  ["one name in a loop, the other unknown", "RFC 8601 2.7.3", { expected: null, ptr: [["a.example.com", "b.example.com"]], forward: { "a.example.com": { a: ["cname-loop"] }, "b.example.com": SILENT } }, "unknown temperror no-answer"],
  ["a PTR name that was never looked up", "a limit was reached", { expected: null, ptr: [["a.example.com"]] }, "unknown temperror no-answer"],
  ["SERVFAIL for the unexpected name", "RFC 8601 2.7.3", { ptr: [["host.example.org"]], forward: { "host.example.org": { a: ["servfail"] }, "mail.example.com": HERE } }, "unknown temperror servfail", "unexpected-name"],

  // one family's failure
  ["AAAA SERVFAIL beside a confirming A", "RFC 4074; Exim defers", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME], aaaa: ["servfail"] } } }, "pass pass ok", "other-family-unanswered"],
  ["AAAA timeout beside a confirming A", "RFC 4074", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME], aaaa: ["timeout"] } } }, "pass pass ok", "other-family-unanswered"],
  ["A REFUSED beside a confirming AAAA", "RFC 4074", { ip: IP6, ptr: [MAIL], forward: { "mail.example.com": { a: ["refused"], aaaa: [ME6] } } }, "pass pass ok", "other-family-unanswered"],
  ["A elsewhere, AAAA SERVFAIL: no AAAA could confirm an IPv4 address", "RFC 8601 3", { ptr: [MAIL], forward: { "mail.example.com": { a: [OTHER], aaaa: ["servfail"] } } }, "fail fail forward-mismatch"],
  ["A absent, AAAA timeout", "RFC 8601 3", { ptr: [MAIL], forward: { "mail.example.com": { a: ["nodata"], aaaa: ["timeout"] } } }, "fail fail no-forward"],
  ["AAAA in a loop of its own", "RFC 1034 3.6.2", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME], aaaa: ["cname-loop"] } } }, "pass pass ok"],

  // a name that is denied for one of its types
  ["NXDOMAIN for AAAA beside a confirming A", "RFC 2308 5; RFC 4074 4.2", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME], aaaa: ["nxdomain"] } } }, "fail fail no-forward", "existing-name-denied", "!no-forward"],
  ["NXDOMAIN for A beside a confirming AAAA", "RFC 2308 5", { ip: IP6, ptr: [MAIL], forward: { "mail.example.com": { a: ["nxdomain"], aaaa: [ME6] } } }, "fail fail no-forward", "existing-name-denied"],
  ["NXDOMAIN for AAAA at one of two servers", "RFC 2308 5; which one is a matter of luck", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME, ME], aaaa: ["nodata", "nxdomain"] } } }, "fail fail servers-disagree", "existing-name-denied"],
  ["NXDOMAIN for AAAA at one of two servers, whose other addresses differ", "RFC 2308 5; which one is a matter of luck", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME, [...ME, ...OTHER]], aaaa: ["nxdomain", "nodata"] } } }, "fail fail servers-disagree", "existing-name-denied"],
  ["NXDOMAIN for AAAA at one of two servers, a third is silent", "contract: fail when each answered", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME, ME, "timeout"], aaaa: ["nodata", "nxdomain", "timeout"] } } }, "unknown temperror servers-disagree", "existing-name-denied"],
  ["one server that does not have the name at all contradicts the other, not itself", "RFC 1034 4.3.5", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME, "nxdomain"], aaaa: ["nodata", "nxdomain"] } } }, "fail fail servers-disagree", "!existing-name-denied"],
  ["NXDOMAIN for AAAA of one of two PTR names", "RFC 2308 5", { ptr: [["mail.example.com", "www.example.com"]], forward: { "mail.example.com": HERE, "www.example.com": { a: [ME], aaaa: ["nxdomain"] } } }, "fail pass unconfirmed-ptr", "existing-name-denied"],
  ["NXDOMAIN for AAAA, as resolvers tell it", "RFC 2308 5", { mode: "recursive", ptr: [MAIL], forward: { "mail.example.com": { a: [ME], aaaa: ["nxdomain"] } } }, "fail fail no-forward", "existing-name-denied"],

  // chains of aliases that nobody follows to their end
  ["too many aliases from the name", "RFC 1034 3.6.2", { ptr: [MAIL], forward: { "mail.example.com": { a: ["cname"], aaaa: ["cname"] } } }, "unknown temperror no-answer", "alias-chain-too-long", "!cname-loop", "!forward-unanswered"],
  ["too many aliases from the reverse name", "RFC 1034 3.6.2", { ptr: ["cname", "cname"] }, "unknown temperror no-answer", "alias-chain-too-long", "!ptr-unanswered"],

  // servers that disagree
  ["one reverse server has the PTR, the other does not", "RFC 1034 4.3.5; propagation", { ptr: [MAIL, "nxdomain"], forward: { "mail.example.com": HERE } }, "fail fail servers-disagree", "servers-disagree"],
  ["one reverse server is still empty", "propagation", { ptr: ["nodata", MAIL], forward: { "mail.example.com": HERE } }, "fail fail servers-disagree", "servers-disagree"],
  ["one reverse server still has the old name", "propagation", { ptr: [MAIL, ["old.example.net"]], forward: { "mail.example.com": HERE, "old.example.net": NOWHERE } }, "fail fail servers-disagree", "servers-disagree"],
  ["disagreement while a third is silent", "contract: fail when each answered", { ptr: [MAIL, "nxdomain", "timeout"], forward: { "mail.example.com": HERE } }, "unknown temperror servers-disagree", "servers-disagree"],
  ["the old name confirms too", "AWS default PTR", { ptr: [MAIL, ["old.example.net"]], forward: { "mail.example.com": HERE, "old.example.net": HERE } }, "fail pass servers-disagree", "servers-disagree"],
  ["one server has an extra PTR that confirms", "RFC 2181 5", { ptr: [MAIL, ["mail.example.com", "www.example.com"]], forward: { "mail.example.com": HERE, "www.example.com": HERE } }, "fail pass servers-disagree", "servers-disagree", "several-ptrs"],
  ["one forward server lacks the address", "RFC 1034 4.3.5", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME, OTHER] } } }, "fail fail servers-disagree", "servers-disagree"],
  ["one forward server says NXDOMAIN", "RFC 1034 4.3.5", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME, "nxdomain"] } } }, "fail fail servers-disagree", "servers-disagree"],
  ["one forward server says NXDOMAIN, a third is silent", "contract: fail when each answered", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME, "nxdomain", "servfail"] } } }, "unknown temperror servers-disagree"],
  ["a loop at one forward server only", "RFC 1034 3.6.2", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME, "cname-loop"] } } }, "fail fail servers-disagree"],
  ["forward servers that differ in other addresses only", "DNS load balancing", { ptr: [MAIL], forward: { "mail.example.com": { a: [[...ME, ...OTHER], ME] } } }, "pass pass ok", "forward-servers-differ", "!servers-disagree"],
  ["forward servers that differ, none with the address", "RFC 8601 2.7.3 fail at each", { ptr: [MAIL], forward: { "mail.example.com": { a: [OTHER, ["203.0.113.1"]] } } }, "fail fail forward-mismatch"],
  ["PTR servers that disagree where neither confirms", "RFC 8601 2.7.3", { ptr: [MAIL, "nxdomain"], forward: { "mail.example.com": THERE } }, "fail fail servers-disagree"],
  ["disagreement, and nothing known of the name", "RFC 8601 2.7.3", { ptr: [MAIL, "nxdomain"], forward: { "mail.example.com": SILENT } }, "unknown temperror servers-disagree"],
  ["resolvers that disagree in recursive mode", "anycast caches", { mode: "recursive", ptr: [MAIL, "nxdomain"], forward: { "mail.example.com": HERE } }, "fail fail servers-disagree"],

  ["disagreement beside a server that the asking has given up", "lego, cert-manager: dead server", { ptr: [MAIL, "nxdomain", "timeout"], forward: { "mail.example.com": HERE }, notes: [{ kind: "excluded", server: "r3.example.net 192.0.2.52:53" }] }, "fail fail servers-disagree", "servers-disagree"],
  ["disagreement beside a server that was not asked", "RFC 1918 name server", { ptr: [MAIL, "nxdomain", "not-asked"], forward: { "mail.example.com": HERE } }, "fail fail servers-disagree"],
  ["every server given up", "at least one must answer", { ptr: ["timeout"], notes: [{ kind: "excluded", server: "r1.example.net 192.0.2.50:53" }] }, "unknown temperror no-answer"],

  // the stricter status
  ["another name confirms", "RFC 5321 4.1.4; mox quickstart", { ptr: [["mx.example.org"]], forward: { "mx.example.org": HERE, "mail.example.com": HERE } }, "fail pass unexpected-name", "unexpected-name"],
  ["another name confirms, the expected one is elsewhere", "RFC 8601 3", { ptr: [["mx.example.org"]], forward: { "mx.example.org": HERE, "mail.example.com": THERE } }, "fail pass unexpected-name", "expected-forward-mismatch"],
  ["two PTRs, both confirm", "RFC 2181 10.2", { ptr: [["mail.example.com", "www.example.com"]], forward: { "mail.example.com": HERE, "www.example.com": HERE } }, "pass pass ok", "several-ptrs"],
  ["two PTRs, both confirm, none expected", "RFC 2181 10.2", { expected: null, ptr: [["mail.example.com", "www.example.com"]], forward: { "mail.example.com": HERE, "www.example.com": HERE } }, "pass pass ok", "several-ptrs"],
  ["two PTRs, both confirm, neither is expected", "RFC 5321 4.1.4", { ptr: [["mx.example.com", "www.example.com"]], forward: { "mx.example.com": HERE, "www.example.com": HERE, "mail.example.com": HERE } }, "fail pass unexpected-name", "several-ptrs"],
  ["two PTRs, both confirm, the other one is a provider's default", "Yahoo: not generic", { ptr: [["mail.example.com", "ec2-192-0-2-10.compute-1.amazonaws.com"]], forward: { "mail.example.com": HERE, "ec2-192-0-2-10.compute-1.amazonaws.com": HERE } }, "fail pass bad-name", "several-ptrs"],
  ["two PTRs, the other one elsewhere", "SEPPmail: all must confirm", { ptr: [["mail.example.com", "old.example.com"]], forward: { "mail.example.com": HERE, "old.example.com": THERE } }, "fail pass unconfirmed-ptr", "extra-ptr-unconfirmed", "several-ptrs"],
  ["two PTRs, the other one without address", "SEPPmail", { ptr: [["mail.example.com", "old.example.com"]], forward: { "mail.example.com": HERE, "old.example.com": NOWHERE } }, "fail pass unconfirmed-ptr", "extra-ptr-unconfirmed", "!no-forward"],
  ["two PTRs, nothing known of the other one", "RFC 8601 3: pass", { ptr: [["mail.example.com", "old.example.com"]], forward: { "mail.example.com": HERE, "old.example.com": SILENT } }, "unknown pass no-answer", "several-ptrs", "forward-unanswered"],
  ["two PTRs, nothing known of the expected one", "RFC 8601 3: pass", { ptr: [["mail.example.com", "mx.example.org"]], forward: { "mail.example.com": { a: ["servfail"] }, "mx.example.org": HERE } }, "unknown pass servfail", "several-ptrs"],
  ["two PTRs without the expected one, nothing known of one of them", "RFC 5321 4.1.4", { ptr: [["mx.example.com", "old.example.com"]], forward: { "mx.example.com": HERE, "old.example.com": SILENT, "mail.example.com": HERE } }, "fail pass unexpected-name"],
  ["three PTRs: one confirms, one is elsewhere, one is unknown", "SEPPmail: all must confirm", { ptr: [["mail.example.com", "old.example.com", "www.example.com"]], forward: { "mail.example.com": HERE, "old.example.com": THERE, "www.example.com": SILENT } }, "fail pass unconfirmed-ptr", "extra-ptr-unconfirmed"],
  ["three PTRs: the expected one is unknown, one confirms, one is elsewhere", "SEPPmail: all must confirm", { ptr: [["mail.example.com", "old.example.com", "www.example.com"]], forward: { "mail.example.com": SILENT, "old.example.com": THERE, "www.example.com": HERE } }, "fail pass unconfirmed-ptr"],
  ["two PTRs, only the other one confirms", "RFC 8601 3: pass", { ptr: [["mail.example.com", "mx.example.org"]], forward: { "mail.example.com": THERE, "mx.example.org": HERE } }, "fail pass unexpected-name", "forward-mismatch"],
  ["ten PTRs that all confirm", "RFC 8601 3: the limit", { expected: null, ptr: [many(10)], forward: each(many(10), HERE) }, "pass pass ok", "!too-many-names"],
  ["eleven PTRs that confirm", "RFC 8601 3: MUST be limited", { expected: null, ptr: [many(11)], forward: each(many(10), HERE) }, "fail pass too-many-names", "too-many-names"],
  ["thirty PTRs, the expected one among them", "RFC 7208 4.6.4", { expected: "mail25.example.com", ptr: [many(30)], forward: { ...each(many(9), THERE), "mail25.example.com": HERE } }, "fail pass too-many-names", "too-many-names"],
  ["thirty PTRs, none of the ten confirms", "RFC 8601 3", { expected: null, ptr: [many(30)], forward: each(many(10), THERE) }, "fail fail too-many-names", "too-many-names"],
  ["thirty PTRs, one of the ten unknown", "RFC 8601 2.7.3", { expected: null, ptr: [many(30)], forward: { ...each(many(9), THERE), "mail9.example.com": SILENT } }, "unknown temperror no-answer", "too-many-names"],
  ["an underscore in the name", "RFC 952; Exim drops it", { expected: "mail_1.example.com", ptr: [["mail_1.example.com"]], forward: { "mail_1.example.com": HERE } }, "fail pass bad-name", "name-underscore"],
  ["a name with an escaped dot", "RFC 2181 11", { expected: null, ptr: [["a\\.b.example.com"]], forward: { "a\\.b.example.com": HERE } }, "fail pass bad-name", "name-not-ldh"],
  ["a name with a control character", "hostile PTR", { expected: null, ptr: [["a\\027[2j.example.com"]], forward: { "a\\027[2j.example.com": HERE } }, "fail pass bad-name", "name-not-ldh"],
  ["a name under a numeric top level", "RFC 1123 2.1", { expected: null, ptr: [["192.0.2.10"]], forward: { "192.0.2.10": HERE } }, "fail pass bad-name", "name-is-address"],
  ["a single label", "RFC 5321 2.3.5", { expected: null, ptr: [["mail"]], forward: { mail: HERE } }, "fail pass bad-name", "name-single-label"],
  ["a name that starts with a hyphen", "RFC 1123 2.1", { expected: null, ptr: [["-mail.example.com"]], forward: { "-mail.example.com": HERE } }, "fail pass bad-name", "name-hyphen-edge"],
  ["a cloud's default that confirms", "Hetzner", { expected: null, ptr: [["static.10.2.0.192.clients.your-server.de"]], forward: { "static.10.2.0.192.clients.your-server.de": HERE } }, "fail pass bad-name", "generic-cloud-default"],
  ["a cloud's default that is even expected", "Vultr", { expected: "192.0.2.10.vultrusercontent.com", ptr: [["192.0.2.10.vultrusercontent.com"]], forward: { "192.0.2.10.vultrusercontent.com": HERE } }, "fail pass bad-name", "generic-cloud-default"],
  ["an access network's name that confirms", "SpamAssassin RDNS_DYNAMIC", { expected: null, ptr: [["p5089abcd.dip0.t-ipconnect.de"]], forward: { "p5089abcd.dip0.t-ipconnect.de": HERE } }, "fail pass bad-name", "generic-access-word"],
  ["the default where another name is expected", "AWS before the PTR is set", { ptr: [["ec2-192-0-2-10.compute-1.amazonaws.com"]], forward: { "ec2-192-0-2-10.compute-1.amazonaws.com": HERE, "mail.example.com": HERE } }, "fail pass unexpected-name", "unexpected-name", "generic-cloud-default"],
  ["an invalid name that does not confirm", "RFC 8601 2.7.3 comes first", { expected: null, ptr: [["mail_1.example.com"]], forward: { "mail_1.example.com": NOWHERE } }, "fail fail no-forward", "name-underscore"],
  ["the name is an alias that confirms", "RFC 2181 10.2, RFC 5321 2.3.5", { ptr: [MAIL], forward: { "mail.example.com": { a: [ME], aliases: ["srv1.example.com"] } } }, "pass pass ok", "ptr-target-alias"],
  ["the name is the registered domain", "YunoHost #2035", { expected: "example.com", ptr: [["example.com"]], forward: { "example.com": HERE } }, "pass pass ok", "name-bare-domain"],
  ["a label of digits", "RFC 1123 2.1; OVH's 9.mo69.mail-out.ovh.net", { expected: "9.mail-out.example.com", ptr: [["9.mail-out.example.com"]], forward: { "9.mail-out.example.com": HERE } }, "pass pass ok", "name-numeric-label"],

  // resolvers after the authoritative servers
  ["resolvers see it too", "RFC 8601 3", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: [MAIL], forward: { "mail.example.com": HERE } } }, "pass pass ok"],
  ["a resolver remembers NXDOMAIN for the PTR", "RFC 2308 5; lego #3052", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: ["nxdomain"], forward: { "mail.example.com": HERE } } }, "fail permerror no-ptr", "resolver-denies"],
  ["a resolver remembers that the name had no address", "RFC 2308 5", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: [MAIL], forward: { "mail.example.com": {} } } }, "fail fail no-forward", "resolver-denies"],
  ["a resolver remembers the old address", "RFC 1035 3.2.1 TTL", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: [MAIL], forward: { "mail.example.com": THERE } } }, "fail fail forward-mismatch", "resolver-denies"],
  ["a resolver remembers the old name, which confirms", "RFC 1035 3.2.1 TTL", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: [["old.example.net"]], forward: { "old.example.net": HERE, "mail.example.com": HERE } } }, "fail pass unexpected-name", "resolver-denies"],
  ["one resolver denies, one has it", "anycast caches", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: [MAIL, "nxdomain"], forward: { "mail.example.com": HERE } } }, "fail fail servers-disagree", "resolver-denies"],
  ["one resolver is silent, one has it", "RFC 1034 5.3.3", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: [MAIL, "timeout"], forward: { "mail.example.com": HERE } } }, "pass pass ok", "resolver-unanswered"],
  ["every resolver is silent", "unknown is not pass", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: ["timeout"], forward: { "mail.example.com": SILENT } } }, "unknown temperror no-answer", "resolver-unanswered"],
  ["every resolver answers SERVFAIL", "DNSSEC bogus, RFC 4035 5.5", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: ["servfail"], forward: { "mail.example.com": HERE } } }, "unknown temperror servfail"],
  ["validation fails at one of several resolvers", "RFC 4035 5.5", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: [MAIL, "bogus"], forward: { "mail.example.com": HERE } } }, "unknown temperror servfail", "dnssec-bogus"],
  ["validation of A fails at one of several resolvers", "RFC 4035 5.5", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: [MAIL], forward: { "mail.example.com": { a: [ME, "bogus"] } } } }, "unknown temperror servfail", "dnssec-bogus"],
  ["validation of AAAA fails beside a good A", "RFC 8601 3: I in L", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: [MAIL], forward: { "mail.example.com": { a: [ME], aaaa: ["bogus"] } } } }, "pass pass ok", "dnssec-bogus"],
  ["validation of A fails beside a good AAAA of an IPv6 address, where only resolvers are asked", "RFC 8601 3: I in L", { ip: IP6, mode: "recursive", ptr: [MAIL], forward: { "mail.example.com": { a: ["bogus"], aaaa: [ME6] } } }, "pass pass ok", "dnssec-bogus"],
  ["SERVFAIL at one of several resolvers, that no missing check explains", "RFC 1034 5.3.3", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: [MAIL, "servfail"], forward: { "mail.example.com": HERE } } }, "pass pass ok", "!dnssec-bogus"],
  ["a resolver remembers that the name had nothing at all, for AAAA only", "RFC 2308 5: per type at some resolvers", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: [MAIL], forward: { "mail.example.com": { a: [ME], aaaa: ["nxdomain"] } } } }, "pass pass ok"],
  ["what resolvers say does not outweigh the authority", "authoritative first", { ptr: ["nxdomain"], forward: { "mail.example.com": HERE }, recursive: { ptr: [MAIL], forward: { "mail.example.com": HERE } } }, "fail permerror no-ptr", "no-ptr"],
  ["the asking has said until when a resolver denies", "RFC 2308 5", { ptr: [MAIL], forward: { "mail.example.com": HERE }, recursive: { ptr: ["nxdomain"], forward: { "mail.example.com": HERE } }, notes: [{ kind: "denied", server: "resolver1.example.net 192.0.2.50:53", name: "10.2.0.192.in-addr.arpa", type: "PTR", soa: undefined, at: 0 }] }, "fail permerror no-ptr", "resolver-denies"],
];

for (const [what, source, said, expected, ...rules] of rows) {
  test(`${what} (${source}): ${expected}`, () => {
    const evidence = heard(said);
    const verdict = judge(evidence);
    assert.equal(`${verdict.status} ${verdict.iprev} ${verdict.reason}`, expected);
    const found = verdict.findings.map(({ rule }) => rule);
    for (const rule of rules) {
      if (rule.startsWith("!")) assert.ok(!found.includes(rule.slice(1)), `${rule} in ${found}`);
      else assert.ok(found.includes(rule), `${rule} not in ${found}`);
    }
    assertSound(verdict);
  });
}

/** What holds for every verdict. */
function assertSound(verdict: ReturnType<typeof judge>): void {
  const { status, iprev, reason, findings, ptr, confirmed, servers } = verdict;
  assert.equal(status === "pass", reason === "ok");
  if (status === "pass") assert.equal(iprev, "pass");
  // One of several PTRs confirms, which is enough for a receiver, and of another nothing is known.
  if (status === "unknown") assert.ok(iprev === "temperror" || (iprev === "pass" && ptr.length > 1));
  if (["no-answer", "servfail", "lame", "refused"].includes(reason)) assert.equal(status, "unknown");
  if (status !== "pass") assert.ok(findings.length > 0, "a verdict that is not pass says nothing");
  if (status === "fail") assert.ok(findings.some(({ severity }) => severity === "error"));
  for (const name of confirmed) assert.ok(ptr.includes(name));
  assert.ok(servers.agreed <= servers.asked);
  for (const one of findings) {
    const rule = findingRule(one.rule);
    assert.ok(one.severity === rule?.severity || one.severity === rule?.milder?.severity, one.rule);
    for (const text of [one.message, one.fix, one.who]) {
      assert.ok(text.length > 10, one.rule);
      assert.doesNotMatch(text, /\p{C}/u);
    }
  }
  JSON.stringify(verdict);
}

test("a verdict names what was found: names canonical and sorted, addresses of every name that was looked up", () => {
  const verdict = judge(
    heard({
      ptr: [["WWW.example.com", "Mail.Example.com"]],
      forward: { "mail.example.com": { a: [[...OTHER, ...ME]], aaaa: [ME6] }, "www.example.com": { a: ["nodata"] } },
    }),
  );
  assert.deepEqual(verdict.ptr, ["mail.example.com", "www.example.com"]);
  assert.deepEqual(verdict.forward, {
    "mail.example.com": ["192.0.2.10", "198.51.100.9", "2001:db8::10"],
    "www.example.com": [],
  });
  assert.deepEqual(verdict.confirmed, ["mail.example.com"]);
  assert.equal(verdict.schema, 1);
  assert.equal(verdict.arpa, "10.2.0.192.in-addr.arpa");
});

test("findings say what was seen where, what to do and who can do it", () => {
  const { findings } = judge(heard({ ptr: ["nxdomain", "nxdomain"], forward: { "mail.example.com": THERE } }));
  assert.deepEqual(findings, [
    {
      rule: "no-ptr",
      severity: "error",
      message:
        "192.0.2.10 has no PTR record: r1.example.net 192.0.2.50:53 answers NXDOMAIN, r2.example.net 192.0.2.51:53 answers NXDOMAIN for 10.2.0.192.in-addr.arpa",
      fix: "Set the PTR of 192.0.2.10 to mail.example.com.",
      who: "the owner of 192.0.2.10, in the provider's panel or API or through its support (zone zone.example, name server r1.example.net 192.0.2.50:53, r2.example.net 192.0.2.51:53, primary primary.example.net)",
    },
    {
      rule: "expected-forward-mismatch",
      severity: "error",
      message:
        "the expected name mail.example.com does not confirm 192.0.2.10: its addresses are 198.51.100.9, f1.example.net 192.0.2.50:53 answers",
      fix: "Add mail.example.com A 192.0.2.10 to the zone.",
      who: "the DNS host of zone.example (name server f1.example.net 192.0.2.50:53)",
    },
  ]);
});

test("a resolver that denies: the finding says for how long", () => {
  const forward = { "mail.example.com": HERE };
  const { findings } = judge(heard({ ptr: [MAIL], forward, recursive: { ptr: ["nxdomain"], forward } }));
  const denies = findings.find(({ rule }) => rule === "resolver-denies");
  assert.match(denies?.message ?? "", /NXDOMAIN for 10\.2\.0\.192\.in-addr\.arpa PTR, possibly for another 900 s$/);
});

test("what the asking has already said of a resolver is not said again", () => {
  const forward = { "mail.example.com": HERE };
  const server = "resolver1.example.net 192.0.2.50:53";
  const soa = { zone: "zone.example", primary: "primary.example.net", negativeTtlSeconds: 900 };
  const at = Date.parse("2026-11-21T12:00:00Z");
  const denied = (name: string, who = server): Note => ({ kind: "denied", server: who, name, type: "PTR", soa, at });
  const rules = (...notes: Note[]) =>
    judge(heard({ ptr: [MAIL], forward, recursive: { ptr: ["nxdomain"], forward }, notes })).findings.map(
      ({ rule, message }) => [rule, message],
    );
  const until = `the resolver ${server} still answers that there is no 10.2.0.192.in-addr.arpa PTR; it may cache that until 2026-11-21T12:15:00Z (900 s, from the SOA of zone.example)`;
  assert.deepEqual(rules(denied("10.2.0.192.in-addr.arpa")), [["resolver-denies", until]]);
  // Another resolver, or another name of which this one is a part, is another denial.
  assert.equal(rules(denied("10.2.0.192.in-addr.arpa", `x${server}`)).length, 2);
  assert.equal(rules(denied("110.2.0.192.in-addr.arpa")).length, 2);
});

test("a name server at an address that is not public is reported, and one that this machine cannot reach is not", () => {
  const evidence = heard({ ptr: [MAIL, "not-asked"], forward: { "mail.example.com": HERE } });
  const rulesWith = (why: Cause) => {
    const [good, other] = evidence.ptr.answers as [ServerAnswer, ServerAnswer];
    const answers = [good, { ...other, why: [why] }];
    return judge({ ...evidence, ptr: { ...evidence.ptr, answers } }).findings.map(({ rule, message }) => [
      rule,
      message,
    ]);
  };
  const message =
    "the name server r2.example.net 192.0.2.51:53 was not asked (not a public address (private): no name server of the public DNS can have it) for 10.2.0.192.in-addr.arpa PTR, which other servers answer";
  assert.deepEqual(rulesWith({ kind: "not-public", what: "private" }), [["server-not-asked", message]]);
  assert.deepEqual(rulesWith({ kind: "no-way", code: "ENETUNREACH" }), []);
});

for (const [code, step] of [
  ["ENETUNREACH", /^Check again from a machine/],
  ["EMFILE", /^Raise this machine's limit of open files/],
] as const)
  test(`where this machine can reach no server (${code}), the step is not the servers' operators'`, () => {
    const evidence = heard({ ptr: ["not-asked", "not-asked"], forward: { "mail.example.com": { a: ["not-asked"] } } });
    const withCode = <T extends Lookup>(lookup: T): T => ({
      ...lookup,
      answers: lookup.answers.map((answer) => ({ ...answer, why: [{ kind: "no-way", code }] })),
    });
    const forward = evidence.forward.map(({ name, a, aaaa }) => ({ name, a: withCode(a), aaaa }));
    const { status, findings } = judge({ ...evidence, ptr: withCode(evidence.ptr), forward });
    assert.equal(status, "unknown");
    assert.deepEqual(
      findings.map(({ rule, who }) => [rule, who]),
      [
        ["ptr-unanswered", "whoever runs this check"],
        ["forward-unanswered", "whoever runs this check"],
      ],
    );
    for (const { message, fix } of findings) {
      assert.ok(message.includes(code));
      assert.match(fix, step);
    }
  });

test("servers count once, and agree when all they said is what is wanted", () => {
  const forward = { "mail.example.com": { a: [ME, OTHER] } };
  assert.deepEqual(judge(heard({ ptr: [MAIL, "nxdomain", "not-asked"], forward })).servers, { asked: 4, agreed: 2 });
  const same = { "mail.example.com": HERE, "mx.example.org": THERE };
  assert.deepEqual(judge(heard({ expected: null, ptr: [MAIL], forward: same })).servers, { asked: 2, agreed: 2 });
  assert.deepEqual(judge(heard({ ptr: ["timeout"] })).servers, { asked: 1, agreed: 0 });
});

test("a PTR that is called like a property of objects is a name like any other", () => {
  const names = ["__proto__", "constructor", "tostring"];
  const forward = Object.fromEntries(names.map((name) => [name, THERE]));
  const verdict = judge(heard({ expected: null, ptr: [names], forward }));
  assert.deepEqual(Object.keys(verdict.forward).sort(), [...names].sort());
  assert.equal(Object.getPrototypeOf(verdict.forward), Object.prototype);
});

const outcomes: Outcome[] = [
  "ok",
  "nxdomain",
  "nodata",
  "referral",
  "cname",
  "servfail",
  "refused",
  "formerr",
  "notimp",
  "timeout",
  "unreachable",
  "lame",
  "malformed",
  "cname-loop",
  "not-asked",
];
const anyName = fc.oneof(
  fc.constantFrom("mail.example.com", "MAIL.example.com", "old.example.com", ".", "a\\.b.example", "com"),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const anyAddress = fc.constantFrom("192.0.2.10", "198.51.100.9", "2001:db8::10", "::ffff:192.0.2.10", "nonsense");
const saidOf = (value: fc.Arbitrary<string>): fc.Arbitrary<Said[]> =>
  fc.array(fc.oneof(fc.constantFrom(...outcomes), fc.array(value, { maxLength: 13 })), { maxLength: 4 });
const anyForward = fc.dictionary(
  anyName,
  fc.record({ a: saidOf(anyAddress), aaaa: saidOf(anyAddress), aliases: fc.array(anyName, { maxLength: 3 }) }),
  { maxKeys: 4 },
);

test("whatever was heard, there is a sound verdict and never a throw", () => {
  fc.assert(
    fc.property(
      fc.record({
        ip: fc.constantFrom("192.0.2.10", "2001:db8::10"),
        expected: fc.constantFrom(null, "mail.example.com", "old.example.com"),
        ptr: saidOf(anyName),
        forward: anyForward,
        recursive: fc.option(fc.record({ ptr: saidOf(anyName), forward: anyForward }), { nil: undefined }),
      }),
      (said) => {
        const verdict = judge(heard(said));
        if (verdict.status === "unknown") assert.ok(["temperror", "pass"].includes(verdict.iprev));
        else assertSound(verdict);
      },
    ),
    { numRuns: 3000 },
  );
});

// Whoever sets a PTR may write any name into it: no advice makes a user publish records under it.
for (const [whose, name] of [
  ["a provider's default", "static.10.2.0.192.clients.your-server.de"],
  ["a mail service's", "o1.ptr.sendgrid.net"],
  ["a stranger's", "www.bank.example"],
] as const) {
  for (const forward of [
    THERE,
    NOWHERE,
    { a: ["cname-loop"] },
    { a: [ME, OTHER] },
    { ...HERE, aliases: ["x.example"] },
  ]) {
    test(`${whose} PTR where another name is expected: the advice is to set the PTR (${JSON.stringify(forward)})`, () => {
      const said = { ptr: [[name]], forward: { [name]: forward as Forward, "mail.example.com": HERE } };
      const { findings } = judge(heard(said));
      assert.ok(findings.length > 0);
      for (const { fix } of findings) assert.equal(fix, "Set the PTR of 192.0.2.10 to mail.example.com.");
    });
  }
}

test("where the expected name has no address, that is the other advice", () => {
  const name = "o1.ptr.sendgrid.net";
  const { findings } = judge(heard({ ptr: [[name]], forward: { [name]: THERE, "mail.example.com": NOWHERE } }));
  assert.deepEqual([...new Set(findings.map(({ fix }) => fix))].sort(), [
    "Add mail.example.com A 192.0.2.10 to the zone.",
    "Set the PTR of 192.0.2.10 to mail.example.com.",
  ]);
  assert.match(findings[0]?.message ?? "", /o1\.ptr\.sendgrid\.net \(a name of Twilio SendGrid\)/);
});

test("where no name is expected, records are advised only under a name that may be one's own", () => {
  const fixOf = (name: string) =>
    judge(heard({ expected: null, ptr: [[name]], forward: { [name]: THERE } })).findings[0]?.fix;
  const set = "Set the PTR of 192.0.2.10 to the mail server's host name";
  assert.equal(fixOf("o1.ptr.sendgrid.net"), `${set}.`);
  assert.equal(fixOf("mx.example.org"), `${set}, or, if mx.example.org is yours, add mx.example.org A 192.0.2.10.`);
});

// Only its owner can add records to such a name.
for (const [name, owner] of [
  ["o1.ptr.sendgrid.net", "a name of Twilio SendGrid"],
  ["ec2-192-0-2-10.compute-1.amazonaws.com", "a default name of Amazon EC2"],
  ["static.10.2.0.192.clients.your-server.de", "a default name of Hetzner"],
] as const) {
  for (const [what, said] of [
    ["is the PTR and has other addresses", { ptr: [[name]], forward: { [name]: THERE } }],
    ["is the PTR and has no address", { ptr: [[name]], forward: { [name]: NOWHERE } }],
    ["is the PTR and an alias", { ptr: [[name]], forward: { [name]: { ...HERE, aliases: ["x.example"] } } }],
    ["is not there at all", { ptr: ["nxdomain"], forward: { [name]: NOWHERE } }],
  ] as const) {
    test(`${name} is expected and ${what}: the advice is a name of one's own`, () => {
      const { findings } = judge(heard({ expected: name, ...(said as Pick<Heard, "ptr" | "forward">) }));
      assert.ok(findings.some(({ fix }) => fix.includes(`instead of ${name} (${owner})`)));
      for (const { fix, who } of findings.filter(({ severity }) => severity !== "info")) {
        assert.match(fix, /^(?:Expect|Set the PTR to) a host name of your own domain, such as mail\.example\.com/);
        assert.match(who, /^the owner of 192\.0\.2\.10/);
      }
    });
  }
}

test("where the expected name is none of several PTRs, nobody is advised to keep it", () => {
  const said = { ptr: [["a.example.com", "b.example.com"]], forward: { "a.example.com": HERE, "b.example.com": HERE } };
  const { findings } = judge(heard({ expected: "c.example.com", ...said }));
  const several = findings.find(({ rule }) => rule === "several-ptrs");
  assert.equal(several?.fix, "Keep one PTR record, with the name that the mail server gives in EHLO.");
});

test("where no name is expected, a PTR that does not confirm beside one that does is the one to remove", () => {
  const said = {
    ptr: [["mail.example.com", "old.example.com"]],
    forward: { "mail.example.com": HERE, "old.example.com": THERE },
  };
  const { findings } = judge(heard({ expected: null, ...said }));
  const extra = findings.find(({ rule }) => rule === "extra-ptr-unconfirmed");
  assert.match(extra?.fix ?? "", /^Remove the PTR .*old\.example\.com/);
});

test("a denial of a name names the type that is denied, also where one server alone denies it", () => {
  const messageOf = (forward: Forward, ip = "192.0.2.10") =>
    judge(heard({ ip, ptr: [MAIL], forward: { "mail.example.com": forward } })).findings.find(
      ({ rule }) => rule === "existing-name-denied",
    )?.message ?? "";
  assert.match(messageOf({ a: ["nxdomain", "nodata"], aaaa: [ME6, ME6] }, IP6), /NXDOMAIN for mail\.example\.com A\b/);
  assert.match(messageOf({ a: [ME, ME], aaaa: ["nodata", "nxdomain"] }), /NXDOMAIN for mail\.example\.com AAAA/);
});

test("a label with a digit at its end is no numeric label", () => {
  const rulesOf = (name: string) =>
    judge(heard({ expected: name, ptr: [[name]], forward: { [name]: HERE } })).findings.map(({ rule }) => rule);
  assert.ok(!rulesOf("mail1.example.com").includes("name-numeric-label"));
  assert.ok(rulesOf("mail.1.example.com").includes("name-numeric-label"));
});

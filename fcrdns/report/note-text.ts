/** Notes of the asking half as text. All text from DNS is escaped here. */
import { MAX_QUERIES } from "../ask/asking";
import { MAX_SERVERS } from "../ask/walker";
import type { Note } from "../evidence";
import { serverNames } from "./cause-text";
import { forTerminal } from "./escape";

export function noteText(note: Note): string {
  switch (note.kind) {
    case "excluded":
      return `the name server ${forTerminal(note.server)} failed in three rounds in a row; the check no longer waits for it`;
    case "without-address":
      return `no address was found for ${forTerminal(serverNames(note.hosts))}, which should serve ${forTerminal(note.zone)}`;
    case "limit":
      return note.of === "servers"
        ? `the zone ${forTerminal(note.zone)} has more than ${MAX_SERVERS} name servers; the rest were not queried`
        : `${MAX_QUERIES} queries were not enough: the check stopped at ${forTerminal(note.question ?? "the last question")}`;
    case "out-of-time": {
      const { last } = note;
      const answer = last ? `${forTerminal(last.server)} about ${forTerminal(last.question)}` : "an answer";
      return `there was no time left to wait for ${answer}, and no more queries were sent`;
    }
    case "blocked":
      return `${blockedText(note.how, note.roots)}, so only resolvers were queried`;
    case "denied":
      return `the resolver ${forTerminal(note.server)} still answers that there is no ${forTerminal(note.name)} ${note.type}${rememberedText(note)}`;
    case "not-believed":
      return `the resolver ${forTerminal(note.server)} does not know the name servers of the root and in-addr.arpa, so its answers against this address are ignored`;
    case "no-resolver":
      return "no resolver was queried: the roots or stubs point at a private DNS that the system's resolvers do not know";
  }
}

function blockedText(how: (Note & { kind: "blocked" })["how"], roots: number): string {
  switch (how) {
    case "denying":
      return `something answers in place of ${roots} root servers and denies even what every root server knows: this network answers DNS queries itself`;
    case "redirected":
      return `a resolver without authority answers in place of ${roots} root servers: this network redirects DNS queries`;
    case "failing":
      return `only errors, such as REFUSED or SERVFAIL, come from ${roots} root servers: this network does not let DNS queries through`;
    case "silent":
      return `none of ${roots} root servers answers over UDP or TCP`;
  }
}

/** Until when a negative answer may be cached (RFC 2308 section 5). */
function rememberedText({ soa, at }: Note & { kind: "denied" }): string {
  if (soa === undefined) return ", without saying for how long it may cache that";
  const until = new Date(at + soa.negativeTtlSeconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
  return `; it may cache that until ${until} (${soa.negativeTtlSeconds} s, from the SOA of ${forTerminal(soa.zone)})`;
}

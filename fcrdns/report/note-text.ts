/** What the asking noticed beside the answers, in words. Everything that came out of DNS is escaped here. */
import { MAX_QUERIES } from "../ask/asking";
import { MAX_SERVERS } from "../ask/walker";
import type { Note } from "../evidence";
import { serverNames } from "./cause-text";
import { forTerminal } from "./escape";

export function noteText(note: Note): string {
  switch (note.kind) {
    case "excluded":
      return `the name server ${forTerminal(note.server)} failed in three rounds in a row and is no longer waited for`;
    case "without-address":
      return `no address was found for ${forTerminal(serverNames(note.hosts))}, which should serve ${forTerminal(note.zone)}`;
    case "limit":
      return note.of === "servers"
        ? `the zone ${forTerminal(note.zone)} has more than ${MAX_SERVERS} name servers; the rest were not asked`
        : `${MAX_QUERIES} queries were not enough: asking ended at ${forTerminal(note.question ?? "the last question")}`;
    case "out-of-time": {
      const { last } = note;
      const answer = last ? `${forTerminal(last.server)} about ${forTerminal(last.question)}` : "an answer";
      return `there was no time left to wait for ${answer}, and nothing more was asked`;
    }
    case "blocked":
      return `${blockedText(note.how, note.roots)}, so only resolvers were asked`;
    case "denied":
      return `the resolver ${forTerminal(note.server)} still denies ${forTerminal(note.name)} ${note.type}${rememberedText(note)}`;
    case "not-believed":
      return `the resolver ${forTerminal(note.server)} cannot say who serves the root and in-addr.arpa: what it says against this address is not believed`;
    case "no-resolver":
      return "no resolver was asked: the roots or stubs point at a DNS of your own, of which the system's resolvers know nothing";
  }
}

function blockedText(how: (Note & { kind: "blocked" })["how"], roots: number): string {
  switch (how) {
    case "denying":
      return `what answers in the place of ${roots} root servers denies even what every root server knows: this network answers DNS queries itself`;
    case "redirected":
      return `what answers in the place of ${roots} root servers is a resolver without authority: this network redirects DNS queries`;
    case "silent":
      return `none of ${roots} root servers answers over UDP or TCP`;
  }
}

/** Until when a "no" may be remembered (RFC 2308 section 5). */
function rememberedText({ soa, at }: Note & { kind: "denied" }): string {
  if (soa === undefined) return ", without saying for how long it may remember that";
  const until = new Date(at + soa.negativeTtlSeconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
  return `; it may remember that until ${until} (${soa.negativeTtlSeconds} s, from the SOA of ${forTerminal(soa.zone)})`;
}

/** The findings that what the asking noticed amounts to. */

import { MAX_QUERIES } from "../ask/asking";
import { MAX_SERVERS } from "../ask/walker";
import type { Note } from "../evidence";
import { serverNames } from "../report/cause-text";
import { forTerminal } from "../report/escape";
import type { Finding } from "../verdict";
import { finding } from "./finding-rules";

const CHECKER = "whoever makes this check";
const NETWORK = "whoever runs the network that this check is made from";

export function noteFinding(note: Note): Finding {
  switch (note.kind) {
    case "excluded": {
      const server = forTerminal(note.server);
      const message = `the name server ${server} failed in three rounds in a row and is no longer waited for`;
      return finding("server-excluded", { message, who: `whoever runs the name server ${server}` });
    }
    case "without-address": {
      const zone = forTerminal(note.zone);
      const message = `no address was found for ${forTerminal(serverNames(note.hosts))}, which should serve ${zone}`;
      return finding("server-without-address", { message, who: `whoever runs the zone ${zone}` });
    }
    case "limit": {
      if (note.of === "servers") {
        const zone = forTerminal(note.zone);
        const message = `the zone ${zone} has more than ${MAX_SERVERS} name servers; the rest were not asked`;
        return finding("limit-reached", { message, who: `whoever runs the zone ${zone}` });
      }
      const at = forTerminal(note.question ?? "the last question");
      const message = `${MAX_QUERIES} queries were not enough: asking ended at ${at}`;
      return finding("limit-reached", { message, who: "whoever runs the zone in question" });
    }
    case "out-of-time": {
      const { last } = note;
      const answer = last ? `${forTerminal(last.server)} about ${forTerminal(last.question)}` : "an answer";
      const message = `there was no time left to wait for ${answer}, and nothing more was asked`;
      return finding("out-of-time", { message, who: CHECKER });
    }
    case "blocked":
      return finding("port-53-blocked", { message: blockedText(note.how, note.roots), who: NETWORK });
    case "denied": {
      const server = forTerminal(note.server);
      const denial = `the resolver ${server} still denies ${forTerminal(note.name)} ${note.type}`;
      const message = `${denial}${rememberedText(note)}`;
      return finding("resolver-denies", { message, who: `whoever runs the resolver ${server}` });
    }
    case "not-believed": {
      const message = `the resolver ${forTerminal(note.server)} denies names and cannot say who serves the root and in-addr.arpa: its "no" is not believed`;
      return finding("resolver-not-believed", { message, who: NETWORK });
    }
    case "no-resolver": {
      const message =
        "no resolver was asked: the roots or stubs point at a DNS of your own, of which the system's resolvers know nothing";
      return finding("resolvers-not-asked", { message, who: CHECKER });
    }
  }
}

function blockedText(how: (Note & { kind: "blocked" })["how"], roots: number): string {
  switch (how) {
    case "denying":
      return `what answers in the place of ${roots} root servers denies even what every root server knows: this network answers DNS queries itself, so only resolvers were asked`;
    case "redirected":
      return `what answers in the place of ${roots} root servers is a resolver without authority: this network redirects DNS queries, so only resolvers were asked`;
    case "silent":
      return `none of ${roots} root servers answers over UDP or TCP, so only resolvers were asked`;
  }
}

/** Until when a "no" may be remembered (RFC 2308 section 5). */
function rememberedText({ soa, at }: Note & { kind: "denied" }): string {
  if (soa === undefined) return ", without saying for how long it may remember that";
  const until = new Date(at + soa.negativeTtlSeconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
  return `; it may remember that until ${until} (${soa.negativeTtlSeconds} s, from the SOA of ${forTerminal(soa.zone)})`;
}

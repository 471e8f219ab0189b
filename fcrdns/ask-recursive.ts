/**
 * Asks recursive resolvers: what receivers see. An answer of a resolver counts when it comes twice, for one address often
 * stands for several machines with caches of their own.
 */
import { answerOf, type Kept, keptKey } from "./ask-authoritative";
import type { Client, Inquiry, Reply } from "./client";
import type { Lookup, QuestionType } from "./evidence";
import { readRecursive } from "./reading";
import type { Endpoint } from "./server-address";
import type { Message } from "./wire";

/** Agreeing answers that one resolver must give. */
const AGREEING_ANSWERS = 2;

/** What only resolvers can show. */
export interface ResolverNotes {
  /** `SERVER answers SERVFAIL to QUESTION`, but does answer with checking disabled. */
  readonly bogus: Map<string, { readonly server: string; readonly question: string }>;
}

export class RecursiveLookups {
  readonly #client: Client;
  readonly #resolvers: readonly Endpoint[];

  constructor(client: Client, resolvers: readonly Endpoint[]) {
    this.#client = client;
    this.#resolvers = resolvers;
  }

  /** @param name canonical */
  async lookup(name: string, type: QuestionType, inquiry: Inquiry, notes: ResolverNotes, kept: Kept): Promise<Lookup> {
    const asked = await Promise.all(
      this.#resolvers.map(async (server) => {
        const before = kept.get(keptKey(type, name, server.text));
        if (before) return { answer: before, aliases: [] };
        const reply = await this.#twice(server, name, type, inquiry, notes);
        return { answer: answerOf({ server, reply }), aliases: reply.aliases };
      }),
    );
    const aliases = asked.find((one) => one.aliases.length > 0)?.aliases ?? [];
    return { name, type, zone: null, aliases, answers: asked.map(({ answer }) => answer) };
  }

  /** The answer that comes twice; of two different ones the one that is further from "yes". */
  async #twice(
    server: Endpoint,
    name: string,
    type: QuestionType,
    inquiry: Inquiry,
    notes: ResolverNotes,
  ): Promise<Reply> {
    const question = { name, type };
    const read = (message: Message) => readRecursive(question, message);
    const ask = (cd: boolean) => this.#client.ask(server, question, { rd: true, cd, read }, inquiry);
    const replies = await Promise.all(Array.from({ length: AGREEING_ANSWERS }, () => ask(false)));
    const reply = replies.reduce((worse, other) => (rank(other) > rank(worse) ? other : worse));
    if (reply.outcome === "servfail") {
      // RFC 4035 section 5.5: SERVFAIL for data that fails validation, unless the query disables checking.
      const unchecked = await ask(true);
      if (unchecked.outcome === "ok" || unchecked.outcome === "nxdomain" || unchecked.outcome === "nodata") {
        const shown = `${name} ${type}`;
        notes.bogus.set(`${server.text} ${shown}`, { server: server.text, question: shown });
      }
    }
    return reply;
  }
}

/** Failures count most: they leave the question open. Among answers, "no" counts more than "yes". */
function rank({ outcome }: Reply): number {
  if (outcome === "ok") return 0;
  return outcome === "nxdomain" || outcome === "nodata" ? 1 : 2;
}

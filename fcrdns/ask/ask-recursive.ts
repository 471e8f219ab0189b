/**
 * Queries recursive resolvers: what receivers see. An answer of a resolver counts when it comes twice, because one address
 * is often several machines, each with its own cache.
 */

import type { Lookup, QuestionType, ServerAnswer } from "../evidence";
import { isAnswer, isDenial } from "../outcome";
import { answerOf, type Kept, keptKey } from "./ask-authoritative";
import type { Client, QueryContext, Reply } from "./client";
import { readRecursive } from "./reading";
import { namesInternetRoots } from "./root-servers";
import type { Endpoint } from "./server-address";
import type { Message } from "./wire";

const ROOT = { name: ".", type: "NS" } as const;
/** Questions that every resolver of the public DNS can answer. */
const CONTROLS = [ROOT, { name: "in-addr.arpa", type: "NS" }] as const;
/** Zones whose names are all delegated: their SOA cannot deny the name of a host or an address. */
const UPPER_ZONES: ReadonlySet<string> = new Set([".", "arpa"]);

/** Agreeing answers that one resolver must give. */
const AGREEING_ANSWERS = 2;

export class RecursiveLookups {
  readonly #client: Client;
  readonly #resolvers: readonly Endpoint[];
  readonly #isInternet: boolean;

  /** @param isInternet whether the root servers are those of the internet */
  constructor(client: Client, resolvers: readonly Endpoint[], isInternet: boolean) {
    this.#client = client;
    this.#resolvers = resolvers;
    this.#isInternet = isInternet;
  }

  /** @param name canonical */
  async lookup(name: string, type: QuestionType, context: QueryContext, kept: Kept): Promise<Lookup> {
    const asked = await Promise.all(
      this.#resolvers.map(async (server) => {
        const before = kept.get(keptKey(type, name, server.text));
        if (before) return { answer: before, aliases: [] };
        const { reply, bogus } = await this.#settled(server, { name, type }, context);
        const answer = answerOf({ server, reply });
        return { answer: bogus ? { ...answer, bogus } : answer, aliases: reply.aliases };
      }),
    );
    const aliases = asked.find((one) => one.aliases.length > 0)?.aliases ?? [];
    return { name, type, zone: null, aliases, answers: asked.map(({ answer }) => answer) };
  }

  /**
   * The same without unsupported denials, where no authoritative server can be queried: the resolvers of some networks deny
   * everything, or everything but the root. A denial counts if the resolver knows the name servers of the root and of the
   * reverse tree, or, if it cannot answer that now, if the denial has the SOA of a zone that encloses the name (RFC 2308
   * section 3). A resolver that denies even those two, or that names root servers other than those of the internet, is not
   * believed at all, nor are its records if they contradict the expected ones.
   * @param contradicting answers of these lookups that contradict the expected ones @default only denials are doubted
   * @returns the servers that are not believed
   */
  async withoutBareDenials(
    lookups: readonly Lookup[],
    context: QueryContext,
    contradicting: ReadonlySet<ServerAnswer> = new Set(),
  ): Promise<ReadonlySet<ServerAnswer>> {
    const isDoubted = (answer: ServerAnswer): boolean =>
      isDenial(answer) || answer.outcome === "malformed" || (answer.outcome === "ok" && contradicting.has(answer));
    const doubted = lookups.flatMap(({ answers }) => answers.filter(isDoubted));
    const servers = this.#resolvers.filter(({ text }) => doubted.some(({ server }) => server === text));
    const controls = new Map(
      await Promise.all(
        servers.map(async (server) => {
          const outcomes = await Promise.all(
            CONTROLS.map(async (question) => {
              const read = (message: Message) => readRecursive(question, message);
              const { outcome, records } = await this.#client.ask(server, question, { rd: true, read }, context);
              const isLie = outcome === "ok" && question === ROOT && this.#isInternet && !namesInternetRoots(records);
              return isLie ? "nodata" : outcome;
            }),
          );
          return [server.text, outcomes] as const;
        }),
      ),
    );
    const isBelieved = ({ server, outcome: said, soa }: ServerAnswer): boolean => {
      const outcomes = controls.get(server) ?? [];
      if (outcomes.some((outcome) => isDenial({ outcome }) || outcome === "malformed")) return false;
      const hasZone = soa !== undefined && !UPPER_ZONES.has(soa.zone);
      return said === "ok" || hasZone || outcomes.every((outcome) => outcome === "ok");
    };
    return new Set(doubted.filter((answer) => !isBelieved(answer)));
  }

  /**
   * The answer that a resolver repeats. SERVFAIL is what it answers for data that fails validation (RFC 4035 section 5.5), but
   * also when a server was out of reach for a moment: only SERVFAIL that stays, before and after an answer without
   * checking, is a failed validation.
   */
  async #settled(
    server: Endpoint,
    question: { readonly name: string; readonly type: QuestionType },
    context: QueryContext,
  ): Promise<{ readonly reply: Reply; readonly bogus?: true }> {
    const read = (message: Message) => readRecursive(question, message);
    const ask = (cd: boolean) => this.#client.ask(server, question, { rd: true, cd, read }, context);
    const twice = async (): Promise<Reply> => {
      const replies = await Promise.all(Array.from({ length: AGREEING_ANSWERS }, () => ask(false)));
      return replies.reduce((worse, other) => (rank(other) > rank(worse) ? other : worse));
    };
    const first = await twice();
    if (first.outcome !== "servfail") return { reply: first };
    const again = await twice();
    if (again.outcome !== "servfail") return { reply: again };
    const unchecked = await ask(true);
    if (!isAnswer(unchecked.outcome)) return { reply: again };
    const last = await twice();
    return last.outcome === "servfail" ? { reply: last, bogus: true } : { reply: last };
  }
}

/** A lookup in which denials that are not believed count as no answer. */
export function withoutDenials(lookup: Lookup, bare: ReadonlySet<ServerAnswer>): Lookup {
  const answers = lookup.answers.map((answer): ServerAnswer => {
    if (!bare.has(answer)) return answer;
    return { server: answer.server, outcome: "lame", values: [], why: [{ kind: "not-believed" }] };
  });
  return { ...lookup, answers };
}

/** Failures take precedence, because they leave the question open; then denials, then records. */
function rank(reply: Reply): number {
  if (reply.outcome === "ok") return 0;
  return isAnswer(reply.outcome) ? 1 : 2;
}

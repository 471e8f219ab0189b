/** Queries every authoritative server of a name and follows aliases into other zones. */

import type { Cause, ServerName } from "../cause";
import type { Lookup, QuestionType, ServerAnswer } from "../evidence";
import type { Outcome } from "../verdict";
import type { Client, QueryContext, Reply } from "./client";
import { smallestTtl } from "./client";
import type { Delegations } from "./delegation";
import { MAX_ALIAS_CHAIN_LENGTH, readAuthoritative } from "./reading";
import { endpoint } from "./server-address";
import type { Message } from "./wire";
import type { Asked, Cut } from "./zone-cut";

/** Zones further down that are found while querying, after the walk has ended. */
const MAX_LATE_REFERRALS = 8;
/** Different targets that servers give for one alias, each of which is followed. */
const MAX_ALIAS_TARGETS = 3;

/** Answers of earlier rounds that need not be asked for again, by {@link keptKey}. */
export type Kept = ReadonlyMap<string, ServerAnswer>;

export function keptKey(type: QuestionType, name: string, server: string): string {
  return `${type} ${name} ${server}`;
}

/** What the walk found that becomes a finding; one collector per round. */
export interface WalkNotes {
  /** Zone -> name servers for which no address was found. */
  readonly withoutAddress: Map<string, readonly ServerName[]>;
  /** Zones with more name servers than are asked. */
  readonly tooManyServers: Set<string>;
}

export class AuthoritativeLookups {
  readonly #client: Client;
  readonly #delegations: Delegations;

  constructor(client: Client, delegations: Delegations) {
    this.#client = client;
    this.#delegations = delegations;
  }

  /** @param name canonical */
  lookup(name: string, type: QuestionType, context: QueryContext, notes: WalkNotes, kept: Kept): Promise<Lookup> {
    return this.#lookup(name, type, [], { context, notes, kept });
  }

  async #lookup(name: string, type: QuestionType, chain: readonly string[], round: Round): Promise<Lookup> {
    const { cut, asked } = await this.#askZone(name, type, round);
    const zone = cut.zone;
    const aliased = asked.filter(({ reply }) => reply.outcome === "cname");
    if (aliased.length === 0) return { name, type, zone, aliases: [], answers: asked.map(answerOf) };
    return this.#follow(name, type, chain, zone, asked, aliased, round);
  }

  /** The servers' answers; for those that gave an alias, the answer for its target. */
  async #follow(
    name: string,
    type: QuestionType,
    chain: readonly string[],
    zone: string,
    asked: readonly Asked[],
    aliased: readonly Asked[],
    round: Round,
  ): Promise<Lookup> {
    const path = [...chain, name];
    const targets = [...new Set(aliased.map(({ reply }) => reply.aliases[0] as string))].slice(0, MAX_ALIAS_TARGETS);
    const ends = await Promise.all(
      targets.map(async (target) => {
        const ended = path.includes(target) || path.length > MAX_ALIAS_CHAIN_LENGTH;
        return [target, ended ? null : await this.#lookup(target, type, path, round)] as const;
      }),
    );
    const answers = new Map<string, ServerAnswer>();
    for (const [, end] of ends) for (const answer of end?.answers ?? []) answers.set(answer.server, answer);
    for (const { server, reply } of asked) {
      const end = ends.find(([target]) => target === reply.aliases[0]);
      if (reply.outcome !== "cname") answers.set(server.text, answerOf({ server, reply }));
      else if (end && end[1] === null) {
        const circle = path.includes(end[0]);
        const why = circle
          ? ({ kind: "alias-loop", aliases: path.slice(1), next: end[0] } as const)
          : ({ kind: "alias-limit" } as const);
        this.#client.skip(server, { name: end[0], type }, why, round.context);
        answers.set(server.text, { server: server.text, outcome: circle ? "cname-loop" : "cname", values: [] });
      } else if (end?.[1] && !answers.has(server.text)) {
        const same = unanimous(end[1].answers);
        if (same) answers.set(server.text, { ...same, server: server.text });
      }
    }
    const [firstTarget, firstEnd] = ends[0] as (typeof ends)[number];
    const aliases = [firstTarget, ...(firstEnd?.aliases ?? [])];
    return { name, type, zone: firstEnd?.zone ?? zone, aliases, answers: [...answers.values()] };
  }

  /** Finds the zone of a name and queries all of its servers; follows a referral to a zone further down. */
  async #askZone(name: string, type: QuestionType, round: Round): Promise<{ cut: Cut; asked: readonly Asked[] }> {
    const { context } = round;
    for (let referrals = 0; ; referrals++) {
      const near = this.#delegations.deepest(name);
      let cut = near;
      let asked: readonly Asked[] | undefined;
      if (this.#delegations.isSettled(name, near)) {
        asked = await this.#askAll(near, name, type, round);
      } else {
        // Names are usually in the nearest known zone: its servers are queried while the walk confirms that.
        const early = near.holdsNames ? this.#askAll(near, name, type, round) : undefined;
        const located = await this.#delegations.locate(name, context);
        cut = located.cut;
        if (located.failures && cut.kind === "root") {
          return {
            cut,
            asked: located.failures.length > 0 ? located.failures : [this.#nobody(cut, name, type, round)],
          };
        }
        // No server could be queried: the list of servers says why.
        if (located.failures?.length === 0) return { cut, asked: await this.#askAll(cut, name, type, round) };
        const answered = await early;
        asked = answered && cut === near ? answered : await this.#askAll(cut, name, type, round);
      }
      const referral = asked.find(({ reply }) => reply.outcome === "referral");
      const further =
        referral && referrals < MAX_LATE_REFERRALS ? this.#delegations.learn(referral.reply, cut) : undefined;
      if (!further) return { cut, asked };
    }
  }

  async #askAll(cut: Cut, name: string, type: QuestionType, round: Round): Promise<readonly Asked[]> {
    const { context, notes, kept } = round;
    const gathered = this.#delegations.all(cut, context);
    const servers = gathered instanceof Promise ? await gathered : gathered;
    if (servers.withoutAddress.length > 0) {
      const hosts = servers.withoutAddress.map((host) => this.#serverName(host));
      notes.withoutAddress.set(cut.zone, hosts);
    }
    if (servers.tooMany) notes.tooManyServers.add(cut.zone);
    const question = { name, type };
    const read = (message: Message) => readAuthoritative(question, cut.zone, message);
    const asking = servers.endpoints.map((server) => {
      const before = kept.size > 0 ? kept.get(keptKey(type, name, server.text)) : undefined;
      return before
        ? { ...before, records: [], aliases: [], causes: before.why ?? [] }
        : this.#client.ask(server, question, { rd: false, read }, context);
    });
    const skipped = servers.notAsked.map(
      ({ endpoint: server, why }): Asked => ({ server, reply: this.#client.skip(server, question, why, context) }),
    );
    const replies = await Promise.all(asking);
    const asked = servers.endpoints.map((server, i): Asked => ({ server, reply: replies[i] as Reply }));
    asked.push(...skipped);
    return asked.length > 0 ? asked : [this.#nobody(cut, name, type, round)];
  }

  #serverName(name: string): ServerName {
    return { name, isAlias: this.#delegations.isAlias(name) };
  }

  /** In place of an answer where the servers of the zone cannot be found. */
  #nobody(cut: Cut, name: string, type: QuestionType, { context }: Round): Asked {
    const names = [...cut.names.keys()];
    const server = { ...endpoint({ address: "", port: 0 }, null), text: names[0] ?? `servers of ${cut.zone}` };
    const why = { kind: "no-server", zone: cut.zone, hosts: names.map((host) => this.#serverName(host)) } as const;
    return { server, reply: this.#client.skip(server, { name, type }, why, context) };
  }
}

interface Round {
  readonly context: QueryContext;
  readonly notes: WalkNotes;
  readonly kept: Kept;
}

export function answerOf({
  server,
  reply,
}: {
  server: { readonly text: string };
  reply: Reply & { ttl?: number };
}): ServerAnswer {
  const answer: { -readonly [Key in keyof ServerAnswer]: ServerAnswer[Key] } = {
    server: server.text,
    outcome: reply.outcome,
    values: reply.outcome === "ok" ? reply.values : [],
  };
  const ttl = reply.ttl ?? (reply.records.length > 0 ? smallestTtl(reply.records) : undefined);
  if (ttl !== undefined) answer.ttl = ttl;
  if (reply.soa) answer.soa = reply.soa;
  const [cause] = reply.causes;
  if (cause && (EXPLAINED.has(reply.outcome) || UNTRUSTED.has(cause.kind))) answer.why = reply.causes;
  return answer;
}

/** Outcomes that alone do not show what to fix. */
const EXPLAINED: ReadonlySet<Outcome> = new Set(["unreachable", "not-asked", "malformed"]);

/** What makes a server lame beside its lack of authority. */
const UNTRUSTED: ReadonlySet<Cause["kind"]> = new Set(["no-root", "no-recursion"]);

/** What all servers say, when they all say the same. */
function unanimous(answers: readonly ServerAnswer[]): ServerAnswer | undefined {
  const first = answers[0];
  const word = (answer: ServerAnswer): string => `${answer.outcome} ${answer.values.join(" ")}`;
  return first && answers.every((answer) => word(answer) === word(first)) ? first : undefined;
}

/**
 * Wrong answers that were visible while a check waited, and for how long others may remember them: resolvers for the TTL of
 * the records (RFC 1035 section 3.2.1) or of the denial (RFC 2308 section 5), receivers for as long as they say.
 */

import { agrees } from "./ask/agreement";
import { answeredValues } from "./ask/consensus";
import { knownNames, lookupsOf, type RoundTripLookups, type Subject } from "./ask/round";
import type { Lookup, Memory, QuestionType, ServerAnswer, WrongAnswer } from "./evidence";
import { RECEIVERS, symptomsOf } from "./judge/receivers";
import { isAnswer, isDenial } from "./outcome";
import type { Verdict } from "./verdict";

/** Seconds that a resolver keeps an answer at most: RFC 8767 section 4 recommends a limit of seven days. */
const MAX_REMEMBERED = 604_800;

export class WrongAnswers {
  readonly #answers = new Map<string, WrongAnswer>();
  readonly #receivers = new Map<string, { readonly seconds: number; until: number | null }>();

  get isEmpty(): boolean {
    return this.#answers.size === 0 && this.#receivers.size === 0;
  }

  /**
   * Takes in a whole round. What a server got wrong before and gets right now, it may have given until now.
   * @param now UTC, milliseconds since 1970
   */
  heard(by: WrongAnswer["by"], trip: RoundTripLookups, subject: Subject, verdict: Verdict, now: number): void {
    const isRight = new Set<string>();
    for (const lookup of lookupsOf(trip)) {
      if (!isNeeded(lookup, subject, verdict)) continue;
      for (const answer of lookup.answers) {
        if (!isWrong(answer, lookup, subject, verdict)) {
          if (isAnswer(answer.outcome)) isRight.add(questionKey(by, lookup, answer));
          continue;
        }
        const seconds = rememberedSeconds(answer);
        if (seconds === 0) continue;
        const values = answeredValues(lookup, answer);
        const key = `${questionKey(by, lookup, answer)} ${values.join(" ")}`;
        const { server, soa } = answer;
        // A resolver says how long it keeps the answer from now on; others are as old as the answer may be.
        const until = by === "resolver" ? now : null;
        const { name, type } = lookup;
        this.#answers.set(key, { by, name, type, server, values, seconds, ...(soa && { zone: soa.zone }), until });
      }
    }
    for (const [key, answer] of this.#answers) {
      const isOver = verdict.status === "pass" || isRight.has(questionKey(answer.by, answer, answer));
      if (isOver && answer.until === null) this.#answers.set(key, { ...answer, until: now });
    }
    this.#takeReceivers(verdict, now);
  }

  /** Receivers that may have refused mail in this state and remember it. */
  #takeReceivers(verdict: Verdict, now: number): void {
    const symptoms = symptomsOf(verdict);
    const family = verdict.ip.includes(":") ? 6 : 4;
    for (const { families, name, remembers, objections } of RECEIVERS) {
      if (remembers === undefined || !families.includes(family)) continue;
      const refuses = objections.some(
        (each) => each.effect === "refuses" && each.symptoms.some((one) => symptoms.has(one)),
      );
      const known = this.#receivers.get(name);
      if (refuses) this.#receivers.set(name, { seconds: remembers.seconds, until: null });
      else if (known?.until === null) known.until = now;
    }
  }

  /** @param now UTC, milliseconds since 1970 */
  memory(now: number): Memory {
    const receivers = [...this.#receivers].map(([name, { seconds, until }]) => ({ name, seconds, until }));
    return { now, answers: [...this.#answers.values()], receivers };
  }
}

function questionKey(
  by: WrongAnswer["by"],
  { name, type }: Pick<Lookup, "name" | "type">,
  { server }: Pick<ServerAnswer, "server">,
): string {
  return `${by} ${server} ${type} ${name}`;
}

/** Whether the round trip rests on the question. */
function isNeeded({ name, type }: Lookup, subject: Subject, { ptr }: Verdict): boolean {
  if (type === "PTR") return true;
  const own: QuestionType = subject.family === 4 ? "A" : "AAAA";
  const names = knownNames(subject);
  return type === own && (subject.expected === null ? [...names, ...ptr] : names).includes(name);
}

function isWrong(answer: ServerAnswer, lookup: Lookup, subject: Subject, { iprev }: Verdict): boolean {
  if (!isAnswer(answer.outcome)) return false;
  if (!agrees(answer, lookup, subject)) return true;
  // Where any name is good, a PTR is wrong whose name does not confirm.
  return lookup.type === "PTR" && subject.expected === null && iprev === "fail";
}

/** A denial without SOA must not be kept (RFC 2308 section 5). */
function rememberedSeconds(answer: ServerAnswer): number {
  const seconds = isDenial(answer) || answer.values.length === 0 ? answer.soa?.negativeTtlSeconds : answer.ttl;
  return Math.min(MAX_REMEMBERED, seconds ?? 0);
}

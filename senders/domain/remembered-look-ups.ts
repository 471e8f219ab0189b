/** Look-ups for one domain: each question once, and no more of them than any honest domain needs. */
import type { RecordLookups } from "../../fcrdns/look-up-records";
import type { DnsAnswer, DnsLookUp, DnsType } from "./evaluate";

/**
 * Questions of one domain. Ten terms with ten exchanges each, for both families, are 220; records of many that exclude
 * each other's addresses could make more.
 */
const MAX_QUESTIONS = 300;

export interface RememberedLookUps {
  readonly lookUp: DnsLookUp;
  /** Questions to which the name servers gave different answers. */
  readonly disagreements: readonly { readonly name: string; readonly type: DnsType }[];
}

/** A receiver sees the TXT of one name server; addresses and exchanges of any server may send. */
export function rememberedLookUps(records: Pick<RecordLookups, "lookUp">): RememberedLookUps {
  const asked = new Map<string, Promise<DnsAnswer>>();
  const disagreements: { name: string; type: DnsType }[] = [];
  const ask = async (name: string, type: DnsType): Promise<DnsAnswer> => {
    const found = await records.lookUp(name, type);
    if (!found.known) return found;
    if (found.loop) return { known: false, why: "its aliases lead round in a circle" };
    const [most] = found.distinct ?? [];
    const aliases = found.aliases && { aliases: found.aliases };
    if (type !== "TXT" || most === undefined) return { known: true, values: found.values, ...aliases };
    disagreements.push({ name, type });
    return { known: true, values: most, ...aliases };
  };
  return {
    disagreements,
    lookUp: (name, type) => {
      const key = `${type} ${name}`;
      const before = asked.get(key);
      if (before !== undefined) return before;
      if (asked.size >= MAX_QUESTIONS) {
        return Promise.resolve({
          known: false,
          why: `not asked: ${MAX_QUESTIONS} questions for one domain are the limit`,
        });
      }
      const answer = ask(name, type);
      asked.set(key, answer);
      return answer;
    },
  };
}

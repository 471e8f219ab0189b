/** What large receivers would make of an address, for the formats that show it when asked. */
import type { ReceiverOpinion } from "../../fcrdns/judge/receivers";
import type { Verdict } from "../../fcrdns/verdict";

/** The matrix of one address; rows about the other address family are left out. */
export async function receiverRows(verdict: Verdict): Promise<readonly ReceiverOpinion[]> {
  const { receiverMatrix } = await import("../../fcrdns/judge/receivers");
  return receiverMatrix(verdict).filter(({ outcome }) => outcome !== "not-concerned");
}

/** `Gmail: refuses, no-ptr: 550 5.7.25 ... (source, read 2026-11-21)`, or `Microsoft: not known`. */
export async function receiverLines(verdict: Verdict): Promise<string[]> {
  return (await receiverRows(verdict)).map(({ name, outcome, because, accepts }) => {
    const [worst] = because;
    const stated = worst ?? accepts;
    if (stated === undefined) return `${name}: not known`;
    const source = `(${stated.source}, ${stated.read === "not known" ? "date not known" : `read ${stated.read}`})`;
    if (worst === undefined) return `${name}: ${outcome} ${source}`;
    const says = worst.smtp === null ? "" : `: ${worst.smtp}`;
    return `${name}: ${outcome}, ${worst.symptoms.join(", ")}${says} ${source}`;
  });
}

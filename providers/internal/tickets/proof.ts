/** What DNS says of a ticket's addresses, read off the verdicts of the checker: the forward proof and the present PTR. */
import { parseAddress } from "../../../fcrdns/names/address";
import { sameName } from "../../../fcrdns/names/name";
import { isAnswer } from "../../../fcrdns/outcome";
import type { Hop, Verdict } from "../../../fcrdns/verdict";
import type { ForwardAnswer } from "./ticket";
import type { TicketInputAddress } from "./ticket-input";

/**
 * The proof that the forward record of the expected name is there for everybody: an authoritative answer that holds the
 * address, while no authoritative server that was asked says otherwise. Undefined: not (yet) proven.
 * @param verdict of the address, with `expected` set
 * @param at when it was asked
 */
export function forwardProof(verdict: Verdict, at: Date): ForwardAnswer | undefined {
  const { expected } = verdict;
  if (expected === null || !addressesOf(verdict, expected).some((address) => sameText(address, verdict.ip))) {
    return undefined;
  }
  const type = verdict.ip.includes(":") ? "AAAA" : "A";
  const last = lastWords(verdict.hops.filter((hop) => hop.question.endsWith(` ${type}`)));
  const denying = last.some(({ question, outcome, records }) => {
    return (
      sameName(nameOf(question), expected) && isAnswer(outcome) && !records.some((record) => ends(record, verdict.ip))
    );
  });
  const hop = last.find(
    ({ outcome, records }) => outcome === "ok" && records.some((record) => ends(record, verdict.ip)),
  );
  if (denying || hop === undefined) return undefined;
  return { server: hop.server, hostname: expected, address: verdict.ip, at: at.toISOString() };
}

/**
 * What a ticket needs to know of one address, from its verdict. The present PTR is left out where no server could say.
 * @param verdict of the address, with `expected` set
 * @param at when it was asked
 */
export function requestAddress(verdict: Verdict, at: Date): TicketInputAddress {
  const proof = forwardProof(verdict, at);
  return {
    address: verdict.ip,
    hostname: verdict.expected ?? "",
    ...presentPtr(verdict),
    ...(proof && { proof }),
  };
}

/** The names of the PTR; left out where no server could say. */
export function presentPtr({ ptr, reason }: Verdict): Pick<TicketInputAddress, "currentPtrs"> {
  return ptr.length > 0 || reason === "no-ptr" ? { currentPtrs: ptr } : {};
}

function addressesOf({ forward }: Verdict, hostname: string): readonly string[] {
  return Object.entries(forward).find(([name]) => sameName(name, hostname))?.[1] ?? [];
}

/** Only authoritative words count, and of each server only its last on a question. */
function lastWords(hops: readonly Hop[]): Hop[] {
  return [
    ...new Map(hops.filter(({ aa }) => aa).map((hop) => [`${hop.question}\n${hop.server}`, hop] as const)).values(),
  ];
}

function nameOf(question: string): string {
  return question.slice(0, question.lastIndexOf(" "));
}

/** The last word of a record in presentation format is its address. */
function ends(record: string, ip: string): boolean {
  return sameText(record.split(/\s+/).at(-1) ?? "", ip);
}

function sameText(a: string, b: string): boolean {
  const [first, second] = [parseAddress(a), parseAddress(b)];
  return first.ok && second.ok && first.address.text === second.address.text;
}

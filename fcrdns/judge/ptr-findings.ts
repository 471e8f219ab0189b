import type { Consensus } from "../ask/consensus";
import { type Cause, EXHAUSTED } from "../cause";
import type { Lookup, ServerAnswer } from "../evidence";
import type { IpAddress } from "../names/address";
import { foreignOwnerOf } from "../names/foreign-name";
import type { Found, Step, Who } from "./found";
import type { Judged } from "./judged";
import { MAX_NAMES } from "./round-trip";

/** What is wrong with the PTR of the address. */
export function ptrFindings({ evidence, ip, trip }: Judged): Found[] {
  const { ptr: lookup, arpa, expected, helo } = evidence;
  const owner: Who = { kind: "address-owner", ip: ip.text, lookup };
  const operator: Who = { kind: "reverse-operator", lookup };
  const found: Found[] = [];
  const [word] = trip.ptr.words;
  if (isTooLong(lookup)) {
    found.push({ rule: "alias-chain-too-long", seen: { kind: "alias-limit", lookup }, owner: operator });
  } else if (word === undefined) {
    const seen = { kind: "ptr-unanswered", ip: ip.text, silent: trip.ptr.silent } as const;
    found.push({ rule: "ptr-unanswered", seen, ...unreached(trip.ptr.silent, operator) });
  } else if (trip.ptr.words.length > 1) {
    const seen = { kind: "disagreement", question: lookup, words: trip.ptr.words } as const;
    const behind = serversBehind(trip.ptr, (values) => expected !== null && values.includes(expected));
    found.push({ rule: "servers-disagree", seen, owner: { ...operator, behind } });
  } else if (word.kind === "loop") {
    found.push({ rule: "cname-loop", seen: { kind: "alias-loop", lookup }, owner: operator });
  } else if (word.kind === "absent") {
    const seen = { kind: "no-ptr", ip: ip.text, arpa, answers: word.answers } as const;
    found.push({ rule: "no-ptr", seen, step: setPtr(ip, expected), owner });
  }

  const count = Math.max(0, ...trip.ptr.words.map(({ values }) => values.length));
  if (count > 1) {
    const step: Step | undefined =
      expected !== null && trip.ptrNames.includes(expected)
        ? { kind: "keep-ptr", ip: ip.text, name: expected }
        : undefined;
    const seen = { kind: "several-ptrs", ip: ip.text, count, names: trip.ptrNames } as const;
    found.push({ rule: "several-ptrs", seen, step, owner });
    if (count > MAX_NAMES) {
      found.push({ rule: "too-many-names", seen: { kind: "too-many-ptrs", ip: ip.text, count }, step, owner });
    }
  }
  const isOther = expected !== null && trip.ptrNames.length > 0 && !trip.ptrNames.includes(expected);
  // What the server says in EHLO is a finding of its own.
  if (isOther && helo?.said !== expected) {
    const seen = { kind: "other-ptr", ip: ip.text, names: trip.ptrNames, expected } as const;
    found.push({ rule: "unexpected-name", seen, step: setPtr(ip, expected), owner });
  }
  return found;
}

/** Nobody can add records to another's name or greet with it, also where it is the name that was asked for. */
export function setPtr(ip: IpAddress, expected: string | null): Step {
  return expected !== null && foreignOwnerOf(expected) !== undefined
    ? { kind: "own-name", ip: ip.text, foreign: expected }
    : { kind: "set-ptr", ip: ip.text, to: expected };
}

export function isTooLong({ answers }: Lookup): boolean {
  return answers.some(({ outcome }) => outcome === "cname");
}

/** Who fixes missing answers: servers are not to blame for what this machine, its network or its time did not allow. */
export function unreached(silent: readonly ServerAnswer[], operator: Who): Pick<Found, "step" | "owner"> {
  const allFor = (cause: Cause["kind"]) =>
    silent.length > 0 && silent.every(({ why }) => why?.some(({ kind }) => kind === cause));
  if (allFor("no-way")) {
    const isExhausted = silent.some(({ why }) => why?.some((one) => one.kind === "no-way" && EXHAUSTED.has(one.code)));
    return { step: { kind: isExhausted ? "free-sockets" : "reach-servers" }, owner: { kind: "checker" } };
  }
  if (silent.length > 0 && silent.every(({ bogus }) => bogus)) {
    return { step: { kind: "as-for", rule: "dnssec-bogus" }, owner: operator };
  }
  if (allFor("out-of-time")) return { step: { kind: "as-for", rule: "out-of-time" }, owner: { kind: "checker" } };
  if (!allFor("not-believed")) return { owner: operator };
  return { step: { kind: "as-for", rule: "resolver-not-believed" }, owner: { kind: "network-operator" } };
}

/** The servers that do not yet say what is wanted, where one does. */
export function serversBehind({ words }: Consensus, isWanted: (values: readonly string[]) => boolean): string[] {
  if (!words.some(({ values }) => isWanted(values))) return [];
  return words.filter(({ values }) => !isWanted(values)).flatMap(({ answers }) => answers.map(({ server }) => server));
}

import type { ForwardLookups } from "../evidence";
import { foreignOwnerOf } from "../names/foreign-name";
import { mailServiceOf } from "../names/mail-services";
import type { FindingRuleId } from "./finding-rules";
import type { Found, Seen, Step, Who } from "./found";
import type { Judged } from "./judged";
import { isTooLong, serversBehind, setPtr, unreached } from "./ptr-findings";
import { MAX_NAMES, type NameWord } from "./round-trip";

/**
 * What is wrong on the way from a name back to the address. A PTR name that is not the expected one may be anybody's: the
 * advice is then about the PTR alone, never about records under that name.
 */
export function forwardFindings(judged: Judged, word: NameWord): Found[] {
  const { evidence, ip, trip } = judged;
  const { expected } = evidence;
  const found = faults(judged, word);
  if (expected === null || word.name === expected) return found;
  const step: Step = trip.ptrNames.includes(expected)
    ? { kind: "remove-ptr", name: word.name, ip: ip.text }
    : setPtr(ip, expected);
  return found.map((one) => ({ ...one, step, owner: ptrOwner(judged) }));
}

function ptrOwner({ evidence, ip }: Judged): Who {
  return { kind: "address-owner", ip: ip.text, lookup: evidence.ptr };
}

function faults(judged: Judged, word: NameWord): Found[] {
  const { ip, trip } = judged;
  const { name, state, lookups, own, other } = word;
  if (lookups === undefined) {
    if (state !== "unknown" || !trip.ptrNames.includes(name) || trip.ptrNames.length > MAX_NAMES) return [];
    return [{ rule: "forward-unanswered", seen: { kind: "not-looked-up", name }, owner: { kind: "name-owner", name } }];
  }
  const [type, otherType] = ip.family === 4 ? (["A", "AAAA"] as const) : (["AAAA", "A"] as const);
  const lookup = ip.family === 4 ? lookups.a : lookups.aaaa;
  const owner: Who = { kind: "dns-host", lookup };
  const question = { name, type };
  const found: Found[] = [];
  const add = (rule: FindingRuleId, seen: Seen, by = owner) => found.push({ rule, seen, owner: by });

  switch (state) {
    case "absent":
    case "elsewhere":
      found.push(unconfirmed(judged, word, type, owner));
      break;
    case "denied":
      // Said below, whatever the state.
      break;
    case "split": {
      const behind = serversBehind(own, (values) => values.includes(ip.text));
      add("servers-disagree", { kind: "disagreement", question, words: own.words }, { ...owner, behind });
      break;
    }
    case "loop":
      add("cname-loop", { kind: "alias-loop", lookup });
      break;
    case "unknown":
      if (isTooLong(lookup)) add("alias-chain-too-long", { kind: "alias-limit", lookup });
      else {
        const seen = { kind: "forward-unanswered", question, silent: own.silent } as const;
        found.push({ rule: "forward-unanswered", seen, ...unreached(own.silent, owner) });
      }
      break;
    case "confirmed":
      if (own.words.length > 1) {
        add("forward-servers-differ", { kind: "forward-differs", question, ip: ip.text, words: own.words });
      }
      if (other.words.length === 0) {
        const { silent } = other;
        const seen = { kind: "other-type-unanswered", question, ip: ip.text, type: otherType, silent } as const;
        found.push({ rule: "other-family-unanswered", seen, ...unreached(silent, owner) });
      }
      break;
  }

  if (word.deniers.length > 0) found.push(denied(word, lookups));
  if (state !== "loop") found.push(...aliased(judged, name, lookups, owner));
  return found;
}

function unconfirmed(judged: Judged, { name, own, addresses }: NameWord, type: "A" | "AAAA", host: Who): Found {
  const { evidence, ip, trip, iprev, inspect } = judged;
  const isPtr = trip.ptrNames.includes(name);
  const answers = own.words.flatMap((word) => word.answers);
  const role = isPtr ? "ptr" : "expected";
  const seen = { kind: "unconfirmed", role, name, ip: ip.text, addresses, answers } as const;
  const [ofPtr, ofExpected] =
    addresses.length === 0
      ? (["no-forward", "expected-no-forward"] as const)
      : (["forward-mismatch", "expected-forward-mismatch"] as const);
  const rule = isPtr ? ofPtr : ofExpected;
  const record = { name, type, ip: ip.text };

  // With another name confirmed, a PTR name that does not confirm is the one to remove, not the one to repair.
  const isExtra = isPtr && iprev === "pass" && name !== evidence.expected;
  // Where no name is expected, nobody has said that the name is the sender's own.
  if (isExtra || (isPtr && evidence.expected === null)) {
    const first: Step = isExtra ? { kind: "remove-ptr", name, ip: ip.text } : setPtr(ip, null);
    const { valid, generic } = inspect(name);
    const isOthers = evidence.expected === null && (mailServiceOf(name) !== undefined || !valid || generic);
    const step: Step = isOthers ? first : { kind: "or-add-address", first, ...record };
    return { rule: isExtra ? "extra-ptr-unconfirmed" : rule, seen, step, owner: ptrOwner(judged) };
  }
  if (foreignOwnerOf(name) !== undefined) {
    return { rule, seen, step: { kind: "own-name", ip: ip.text, foreign: name }, owner: ptrOwner(judged) };
  }
  return { rule, seen, step: { kind: "add-address", ...record }, owner: host };
}

/** NXDOMAIN speaks of the name and not of the type, so it contradicts the records that the same server gives. */
function denied({ name, deniers: servers }: NameWord, { a, aaaa }: ForwardLookups): Found {
  const deniesA = a.answers.some(({ server, outcome }) => outcome === "nxdomain" && servers.includes(server));
  const [type, given, lookup] = deniesA ? (["A", "AAAA", a] as const) : (["AAAA", "A", aaaa] as const);
  const seen = { kind: "denied", name, type, given, servers } as const;
  return { rule: "existing-name-denied", seen, owner: { kind: "dns-host", lookup, servers } };
}

function aliased(judged: Judged, name: string, { a, aaaa }: ForwardLookups, host: Who): Found[] {
  const aliases = a.aliases.length > 0 ? a.aliases : aaaa.aliases;
  if (aliases.length === 0) return [];
  const seen = { kind: "alias", name, aliases } as const;
  const { evidence, ip } = judged;
  return foreignOwnerOf(name) === undefined
    ? [{ rule: "ptr-target-alias", seen, step: { kind: "replace-alias", name }, owner: host }]
    : [{ rule: "ptr-target-alias", seen, step: setPtr(ip, evidence.expected), owner: ptrOwner(judged) }];
}

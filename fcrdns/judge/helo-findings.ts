import { foreignOwnerOf } from "../names/foreign-name";
import type { Helo } from "../names/helo";
import type { Found, Seen, Step, Who } from "./found";
import { isOwnLiteral } from "./helo-objection";
import type { Judged } from "./judged";
import { setPtr, unreached } from "./ptr-findings";
import type { NameWord } from "./round-trip";

/** What is wrong with the name that the mail server says in EHLO. */
export function heloFindings(judged: Judged): Found[] {
  const { helo } = judged.evidence;
  if (!helo) return [];
  const found = unsuitable(judged, helo);
  const { expected } = judged.evidence;
  const word = helo.name === null ? undefined : judged.trip.names.get(helo.name);
  const isPtr = judged.trip.ptrNames.includes(helo.said);
  found.push(...mismatch(judged, helo, word));
  // Of a PTR name and of the expected name this is said already.
  if (word === undefined || isPtr || helo.said === expected) return found;
  const type = judged.ip.family === 4 ? "A" : "AAAA";
  const lookup = type === "A" ? word.lookups?.a : word.lookups?.aaaa;
  const owner: Who = lookup === undefined ? { kind: "name-owner", name: word.name } : { kind: "dns-host", lookup };
  if (word.state === "unknown") {
    const { silent } = word.own;
    const seen = { kind: "helo-unanswered", helo: helo.said, type, silent } as const;
    found.push({ rule: "helo-unanswered", seen, ...unreached(silent, owner) });
  }
  const { aliases = [] } = lookup ?? {};
  if (aliases.length > 0 && word.state !== "loop") {
    const seen = { kind: "helo-alias", helo: helo.said, aliases } as const;
    const step: Step = { kind: "replace-alias", name: helo.said };
    found.push({ rule: "helo-not-a-host", severity: "warning", seen, step, owner });
  }
  return found;
}

/** The name itself, whatever DNS says of it. */
function unsuitable(judged: Judged, helo: Helo): Found[] {
  const { ip, inspect } = judged;
  const owner: Who = { kind: "mail-server", ip: ip.text };
  const step: Step = { kind: "say-helo", ip: ip.text, name: nameToSay(judged, helo) };
  const { valid, reasons } = inspect(helo.said);
  const [reason] = reasons;
  if (reason === undefined) return [];
  const seen = { kind: "bad-helo", helo: helo.said, problem: reason.message } as const;
  if (valid) return [{ rule: "helo-generic", seen, step, owner }];
  const severity = isOwnLiteral(helo, ip) ? "warning" : "error";
  return [{ rule: "helo-not-a-host", severity, seen, step, owner }];
}

function mismatch(judged: Judged, helo: Helo, word: NameWord | undefined): Found[] {
  const { evidence, ip, trip } = judged;
  const { expected } = evidence;
  if (trip.ptrNames.includes(helo.said)) return [];
  const isExpected = helo.said === expected;
  const back = wayBack(word);
  // Without a PTR there is nothing to compare; a name that could never confirm is worth saying all the same.
  if (trip.ptrNames.length === 0 && (isExpected || back !== "unconfirmed")) return [];
  const hasAddress = back === "confirmed" || back === "unknown" || isOwnLiteral(helo, ip);
  const seen: Seen = {
    kind: "helo-mismatch",
    helo: helo.said,
    ip: ip.text,
    names: trip.ptrNames,
    // Said of the expected name by itself.
    back: isExpected && back === "unconfirmed" ? "none" : back,
    addresses: word?.addresses ?? [],
    answers: word?.own.words.flatMap(({ answers }) => answers) ?? [],
  };
  const severity = hasAddress && !isExpected ? "warning" : "error";
  return [{ rule: "helo-mismatch", severity, seen, ...remedy(judged, helo) }];
}

function wayBack(word: NameWord | undefined): "confirmed" | "unconfirmed" | "unknown" | "none" {
  switch (word?.state) {
    case undefined:
      return "none";
    case "confirmed":
    case "denied":
      return "confirmed";
    case "unknown":
      return "unknown";
    default:
      return "unconfirmed";
  }
}

/** The server is easier to change than the PTR, unless somebody expects the PTR to be what the server says. */
function remedy(judged: Judged, helo: Helo): { readonly step: Step; readonly owner: Who } {
  const { evidence, ip, inspect } = judged;
  const { expected, ptr: lookup } = evidence;
  const name = nameToSay(judged, helo);
  const addressOwner: Who = { kind: "address-owner", ip: ip.text, lookup };
  if (helo.said === expected) {
    const step = setPtr(ip, expected);
    return {
      step: name === null ? step : { kind: "or-say-helo", first: step, ip: ip.text, name },
      owner: addressOwner,
    };
  }
  const { valid, generic } = inspect(helo.said);
  if (name === null && valid && !generic && foreignOwnerOf(helo.said) === undefined) {
    return { step: setPtr(ip, helo.said), owner: addressOwner };
  }
  return { step: { kind: "say-helo", ip: ip.text, name }, owner: { kind: "mail-server", ip: ip.text } };
}

/** The name that the server should say: the one expected, else the PTR's, where it is good. */
function nameToSay({ evidence, trip, inspect }: Judged, helo: Helo): string | null {
  const isGood = (name: string): boolean => {
    const { valid, generic } = inspect(name);
    return name !== helo.said && valid && !generic && foreignOwnerOf(name) === undefined;
  };
  const { expected } = evidence;
  if (expected !== null && isGood(expected)) return expected;
  return trip.confirmed.find(isGood) ?? null;
}

import { registrableLabelCount } from "../names/name";
import { isFindingRule } from "./finding-rules";
import type { Found, NameRole, Step, Who } from "./found";
import type { Judged } from "./judged";
import { setPtr } from "./ptr-findings";
import { MAX_NAMES } from "./round-trip";

/** What is wrong with the name that the host is to have, where the PTR is still another. */
export function expectedFindings(judged: Judged): Found[] {
  const { expected, helo } = judged.evidence;
  // Said of what the server says in EHLO.
  if (expected !== null && helo?.said === expected) return [];
  if (expected === null || judged.trip.ptrNames.includes(expected)) return [];
  return problemsOf(judged, expected, "expected");
}

/** What is wrong with the PTR's names by themselves. */
export function nameFindings(judged: Judged): Found[] {
  const { evidence, ip, trip, inspect } = judged;
  const { expected } = evidence;
  return trip.ptrNames.slice(0, MAX_NAMES).flatMap((name): Found[] => {
    if (expected !== null && name !== expected) {
      const step: Step = trip.ptrNames.includes(expected)
        ? { kind: "remove-ptr", name, ip: ip.text }
        : setPtr(ip, expected);
      return problemsOf(judged, name, "ptr").map((one) => ({ ...one, step }));
    }
    const found = problemsOf(judged, name, "ptr");
    if (!inspect(name).valid) return found;
    const owner = ownerOf(judged);
    const labels = name.split(".");
    if (labels.length === registrableLabelCount(labels)) {
      found.push({ rule: "name-bare-domain", seen: { kind: "bare-domain", name }, owner });
    }
    const label = labels.find((each) => /^\d+$/.test(each));
    if (label !== undefined) {
      found.push({ rule: "name-numeric-label", seen: { kind: "numeric-label", name, label }, owner });
    }
    return found;
  });
}

function problemsOf(judged: Judged, name: string, role: NameRole): Found[] {
  return judged
    .inspect(name)
    .reasons.flatMap(({ rule, message: problem }) =>
      isFindingRule(rule) ? [{ rule, seen: { kind: "bad-name", role, name, problem }, owner: ownerOf(judged) }] : [],
    );
}

function ownerOf({ evidence, ip }: Judged): Who {
  return { kind: "address-owner", ip: ip.text, lookup: evidence.ptr };
}

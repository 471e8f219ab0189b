/** What a verdict has to tell. */

import { domainFindings } from "./domain-findings";
import { forwardFindings } from "./forward-findings";
import type { Found } from "./found";
import { heloFindings } from "./helo-findings";
import type { Judged } from "./judged";
import { expectedFindings, nameFindings } from "./name-findings";
import { noteFinding } from "./note-findings";
import { otherFamilyFindings } from "./other-family-findings";
import { ptrFindings } from "./ptr-findings";
import type { NameWord } from "./round-trip";
import { bogusFindings, resolverFindings, serverFindings } from "./server-findings";

/** Every finding; what reports say once may be among them twice. */
export function findingsOf(judged: Judged): Found[] {
  const { evidence } = judged;
  if (evidence.interrupted) {
    // Silence of servers that were not given their time is no fault of theirs.
    const seen = { kind: "interrupted", ip: evidence.ip } as const;
    return [{ rule: "check-interrupted", seen, owner: { kind: "checker" } }];
  }
  return [
    ...ptrFindings(judged),
    ...roundTripNames(judged).flatMap((word) => forwardFindings(judged, word)),
    ...expectedFindings(judged),
    ...heloFindings(judged),
    ...domainFindings(judged),
    ...nameFindings(judged),
    ...resolverFindings(judged),
    ...bogusFindings(evidence),
    ...otherFamilyFindings(judged),
    ...evidence.notes.map((note) => noteFinding(note, evidence.notes)),
    ...serverFindings(evidence),
  ];
}

/** The PTR's names and the expected one; the EHLO name has findings of its own. */
function roundTripNames({ evidence, trip }: Judged): NameWord[] {
  return [...trip.names.values()].filter(({ name }) => name === evidence.expected || trip.ptrNames.includes(name));
}

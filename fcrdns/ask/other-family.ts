/**
 * The other addresses of a mail server with both families. A server with IPv4 and IPv6 sends over either, so a good A
 * record does not help mail that leaves over IPv6. Receivers see one connection at a time: `iprev` of an address
 * never depends on the other family.
 */

import type { Evidence, ForwardLookups, OtherAddress, ServerAnswer } from "../evidence";
import { type RoundTrip, roundTrip } from "../judge/round-trip";
import { type IpAddress, parseAddress, reverseName } from "../names/address";
import type { Reason, Status } from "../verdict";
import { keptAnswers } from "./agreement";
import type { Kept } from "./ask-authoritative";
import { type Ask, askRoundTrip, lookupsOf, type RoundTripLookups, type Subject } from "./round";

/** Addresses of the other family that are looked up for one verdict. A mail server has one or two. */
const MAX_OTHER_ADDRESSES = 8;

/**
 * Verifies the addresses of the other family of a host.
 * @param names the host's names, whose addresses were looked up already
 */
export async function askOtherFamily(
  subject: Subject,
  trip: RoundTripLookups,
  names: readonly string[],
  ask: Ask,
): Promise<readonly OtherAddress[]> {
  const known = new Map(trip.forward.map((lookups) => [lookups.name, lookups]));
  // The addresses of these names are known from this round.
  const askOnce: Ask = async (name, type) => {
    const before = type === "PTR" ? undefined : known.get(name);
    if (before === undefined) return ask(name, type);
    return type === "A" ? before.a : before.aaaa;
  };
  const wanted = names.flatMap((name) => {
    const lookups = known.get(name);
    return lookups === undefined ? [] : addressesOf(lookups, subject.family).map((address) => ({ name, address }));
  });
  return Promise.all(
    wanted.slice(0, MAX_OTHER_ADDRESSES).map(async ({ name, address }) => {
      const { text: ip, family } = address;
      const heard = await askRoundTrip({ ip, family, arpa: reverseName(address), expected: name }, askOnce);
      return { ip, name, ...heard };
    }),
  );
}

/** Answers of the round before that need no further query. */
export function keptOfOthers(others: readonly OtherAddress[]): Kept {
  const kept = new Map<string, ServerAnswer>();
  for (const { ip, name, ptr, forward } of others) {
    const parsed = parseAddress(ip);
    if (!parsed.ok) continue;
    const subject = { ip, family: parsed.address.family, arpa: ptr.name, expected: name };
    for (const [key, answer] of keptAnswers(lookupsOf({ ptr, forward }), subject)) kept.set(key, answer);
  }
  return kept;
}

function addressesOf({ a, aaaa }: ForwardLookups, family: 4 | 6): readonly IpAddress[] {
  const found = new Map<string, IpAddress>();
  for (const { values } of (family === 4 ? aaaa : a).answers) {
    for (const value of values) {
      const parsed = parseAddress(value);
      // An IPv4-mapped AAAA is an IPv4 address.
      if (parsed.ok && parsed.address.family !== family) found.set(parsed.address.text, parsed.address);
    }
  }
  return [...found.values()];
}

/** The result for one address of the other family. */
export interface OtherVerdict {
  readonly other: OtherAddress;
  readonly status: Status;
  readonly reason: Reason;
  readonly trip: RoundTrip;
}

/** Whether each address of the other family has a PTR that confirms it, and that is the expected name if there is one. */
export function otherVerdicts({
  others = [],
  expected,
}: Pick<Evidence, "others" | "expected">): readonly OtherVerdict[] {
  return others.flatMap((other) => {
    const parsed = parseAddress(other.ip);
    if (!parsed.ok) return [];
    const trip = roundTrip(parsed.address, other.ptr, other.forward, other.name);
    return [{ other, trip, ...judged(trip, expected) }];
  });
}

function judged(trip: RoundTrip, expected: string | null): { readonly status: Status; readonly reason: Reason } {
  const { iprev, reason, definite, confirmed, names } = trip;
  if (iprev !== "pass" || reason !== "ok") return { status: definite ? "fail" : "unknown", reason };
  if (expected === null || confirmed.includes(expected)) return { status: "pass", reason: "ok" };
  const mayConfirm = trip.ptrNames.includes(expected) && names.get(expected)?.state === "unknown";
  return mayConfirm ? { status: "unknown", reason: "no-answer" } : { status: "fail", reason: "unexpected-name" };
}

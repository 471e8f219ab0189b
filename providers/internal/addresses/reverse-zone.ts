/**
 * Where in a reverse zone of your own the PTR of an address belongs, and whether that zone covers the address at all.
 */
import { type IpAddress, reverseLabels } from "../../../fcrdns/names/address";
import { canonicalName } from "../../../fcrdns/names/name";

export type ReverseRecordName =
  | { readonly ok: true /** Owner of the PTR record, no final dot. */; readonly name: string }
  | { readonly ok: false; readonly message: string; readonly fix: string };

/**
 * The owner of an address's PTR record in a reverse zone:
 *
 * - a zone at an octet or nibble boundary (RFC 1035 section 3.5, RFC 3596 section 2.5): `113.0.203.in-addr.arpa`;
 * - a zone for part of an octet as in RFC 2317, with whatever label its parent chose: `0/25`, `0-25`, `40/29`, `40-47`,
 *   `40-29` (RFC 4183), `customer7`. The parent's zone holds `42 CNAME 42.40/29.113.0.203.in-addr.arpa.`
 *
 * A label that can be read as a range must cover the address; one that cannot is taken as it is.
 * @param zone any case, with or without final dot
 * @example
 * reverseRecordName(parsed("203.0.113.42"), "40/29.113.0.203.in-addr.arpa"); // 42.40/29.113.0.203.in-addr.arpa
 */
export function reverseRecordName(address: IpAddress, zone: string): ReverseRecordName {
  const read = canonicalName(zone);
  if (!read.ok) {
    return { ok: false, message: read.reason, fix: `give ${suggestion(address)}` };
  }
  const top = address.family === 4 ? "in-addr.arpa" : "ip6.arpa";
  if (!read.name.endsWith(`.${top}`)) {
    return {
      ok: false,
      message: `${read.name} is not a zone below ${top}, where the PTRs of IPv${address.family} addresses are`,
      fix: `give ${suggestion(address)}; if the parent's CNAME leads elsewhere, give that name as recordName`,
    };
  }
  // From the most significant part on: the order of the address itself.
  const parts = read.name
    .slice(0, -top.length - 1)
    .split(".")
    .reverse();
  const own = reverseLabels(address).reverse();
  const fixed = leadingParts(parts, own.length, address.family === 4 ? isOctet : isNibble);
  const labels = parts.slice(fixed.length);
  const wrong = fixed.findIndex((part, position) => part !== own[position]);
  if (wrong >= 0) {
    return notCovered(address, read.name, `its part "${fixed[wrong]}" must be "${own[wrong]}"`);
  }
  if (labels.length > 0) {
    const why = address.family === 4 ? whyNotInRange(labels[0] ?? "", own, fixed.length) : notANibble(labels[0] ?? "");
    if (why !== undefined) {
      return notCovered(address, read.name, why);
    }
  }
  const below = own.slice(fixed.length).reverse();
  return { ok: true, name: [...below, read.name].join(".") };
}

function leadingParts(parts: readonly string[], most: number, isPart: (part: string) => boolean): string[] {
  const end = parts.findIndex((part) => !isPart(part));
  return parts.slice(0, Math.min(end < 0 ? parts.length : end, most));
}

function isOctet(part: string): boolean {
  return /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255;
}

function isNibble(part: string): boolean {
  return /^[0-9a-f]$/.test(part);
}

/**
 * Whether a label below whole octets leaves the address out.
 * @param own the address's octets, most significant first
 * @param position which of them the label is about
 */
function whyNotInRange(label: string, own: readonly string[], position: number): string | undefined {
  const octet = own[position];
  if (octet === undefined) {
    return `"${label}" is below a complete address, where no PTR is looked up`;
  }
  const ranges = rangesOf(label, position);
  if (ranges.length === 0 || ranges.some(([from, to]) => from <= Number(octet) && Number(octet) <= to)) {
    return undefined;
  }
  const spoken = ranges.map(([from, to]) => `${from} to ${to}`).join(" or ");
  return `"${label}" covers ${spoken}, not ${octet}`;
}

/** What a label may mean, each as first and last octet; empty when it is just a name. */
function rangesOf(label: string, position: number): [number, number][] {
  const [, first, mark, last] = /^(\d{1,3})([/_-])(\d{1,3})$/.exec(label) ?? [];
  if (first === undefined || last === undefined || Number(first) > 255) {
    return [];
  }
  const ranges: [number, number][] = [];
  // `40/29`, and `40-29` where nobody wanted a slash in a name.
  const bits = Number(last) - 8 * position;
  if (bits >= 0 && bits <= 8) {
    const size = 2 ** (8 - bits);
    const from = Number(first) - (Number(first) % size);
    ranges.push([from, from + size - 1]);
  }
  if (mark === "-" && Number(last) >= Number(first) && Number(last) <= 255) {
    ranges.push([Number(first), Number(last)]);
  }
  return ranges;
}

function notANibble(label: string): string {
  return `"${label}" is not one hexadecimal digit; IPv6 reverse zones are delegated at nibbles, so a /45 is eight zones of /48`;
}

function notCovered(address: IpAddress, zone: string, why: string): ReverseRecordName {
  return {
    ok: false,
    message: `the zone ${zone} does not cover ${address.text}: ${why}`,
    fix: `give the reverse zone that was delegated to you for this address, such as ${suggestion(address)}`,
  };
}

/** The zone that this address most often lies in. */
function suggestion(address: IpAddress): string {
  const labels = reverseLabels(address);
  if (address.family === 6) {
    return `${labels.slice(20).join(".")}.ip6.arpa`;
  }
  const octets = labels.slice(1).join(".");
  return `${octets}.in-addr.arpa or, for part of it, ${Number(labels[0]) & 0xf8}/29.${octets}.in-addr.arpa`;
}

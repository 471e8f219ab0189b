/** Which of many networks holds an address. */
import { parseAddress } from "../../../fcrdns/names/address";

/** A network as it was written, and how long its prefix is. */
export interface Network {
  readonly text: string;
  /** Bits of the prefix: 32 or 128 for one address. */
  readonly prefix: number;
  /** How many bits an address of the family has. */
  readonly bits: 32 | 128;
}

/**
 * A look-up by longest prefix; texts that are no address or network are passed over. Each look-up costs one step for
 * each length of prefix that occurs, however many networks there are.
 * @param texts `192.0.2.10`, `192.0.2.0/24`, `2001:db8::/32`
 * @example
 * networksOf(["192.0.2.0/24"])("192.0.2.10"); // { text: "192.0.2.0/24", prefix: 24, bits: 32 }
 */
export function networksOf(texts: readonly string[]): (ip: string) => Network | undefined {
  const byPrefix = new Map<string, Map<string, Network>>();
  for (const text of texts) {
    const network = networkOf(text);
    if (network === undefined) continue;
    const kind = `${network.network.bits}/${network.network.prefix}`;
    const known = byPrefix.get(kind) ?? new Map<string, Network>();
    byPrefix.set(kind, known.set(network.key, network.network));
  }
  const kinds = [...byPrefix].map(([kind, networks]) => {
    const [bits, prefix] = kind.split("/").map(Number);
    return { bits, prefix: prefix ?? 0, networks };
  });
  kinds.sort((one, other) => other.prefix - one.prefix);
  return (ip) => {
    const parsed = parseAddress(ip);
    if (!parsed.ok) return undefined;
    const { bytes } = parsed.address;
    for (const { bits, prefix, networks } of kinds) {
      const found = bits === bytes.length * 8 ? networks.get(keyOf(bytes, prefix)) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** One network; equal networks have equal keys. */
export function networkOf(text: string): { readonly key: string; readonly network: Network } | undefined {
  if (text.length > 60) return undefined;
  const [address = "", length, ...more] = text.split("/");
  const parsed = parseAddress(address);
  if (!parsed.ok || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const { bytes } = parsed.address;
  const bits = bytes.length === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  return prefix > bits ? undefined : { key: keyOf(bytes, prefix), network: { text, prefix, bits } };
}

/** The bits of the prefix, written so that equal ones are equal texts. */
function keyOf(bytes: Uint8Array, prefix: number): string {
  const whole = Math.floor(prefix / 8);
  const rest = prefix % 8;
  const head = Array.from(bytes.subarray(0, whole));
  return (rest === 0 ? head : [...head, (bytes[whole] ?? 0) & (0xff << (8 - rest)) & 0xff]).join(".");
}

/** RFC 1918, RFC 4193, and what never leaves a link or a host. */
export const inPrivateUse = networksOf([
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
  "::1",
]);

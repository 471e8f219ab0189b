/** What a mail server must be told of the addresses that it sends from; whatever goes into a configuration is checked here. */
import { parseAddress } from "../../fcrdns/names/address";
import { canonicalName, hostnameProblems } from "../../fcrdns/names/name";
import { addressKind } from "./address-kind";

/** One address that mail leaves by. */
export interface SendingAddress {
  /** What receivers see. */
  readonly public: string;
  /** What the server binds to: the machine's own address, a private one behind NAT. @default the public one */
  readonly bind?: string;
}

/** One name that a server says in EHLO, and the addresses that it says it from. */
export interface SendingHost {
  /** The name in EHLO. */
  readonly helo: string;
  readonly v4: SendingAddress;
  /** @default mail does not leave by IPv6 */
  readonly v6?: SendingAddress;
}

/** The same, canonical and safe to be written into any of the servers' files: a host name and addresses, nothing else. */
export interface WritableHost {
  readonly helo: string;
  /** Address to bind to. */
  readonly v4: string;
  /** Address to bind to; null: mail must not leave by IPv6. */
  readonly v6: string | null;
  /** Addresses that receivers see, IPv4 first. */
  readonly public: readonly string[];
}

export type WritableHosts =
  | { readonly ok: true; readonly hosts: readonly [WritableHost, ...WritableHost[]] }
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * The hosts as they may be written, or all that is wrong with them.
 * @param given one host, or those of a pool; all of a pool send by the same families
 */
export function writableHosts(given: readonly SendingHost[]): WritableHosts {
  const reasons: string[] = [];
  const hosts = given.map((host) => writableHost(host, reasons));
  const [first, ...others] = hosts;
  if (first === undefined) return { ok: false, reasons: ["no address is given"] };
  const binds = hosts.flatMap(({ v4, v6 }) => (v6 === null ? [v4] : [v4, v6]));
  const twice = binds.find((bind, index) => bind !== "" && binds.indexOf(bind) !== index);
  if (twice !== undefined) reasons.push(`${twice} is the bind address of two hosts; each host needs its own`);
  const differing = others.find(({ v6 }) => (v6 === null) !== (first.v6 === null));
  if (differing !== undefined) {
    reasons.push(
      `${first.helo} and ${differing.helo} send by different families (one has an IPv6 address, the other has none); write a configuration for each group`,
    );
  }
  return reasons.length > 0 ? { ok: false, reasons } : { ok: true, hosts: [first, ...others] };
}

function writableHost({ helo, v4, v6 }: SendingHost, reasons: string[]): WritableHost {
  const publicAddresses = [
    address(v4.public, 4, reasons),
    ...(v6 === undefined ? [] : [address(v6.public, 6, reasons)]),
  ];
  return {
    helo: hostName(helo, reasons),
    v4: bindAddress(v4, 4, reasons),
    v6: v6 === undefined ? null : bindAddress(v6, 6, reasons),
    public: publicAddresses,
  };
}

function hostName(helo: string, reasons: string[]): string {
  const read = canonicalName(helo);
  if (!read.ok) {
    reasons.push(`the EHLO name: ${read.reason}`);
    return "";
  }
  const [problem] = hostnameProblems(read.name);
  if (problem !== undefined) reasons.push(`the EHLO name ${JSON.stringify(read.name)}: ${problem.message}`);
  return read.name;
}

function bindAddress({ public: seen, bind = seen }: SendingAddress, family: 4 | 6, reasons: string[]): string {
  const text = address(bind, family, reasons);
  if (text !== "" && !/^(?:public|private)$/.test(addressKind(text))) {
    reasons.push(`${text} cannot be bound to for mail to other hosts; give the address of the machine's interface`);
  }
  return text;
}

function address(text: string, family: 4 | 6, reasons: string[]): string {
  const parsed = parseAddress(text);
  if (!parsed.ok) {
    reasons.push(parsed.reason);
    return "";
  }
  if (parsed.address.family !== family) {
    reasons.push(`${parsed.address.text} is an IPv${parsed.address.family} address; an IPv${family} address is needed`);
  }
  return parsed.address.text;
}

/**
 * Who handed a message to its receiver: the `Received` fields from the top down, as long as one of the receiver's own
 * servers wrote them. Every server puts its field above the others, so that whatever stands below the field that the
 * receiver wrote for a foreign host came from that host, and may be forged.
 */
import { type IpAddress, parseAddress } from "../../fcrdns/names/address";
import { canonicalName } from "../../fcrdns/names/name";
import type { HeaderField } from "./header-block";
import { type Client, parseReceived, type Received } from "./received";
import {
  isInternalAddress,
  isInternalName,
  isLookedUpNameOf,
  isNameOf,
  isOwnClientOf,
  organisationOf,
  type Receiver,
  receiverWithoutAddresses,
} from "./receiver";

export interface ForeignHost {
  readonly address: IpAddress;
  readonly client: Client;
  /** The server that it handed the message to, as it was written; null if the server is not named. */
  readonly by: string | null;
  /** Null if no server of the receiver has a public name. */
  readonly receiver: Receiver | null;
  /** Position of the `Received` field among all fields. */
  readonly at: number;
}

export type TraceEnd =
  | { readonly ok: true; readonly host: ForeignHost }
  /**
   * @param why in words that follow "it"
   * @param line of the file that the reason is about
   */
  | { readonly ok: false; readonly why: string; readonly line?: number };

/**
 * The first host that is not the receiver's. Loopback, private and the receiver's own addresses are passed over.
 * @param given the receiver, if it is known beforehand. @default it is read from the topmost `by` with a public name
 */
export function firstForeignHost(fields: readonly HeaderField[], given: Receiver | null): TraceEnd {
  const trace = new Trace(given);
  for (const [at, { name, value, line }] of fields.entries()) {
    if (name !== "received") continue;
    const parsed = parseReceived(value);
    if (!parsed.ok) return { ok: false, why: `cannot be followed further: this Received field ${parsed.why}`, line };
    const step = trace.next(parsed.received);
    if (step.kind === "stop") return { ok: false, why: step.why, line };
    if (step.kind === "found") {
      const { client, address } = step;
      return { ok: true, host: { address, client, by: parsed.received.by, receiver: trace.receiver, at } };
    }
  }
  return { ok: false, why: trace.whyNothing() };
}

type Step =
  | { readonly kind: "passed" }
  | { readonly kind: "found"; readonly client: Client; readonly address: IpAddress }
  | { readonly kind: "stop"; readonly why: string };

const PASSED: Step = { kind: "passed" };

class Trace {
  public receiver: Receiver | null;
  /** Addresses of the receiver's servers. */
  readonly #addresses = new Set<string>();
  /** What its servers say in HELO, which may be a name of another domain. */
  readonly #names = new Set<string>();
  /** Addresses of clients that were passed over. */
  readonly #passed: string[] = [];
  /** Whether a server that has no public name may have written the next field. */
  #isInside = true;
  #isFirst = true;

  public constructor(private readonly given: Receiver | null) {
    this.receiver = given;
  }

  public next(received: Received): Step {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (!this.#isOwnServer(received.by, isFirst)) return this.#foreignServer(received.by ?? "", isFirst);
    for (const { text } of received.byAddresses) this.#addresses.add(text);
    return this.#client(received);
  }

  public whyNothing(): string {
    if (this.#isFirst) return "has no Received field: save the message as the mailbox shows it, with all its headers";
    const of = this.receiver === null ? "" : ` (${this.receiver.domains[0]})`;
    const passed = this.#passed.length === 0 ? "" : `; passed over: ${[...new Set(this.#passed)].join(", ")}`;
    return `names no host outside the receiver${of}${passed}`;
  }

  #isOwnServer(by: string | null, isFirst: boolean): boolean {
    if (by === null) return this.#isInside;
    const address = parseAddress(by.replace(/^IPv6:/i, ""));
    if (address.ok) {
      if (isInternalAddress(address.address)) return this.#isInside;
      const isKnown = this.#addresses.has(address.address.text);
      const isOwn = isFirst || isKnown || (this.receiver === null && this.#isInside);
      if (isOwn) this.#addresses.add(address.address.text);
      return isOwn;
    }
    const canonical = canonicalName(by);
    if (!canonical.ok) return isFirst && this.given === null;
    if (isInternalName(canonical.name)) return this.#isInside;
    if (this.#names.has(canonical.name)) return true;
    if (this.receiver !== null) return isNameOf(this.receiver, canonical.name);
    if (this.#isInside) this.receiver = organisationOf(canonical.name);
    return this.#isInside;
  }

  #foreignServer(by: string, isFirst: boolean): Step {
    const receiver = this.receiver?.domains[0] ?? "the receiver";
    if (isFirst) {
      const why = `has a topmost Received field by ${by}, which is not within ${receiver}: name with --receiver whose server that is`;
      return { kind: "stop", why };
    }
    const from = this.#passed.length === 0 ? "" : ` after ${this.#passed.at(-1)}`;
    return { kind: "stop", why: `${this.whyNothing()}: what follows${from} was written by ${by} and may be forged` };
  }

  #client({ from, by, protocol }: Received): Step {
    // Fetched from a mailbox: its provider is the receiver.
    if (protocol !== null && /^(?:IMAP|POP)/.test(protocol)) {
      if (this.given === null) this.receiver = null;
      return this.#passedOver();
    }
    // Between servers of one site alone (RFC 2033 section 1).
    if (from === null || protocol?.startsWith("LMTP")) return this.#passedOver();
    const { address, helo } = from;
    const said = helo === null ? "a host" : `"${helo}"`;
    if (address === null && this.#isWithoutAddresses(by)) return this.#passedOver();
    if (address === null) return { kind: "stop", why: `has a Received field that names no address of ${said}` };
    if (this.#isOwnClient(from, address)) return this.#passedOver(address);
    if (isInternalAddress(address)) return this.#passedOver(address, !this.#saysForeignName(helo));
    if (protocol?.startsWith("HTTP")) {
      return { kind: "stop", why: `was handed over by ${address.text} with HTTP, by no mail server` };
    }
    return { kind: "found", client: from, address };
  }

  #isWithoutAddresses(by: string | null): boolean {
    const found = receiverWithoutAddresses(by ?? "");
    if (found === null || (this.receiver !== null && !found.known.every((each) => this.receiver?.known.includes(each))))
      return false;
    this.receiver ??= found;
    return true;
  }

  #isOwnClient({ lookedUp, helo }: Client, address: IpAddress): boolean {
    if (this.receiver === null) return this.#addresses.has(address.text);
    const said = canonicalName(helo ?? "");
    if (lookedUp !== null && isLookedUpNameOf(this.receiver, lookedUp, address)) {
      if (said.ok) this.#names.add(said.name);
      return true;
    }
    return this.#addresses.has(address.text) || (said.ok && isOwnClientOf(this.receiver, said.name, address));
  }

  /**
   * A client with an internal address that says a public name of somebody else: a proxy that hides the sender's address. Its
   * own servers may have internal names too, so that these no longer say whose they are.
   */
  #saysForeignName(helo: string | null): boolean {
    const said = canonicalName(helo ?? "");
    if (this.receiver === null || !said.ok || parseAddress((helo ?? "").replace(/^\[(?:IPv6:)?|\]$/gi, "")).ok)
      return false;
    return !isInternalName(said.name) && !isNameOf(this.receiver, said.name);
  }

  #passedOver(address?: IpAddress, isInside = true): Step {
    if (address) {
      this.#passed.push(address.text);
      if (!isInternalAddress(address)) this.#addresses.add(address.text);
    }
    this.#isInside = isInside;
    return PASSED;
  }
}

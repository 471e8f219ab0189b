/** Puts together what a mail server's configuration says: each address with its name, or why it is not known. */
import { isAddressText, parseAddress } from "../../fcrdns/names/address";
import { canonicalHostname, hostnameProblems } from "../../fcrdns/names/name";
import type { FoundSenders, LeftOut, Place, Sender } from "../sender";

/** An address that mail leaves by, as the configuration says it. */
export interface SaidSender {
  /** As it was read. */
  readonly address: string;
  /** What the server says in EHLO, as it was read. @default not known */
  readonly helo?: string | undefined;
  /** The setting that names the address, for what is left out: `smtp_bind_address`. */
  readonly setting: string;
  readonly place?: Place;
  readonly switchOff?: string;
}

/** Senders and what was left out, in the order found. */
export class SenderList implements FoundSenders {
  readonly senders: Sender[] = [];
  readonly leftOut: LeftOut[] = [];

  /** Adds the sender, or leaves out with the reason what is no address that mail can leave by. */
  add({ address, helo, setting, place, switchOff }: SaidSender): void {
    const shown = `${setting} ${address}`;
    const parsed = parseAddress(address.replace(/^\[(.*)\]$/, "$1"));
    if (!parsed.ok) {
      this.leaveOut(shown, isHostName(address) ? IS_A_NAME : `is not read: ${parsed.reason}`, place);
      return;
    }
    if (parsed.address.bytes.every((octet) => octet === 0)) {
      this.leaveOut(shown, `is any address: ${SYSTEM_CHOOSES}`, place);
      return;
    }
    const said = heloName(helo);
    if (said.problem !== undefined) this.leaveOut(`EHLO name "${helo}" of ${address}`, said.problem, place);
    this.senders.push({
      address: parsed.address.text,
      name: said.name,
      ...(said.helo !== undefined && { helo: said.helo }),
      ...(place && { place }),
      ...(switchOff !== undefined && { switchOff }),
    });
  }

  leaveOut(what: string, why: string, place?: Place): void {
    this.leftOut.push({ what, why, ...(place && { place }) });
  }
}

/** Why mail without a bind address is left out, in words that follow a colon. */
export const SYSTEM_CHOOSES =
  "the system chooses the address that mail leaves by; name it here, or verify ADDRESS=NAME of the machine";

const IS_A_NAME = "is a host name, not an address: write its addresses there, or verify ADDRESS=NAME";

function isHostName(text: string): boolean {
  return !isAddressText(text) && /[a-z]/i.test(text) && canonicalHostname(text).ok;
}

/**
 * A name as it is said in EHLO. What no PTR can be expected to hold is kept as it was read: an address literal is no name
 * at all, `localhost` and `mail_1.example.com` are names that receivers take amiss.
 */
export function heloName(said: string | undefined): Pick<Sender, "name" | "helo"> & { readonly problem?: string } {
  if (said === undefined) return { name: null };
  if (isAddressText(said) || /^\[.*\]$/.test(said)) return { name: null, helo: said };
  const canonical = canonicalHostname(said);
  if (!canonical.ok) return { name: null, helo: said, problem: `is not read: ${canonical.reason}` };
  return { name: canonical.name, ...(hostnameProblems(said).length > 0 && { helo: said }) };
}

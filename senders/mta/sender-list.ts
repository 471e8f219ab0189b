/** Puts together what a mail server's configuration says: each address with its name, or why it is not known. */
import { isAddressText, parseAddress } from "../../fcrdns/names/address";
import type { FoundSenders, LeftOut, Place, Sender } from "../sender";
import { heloOf } from "./helo";

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
  readonly arrivesAt?: readonly string[];
}

/** Senders and what was left out, in the order found. */
export class SenderList implements FoundSenders {
  readonly senders: Sender[] = [];
  readonly leftOut: LeftOut[] = [];
  private readonly said = new Set<string>();

  /** Adds the sender, or leaves out with the reason what is no address that mail can leave by. */
  add({ address, helo, setting, place, switchOff, arrivesAt }: SaidSender): void {
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
    const said = helo === undefined ? { name: null } : heloOf(helo);
    if (helo !== undefined && said.name === null && !isAddressLiteral(helo)) {
      this.leaveOut(`EHLO name "${helo}" of ${address}`, "is no host name: the address is checked without it", place);
    }
    this.senders.push({
      address: parsed.address.text,
      ...said,
      ...(place && { place }),
      ...(switchOff !== undefined && { switchOff }),
      ...(arrivesAt && { arrivesAt }),
    });
  }

  /** Says it once, however often it is found. */
  leaveOut(what: string, why: string, place?: Place): void {
    const each: LeftOut = { what, why, ...(place && { place }) };
    const key = JSON.stringify(each);
    if (this.said.has(key)) return;
    this.said.add(key);
    this.leftOut.push(each);
  }
}

/** Why mail without a bind address is left out, in words that follow a colon. */
export const SYSTEM_CHOOSES =
  "the system chooses the address that mail leaves by; name it here, or verify ADDRESS=NAME of the machine";

/** The same for a server that has no setting for it. */
export function systemChooses(helo: string | undefined): string {
  return `the system chooses the one that mail leaves by: find it out, and check it with fcrdns verify ADDRESS=${helo ?? "NAME"}`;
}

const IS_A_NAME = "is a host name, not an address: write its addresses there, or verify ADDRESS=NAME";

function isHostName(text: string): boolean {
  return /[a-z]/i.test(text) && heloOf(text).name !== null;
}

function isAddressLiteral(text: string): boolean {
  return isAddressText(text) || /^\[.*\]$/.test(text);
}

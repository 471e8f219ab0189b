/** What a mail server says in EHLO or HELO: any text, for it is configured by hand and heard from strangers. */

import { type IpAddress, parseAddress } from "./address";
import { canonicalName, hostnameProblems } from "./name";

export interface Helo {
  /** Canonical where it is written like a name, otherwise as it was given, cut to what SMTP takes. Not escaped. */
  readonly said: string;
  /** The name whose addresses are looked up; null where it is no full host name. */
  readonly name: string | null;
  /** The address of an address literal (RFC 5321 section 4.1.3). @default none */
  readonly literal?: IpAddress;
}

/** Octets of a domain in SMTP: RFC 5321 section 4.5.3.1.2. */
const MAX_DOMAIN_LENGTH = 255;

/** Reads what follows EHLO. Nothing is refused: what is no host name is a finding. */
export function readHelo(text: string): Helo {
  const cut = text.length > MAX_DOMAIN_LENGTH ? `${text.slice(0, MAX_DOMAIN_LENGTH)}...` : text;
  const literal = literalOf(text);
  if (literal !== null) return { said: cut, name: null, literal };
  const canonical = canonicalName(text);
  if (!canonical.ok || !/^[a-z0-9._-]+$/.test(canonical.name)) return { said: cut, name: null };
  const isHost = hostnameProblems(canonical.name).length === 0;
  return { said: canonical.name, name: isHost ? canonical.name : null };
}

/** `[192.0.2.1]` or `[IPv6:2001:db8::1]`: without the tag, an IPv6 address is no literal. */
function literalOf(text: string): IpAddress | null {
  const [, tag, inner = ""] = /^\[(IPv6:)?([^\]]*)\]$/i.exec(text) ?? [];
  if (inner.includes(":") !== (tag !== undefined)) return null;
  const parsed = parseAddress(inner);
  return parsed.ok ? parsed.address : null;
}

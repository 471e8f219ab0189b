/** An egress source of KumoMTA: what it says of the address that mail leaves by. */
import type { Place } from "../../sender";
import { type SenderList, SYSTEM_CHOOSES } from "../sender-list";

export const sourceFields = [
  "source_address",
  "ehlo_domain",
  "ha_proxy_server",
  "ha_proxy_source_address",
  "socks5_proxy_server",
  "socks5_proxy_source_address",
] as const;
export type SourceField = (typeof sourceFields)[number];

/** A text, or the expression that only running the policy can evaluate. */
export interface FieldValue {
  readonly text?: string;
  readonly unknown?: string;
  readonly place: Place;
}

export interface EgressSource {
  /** Undefined: not known. */
  readonly name: string | undefined;
  readonly fields: ReadonlyMap<SourceField, FieldValue>;
  readonly place: Place;
}

/** In words that follow an expression and a comma. */
export const NOT_KNOWN = "which only running the policy can say: write it as text, or verify ADDRESS=NAME";

/** The line in `shaping.toml`, and in an egress path, that keeps mail from hosts that have IPv6 alone. */
const IPV4_ONLY = 'ip_lookup_strategy = "Ipv4Only"';

/**
 * The address that receivers see: through a proxy it is the proxy's (`resolve_proxy_protocols` in
 * crates/kumod/src/egress_source.rs: HAProxy before SOCKS5, each only with server and address).
 */
export function addressField({ fields }: EgressSource): SourceField {
  if (fields.has("ha_proxy_server") && fields.has("ha_proxy_source_address")) return "ha_proxy_source_address";
  if (fields.has("socks5_proxy_server") && fields.has("socks5_proxy_source_address")) {
    return "socks5_proxy_source_address";
  }
  return "source_address";
}

/** @param names that are said in EHLO on some path; undefined stands for the source's own */
export function addSource(source: EgressSource, names: readonly (string | undefined)[], list: SenderList): void {
  const field = addressField(source);
  const shown = `${field} of source ${source.name === undefined ? "of any name" : `"${source.name}"`}`;
  const address = source.fields.get(field);
  const own = source.fields.get("ehlo_domain");
  if (address === undefined) {
    const said = own?.text === undefined ? "" : ` (EHLO name ${own.text})`;
    list.leaveOut(shown, `is not set${said}: ${SYSTEM_CHOOSES}`, source.place);
    return;
  }
  if (address.text === undefined) {
    list.leaveOut(shown, `is ${address.unknown}, ${NOT_KNOWN}`, address.place);
    return;
  }
  const { text, place } = address;
  for (const name of names) {
    const helo = name ?? own?.text;
    list.add({ address: text, helo, setting: field, place, ...(text.includes(":") && { switchOff: IPV4_ONLY }) });
    if (helo !== undefined) continue;
    const why =
      own?.unknown === undefined ? "is the machine's host name: set ehlo_domain" : `is ${own.unknown}, ${NOT_KNOWN}`;
    list.leaveOut(`EHLO name of ${text}`, why, own?.place ?? place);
  }
}

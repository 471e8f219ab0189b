/** DNS servers as people write them. */
import type { ServerAddress } from "./ask/transport";
import { parseAddress } from "./names/address";
import { forTerminal } from "./report/escape";

export type ServerResult =
  | { readonly ok: true; readonly server: ServerAddress }
  | { readonly ok: false; readonly problem: string };

/** No address with a port is longer: a text of any length costs nothing. */
const MAX_LENGTH = 80;

/**
 * Reads `ADDRESS[:PORT]`; an IPv6 address with a port stands in brackets.
 * @param given for example `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353`
 * @param defaultPort port when none is written @default 53
 * @example
 * parseServer("[::1]:5353", 53); // { ok: true, server: { address: "::1", port: 5353 } }
 */
export function parseServer(given: string, defaultPort = 53): ServerResult {
  const text = given.length > MAX_LENGTH ? `${given.slice(0, MAX_LENGTH)}...` : given;
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(text);
  const single = /^([^:]*):([^:]*)$/s.exec(text);
  const [host, portText] = bracketed
    ? [bracketed[1] as string, bracketed[2]]
    : single
      ? [single[1] as string, single[2]]
      : [text, undefined];
  const shown = `"${forTerminal(text)}"`;
  const address = parseAddress(host);
  if (!address.ok || (bracketed && address.address.family === 4 && !host.includes(":"))) {
    const form = "write ADDRESS or ADDRESS:PORT, for example 192.0.2.53:53 or [2001:db8::53]:53";
    return { ok: false, problem: `${shown} is not the address of a DNS server: ${form}` };
  }
  if (portText === undefined) return { ok: true, server: { address: address.address.text, port: defaultPort } };
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
  if (port < 1 || port > 65535) return { ok: false, problem: `the port in ${shown} is not a number from 1 to 65535` };
  return { ok: true, server: { address: address.address.text, port } };
}

/** `check_host()` of RFC 7208 section 4: what a receiver makes of one session. */
import { parseAddress } from "../../fcrdns/names/address";
import { canonicalName } from "../../fcrdns/names/name";
import { type DnsLookUp, evaluateOne, type SpfResult, type Trouble } from "./evaluate";

export interface CheckHost {
  readonly result: SpfResult;
  /** Of `none`, `temperror` and `permerror`, but for a domain that is no name. */
  readonly trouble?: Trouble;
}

/**
 * @param ip of the client
 * @param domain whose record is asked for
 * @param sender MAIL FROM, or the HELO name where that is empty
 */
export async function checkHost(
  ip: string,
  domain: string,
  sender: string,
  helo: string,
  lookUp: DnsLookUp,
): Promise<CheckHost> {
  const parsed = parseAddress(ip);
  if (!parsed.ok) throw new RangeError(parsed.reason);
  const name = canonicalName(domain);
  // A name of several labels that DNS can hold (section 4.3).
  if (!name.ok || !/[^.]\.[^.]/.test(name.name)) return { result: "none" };
  const { result, trouble } = await evaluateOne(name.name, { ip: parsed.address, sender, helo }, lookUp);
  return { result, ...(trouble && { trouble }) };
}

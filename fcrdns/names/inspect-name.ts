/** Whether a name is a good PTR name of a mail server: a valid host name, and not one that a machine gave. */

import { forTerminal } from "../report/escape";
import { type IpAddress, parseAddress } from "./address";
import { genericReasons } from "./generic-name";
import { canonicalName, hostnameProblems, type NameProblem } from "./name";

export interface NameInspection {
  /** Canonical; what was given, escaped, where it has no canonical form. */
  readonly hostname: string;
  /** Whether a host may have this name. */
  readonly valid: boolean;
  /** Whether it looks like a provider's default, or a machine-made or access-network name. */
  readonly generic: boolean;
  /** Why not valid or why generic, each with the part of the name that gave it away; empty for a good name. */
  readonly reasons: readonly NameProblem[];
}

export interface InspectNameOptions {
  /**
   * The address that the name is for: finds it in the name in spellings that by themselves could mean anything. Text
   * that is no address throws a `RangeError` that says why.
   * @default none
   */
  readonly ip?: string | IpAddress;
}

/**
 * Inspects one name, without asking anybody.
 * @param name any case, with or without final dot; international labels as they are written or encoded
 * @example
 * inspectName("static.10.2.0.192.clients.your-server.de", { ip: "192.0.2.10" }).generic; // true
 */
export function inspectName(name: string, { ip }: InspectNameOptions = {}): NameInspection {
  const problems = hostnameProblems(name);
  const canonical = canonicalName(name);
  const generic = canonical.ok ? genericReasons(canonical.name, ip === undefined ? undefined : addressOf(ip)) : [];
  return {
    hostname: canonical.ok ? canonical.name : forTerminal(name),
    valid: problems.length === 0,
    generic: generic.length > 0,
    reasons: [...problems, ...generic],
  };
}

/** Inspects names for one address, each name once however often it is asked for. */
export function nameInspector(ip: IpAddress): (name: string) => NameInspection {
  const inspected = new Map<string, NameInspection>();
  return (name) => {
    let inspection = inspected.get(name);
    if (!inspection) {
      inspection = inspectName(name, { ip });
      inspected.set(name, inspection);
    }
    return inspection;
  };
}

function addressOf(ip: string | IpAddress): IpAddress {
  if (typeof ip !== "string") return ip;
  const parsed = parseAddress(ip);
  if (!parsed.ok) throw new RangeError(parsed.reason);
  return parsed.address;
}

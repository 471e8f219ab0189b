import type { OtherVerdict } from "../ask/other-family";
import type { Evidence } from "../evidence";
import type { IpAddress } from "../names/address";
import type { NameInspection } from "../names/inspect-name";
import type { Iprev } from "../verdict";
import type { RoundTrip } from "./round-trip";

/** What was heard of one address and what a receiver makes of it: all that findings are made from. */
export interface Judged {
  readonly evidence: Evidence;
  readonly ip: IpAddress;
  /** From the authoritative servers, or from the resolvers where only they were asked. */
  readonly trip: RoundTrip;
  /** From the resolvers, after the authoritative servers agreed. */
  readonly resolved: RoundTrip | undefined;
  /** The host's addresses of the other family. */
  readonly others: readonly OtherVerdict[];
  readonly iprev: Iprev;
  /** Of names for {@link ip}. */
  readonly inspect: (name: string) => NameInspection;
}

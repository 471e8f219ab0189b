/** One kind of finding, independent of the address. */
import type { Severity } from "../../verdict";

/** Who fixes it. */
export type Owner =
  /** Whoever runs the DNS zone of the host name. */
  | "dns-host"
  /** Whoever the address is assigned to: in the provider's panel, API or by ticket. */
  | "address-owner"
  /** Whoever runs the name servers of the reverse zone, usually the provider of the address. */
  | "reverse-dns-operator"
  /** Whoever runs the name server that the finding names. */
  | "server-operator"
  /** Whoever configures the mail server that sends from the address. */
  | "mail-server-operator"
  /** Whoever runs the resolver that the finding names. */
  | "resolver-operator"
  /** Whoever runs the network that this check runs in. */
  | "network-operator";

export interface FindingRule {
  /** `error`: this address must not send mail yet. `warning`: works today, or for most receivers. `info`: for information. */
  readonly severity: Severity;
  /** Where a finding of this rule weighs less. @default nowhere */
  readonly milder?: { readonly severity: Severity; readonly where: string };
  /** What was found, a few words. */
  readonly cause: string;
  /** Why it matters, one or two sentences. */
  readonly explanation: string;
  /** The next step, one sentence; a finding may have a more exact one. */
  readonly fix: string;
  readonly who: Owner;
  /** Where it is specified. */
  readonly source: string;
}

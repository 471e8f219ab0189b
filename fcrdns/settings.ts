/**
 * Where and how to ask: the same settings for the command's flags, the stack config and the policy config (contract 4.5).
 */
export type Mode = "full" | "authoritative" | "recursive";

export interface DnsSettings {
  /**
   * `authoritative`: ask the servers of the zones themselves. `recursive`: ask resolvers. `full`: authoritative until
   * they agree, then recursive.
   * @default "full"
   */
  readonly mode?: Mode;
  /** Start the walk at these servers instead of the root servers, each `ADDRESS[:PORT]`. @default the root servers */
  readonly roots?: readonly string[];
  /** Ask this server as the authority of ZONE and everything below: ZONE -> `ADDRESS[:PORT]`; `"."` is everything. */
  readonly stubs?: Readonly<Record<string, string>>;
  /** Recursive resolvers, each `ADDRESS[:PORT]`. @default the system's */
  readonly resolvers?: readonly string[];
  /** Port of the authoritative servers that the walk finds. @default 53 */
  readonly port?: number;
  /** Seconds that one query may take. @default 2 */
  readonly timeoutSeconds?: number;
  /** How often one query is sent before it counts as a timeout. @default 2 */
  readonly tries?: number;
  /** Seconds to keep polling until the round trip holds; 0 asks once. @default 0 */
  readonly deadlineSeconds?: number;
}

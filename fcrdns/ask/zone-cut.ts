/** A zone as the walk knows it, and the results of a walk. */
import type { Cause } from "../cause";
import type { Reply } from "./client";
import type { Endpoint } from "./server-address";

/** A zone and who serves it. */
export interface Cut {
  /** Lower case, no final dot. */
  readonly zone: string;
  /** `root` and `stub` are served by just the servers that the user named (or by the root servers). */
  readonly kind: "root" | "stub" | "delegated";
  /** Servers known by address: the given ones, or those that answered for this zone although no referral led to them. */
  readonly known: readonly Endpoint[];
  /** Name of a server -> addresses that came with it (glue). */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** On the clock, milliseconds. */
  readonly learnt: number;
  readonly expires: number;
  /** Whether some name was found to lie in this very zone: then the next one probably does too. */
  holdsNames: boolean;
  /** The server that answered last. */
  good?: Endpoint;
  all?: Servers;
  /** On the clock, milliseconds: until when {@link all} is to be believed. */
  allExpires: number;
}

/** Every server of a zone. */
export interface Servers {
  readonly endpoints: readonly Endpoint[];
  readonly notAsked: readonly { readonly endpoint: Endpoint; readonly why: Cause }[];
  /** Name servers without any address. */
  readonly withoutAddress: readonly string[];
  /** More name servers than are looked at. */
  readonly tooMany: boolean;
}

export interface Asked {
  readonly server: Endpoint;
  readonly reply: Reply;
}

export interface Located {
  readonly cut: Cut;
  /** Set when no server of `cut` could say whether there is a zone further down. */
  readonly failures?: readonly Asked[];
}

/** What the outcome of a query says of the question. */
import type { Outcome } from "./verdict";

/** Records, NXDOMAIN, an empty answer and a loop of aliases are answers; everything else leaves the question open. */
export function isAnswer(outcome: Outcome): boolean {
  return outcome === "ok" || outcome === "cname-loop" || isDenial({ outcome });
}

/** The name does not exist, or has no record of the type. */
export function isDenial({ outcome }: { readonly outcome: Outcome }): boolean {
  return outcome === "nxdomain" || outcome === "nodata";
}

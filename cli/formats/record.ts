/** What `json` and `ndjson` say of one address: the verdict as it is, and what was asked for beside it. */
import type { ReceiverOpinion } from "../../fcrdns/judge/receivers";
import type { Verdict } from "../../fcrdns/verdict";
import { routeText } from "../../providers/internal/tickets/route-text";
import type { Checked, ReportContext, StackEntry } from "./format";
import { receiverRows } from "./receiver-lines";

export type JsonRecord = Verdict & {
  /** Only from `fcrdns stack`. */
  readonly stack?: Omit<StackEntry, "ticket"> & { readonly ticket?: TicketRecord };
  /** Only with `--receivers`. */
  readonly receivers?: readonly ReceiverOpinion[];
};

/** `route` is one line, as in the text report. */
type TicketRecord = Omit<NonNullable<StackEntry["ticket"]>, "route"> & { readonly route: string };

export async function record({ verdict, stack }: Checked, { receivers }: ReportContext): Promise<JsonRecord> {
  return {
    ...verdict,
    ...(stack && { stack: stackRecord(stack) }),
    ...(receivers && { receivers: await receiverRows(verdict) }),
  };
}

function stackRecord({ ticket, ...stack }: StackEntry): JsonRecord["stack"] {
  return { ...stack, ...(ticket && { ticket: { ...ticket, route: routeText(ticket.route) } }) };
}

/** What `json` and `ndjson` say of one address: the verdict as it is, and what was asked for beside it. */
import type { ReceiverOpinion } from "../../fcrdns/judge/receivers";
import type { Verdict } from "../../fcrdns/verdict";
import type { Checked, ReportContext, StackEntry } from "./format";
import { receiverRows } from "./receiver-lines";

export type JsonRecord = Verdict & {
  /** Only from `fcrdns stack`. */
  readonly stack?: StackEntry;
  /** Only with `--receivers`. */
  readonly receivers?: readonly ReceiverOpinion[];
};

export async function record({ verdict, stack }: Checked, { receivers }: ReportContext): Promise<JsonRecord> {
  return {
    ...verdict,
    ...(stack && { stack }),
    ...(receivers && { receivers: await receiverRows(verdict) }),
  };
}

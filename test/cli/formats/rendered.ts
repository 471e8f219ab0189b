/** A report in one piece. */
import { createColors } from "picocolors";
import type { Checked, ReportContext } from "../../../cli/formats/format";
import { type FormatName, formats } from "../../../cli/formats/table";

export interface Rendered {
  readonly text: string;
  readonly summary: string;
}

export async function rendered(
  format: FormatName,
  results: readonly Checked[],
  changes: Partial<ReportContext> = {},
): Promise<Rendered> {
  let summary = "";
  const context: ReportContext = {
    explain: false,
    receivers: false,
    colours: createColors(false),
    version: "1.2.3",
    startedAt: Date.UTC(2026, 0, 31, 12),
    elapsedSeconds: () => 1.25,
    unchecked: () => 0,
    addToJobSummary: async (markdown) => {
      summary += markdown;
    },
    ...changes,
  };
  const render = await formats[format].load();
  let text = "";
  const all = (async function* () {
    yield* results;
  })();
  for await (const piece of render(all, context)) text += piece;
  return { text, summary };
}

/** What a Prometheus server reads: https://prometheus.io/docs/instrumenting/exposition_formats/ */
import type { Iprev, Status, Verdict } from "../../fcrdns/verdict";

export interface Measured {
  /** The latest verdict of each address, in the order of the input. */
  readonly verdicts: readonly Verdict[];
  /** Complete passes. */
  readonly passes: number;
  /** UTC milliseconds since 1970 of the end of the last complete pass; null: none yet. */
  readonly lastPassAt: number | null;
  readonly lastPassSeconds: number;
  readonly webhookFailures: number;
}

const results: readonly Iprev[] = ["pass", "fail", "temperror", "permerror"];
const statuses: readonly Status[] = ["pass", "fail", "unknown"];

/**
 * The latest verdicts as they are: use `for` in the alert to wait for a change to last. `hostname` is the expected name or
 * empty, never what DNS says, so that nobody else can create new time series.
 */
export function prometheusText({ verdicts, passes, lastPassAt, lastPassSeconds, webhookFailures }: Measured): string {
  const each = (
    name: string,
    key: string,
    values: readonly string[],
    resultOf: (verdict: Verdict) => string,
  ): string[] =>
    verdicts.flatMap((verdict) =>
      values.map((value) => {
        const labels = `ip="${label(verdict.ip)}",hostname="${label(verdict.expected ?? "")}",${key}="${value}"`;
        return `${name}{${labels}} ${resultOf(verdict) === value ? 1 : 0}`;
      }),
    );
  const families: [name: string, type: string, help: string, samples: string[]][] = [
    [
      "fcrdns_iprev",
      "gauge",
      "What a receiver computes for the address (RFC 8601): 1 for the current result, 0 for the others.",
      each("fcrdns_iprev", "result", results, ({ iprev }) => iprev),
    ],
    [
      "fcrdns_status",
      "gauge",
      "The stricter verdict on the address: 1 for the current status, 0 for the others.",
      each("fcrdns_status", "status", statuses, ({ status }) => status),
    ],
    ["fcrdns_passes_total", "counter", "Complete passes over all addresses.", [`fcrdns_passes_total ${passes}`]],
    [
      "fcrdns_last_pass_timestamp_seconds",
      "gauge",
      "When the last complete pass ended, seconds since 1970.",
      lastPassAt === null ? [] : [`fcrdns_last_pass_timestamp_seconds ${(lastPassAt / 1000).toFixed(3)}`],
    ],
    [
      "fcrdns_last_pass_duration_seconds",
      "gauge",
      "How long the last complete pass took.",
      lastPassAt === null ? [] : [`fcrdns_last_pass_duration_seconds ${lastPassSeconds.toFixed(3)}`],
    ],
    [
      "fcrdns_webhook_failures_total",
      "counter",
      "Failed deliveries to the webhook; the messages are sent again.",
      [`fcrdns_webhook_failures_total ${webhookFailures}`],
    ],
  ];
  const lines = families.flatMap(([name, type, help, samples]) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples,
  ]);
  return `${lines.join("\n")}\n`;
}

function label(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}

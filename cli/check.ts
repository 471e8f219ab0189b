/** From addresses to a report and an exit status: what `verify` and `stack` have in common. */
import type { VerifyAllOptions } from "../fcrdns/options";
import type { Verdict } from "../fcrdns/verdict";
import { coloursFor } from "./colours";
import type { AddressToCheck, Environment } from "./environment";
import { counted, type ExitStatus, emptyTally, exitStatusOf } from "./exit-status";
import type { Checked, ReportContext, StackEntry } from "./formats/format";
import { type FormatName, formats } from "./formats/table";
import type { Origin } from "./given-addresses";
import { packageVersion } from "./package-version";
import { ProgressLine } from "./progress";

export interface CheckedSubject {
  readonly ip: string;
  readonly expected: string | null;
  /** What the mail server says in EHLO, any text. @default that of the options */
  readonly helo?: string | null;
  readonly origin?: Origin;
  readonly stack?: StackEntry;
  /** Adds to the verdict what is known of the address from elsewhere than DNS. @default nothing */
  readonly judged?: (verdict: Verdict) => Verdict;
}

export interface CheckRequest {
  readonly subjects: Iterable<CheckedSubject>;
  readonly count: number;
  readonly format: FormatName;
  readonly explain: boolean;
  readonly receivers: boolean;
  readonly options: VerifyAllOptions;
}

/**
 * Checks all addresses and writes the report as the verdicts arrive. A request to stop ends the check; what is known by
 * then is reported, and the rest counts as unknown.
 */
export async function check(request: CheckRequest, environment: Environment): Promise<ExitStatus> {
  const stopped = new AbortController();
  const forgetStop = environment.onStop(() => stopped.abort());
  const progress = new ProgressLine(environment, request.count);
  let tally = emptyTally;
  let abandoned = false;
  const unchecked = (): number => request.count - tally.pass - tally.fail - tally.unknown;

  async function* results(): AsyncGenerator<Checked> {
    for await (const checked of verdictsOf(request, environment, progress, stopped.signal)) {
      tally = counted(tally, checked.verdict.status);
      progress.decided(checked.verdict.status === "pass");
      yield checked;
    }
  }

  try {
    const render = await formats[request.format].load();
    for await (const piece of render(results(), contextOf(request, environment, unchecked))) {
      await progress.hide();
      if (!(await environment.stdout.write(piece))) {
        abandoned = true;
        stopped.abort();
        break;
      }
    }
    await progress.end();
    // A reader that has closed the pipe (`| head`) needs no message.
    if (stopped.signal.aborted && !abandoned && unchecked() > 0) {
      await environment.stderr.write(
        `fcrdns: stopped; ${unchecked()} of ${request.count} addresses were not checked\n`,
      );
    }
    return exitStatusOf(tally, unchecked());
  } finally {
    await progress.end();
    forgetStop();
  }
}

/** Verdicts with the origin of each address. The checker keeps the order, so a queue is enough. */
async function* verdictsOf(
  { subjects, options }: CheckRequest,
  environment: Environment,
  progress: ProgressLine,
  signal: AbortSignal,
): AsyncGenerator<Checked> {
  const asked: CheckedSubject[] = [];
  function* addresses(): Generator<AddressToCheck> {
    for (const subject of subjects) {
      if (signal.aborted) return;
      asked.push(subject);
      const { ip, expected, helo } = subject;
      yield { ip, expected, ...(helo !== undefined && { helo }) };
    }
  }
  const checker = await environment.checker();
  const onProgress: VerifyAllOptions["onProgress"] = (news) => void progress.waits(news);
  for await (const verdict of checker.verifyAll(addresses(), { ...options, signal, onProgress })) {
    const { origin, stack, judged } = asked.shift() as CheckedSubject;
    // In progress when it was stopped: not checked, like those that had not started.
    if (signal.aborted && verdict.findings.some(({ rule }) => rule === "check-interrupted")) continue;
    yield {
      verdict: judged === undefined ? verdict : judged(verdict),
      ...(origin && { origin }),
      ...(stack && { stack }),
    };
  }
}

function contextOf(
  { explain, receivers }: CheckRequest,
  environment: Environment,
  unchecked: () => number,
): ReportContext {
  const startedAt = environment.clock.utc();
  const from = environment.clock.now();
  return {
    explain,
    receivers,
    colours: coloursFor(environment),
    version: packageVersion(),
    startedAt,
    elapsedSeconds: () => (environment.clock.now() - from) / 1000,
    unchecked,
    addToJobSummary: async (markdown) => {
      const file = environment.environment.GITHUB_STEP_SUMMARY;
      if (file === undefined || file === "") return;
      try {
        await environment.appendFile(file, markdown);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        await environment.stderr.write(`fcrdns: the job summary could not be written: ${JSON.stringify(why)}\n`);
      }
    },
  };
}

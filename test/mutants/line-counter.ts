/** Which lines of some files ran since the last time, as V8 counts them. */
import { type Profiler, Session } from "node:inspector/promises";
import { fileURLToPath } from "node:url";

type FunctionCounts = Profiler.FunctionCoverage;

export class LineCounter {
  readonly #session = new Session();
  /** Functions by script: V8 reports only those that ran since the last time. */
  readonly #known = new Map<string, Map<string, FunctionCounts>>();

  private constructor(
    private readonly files: readonly string[],
    private readonly codeOf: (file: string) => string | undefined,
  ) {}

  /** @param codeOf the code that V8 sees; its lines are those of the source */
  public static async start(
    files: readonly string[],
    codeOf: (file: string) => string | undefined,
  ): Promise<LineCounter> {
    const counter = new LineCounter(files, codeOf);
    counter.#session.connect();
    await counter.#session.post("Profiler.enable");
    await counter.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    return counter;
  }

  public async stop(): Promise<void> {
    await this.#session.post("Profiler.stopPreciseCoverage");
    this.#session.disconnect();
  }

  /** Lines from 1, by file. */
  public async take(): Promise<Record<string, number[]>> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    const lines: Record<string, number[]> = {};
    for (const { scriptId, url, functions } of result) {
      const file = url.startsWith("file:") ? fileURLToPath(url) : url;
      const code = this.files.includes(file) ? this.codeOf(file) : undefined;
      if (code === undefined) continue;
      const known = this.#known.get(scriptId) ?? new Map<string, FunctionCounts>();
      this.#known.set(scriptId, known);
      const now = new Map(functions.map((one) => [keyOf(one), one]));
      for (const [key, one] of now) known.set(key, one);
      const ran = linesThatRan(
        code,
        [...known].map(([key, one]) => now.get(key) ?? idle(one)),
      );
      if (ran.length > 0) lines[file] = ran;
    }
    return lines;
  }
}

function keyOf({ ranges: [whole] }: FunctionCounts): string {
  return `${whole?.startOffset} ${whole?.endOffset}`;
}

function idle(one: FunctionCounts): FunctionCounts {
  return { ...one, ranges: one.ranges.slice(0, 1).map((range) => ({ ...range, count: 0 })) };
}

/** The innermost range decides. */
function linesThatRan(code: string, functions: readonly FunctionCounts[]): number[] {
  const ranges = functions
    .flatMap((one) => one.ranges)
    .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const ran = new Uint8Array(code.length);
  for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  const lines = new Set<number>();
  let line = 1;
  for (let at = 0; at < code.length; at++) {
    if (code[at] === "\n") line++;
    else if (ran[at] === 1 && !/[\s{};)\]]/.test(code[at] ?? "")) lines.add(line);
  }
  return [...lines];
}

/** A worker process, started again whenever it hangs, ends or is spent. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Measured, MeasureJob, MutantJob, Tried } from "./messages";
import { root } from "./rooms";

/** Jobs after which a process is replaced: each leaves a little behind. */
const JOBS_PER_PROCESS = 150;

export class WorkerProcess {
  #process: ChildProcess | undefined;
  #jobs = 0;

  /** @returns undefined if the process hung longer than that, or ended */
  public async measure(job: MeasureJob, timeoutMs: number): Promise<Measured | undefined> {
    return (await this.#ask(job, timeoutMs)) as Measured | undefined;
  }

  /** @returns undefined if the process hung longer than that, or ended */
  public async tryMutant(job: MutantJob, timeoutMs: number): Promise<Tried | undefined> {
    const tried = (await this.#ask(job, timeoutMs)) as Tried | undefined;
    if (tried?.isSpent) this.stop();
    return tried;
  }

  public stop(): void {
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }

  async #ask(job: MeasureJob | MutantJob, timeoutMs: number): Promise<unknown> {
    if (++this.#jobs % JOBS_PER_PROCESS === 0) this.stop();
    const worker = this.#process ?? (await started());
    this.#process = worker;
    return new Promise((resolve) => {
      const finish = (answer: unknown) => {
        clearTimeout(timer);
        worker.removeAllListeners();
        if (answer === undefined) this.stop();
        resolve(answer);
      };
      const timer = setTimeout(() => finish(undefined), timeoutMs);
      worker.once("message", finish);
      worker.once("exit", () => finish(undefined));
      worker.send(job);
    });
  }
}

function started(): Promise<ChildProcess> {
  const worker = fork(join(__dirname, "worker.ts"), [], {
    cwd: root,
    execArgv: ["--require", join(root, "register.js")],
    // What tests print is not for here.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  return new Promise((resolve, reject) => {
    worker.once("message", () => {
      worker.removeAllListeners();
      resolve(worker);
    });
    worker.once("exit", (status) => reject(new Error(`a worker process ended at once, with status ${status}`)));
  });
}

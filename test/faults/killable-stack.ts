/** A stack whose program and engine can be killed at any moment, and run again by new ones. */
import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Done, OpenMessage, RunMessage } from "./runner-messages";

type Run = Extract<Done, { run: unknown }>["run"];

export type Outcome = { readonly killed: true } | ({ readonly killed: false } & Run);

/** Who is killed: the engine, the program that it runs, or both in the same moment. */
export type Victim = "both" | "program" | "engine";

/** A resource as the stack's state has it. */
export interface StateResource {
  readonly type: string;
  readonly id: string;
}

export interface State {
  readonly resources: readonly StateResource[];
  readonly pending: readonly string[];
}

export interface KillableStack {
  run(message: RunMessage): Promise<Outcome>;
  /** Kills with SIGKILL. Both: resolves when they and the engine's plugins are gone. */
  kill(victim: Victim): Promise<void>;
  /** Resolves when nothing is left. @returns whether the engine had ended by itself */
  afterDeath(): Promise<boolean>;
  /** Files of the backend that a kill has left empty, by their paths. */
  emptyFiles(): readonly string[];
  isLocked(): boolean;
  state(): State;
  close(): Promise<void>;
}

export function killableStack(options: OpenMessage, environment: Readonly<Record<string, string>> = {}): KillableStack {
  /** Every process of this stack has it in its environment, the engine's plugins too. */
  const mark = `FCRDNS_FAULTS_MARK=${randomUUID()}`;
  let child: ChildProcess | undefined;

  function start(): ChildProcess {
    const [key = "", value] = mark.split("=");
    const started = fork(join(__dirname, "runner-process.ts"), [], {
      execArgv: ["--require", join(__dirname, "..", "..", "register.js")],
      // A group of its own, which the engine joins.
      detached: true,
      serialization: "advanced",
      stdio: ["ignore", "ignore", process.env.FCRDNS_FAULTS_DEBUG ? "inherit" : "ignore", "ipc"],
      env: { ...process.env, ...environment, [key]: value },
    });
    started.once("exit", () => {
      if (child === started) child = undefined;
    });
    started.send(options);
    return started;
  }

  const own = (): number[] => processesWith(mark);

  /** The host of dynamic providers has a process group of its own: as where a whole machine goes, it does not outlive the engine. */
  async function allGone(): Promise<void> {
    for (let waited = 0; waited < 10_000; waited += 50) {
      const left = own();
      if (left.length === 0) return;
      for (const pid of left) killed(pid);
      await sleep(50);
    }
    throw new Error(`processes ${own().join(", ")} do not end`);
  }

  /** An engine without its program ends by itself. */
  async function engineGone(): Promise<boolean> {
    for (let waited = 0; waited < ENDING_MS && own().some(isEngine); waited += 50) await sleep(50);
    return !own().some(isEngine);
  }

  return {
    run: (message) =>
      new Promise((resolve, reject) => {
        child ??= start();
        const running = child;
        const done = (answer: Done): void => {
          running.off("exit", exited);
          if ("failed" in answer) reject(new Error(answer.failed));
          else resolve({ killed: false, ...answer.run });
        };
        const exited = (): void => {
          running.off("message", done);
          resolve({ killed: true });
        };
        running.once("message", done);
        running.once("exit", exited);
        running.send(message);
      }),
    async kill(victim) {
      const pid = child?.pid;
      if (pid === undefined) throw new Error("nothing runs");
      if (victim === "program") killed(pid);
      if (victim === "engine") for (const engine of childrenOf(pid)) killed(engine);
      if (victim !== "both") return;
      killed(-pid);
      await allGone();
    },
    afterDeath: async () => {
      const ended = await engineGone();
      await allGone();
      child = undefined;
      return ended;
    },
    isLocked: () => {
      const locks = join(options.folder, "state", ".pulumi", "locks");
      return (
        existsSync(locks) && readdirSync(locks, { recursive: true }).some((name) => String(name).endsWith(".json"))
      );
    },
    emptyFiles: () => {
      const folder = join(options.folder, "state", ".pulumi");
      return readdirSync(folder, { recursive: true })
        .map((name) => join(folder, String(name)))
        .filter((file) => statSync(file).isFile() && statSync(file).size === 0);
    },
    state: () => {
      const file = join(options.folder, "state", ".pulumi", "stacks", "fcrdns", "sandbox.json");
      const { resources = [], pending_operations = [] } =
        JSON.parse(readFileSync(file, "utf8")).checkpoint.latest ?? {};
      return {
        resources: resources
          .filter(({ custom, type }: { custom?: boolean; type: string }) => custom && !type.startsWith("pulumi:"))
          .map(({ type, id }: StateResource) => ({ type, id })),
        pending: pending_operations.map(
          ({ type, resource }: { type: string; resource: { type: string } }) => `${type} ${resource.type}`,
        ),
      };
    },
    async close() {
      if (child?.pid !== undefined) killed(-child.pid);
      await allGone();
    },
  };
}

/** How long an engine may take to end without its program, milliseconds. */
const ENDING_MS = 30_000;

function isEngine(pid: number): boolean {
  return readOr(`/proc/${pid}/comm`).trim() === "pulumi";
}

function killed(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function processes(): number[] {
  return readdirSync("/proc").map(Number).filter(Number.isInteger);
}

function readOr(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function processesWith(mark: string): number[] {
  return processes().filter((pid) => readOr(`/proc/${pid}/environ`).split("\0").includes(mark));
}

/** The fourth field of `stat`, after the name in brackets, is the parent. */
function childrenOf(parent: number): number[] {
  return processes().filter((pid) => Number(readOr(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ")[1]) === parent);
}

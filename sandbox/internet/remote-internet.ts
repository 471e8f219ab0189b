/** The loopback internet in its own process, as the process that started it sees it. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Environment } from "../../providers/internal/simulation/simulated-cloud";
import type { Accounts } from "../clouds/accounts";
import type { Internet } from "./internet";
import type { CallMessage, InternetProcessOptions, Reachable, ReadyMessage, ReturnMessage } from "./internet-messages";

/** The same methods, each answered later. */
type Later<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

/** The controls of {@link Internet}, one by one, so that what is missing is a type error. */
const controls: Readonly<Record<keyof Omit<Internet, keyof Reachable | "world" | "stop">, true>> = {
  servers: true,
  addForwardZone: true,
  setPtr: true,
  ptr: true,
  setRecords: true,
  records: true,
  fault: true,
  endFault: true,
  endFaults: true,
  catchUp: true,
  settled: true,
  snapshot: true,
  journal: true,
  note: true,
  queries: true,
  flushResolver: true,
};

const worldControls: Readonly<Record<keyof Environment, true>> = {
  allocate: true,
  release: true,
  setPtr: true,
  ptr: true,
  setRecords: true,
  records: true,
  zones: true,
  resolve: true,
  nextId: true,
  note: true,
};

const accountControls: Readonly<Record<keyof Accounts, true>> = {
  held: true,
  removeByHand: true,
  failWrite: true,
  writeMet: true,
  writes: true,
  clearWriteFault: true,
};

export interface RemoteInternet extends Reachable, Later<Pick<Internet, keyof typeof controls>> {
  /** What a simulated cloud sees and may do: for an address that exists before the stack does. */
  world(cloud: string): Later<Environment>;
  /** What the simulated clouds' accounts hold, and what goes wrong with a write. */
  readonly accounts: Later<Accounts>;
  /** Ends the process; resolves when it is gone. A second time it does nothing. */
  stop(): Promise<void>;
}

/** The object whose method is called. @default the internet */
type Part = Pick<CallMessage, "cloud" | "accounts">;

/** How long the process may take to end by itself, milliseconds. */
const ENDING_TIME = 5_000;

/**
 * Starts the loopback internet and the provider of the simulated clouds in a process of their own. That process ends
 * with this one, however this one ends, and does not keep it alive.
 *
 * @returns rejects when it cannot start, with the reason
 *
 * @example
 * const internet = await startInternetProcess({ forwardZones: ["example.com"] });
 * await internet.fault({ kind: "silence", where: { zone: "example.com", nth: 2 } });
 * const before = await internet.snapshot();
 * await internet.stop();
 */
export async function startInternetProcess(options: InternetProcessOptions = {}): Promise<RemoteInternet> {
  const child = fork(join(__dirname, "internet-process.ts"), [], {
    execArgv: ["--require", join(__dirname, "..", "..", "register.js")],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const reachable = await starting(child, options);
  const calls = new Map<number, { done(value: unknown): void; failed(error: Error): void }>();
  let lastCall = 0;
  let ended: Error | undefined;

  // Only a pending call keeps this process alive.
  const rest = () => {
    child.unref();
    child.channel?.unref();
  };
  rest();

  child.on("message", (message: ReturnMessage) => {
    const waiting = calls.get(message.id);
    calls.delete(message.id);
    if (calls.size === 0) rest();
    if ("error" in message) waiting?.failed(new Error(message.error));
    else waiting?.done(message.value);
  });
  child.on("exit", (code, signal) => {
    ended = new Error(`the process of the loopback internet has ended (${signal ?? `exit status ${code}`})`);
    for (const { failed } of calls.values()) failed(ended);
    calls.clear();
  });

  const call = (method: string, args: readonly unknown[], part: Part = {}): Promise<unknown> =>
    new Promise((done, failed) => {
      if (ended) {
        failed(ended);
        return;
      }
      const id = ++lastCall;
      calls.set(id, { done, failed });
      child.ref();
      child.channel?.ref();
      const message: CallMessage = { id, method, args, ...part };
      const refuse = (error: Error) => {
        calls.delete(id);
        failed(error);
      };
      try {
        child.send(message, (error) => error && refuse(error));
      } catch (error) {
        // What cannot be sent: a function in a fault.
        refuse(error as Error);
      }
    });

  const methods = (names: object, part?: Part) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, (...args: unknown[]) => call(name, args, part)]));

  return {
    ...reachable,
    ...(methods(controls) as unknown as Later<Pick<Internet, keyof typeof controls>>),
    world: (cloud) => methods(worldControls, { cloud }) as unknown as Later<Environment>,
    accounts: methods(accountControls, { accounts: true }) as unknown as Later<Accounts>,
    stop: () =>
      new Promise((resolve) => {
        if (ended || child.exitCode !== null || child.signalCode !== null) {
          resolve();
          return;
        }
        child.ref();
        child.once("exit", () => resolve());
        const limit = setTimeout(() => child.kill("SIGKILL"), ENDING_TIME);
        child.once("exit", () => clearTimeout(limit));
        if (child.connected) child.send({ id: 0, method: "stop", args: [] } satisfies CallMessage, () => {});
      }),
  };
}

function starting(child: ChildProcess, options: InternetProcessOptions): Promise<Reachable> {
  return new Promise((resolve, reject) => {
    const early = (code: number | null) => {
      reject(new Error(`the process of the loopback internet ended before it was ready (exit status ${code})`));
    };
    child.once("exit", early);
    child.once("error", reject);
    child.once("message", (message: ReadyMessage) => {
      child.off("exit", early);
      if ("ready" in message) {
        resolve(message.ready);
        return;
      }
      child.once("exit", () => reject(new Error(message.failed)));
      child.disconnect();
    });
    child.send({ start: options }, () => {});
  });
}

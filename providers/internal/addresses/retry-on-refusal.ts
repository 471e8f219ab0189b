/**
 * A cloud that checks the forward record asks a resolver of its own, and that resolver may still remember that the name
 * was not there (RFC 2308) although every authoritative server shows it. Its refusal is then transient: try again, for
 * a bounded time.
 */
import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import type { HostAddress } from "../../cloud";
import type { OwnOptions } from "./ptr-resource";

/** Seconds to wait before each further try: doubling, never longer than half a minute. */
const MAX_PAUSE_SECONDS = 30;
/** The negative TTL of most zones. */
const DEFAULT_PATIENCE_SECONDS = 600;

export interface RetryOnRefusal {
  /** Unique in the program: the Pulumi name of the resource that is refused. */
  readonly name: string;
  /** "EC2", as people call whoever refuses. */
  readonly who: string;
  /** True for a transient refusal, from the provider's error text. */
  readonly isTransient: (error: string) => boolean;
  /**
   * The reason, where the provider's error does not have it; undefined: it could not be read either.
   * @default the error is the reason
   */
  readonly reasonOf?: (error: string, inputs: Readonly<Record<string, unknown>>) => Promise<string | undefined>;
  /**
   * What was refused late is there already, and the plugin does not create it a second time: then only an update is tried
   * again, in the next run. From the provider's error text. @default it never is
   */
  readonly isThere?: (error: string) => boolean;
  /** What to say after a failure that is not tried again, whatever its reason. @default nothing */
  readonly afterFailure?: (urn: string) => string;
  /** Seconds to keep asking. @default 600, the negative TTL of most zones */
  readonly patienceSeconds?: number | undefined;
  /** A line while it waits. */
  readonly progress: (line: string) => void;
  /** The last word when patience is over. */
  readonly giveUp: (message: string) => void;
  /** The next step for the reader once patience is over. */
  readonly nextStep: string;
  /** @default the clock */
  readonly sleep?: (seconds: number) => Promise<void>;
}

/**
 * Seconds to wait before the next try.
 * @param failures how often it has failed so far
 * @returns undefined when the next try would come after `patienceSeconds`
 */
export function pauseBeforeNextTry(failures: number, patienceSeconds: number): number | undefined {
  const pauses = Array.from({ length: failures }, (_, index) => Math.min(2 ** index, MAX_PAUSE_SECONDS));
  const waited = pauses.reduce((sum, seconds) => sum + seconds, 0);
  return waited <= patienceSeconds ? pauses.at(-1) : undefined;
}

/**
 * Decides after a refusal whether to try again, having waited if so.
 * @param errors what the provider said, newest first
 */
export async function shouldRetry(errors: readonly string[], asked: RetryOnRefusal): Promise<boolean> {
  const newest = errors[0] ?? "";
  if (!asked.isTransient(newest)) {
    return false;
  }
  const patienceSeconds = asked.patienceSeconds ?? DEFAULT_PATIENCE_SECONDS;
  const pause = pauseBeforeNextTry(errors.length, patienceSeconds);
  if (pause === undefined) {
    asked.giveUp(
      `${asked.who} still refuses after ${errors.length} tries in ${patienceSeconds} s: ${firstLine(newest)}\n${asked.nextStep}`,
    );
    return false;
  }
  asked.progress(
    `${asked.who} refuses for now (try ${errors.length}), trying again in ${pause} s: ${firstLine(newest)}`,
  );
  await (asked.sleep ?? sleep)(pause);
  return true;
}

/** {@link shouldRetry}, once the reason is known and if the plugin can do it once more. */
export async function afterRefusal(failure: pulumi.ErrorHookArgs, asked: RetryOnRefusal): Promise<boolean> {
  const again = await isTriedAgain(failure, asked);
  if (!again && asked.afterFailure !== undefined) {
    asked.giveUp(asked.afterFailure(failure.urn));
  }
  return again;
}

async function isTriedAgain(
  { errors: [error = "", ...before], failedOperation, newInputs = {} }: pulumi.ErrorHookArgs,
  asked: RetryOnRefusal,
): Promise<boolean> {
  const found = await asked.reasonOf?.(error, newInputs);
  const reason = found ?? error;
  const isTransient = asked.isTransient(reason);
  if (isTransient && !(failedOperation === "create" && asked.isThere?.(error))) {
    return shouldRetry([reason, ...before], asked);
  }
  if (isTransient) {
    asked.giveUp(
      `${asked.who} refuses for now: ${firstLine(reason)}\nRun pulumi up again: it tries again for up to ${asked.patienceSeconds ?? DEFAULT_PATIENCE_SECONDS} s. ${asked.nextStep}`,
    );
  } else if (found !== undefined) {
    asked.giveUp(`${asked.who} refuses: ${firstLine(found)}`);
  }
  return false;
}

/**
 * The hooks that make the engine ask again, for the options of the resource that may be refused; nothing where the
 * program runs against mocks, which know no hooks.
 */
function retryOnRefusal(asked: RetryOnRefusal): pulumi.ResourceHookBinding {
  const monitor = pulumi.runtime.getMonitor() as { registerErrorHook?: unknown } | undefined;
  if (typeof monitor?.registerErrorHook !== "function") {
    return {};
  }
  // The engine calls back from outside of the program; what is logged there must still find the way to it.
  const decide = AsyncResource.bind(async (failure: pulumi.ErrorHookArgs) =>
    failure.failedOperation === "delete" ? false : afterRefusal(failure, asked),
  );
  const hook = new pulumi.ErrorHook(`fcrdns-ask-again:${asked.name}`, (args) => decide(args));
  return { onError: [hook] };
}

/** Options for the PTR of an address whose forward record the cloud looks up itself. */
export function retryUntilForwardSeen({
  afterFailure,
  ...asked
}: Pick<RetryOnRefusal, "who" | "isTransient" | "reasonOf" | "isThere" | "patienceSeconds"> & {
  readonly afterFailure?: (hostname: string, urn: string) => string;
}): OwnOptions<HostAddress> {
  return ({ family }, { options }, { hostname, progress }, name) => {
    const record = family === 4 ? "A" : "AAAA";
    const hooks = retryOnRefusal({
      ...asked,
      ...(afterFailure && { afterFailure: (urn) => afterFailure(hostname, urn) }),
      name,
      progress,
      giveUp: (message) => void pulumi.log.error(message, options.parent),
      nextStep: `${asked.who} looks up ${hostname} itself and requires an ${record} record with this address. Check that the ${record} record is public${afterFailure === undefined ? ", then run pulumi up again" : ""}.`,
    });
    return { hooks };
  };
}

function firstLine(error: string): string {
  return (
    error
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim() ?? "(no reason given)"
  );
}

function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

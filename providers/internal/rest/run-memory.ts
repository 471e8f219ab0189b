/**
 * What one run has learned of each credential. Pulumi works on several addresses at a time: without this each would fetch
 * a token of its own, and a wrong password would be sent once for each address, and some APIs
 * answer several wrong ones by locking the sender out.
 */
import type { Authorization } from "./rest-api";

/** The words of the answer that refused the credential, and what to do about it. */
export interface Refusal {
  readonly said: string;
  readonly nextStep: string;
}

/** How the first request with a credential ended, as far as it says something about the others. */
export type FirstOutcome =
  /** There was an answer other than 401. */
  | { readonly kind: "accepted" }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** Nobody answered. */
  | { readonly kind: "unreachable"; readonly error: Error }
  /** Nothing was learned. */
  | { readonly kind: "unknown" };

/** One credential at one API. */
export class CredentialMemory {
  /** The credential itself and every token fetched with it: nothing that may be printed. */
  public readonly secrets = new Set<string>();
  /** Set once the API refused the credential: it is not sent again. */
  public refusal: Refusal | undefined;
  private accepted = false;
  private first: Promise<FirstOutcome> | undefined;
  private held: { until: number; readonly value: Promise<Authorization> } | undefined;

  /**
   * Runs the request; while nobody knows whether the credential is good, one at a time.
   * @param outcome what the end of the request says, given its result or its error
   * @param unreachable the error for a request that is not sent because the one before it found nobody
   * @param refused the error for a request that is not sent because the credential was refused
   */
  public async send<Result>(
    request: () => Promise<Result>,
    outcome: (result: { readonly value: Result } | { readonly error: unknown }) => FirstOutcome,
    refused: (refusal: Refusal) => Error,
    unreachable: (error: Error) => Error,
  ): Promise<Result> {
    while (!this.accepted && this.first !== undefined) {
      const ended = await this.first;
      if (ended.kind === "unreachable") throw unreachable(ended.error);
    }
    if (this.refusal !== undefined) throw refused(this.refusal);
    const ending = request().then(
      (value) => ({ value }) as const,
      (error: unknown) => ({ error }) as const,
    );
    if (this.accepted) return this.settled(await ending, outcome);
    this.first = ending.then((result) => this.learn(outcome(result)));
    const result = await ending;
    await this.first;
    return this.settled(result, outcome);
  }

  /** The token that this run holds, fetched by `fetch` where there is none or it is too old. */
  public authorization(now: () => number, fetch: () => Promise<Authorization>): Promise<Authorization> {
    if (this.held !== undefined && this.held.until > now()) return this.held.value;
    const value = fetch();
    const held = { until: Number.POSITIVE_INFINITY, value };
    this.held = held;
    value.then(
      ({ lastsSeconds }) => {
        // Half of its life, so that it does not run out on the way.
        if (lastsSeconds !== undefined) held.until = now() + lastsSeconds * 500;
      },
      () => this.forget(value),
    );
    return value;
  }

  /** Fetch another token next time, unless somebody has already. */
  public forget(used: Promise<Authorization>): void {
    if (this.held?.value === used) this.held = undefined;
  }

  private learn(outcome: FirstOutcome): FirstOutcome {
    this.first = undefined;
    if (outcome.kind === "accepted") this.accepted = true;
    if (outcome.kind === "refused") this.refusal = outcome.refusal;
    return outcome;
  }

  private settled<Result>(
    result: { readonly value: Result } | { readonly error: unknown },
    outcome: (result: { readonly value: Result } | { readonly error: unknown }) => FirstOutcome,
  ): Result {
    // A credential can be withdrawn in the middle of a run.
    const ended = outcome(result);
    if (ended.kind === "refused") this.refusal = ended.refusal;
    if ("error" in result) throw result.error;
    return result.value;
  }
}

/** The credentials of one run, by API and credential. */
export class RunMemory {
  private readonly credentials = new Map<string, CredentialMemory>();

  public of(key: string): CredentialMemory {
    const known = this.credentials.get(key) ?? new CredentialMemory();
    this.credentials.set(key, known);
    return known;
  }
}

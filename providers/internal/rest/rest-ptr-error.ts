/** An error for the person who runs Pulumi: what was seen and the next step, never a stack trace or a secret. */
export class RestPtrError extends Error {
  /**
   * @param message what was seen, where, and the next step
   * @param uncertain a request that changes something was sent and not answered: it may have taken effect
   */
  public constructor(
    message: string,
    public readonly uncertain = false,
  ) {
    super(message);
    // The engine's host for dynamic providers prints both of an error that it catches.
    this.stack = "";
  }

  public override toString(): string {
    return this.message;
  }
}

/** An error for the person who runs Pulumi: what was seen and the next step, never a stack trace or a secret. */
export class RestPtrError extends Error {
  public constructor(message: string) {
    super(message);
    // The engine's host for dynamic providers prints both of an error that it catches.
    this.stack = "";
  }

  public override toString(): string {
    return this.message;
  }
}

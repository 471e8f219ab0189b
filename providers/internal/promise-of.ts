/** An output as a promise, for code that the engine calls back and that must end when the output fails. */
import type * as pulumi from "@pulumi/pulumi";

/**
 * Resolves with the output's value, and rejects as the output does: `apply` alone is never called then. `promise` is a
 * method of every output of `@pulumi/pulumi` 3, but not in its types.
 */
export function promiseOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

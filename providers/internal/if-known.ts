/** An output's value for providers that cannot take an unknown one. */
import * as pulumi from "@pulumi/pulumi";

/**
 * The value where it is known; undefined where a preview does not know it yet. For inputs whose unknown value breaks a
 * plugin's preview, and which the update gives in any case.
 */
export function ifKnown<T>(output: pulumi.Output<T>): pulumi.Output<T | undefined> {
  const { isKnown } = output as pulumi.Output<T> & { readonly isKnown: Promise<boolean> };
  const { promise } = output as pulumi.Output<T> & { readonly promise: () => Promise<T> };
  return pulumi.output(isKnown.then((known) => (known ? promise.call(output) : undefined))) as pulumi.Output<
    T | undefined
  >;
}

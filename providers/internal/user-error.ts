import "./need-pulumi";

import * as pulumi from "@pulumi/pulumi";

/**
 * An error for a person: Pulumi prints its text as it is. Where an output that fails with it is another resource's
 * input, the SDK writes the property's name in front of the message and prints the stack; here both stay the text.
 */
export class UserError extends pulumi.RunError {
  public constructor(text: string) {
    super(text);
    const fixed = { get: () => text, set: () => {}, enumerable: false, configurable: true };
    Object.defineProperties(this, { message: fixed, stack: fixed });
  }
}

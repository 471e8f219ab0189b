/**
 * What was typed or read cannot be worked with, and nothing was checked: exit status 2. The message is one sentence that
 * says what was seen and how to mend it.
 */
export class UsageProblem extends Error {
  public override readonly name = "UsageProblem";
}

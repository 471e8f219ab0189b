/**
 * The arguments or the input cannot be used, and nothing was checked: exit status 2. The message is one sentence that says
 * what was found and how to fix it.
 */
export class UsageProblem extends Error {
  public override readonly name = "UsageProblem";
}

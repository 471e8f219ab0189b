/** The text is not what it was said to be. The message says what was expected and how to make it. */
export class UnreadableStack extends Error {
  public override readonly name = "UnreadableStack";
}

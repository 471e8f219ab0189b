/** What was handed in cannot be checked; the message is for the person who wrote it. Nothing was asked. */
export class InputError extends Error {
  override readonly name = "InputError";
}

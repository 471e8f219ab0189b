/**
 * A function that does its work at the first call and answers every further call with the same result, for what several
 * addresses share: one machine, one ticket.
 */
export function once<Args extends readonly unknown[], Result>(
  make: (...args: Args) => Result,
): (...args: Args) => Result {
  let made: { readonly result: Result } | undefined;
  return (...args) => {
    made ??= { result: make(...args) };
    return made.result;
  };
}

/**
 * A value made when it is first asked for: a pattern over all of Unicode takes up to a millisecond to make, which a hook that
 * does not need it should not pay for at each prompt.
 */
export function later<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

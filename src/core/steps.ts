/** Long work in small pieces: done at once, or with a breath after each piece, so that a stop is heard on the way. */

/** Stops after each piece of work; a piece takes some tenths of a millisecond. */
export type Steps<T> = Generator<undefined, T>;
export type Breathe = () => Promise<void>;

/** Items that are gone through between two breaths. */
const stride = 64;

export function allSteps<T>(steps: Steps<T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

export async function breathingSteps<T>(steps: Steps<T>, breathe: Breathe): Promise<T> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    await breathe();
  }
}

/** Uses every item in order; `use` is cheap. */
export function* eachStep<T>(items: ArrayLike<T>, use: (item: T, at: number) => void): Steps<void> {
  for (let at = 0; at < items.length; at++) {
    if (at % stride === stride - 1) yield;
    use(items[at] as T, at);
  }
}

/** {@link eachStep} with breaths. */
export const eachOf = <T>(
  items: readonly T[],
  breathe: Breathe,
  use: (item: T, at: number) => void,
): Promise<void> => breathingSteps(eachStep(items, use), breathe);

/** So many are sorted at once; then the parts are merged. */
const run = 1024;

/**
 * The items in order, as `[...items].sort(compare)` gives them (equal ones keep their order); `items` itself where they
 * are in order already. Those at the beginning that are in order are not sorted again: mostly a few came at the end.
 */
export function* sortSteps<T>(items: readonly T[], compare: (a: T, b: T) => number): Steps<readonly T[]> {
  let inOrder = 1;
  for (; inOrder < items.length; inOrder++) {
    if (inOrder % stride === 0) yield;
    if (compare(items[inOrder - 1] as T, items[inOrder] as T) > 0) break;
  }
  if (inOrder >= items.length) return items;
  let parts: (readonly T[])[] = [];
  for (let from = inOrder; from < items.length; from += run) {
    yield;
    parts.push(items.slice(from, from + run).sort(compare));
  }
  while (parts.length > 1) {
    const pairs: (readonly T[])[] = [];
    for (let at = 0; at < parts.length; at += 2)
      pairs.push(yield* mergeSteps(parts[at] as readonly T[], parts[at + 1] ?? [], compare));
    parts = pairs;
  }
  return yield* mergeSteps(items.slice(0, inOrder), parts[0] as readonly T[], compare);
}

/** Two lists in order as one; of equal items those of `left` come first. */
function* mergeSteps<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
): Steps<readonly T[]> {
  const merged = new Array<T>(left.length + right.length);
  for (let at = 0, one = 0, other = 0; at < merged.length; at++) {
    if (at % stride === 0) yield;
    const takeLeft =
      other >= right.length || (one < left.length && compare(left[one] as T, right[other] as T) <= 0);
    merged[at] = (takeLeft ? left[one++] : right[other++]) as T;
  }
  return merged;
}

export const sortedOf = <T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  breathe: Breathe,
): Promise<readonly T[]> => breathingSteps(sortSteps(items, compare), breathe);

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
 * are in order already.
 */
export function* sortSteps<T>(items: readonly T[], compare: (a: T, b: T) => number): Steps<readonly T[]> {
  let inOrder = true;
  for (let at = 1; inOrder && at < items.length; at++) {
    if (at % stride === 0) yield;
    inOrder = compare(items[at - 1] as T, items[at] as T) <= 0;
  }
  if (inOrder) return items;
  let sorted: T[] = [];
  for (let from = 0; from < items.length; from += run) {
    yield;
    for (const item of items.slice(from, from + run).sort(compare)) sorted.push(item);
  }
  for (let width = run; width < sorted.length; width *= 2) {
    const merged = new Array<T>(sorted.length);
    for (let from = 0; from < sorted.length; from += 2 * width) {
      const middle = Math.min(from + width, sorted.length);
      const end = Math.min(from + 2 * width, sorted.length);
      for (let at = from, left = from, right = middle; at < end; at++) {
        if (at % stride === 0) yield;
        const takeLeft =
          right >= end || (left < middle && compare(sorted[left] as T, sorted[right] as T) <= 0);
        merged[at] = sorted[takeLeft ? left++ : right++] as T;
      }
    }
    sorted = merged;
  }
  return sorted;
}

export const sortedOf = <T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  breathe: Breathe,
): Promise<readonly T[]> => breathingSteps(sortSteps(items, compare), breathe);

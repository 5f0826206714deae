/**
 * Postings lists that grow: for each term in which slots it stands, and how often. One number an entry, the slot above
 * and the count in tenths below: most terms stand in one memory only, and an array more for each would cost more than
 * all that is in it.
 */

/** Counts are kept in tenths, up to 25.5; slots up to 16 million. */
const tenths = 10;
const mostTenths = 255;

export interface Postings {
  size: number;
  /** The first `size` are in use; ascending, as slots are given out in order. */
  packed: Uint32Array;
}

export const slotIn = (packed: number) => packed >>> 8;
export const countIn = (packed: number) => (packed & mostTenths) / tenths;

export const createPostings = (): Postings => ({ size: 0, packed: new Uint32Array(1) });

export function addTo(postings: Postings, slot: number, count: number): void {
  const { size } = postings;
  if (size === postings.packed.length) {
    const larger = new Uint32Array(size < 16 ? size * 2 : Math.ceil(size * 1.5));
    larger.set(postings.packed);
    postings.packed = larger;
  }
  postings.packed[size] = slot * 256 + Math.min(mostTenths, Math.max(1, Math.round(count * tenths)));
  postings.size = size + 1;
}

/** Whether a slot is among them. */
export function standsIn(postings: Postings | undefined, slot: number): boolean {
  let [low, high] = [0, (postings?.size ?? 0) - 1];
  while (postings !== undefined && low <= high) {
    const middle = (low + high) >> 1;
    const here = slotIn(postings.packed[middle] as number);
    if (here === slot) return true;
    if (here < slot) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

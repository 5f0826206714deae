/** Postings lists that grow: for each term in which slots it stands, and how often. */

export interface Postings {
  readonly size: number;
  /** The first `size` are in use; ascending, as slots are given out in order. */
  readonly slots: Uint32Array;
  readonly counts: Float32Array;
}

export interface GrowingPostings extends Postings {
  add(slot: number, count: number): void;
}

const firstCapacity = 2;

export function createPostings(): GrowingPostings {
  let slots = new Uint32Array(firstCapacity);
  let counts = new Float32Array(firstCapacity);
  let size = 0;
  return {
    get size() {
      return size;
    },
    get slots() {
      return slots;
    },
    get counts() {
      return counts;
    },
    add(slot, count) {
      if (size === slots.length) {
        const capacity = size < 16 ? size * 2 : Math.ceil(size * 1.5);
        const moreSlots = new Uint32Array(capacity);
        const moreCounts = new Float32Array(capacity);
        moreSlots.set(slots);
        moreCounts.set(counts);
        slots = moreSlots;
        counts = moreCounts;
      }
      slots[size] = slot;
      counts[size] = count;
      size += 1;
    },
  };
}

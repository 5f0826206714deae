/** The facts that a question looks up at every step, one array each, by slot. */

/** Nothing before, nothing after, no speaker, no place. */
export const none = -1;
const firstSlots = 1024;

/** By slot. Arrays grow: ask again after a change. */
export interface Flat {
  /** The episode said just before and after in the same conversation, −1 for none. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** 0 for what holds everywhere, −1 for an empty slot; else one number a project. */
  readonly place: Int32Array;
  /** The term of the speaker's name, −1 for none. */
  readonly speaker: Int32Array;
  readonly length: Int32Array;
  /** Length of what was said just before, in terms. */
  readonly context: Int32Array;
  /** 1 where the memory itself asks. */
  readonly asks: Uint8Array;
}

export function createFlat(slots = firstSlots): Flat {
  const numbers = () => new Int32Array(slots);
  return {
    before: numbers(),
    after: numbers(),
    place: numbers(),
    speaker: numbers(),
    length: numbers(),
    context: numbers(),
    asks: new Uint8Array(slots),
  };
}

/** The same with room for this slot. */
export function withRoomFor(flat: Flat, slot: number): Flat {
  if (slot < flat.place.length) return flat;
  const larger = createFlat(Math.ceil(flat.place.length * 1.5));
  for (const column of columns) larger[column].set(flat[column]);
  return larger;
}

const columns = ['before', 'after', 'place', 'speaker', 'length', 'context', 'asks'] as const;

/**
 * The living in new slots, in their order.
 * @param living the slots that stay, ascending.
 * @param to the new slot of each old one.
 */
export function swept(flat: Flat, living: readonly number[], to: Int32Array): Flat {
  const target = createFlat(flat.place.length);
  living.forEach((slot, now) => {
    for (const column of columns) target[column][now] = flat[column][slot] as number;
    for (const tie of [target.before, target.after])
      if (tie[now] !== none) tie[now] = to[tie[now] as number] as number;
  });
  return target;
}

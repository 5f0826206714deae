/**
 * A profile as numbers, and many of them: numbers instead of words, so that what was read of a hundred thousand memories can
 * be kept until all have been read.
 */
import type { Profile } from './profile.ts';
import { room } from './room.ts';
import { featureId, views } from './vector.ts';

/** A profile as numbers. The stance comes first; `sign` covers the stance only. */
export interface Reading {
  readonly ids: Uint32Array;
  readonly mass: Float32Array;
  readonly sign: Float32Array;
}

/** The number of a feature of the stance by its name. */
export function idOf(feature: string): number {
  return featureId(feature.includes(' ') ? views.pair : views.term, feature);
}

/** The lists of a reading of `size` features, the first `spoken` of them of the stance, that lies at `offset`. */
const inRoom = (buffer: ArrayBufferLike, offset: number, size: number, spoken: number): Reading => ({
  ids: new Uint32Array(buffer, offset, size),
  mass: new Float32Array(buffer, offset + size * 4, size),
  sign: new Float32Array(buffer, offset + size * 8, spoken),
});

/** `note` hears of every feature, in order. */
export function readingOf(profile: Profile, note?: (id: number, words: string, at: number) => void): Reading {
  const { stance, mentions, surface, context } = profile;
  const size = stance.size + mentions.size + surface.size + context.size;
  const { buffer, offset } = room((size * 2 + stance.size) * 4);
  const reading = inRoom(buffer, offset, size, stance.size);
  let at = 0;
  for (const [feature, { mass, sign }] of stance) {
    const id = idOf(feature);
    reading.ids[at] = id;
    note?.(id, feature, at);
    reading.mass[at] = mass;
    reading.sign[at] = sign;
    at += 1;
  }
  const add = (view: number, words: string, mass: number) => {
    const id = featureId(view, words);
    reading.ids[at] = id;
    note?.(id, words, at);
    reading.mass[at] = mass;
    at += 1;
  };
  for (const mention of mentions) add(views.mention, mention, 1);
  for (const [run, mass] of surface) add(views.run, run, mass);
  for (const term of context) add(views.context, term, 1);
  return reading;
}

/** Readings one after the other, known by their position. */
export interface Readings {
  add(reading: Reading): void;
  /** Throws RangeError where there is none. */
  at(position: number): Reading;
  size(): number;
}

/** Of each reading only where its numbers lie is kept: the three lists of one take as much room as what they hold. */
export function createReadings(): Readings {
  const buffers: ArrayBufferLike[] = [];
  const offsets: number[] = [];
  const sizes: number[] = [];
  const spoken: number[] = [];
  return {
    add({ ids, sign }) {
      buffers.push(ids.buffer);
      offsets.push(ids.byteOffset);
      sizes.push(ids.length);
      spoken.push(sign.length);
    },
    at(position) {
      const buffer = buffers[position];
      if (buffer === undefined) throw new RangeError(`There is no reading ${position}.`);
      return inRoom(
        buffer,
        offsets[position] as number,
        sizes[position] as number,
        spoken[position] as number,
      );
    },
    size: () => buffers.length,
  };
}

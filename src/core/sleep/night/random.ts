/** Seeded randomness for a night: the same seed text gives the same sequence on every machine. */
import type { Random } from '../../ports.ts';

/**
 * A small fast generator with 128 bits of state (the "sfc32" construction of PractRand), its state filled from the
 * seed text by FNV-1a hashing and stirred before first use. Not for secrets.
 */
export function createRandom(seed: string): Random {
  let a = hash(seed, 0x811c9dc5);
  let b = hash(seed, 0x9e3779b9);
  let c = hash(seed, 0x85ebca6b);
  let counter = 1;
  const draw = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 16; warm++) draw();
  return { next: () => draw() / 0x1_0000_0000 };
}

function hash(text: string, basis: number): number {
  let value = basis | 0;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value | 0;
}

/** `count` of `items` without repetition, each as likely as any other, in their original order. */
export function sample<T>(items: readonly T[], count: number, random: Random): readonly T[] {
  if (count >= items.length) return items;
  const chosen: T[] = [];
  let needed = count;
  for (let index = 0; index < items.length && needed > 0; index++) {
    if (random.next() * (items.length - index) < needed) {
      chosen.push(items[index] as T);
      needed--;
    }
  }
  return chosen;
}

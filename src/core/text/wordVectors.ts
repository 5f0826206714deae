/**
 * What words mean, as far as it shows in what they stand beside: "timezone" is near "UTC", "pip" near "venv". Vectors of
 * words, learned by `scripts/trainWordVectors.mjs` from prose about software and kept in `wordVectorTable.ts`. They tell what
 * a sentence is about where no word is the same; they do not tell what is wanted of it: "use pnpm" and "use npm" are near.
 */
import { featureId, views } from './vector.ts';

export interface WordVectors {
  readonly dimensions: number;
  /** Adds the vector of the term with this number, `weight` times, to `sum`; nothing where the term is not known. */
  add(sum: Float64Array, id: number, weight: number): void;
  /** How near two terms are in meaning, −1..1; 0 where one is not known. */
  nearness(one: number, other: number): number;
}

/**
 * Reads a table of them.
 * @param table one term a line: its name, and in base64 a byte that says how much it tells (0..255) and its vector
 * @throws {RangeError} where a line has not as many numbers as `dimensions`
 */
export function readWordVectors(table: string, dimensions: number): WordVectors {
  const lines = table.trim().split('\n');
  const places = new Map<number, number>();
  const tells = new Uint8Array(lines.length);
  const numbers = new Int8Array(lines.length * dimensions);
  for (const [place, line] of lines.entries()) {
    const space = line.indexOf(' ');
    const bytes = atob(line.slice(space + 1));
    if (bytes.length !== dimensions + 1)
      throw new RangeError(`“${line.slice(0, space)}” is not as expected.`);
    places.set(featureId(views.term, line.slice(0, space)), place);
    tells[place] = bytes.charCodeAt(0);
    for (let at = 0; at < dimensions; at += 1) numbers[place * dimensions + at] = bytes.charCodeAt(at + 1);
  }
  const between = (one: number, other: number): number => {
    let sum = 0;
    for (let at = 0; at < dimensions; at += 1)
      sum += (numbers[one * dimensions + at] as number) * (numbers[other * dimensions + at] as number);
    return sum;
  };
  const squares = Float64Array.from(lines, (_, place) => between(place, place));
  return {
    dimensions,
    add(sum, id, weight) {
      const place = places.get(id);
      if (place === undefined) return;
      const share = (weight * (tells[place] as number)) / 255 / 256;
      for (let at = 0; at < dimensions; at += 1)
        sum[at] = (sum[at] as number) + share * (numbers[place * dimensions + at] as number);
    },
    nearness(one, other) {
      const [left, right] = [places.get(one), places.get(other)];
      if (left === undefined || right === undefined) return 0;
      return between(left, right) / Math.sqrt((squares[left] as number) * (squares[right] as number));
    },
  };
}

let known: Promise<WordVectors> | undefined;

/** Those that come with the program; read at the first question, as few of its ways need them. */
export function wordVectors(): Promise<WordVectors> {
  known ??= import('./wordVectorTable.ts').then(({ wordVectorTable, wordVectorDimensions }) =>
    readWordVectors(wordVectorTable, wordVectorDimensions),
  );
  return known;
}

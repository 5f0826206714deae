/** Invented episodes of any number, for measuring time and space: made-up words as unevenly frequent as real ones. */
import type { Memory } from '../../src/core/memory.ts';
import { buildMemory, memoryId, noon, project } from '../support/builders.ts';
import { mulberry } from './table.ts';

const syllables = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu bra cle dri flo gru'.split(
  ' ',
);
const vocabulary = 20_000;
const flat = 50;

/** A word by its rank: each rank is another word. */
function wordAt(rank: number): string {
  let rest = rank + syllables.length;
  let word = '';
  while (rest > 0) {
    word += syllables[rest % syllables.length] ?? '';
    rest = Math.floor(rest / syllables.length);
  }
  return word;
}

/** The project of all of them. */
export const inventedHome = project('/bench/invented');

export interface Invented {
  readonly memories: readonly Memory[];
  /** Questions with words of one of them. */
  readonly questions: readonly string[];
}

export function invent(count: number, asked = 200): Invented {
  const random = mulberry(count);
  /* Zipf–Mandelbrot: 1/(r + 50); without the small words, which an index leaves out, the first are not so frequent. */
  const word = () => wordAt(Math.floor(flat * ((vocabulary / flat + 1) ** random() - 1)));
  const home = inventedHome;
  const memories = Array.from({ length: count }, (_, index): Memory => {
    const text = `${Array.from({ length: 12 + Math.floor(random() * 24) }, word).join(' ')}.`;
    return buildMemory({
      id: memoryId(`e_${String(index).padStart(9, '0')}`),
      kind: 'episode',
      text,
      scope: { level: 'project', project: home },
      source: {
        assistant: 'bench',
        project: home,
        session: `s${Math.floor(index / 30)}`,
        message: String(index),
      },
      createdAt: noon + index * 60_000,
      lastAccessedAt: noon + index * 60_000,
    });
  });
  const questions = Array.from({ length: asked }, (_, index) => {
    const words = (memories[Math.floor(random() * count)]?.text ?? '').replace('.', '').split(' ');
    const some = words.filter(() => random() < 0.3).slice(0, 6);
    return index % 2 === 0 ? `Where is ${some.join(' ')}?` : `no, always ${some.join(' ')}`;
  });
  return { memories, questions };
}

/** Orders that are given at two homes in much the same words, or in the same words and opposite. */

import { standsAsRule } from '../crystallization/ruleSentence.ts';
import {
  type DreamPair,
  dreamKey,
  dreamTable,
  homeOf,
  type Scene,
  sayingOf,
  scored,
  type Told,
} from './dreamPair.ts';
import { readingTable } from './dreamReading.ts';

/** Each such pair among the worthiest orders. */
export async function ordersOf(scene: Scene): Promise<readonly DreamPair[]> {
  const { lessons, corpus, at, options } = scene;
  const orders = lessons
    .filter((memory) => !memory.oneOff && memory.scope.level !== 'user')
    .map((memory) => ({ memory, said: sayingOf(memory), home: homeOf(memory) }))
    .filter(({ said }) => said.length <= readingTable.longestQuote && standsAsRule(said))
    .slice(0, dreamTable.orders);
  const pairs: DreamPair[] = [];
  for (const [index, one] of orders.entries()) {
    await options.breathe();
    for (const other of orders.slice(index + 1)) {
      if (one.home === other.home) continue;
      const [x, y] = [at.get(one.memory.id) ?? 0, at.get(other.memory.id) ?? 0];
      const words = corpus.similarity(x, y);
      const opposite = words >= dreamTable.sameWords / 2 && corpus.opposite(x, y);
      if (!opposite && words < dreamTable.sameLesson) continue;
      await options.breathe();
      const kind = opposite ? 'contrast' : 'same';
      if (options.seen.has(dreamKey(kind, one.home, other.home))) continue;
      const trace = ({ memory, said }: typeof one): Told => ({
        memory,
        quote: said.replace(/[.\s]+$/, ''),
        side: 'remedy',
      });
      const helps = lessons.filter(
        (memory) =>
          memory.kind === 'episode' &&
          memory !== one.memory &&
          memory !== other.memory &&
          (homeOf(memory) === one.home || homeOf(memory) === other.home) &&
          Math.max(
            corpus.similarity(at.get(memory.id) ?? 0, x),
            corpus.similarity(at.get(memory.id) ?? 0, y),
          ) >= dreamTable.sameLesson,
      );
      const times = (home: string) => 1 + helps.filter((memory) => homeOf(memory) === home).length;
      const [a, b] = [trace(one), trace(other)];
      pairs.push(
        scored(
          kind,
          undefined,
          { a, b, words: kind === 'same' ? 0 : words, roles: 0 },
          [
            { home: one.home, times: times(one.home) },
            { home: other.home, times: times(other.home) },
          ],
          helps,
          2 + helps.length,
          scene,
        ),
      );
    }
  }
  return pairs;
}

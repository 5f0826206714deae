/** omelas-tech/brain, from a checkout that is given by its path: it is in no registry. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OpenRival, Rival } from './rival.ts';

interface BrainParts {
  createSearchIndex(): object;
  addDocument(index: object, id: string, memory: object): void;
  bm25Search(index: object, query: string): Readonly<Record<string, number>>;
  rankMemories(
    memories: readonly object[],
    relevance: (memory: { readonly id: string }) => number,
    options: object,
  ): readonly { readonly id: string }[];
}

export const brain = (directory: string | undefined): Rival => ({
  name: 'omelas-tech/brain',
  manner: 'the functions its recall command calls, in process; equal strengths, its relevance floor',
  version() {
    if (directory === undefined) return '';
    const read: { readonly version: string } = JSON.parse(
      readFileSync(join(directory, 'package.json'), 'utf8'),
    );
    return read.version;
  },
  async open(all): Promise<OpenRival> {
    if (directory === undefined) throw new Error('its checkout was not given (--brain DIR)');
    const require = createRequire(join(directory, 'package.json'));
    const parts: BrainParts = { ...require('./src/tfidf.js'), ...require('./src/scorer.js') };
    const index = parts.createSearchIndex();
    for (const { id, text } of all) parts.addDocument(index, id, { title: '', tags: [], body: text });
    const memories = all.map(({ id }) => ({
      id,
      strength: 0.7,
      decay_rate: 0.99,
      last_accessed: new Date().toISOString(),
    }));
    return {
      async ask(question, k) {
        const relevance = parts.bm25Search(index, question);
        return parts
          .rankMemories(memories, ({ id }) => relevance[id] ?? 0, { relevanceFloor: 0.05 })
          .slice(0, k)
          .map(({ id }) => id);
      },
      close: async () => undefined,
    };
  },
});

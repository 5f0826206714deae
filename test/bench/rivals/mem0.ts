/** mem0's open-source library, with its inference off: no language model, and no embedding model either. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { termsOf } from '../../../src/core/text/terms.ts';
import { featureId, views } from '../../../src/core/text/vector.ts';
import { folder, installedVersion, missing } from './installed.ts';
import type { OpenRival, Rival } from './rival.ts';

/** Its own default. Of two thousand words a conversation, some share a place. */
const dimensions = 1536;

/** A vector without a model: stemmed words hashed into places, rarer ones weighing more, of length 1. */
function embedderFor(texts: readonly string[]) {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const term of new Set(termsOf(text))) counts.set(term, (counts.get(term) ?? 0) + 1);
  return (text: string): number[] => {
    const vector = new Array<number>(dimensions).fill(0);
    for (const term of new Set(termsOf(text))) {
      const place = featureId(views.term, term) % dimensions;
      vector[place] = (vector[place] ?? 0) + Math.log(1 + texts.length / (1 + (counts.get(term) ?? 0)));
    }
    const length = Math.hypot(...vector);
    /* Its cosine of a text without words would be no number. */
    if (length === 0) vector[0] = 1e-6;
    return length === 0 ? vector : vector.map((value) => value / length);
  };
}

interface Mem0 {
  add(text: string, options: object): Promise<unknown>;
  search(
    query: string,
    options: object,
  ): Promise<{ readonly results: readonly { readonly metadata?: { readonly turn?: string } }[] }>;
}

export const mem0: Rival = {
  name: 'mem0ai',
  manner:
    'open-source library, infer: false, its own store in memory with its keyword search and entities beside the vectors; ' +
    'the vectors are hashed TF-IDF, as no embedding model runs here, so its semantic half shows less than it can',
  version: () => installedVersion('mem0ai'),
  async open(all): Promise<OpenRival> {
    if (!existsSync(join(folder, 'node_modules', 'mem0ai'))) throw new Error(missing('mem0ai'));
    standInForDriver();
    /* Before it is loaded: it would tell its makers of every call. */
    process.env['MEM0_TELEMETRY'] = 'false';
    const require = createRequire(join(process.cwd(), folder, 'package.json'));
    const loaded: { readonly Memory: new (config: object) => Mem0 } = await import(
      pathToFileURL(require.resolve('mem0ai/oss')).href
    );
    const embed = embedderFor(all.map(({ text }) => text));
    const home = mkdtempSync(join(tmpdir(), 'reverie-rival-'));
    const memory = new loaded.Memory({
      disableHistory: true,
      embedder: {
        provider: 'langchain',
        config: {
          model: {
            embedQuery: async (text: string) => embed(text),
            embedDocuments: async (texts: readonly string[]) => texts.map(embed),
          },
        },
      },
      vectorStore: {
        provider: 'memory',
        config: { dimension: dimensions, collectionName: 'bench', dbPath: join(home, 'vectors.db') },
      },
      llm: { provider: 'openai', config: { apiKey: 'not used', model: 'not used' } },
    });
    for (let from = 0; from < all.length; from += 25)
      await Promise.all(
        all
          .slice(from, from + 25)
          .map(({ id, text }) => memory.add(text, { userId: 'bench', infer: false, metadata: { turn: id } })),
      );
    return {
      async ask(question, k) {
        const { results } = await memory.search(question, {
          filters: { user_id: 'bench' },
          topK: k,
          threshold: 0,
        });
        return results.flatMap(({ metadata }) => metadata?.turn ?? []).slice(0, k);
      },
      close: async () => rmSync(home, { recursive: true, force: true }),
    };
  },
};

/**
 * Its store keeps vectors in better-sqlite3, which is built on the machine. Where it was not, its few statements are
 * answered from a map: what is found is the same, and sooner.
 */
function standInForDriver(): void {
  const driver = join(folder, 'node_modules', 'better-sqlite3');
  if (existsSync(join(driver, 'build')) || existsSync(join(driver, 'stand-in'))) return;
  mkdirSync(join(driver, 'stand-in'), { recursive: true });
  writeFileSync(
    join(driver, 'package.json'),
    '{"name":"better-sqlite3","version":"0.0.0","main":"index.js"}',
  );
  writeFileSync(
    join(driver, 'index.js'),
    `const statements = (rows) => [
  [/INSERT OR REPLACE INTO vectors/, { run: (id, vector, payload) => rows.set(id, { id, vector, payload }) }],
  [/UPDATE vectors/, { run: (vector, payload, id) => rows.set(id, { id, vector, payload }) }],
  [/DELETE FROM vectors/, { run: (id) => rows.delete(id) }],
  [/SELECT \\* FROM vectors WHERE id/, { get: (id) => rows.get(id) }],
  [/SELECT \\* FROM vectors/, { all: () => [...rows.values()] }],
];
const nothing = { run() {}, get() {}, all: () => [] };
module.exports = class {
  constructor() { this.known = statements(new Map()); }
  exec() {}
  pragma() {}
  close() {}
  transaction(work) { return work; }
  prepare(sql) { return this.known.find(([pattern]) => pattern.test(sql))?.[1] ?? nothing; }
};
`,
  );
}

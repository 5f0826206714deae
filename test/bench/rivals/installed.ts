/** Rivals from the npm registry, installed beside the project at run time, and brain from a checkout. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { termsOf } from '../../../src/core/text/terms.ts';
import { featureId, views } from '../../../src/core/text/vector.ts';
import { keywordsOf, type OpenRival, type Rival } from './rival.ts';

const folder = join('out', 'rivals');

function installedVersion(name: string): string {
  const file = join(folder, 'node_modules', name, 'package.json');
  if (!existsSync(file)) throw new Error('not installed');
  const read: { readonly version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return read.version;
}

const missing = (name: string) =>
  `${name} is not installed in out/rivals (npm run bench installs it; it needs the registry)`;

/** An MCP server in a folder of its own. */
async function serve(name: string, script: string, env: Readonly<Record<string, string>>) {
  const path = join(folder, 'node_modules', name, script);
  if (!existsSync(path)) throw new Error(missing(name));
  const home = mkdtempSync(join(tmpdir(), 'reverie-rival-'));
  const filled = Object.fromEntries(
    Object.entries(env).map(([key, value]) => [key, value.replace('$HOME', home)]),
  );
  const client = new Client({ name: 'bench', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [path],
      env: { PATH: process.env['PATH'] ?? '', HOME: home, ...filled },
      stderr: 'ignore',
    }),
  );
  return {
    async call(tool: string, given: Record<string, unknown>): Promise<unknown> {
      const answer = await client.callTool({ name: tool, arguments: given }, undefined, { timeout: 60_000 });
      const content = answer.content as readonly { readonly type: string; readonly text?: string }[];
      return JSON.parse(content.find(({ type }) => type === 'text')?.text ?? 'null');
    },
    async close() {
      await client.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Found by the most words first; what was found earlier stays before what was found as often. */
async function byWords(
  question: string,
  k: number,
  find: (word: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const votes = new Map<string, number>();
  for (const word of keywordsOf(question)) {
    const found = await find(word);
    /* A rarer word tells more. */
    for (const id of found) votes.set(id, (votes.get(id) ?? 0) + 1 / Math.sqrt(found.length));
  }
  return [...votes]
    .sort(([, one], [, other]) => other - one)
    .slice(0, k)
    .map(([id]) => id);
}

export const serverMemory: Rival = {
  name: '@modelcontextprotocol/server-memory',
  manner: 'MCP; one search a keyword, votes weighed by rarity (its search takes a question only whole)',
  version: () => installedVersion('@modelcontextprotocol/server-memory'),
  async open(all): Promise<OpenRival> {
    const server = await serve('@modelcontextprotocol/server-memory', 'dist/index.js', {
      MEMORY_FILE_PATH: '$HOME/memory.jsonl',
    });
    const entities = all.map(({ id, text }) => ({ name: id, entityType: 'turn', observations: [text] }));
    for (let from = 0; from < entities.length; from += 200)
      await server.call('create_entities', { entities: entities.slice(from, from + 200) });
    const known = new Map<string, readonly string[]>();
    return {
      ask: (question, k) =>
        byWords(question, k, async (word) => {
          const before = known.get(word);
          if (before !== undefined) return before;
          const graph = (await server.call('search_nodes', { query: word })) as {
            readonly entities: readonly { readonly name: string }[];
          };
          const found = graph.entities.map(({ name }) => name);
          known.set(word, found);
          return found;
        }),
      close: () => server.close(),
    };
  },
};

export const agentMemory: Rival = {
  name: '@agentmemory/agentmemory',
  manner: 'standalone MCP server; one recall a keyword, votes weighed by rarity',
  version: () => installedVersion('@agentmemory/agentmemory'),
  async open(all): Promise<OpenRival> {
    const server = await serve('@agentmemory/agentmemory', 'dist/standalone.mjs', {
      STANDALONE_PERSIST_PATH: '$HOME/standalone.json',
      AGENTMEMORY_URL: 'http://127.0.0.1:9',
      AGENTMEMORY_PROBE_TIMEOUT_MS: '50',
    });
    const idOf = new Map(all.map(({ id, text }) => [text, id]));
    for (const { text } of all) await server.call('memory_save', { content: text });
    const known = new Map<string, readonly string[]>();
    return {
      ask: (question, k) =>
        byWords(question, k, async (word) => {
          const before = known.get(word);
          if (before !== undefined) return before;
          const answer = JSON.stringify(
            await server.call('memory_smart_search', { query: word, limit: 100 }),
          );
          const found: string[] = [];
          const walk = (value: unknown): void => {
            if (typeof value === 'string') {
              const id = idOf.get(value);
              if (id !== undefined && !found.includes(id)) found.push(id);
            } else if (Array.isArray(value)) value.forEach(walk);
            else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
          };
          walk(JSON.parse(answer));
          known.set(word, found);
          return found;
        }),
      close: () => server.close(),
    };
  },
};

const dimensions = 1024;

/** A vector without a model: stemmed words hashed into places, rarer ones weighing more, of length 1. */
function embedderFor(texts: readonly string[]) {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const term of new Set(termsOf(text))) counts.set(term, (counts.get(term) ?? 0) + 1);
  return (text: string): number[] => {
    const vector = new Array<number>(dimensions).fill(0);
    for (const term of termsOf(text)) {
      const place = featureId(views.term, term) % dimensions;
      vector[place] = (vector[place] ?? 0) + Math.log(1 + texts.length / (1 + (counts.get(term) ?? 0)));
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((value) => value / length);
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
  manner: 'open-source library, infer: false, our own hashed TF-IDF embedder and a vector store in memory',
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
    const rows: { readonly vector: readonly number[]; readonly document: unknown }[] = [];
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
        provider: 'langchain',
        config: {
          dimension: dimensions,
          collectionName: 'bench',
          client: {
            async addVectors(vectors: readonly (readonly number[])[], documents: readonly unknown[]) {
              vectors.forEach((vector, index) => {
                rows.push({ vector, document: documents[index] });
              });
            },
            similaritySearchVectorWithScore: async (query: readonly number[], k: number) =>
              rows
                .map(({ vector, document }) => [document, dotOf(vector, query)] as const)
                .sort(([, one], [, other]) => other - one)
                .slice(0, k),
          },
        },
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
      close: async () => undefined,
    };
  },
};

const dotOf = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

/** Its SQLite driver is loaded even where it is not used; where it cannot be built an empty module stands in. */
function standInForDriver(): void {
  const driver = join(folder, 'node_modules', 'better-sqlite3');
  if (existsSync(driver)) return;
  mkdirSync(driver, { recursive: true });
  writeFileSync(
    join(driver, 'package.json'),
    '{"name":"better-sqlite3","version":"0.0.0","main":"index.js"}',
  );
  writeFileSync(
    join(driver, 'index.js'),
    'module.exports = class { constructor() { throw new Error("no SQLite here"); } };',
  );
}

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

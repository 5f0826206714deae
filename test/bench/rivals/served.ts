/** Rivals that are MCP servers, each spoken to as an assistant would: one search a keyword. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { folder, installedVersion, missing } from './installed.ts';
import { keywordsOf, type OpenRival, type Rival } from './rival.ts';

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

/**
 * Asks word by word, each word once: found by the most words first, what was found earlier before what was found as often.
 *
 * @param find the identities that a search for one word answers.
 */
function askByWords(find: (word: string) => Promise<readonly string[]>): OpenRival['ask'] {
  const known = new Map<string, Promise<readonly string[]>>();
  return async (question, k) => {
    const votes = new Map<string, number>();
    for (const word of keywordsOf(question)) {
      const finding = known.get(word) ?? find(word);
      known.set(word, finding);
      const found = await finding;
      /* A rarer word tells more. */
      for (const id of found) votes.set(id, (votes.get(id) ?? 0) + 1 / Math.sqrt(found.length));
    }
    return [...votes]
      .sort(([, one], [, other]) => other - one)
      .slice(0, k)
      .map(([id]) => id);
  };
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
    return {
      ask: askByWords(async (word) => {
        const graph = (await server.call('search_nodes', { query: word })) as {
          readonly entities: readonly { readonly name: string }[];
        };
        return graph.entities.map(({ name }) => name);
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
    return {
      ask: askByWords(async (word) => {
        const found = new Set<string>();
        const walk = (value: unknown): void => {
          const id = typeof value === 'string' ? idOf.get(value) : undefined;
          if (id !== undefined) found.add(id);
          else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
        };
        walk(await server.call('memory_smart_search', { query: word, limit: 100 }));
        return [...found];
      }),
      close: () => server.close(),
    };
  },
};

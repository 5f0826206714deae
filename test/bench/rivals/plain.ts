/** The plain ways: SQLite's own full-text search, and MiniSearch as it comes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { openConnection } from '../../../src/sqlite/connection.ts';
import { keywordsOf, type Rival } from './rival.ts';

/* Read, not required: a package need not export its own description. */
const versionOf = (name: string) => {
  const read: { readonly version: string } = JSON.parse(
    readFileSync(join('node_modules', name, 'package.json'), 'utf8'),
  );
  return read.version;
};

export const fts5: Rival = {
  name: 'SQLite FTS5, BM25',
  manner: 'porter stemmer, words joined by OR',
  version: () => `driver ${versionOf('@vscode/sqlite3')}`,
  async open(all) {
    const connection = await openConnection({ file: ':memory:', readOnly: false, busyMs: 1000 });
    await connection.plain(async (sql) => {
      await sql.run(`CREATE VIRTUAL TABLE t USING fts5 (id UNINDEXED, text, tokenize = 'porter unicode61')`);
      await sql.run('BEGIN');
      for (const { id, text } of all) await sql.run('INSERT INTO t VALUES (?, ?)', [id, text]);
      await sql.run('COMMIT');
    });
    return {
      async ask(question, k) {
        const words = keywordsOf(question).map((word) => `"${word.replace(/"/g, '')}"`);
        if (words.length === 0) return [];
        const rows = await connection.plain((sql) =>
          sql.all('SELECT id FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?', [words.join(' OR '), k]),
        );
        return rows.map((row) => String(row['id']));
      },
      close: () => connection.close(),
    };
  },
};

export const miniSearch: Rival = {
  name: 'MiniSearch',
  manner: 'as it comes, words joined by OR',
  version: () => versionOf('minisearch'),
  async open(all) {
    const index = new MiniSearch<{ id: string; text: string }>({ fields: ['text'] });
    index.addAll(all.map(({ id, text }) => ({ id, text })));
    return {
      ask: async (question, k) =>
        index
          .search(keywordsOf(question).join(' '))
          .slice(0, k)
          .map(({ id }) => String(id)),
      close: async () => undefined,
    };
  },
};

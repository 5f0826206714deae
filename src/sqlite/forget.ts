/**
 * Forgetting for good. Deleted rows are overwritten (`secure_delete`), the index is rewritten because its old
 * segments would keep the words, and the write-ahead log is emptied.
 */
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ReverieError } from '../core/errors.ts';
import type { MemoryId } from '../core/memory.ts';
import { optionalTextAt, textAt } from './columns.ts';
import type { Connection, Session } from './connection.ts';
import { decodeMemory, selectMemory } from './memoryRow.ts';

const forgotten = '[forgotten]';
/** Shorter texts stand in too many sentences by chance. */
const shortestQuoted = 8;

/** Throws `not-found`. A dream quotes what it came from: it goes with it. */
export async function forgetOne(connection: Connection, id: MemoryId): Promise<void> {
  await connection.write(async (sql) => {
    const dreams = await sql.all(
      `SELECT DISTINCT memories.id FROM memories
       LEFT JOIN links ON links.from_memory = memories.id AND links.kind = 'analogy'
       LEFT JOIN evidence ON evidence.memory = memories.id
       WHERE memories.kind = 'insight' AND (links.to_memory = ?1 OR evidence.episode = ?1)`,
      [id],
    );
    for (const dream of dreams) await forgetRow(sql, textAt(dream, 'id') as MemoryId);
    await forgetRow(sql, id);
    await sql.run(`INSERT INTO memory_index (memory_index) VALUES ('optimize')`);
  });
  await emptyLog(connection);
}

async function forgetRow(sql: Session, id: MemoryId): Promise<void> {
  const [row] = await sql.all(`SELECT ${selectMemory} FROM memories WHERE id = ?`, [id]);
  if (row === undefined) throw new ReverieError('not-found', `There is no memory ${id}.`);
  const memory = decodeMemory(row);
  await sql.run('DELETE FROM journal WHERE memory = ?1 OR other = ?1', [id]);
  await sql.run('UPDATE memories SET replaced_by = NULL WHERE replaced_by = ?', [id]);
  await sql.run('UPDATE memories SET contradicted_by = NULL WHERE contradicted_by = ?', [id]);
  await sql.run('DELETE FROM memories WHERE id = ?', [id]);
  const quotes = [memory.text, memory.lesson.statement, memory.lesson.why ?? '', ...memory.cues].filter(
    (quote) => quote.length >= shortestQuoted,
  );
  await scrubMentions(sql, { id, quotes });
}

interface Trace {
  readonly id: string;
  readonly quotes: readonly string[];
}

/** Reports, facts and reasons may name the memory or quote its words. */
async function scrubMentions(sql: Session, trace: Trace): Promise<void> {
  const places = [
    { table: 'nights', key: 'id', column: 'report', json: true },
    { table: 'phases', key: 'night', second: 'ordinal', column: 'detail', json: false },
    { table: 'facts', key: 'key', column: 'value', json: true },
    { table: 'journal', key: 'seq', column: 'before', json: true },
    { table: 'journal', key: 'seq', column: 'after', json: true },
    { table: 'journal', key: 'seq', column: 'why', json: false },
  ] as const;
  for (const place of places) {
    const second = 'second' in place ? place.second : undefined;
    const needles = [trace.id, ...trace.quotes].map((needle) =>
      place.json ? JSON.stringify(needle).slice(1, -1) : needle,
    );
    const rows = await sql.all(
      `SELECT ${place.key} AS key${second ? `, ${second} AS second` : ''}, ${place.column} AS value
       FROM ${place.table}
       WHERE EXISTS (SELECT 1 FROM json_each(?) n WHERE instr(${place.table}.${place.column}, n.value) > 0)`,
      [JSON.stringify(needles)],
    );
    for (const row of rows) {
      const value = optionalTextAt(row, 'value') ?? '';
      const clean = place.json
        ? JSON.stringify(scrubbed(JSON.parse(value), trace) ?? null)
        : scrubText(value, trace);
      await sql.run(
        `UPDATE ${place.table} SET ${place.column} = ? WHERE ${place.key} = ?${second ? ` AND ${second} = ?` : ''}`,
        [clean, row['key'] ?? null, ...(second ? [row['second'] ?? null] : [])],
      );
    }
  }
  await sql.run('DELETE FROM facts WHERE instr(key, ?) > 0', [trace.id]);
}

/** Items about the memory (its id alone, or an object with that id) go; its words inside other texts are replaced. */
function scrubbed(value: unknown, trace: Trace): unknown {
  if (typeof value === 'string') return value === trace.id ? undefined : scrubText(value, trace);
  if (Array.isArray(value)) {
    return value.map((item) => scrubbed(item, trace)).filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.some(([key, item]) => key === 'id' && item === trace.id)) return undefined;
  return Object.fromEntries(
    entries.flatMap(([key, item]) => {
      if (key.includes(trace.id)) return [];
      const clean = scrubbed(item, trace);
      /* A field that held only the memory's id: null is what a cleared field is in the journal. */
      return [[key, clean === undefined ? null : clean]];
    }),
  );
}

function scrubText(text: string, trace: Trace): string {
  let clean = text;
  for (const needle of [...trace.quotes, trace.id]) clean = clean.split(needle).join(forgotten);
  return clean;
}

/** Everything, also the damaged databases that were set aside here. The data version goes on, so that others notice. */
export async function forgetAll(connection: Connection, file: string): Promise<void> {
  await connection.write(async (sql) => {
    for (const table of [
      'journal',
      'phases',
      'nights',
      'receipts',
      'links',
      'evidence',
      'cursors',
      'facts',
    ]) {
      await sql.run(`DELETE FROM ${table}`);
    }
    await sql.run('DELETE FROM memory_terms');
    await sql.run('DELETE FROM memories');
    await sql.run(`INSERT INTO memory_index (memory_index) VALUES ('optimize')`);
  });
  await connection.plain((sql) => sql.run('VACUUM'));
  await emptyLog(connection);
  const folder = dirname(file);
  for (const name of await readdir(folder)) {
    if (name.startsWith(`${basename(file)}.damaged-`)) await rm(join(folder, name), { force: true });
  }
}

/** Old pages stay readable in the log until it is emptied. Others' readers may hinder it: then the next one does it. */
async function emptyLog(connection: Connection): Promise<void> {
  await connection.plain((sql) => sql.all('PRAGMA wal_checkpoint(TRUNCATE)'));
}

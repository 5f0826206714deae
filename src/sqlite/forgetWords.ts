/**
 * Where its owner wants it: the words an episode was made of go once a rule stands for it. What is left of the episode is
 * the sentence that was learnt from it, its place as evidence, and all that nights work with.
 *
 * Nothing that can still be taken back may miss them: only episodes that were slept on, and rules that were born, before
 * the oldest night that is kept. It is no change of the journal, and cannot be taken back itself.
 */
import { ReverieError } from '../core/errors.ts';
import type { MemoryId } from '../core/memory.ts';
import { numberAt, optionalTextAt, textAt } from './columns.ts';
import type { Connection, Session } from './connection.ts';
import { decodeField } from './memoryRow.ts';
import { keptFromOf } from './retention.ts';
import { loadWorkingSet } from './workingSet.ts';

/** Episodes that lose their words in one transaction: few enough for a stop to be heard. */
const batchSize = 500;

/** In use, and there before `?1`; the one that was born first gives the sentence where the episode has none. */
const lesson = `SELECT r.text FROM evidence e CROSS JOIN memories r ON r.id = e.memory
  WHERE e.episode = m.id AND r.kind IN ('rule', 'skill') AND r.status = 'active' AND r.created_at < ?1
  ORDER BY r.created_at, r.id LIMIT 1`;

const found = `SELECT seq, id, statement, lesson FROM (
  SELECT m.seq, m.id, m.text, m.context, m.statement, (${lesson}) AS lesson FROM memories m
  WHERE m.seq > ?2 AND m.kind = 'episode' AND m.pinned = 0 AND m.slept_at < ?1
) WHERE lesson IS NOT NULL
  AND (context IS NOT NULL OR text <> CASE statement WHEN '' THEN lesson ELSE statement END)
ORDER BY seq LIMIT ?3`;

/** Answers how many episodes lost their words. `signal` is heard between the transactions; the next call goes on. */
export async function forgetWords(
  write: Connection['write'],
  signal: AbortSignal | undefined,
): Promise<number> {
  let forgotten = 0;
  for (let after = 0; signal?.aborted !== true; ) {
    const batch = await write(async (sql) => {
      const before = await oldestKept(sql);
      const rows = before === undefined ? [] : await sql.all(found, [before, after, batchSize]);
      const losing = new Set(rows.map((row) => textAt(row, 'id') as MemoryId));
      const set = await loadWorkingSet(sql, {
        memories: losing,
        patched: losing,
        fields: new Set(['text', 'context', 'lesson'] as const),
        links: [],
        evidence: [],
        receipts: new Set(),
        facts: new Set(),
      });
      for (const row of rows) {
        const id = textAt(row, 'id') as MemoryId;
        const memory = set.memory(id);
        if (memory === undefined) continue;
        const own = decodeField('lesson', memory);
        const text = own.statement === '' ? (optionalTextAt(row, 'lesson') ?? '') : own.statement;
        set.set(id, 'text', text);
        set.set(id, 'context', null);
      }
      await set.flush();
      return rows.map((row) => numberAt(row, 'seq'));
    }, signal && { signal }).catch((error: unknown) => {
      if (ReverieError.is(error, 'aborted')) return [];
      throw error;
    });
    forgotten += batch.length;
    const last = batch.at(-1);
    if (last === undefined || batch.length < batchSize) break;
    after = last;
  }
  return forgotten;
}

/** When the oldest night began that can be taken back; undefined while none was let go. */
async function oldestKept(sql: Session): Promise<number | undefined> {
  const kept = await keptFromOf(sql);
  if (kept === 0) return undefined;
  const [row] = await sql.all(
    `SELECT started_at FROM nights WHERE id = (
       SELECT night FROM journal WHERE seq >= ? AND night IS NOT NULL ORDER BY seq LIMIT 1
     )`,
    [kept],
  );
  return row === undefined ? undefined : numberAt(row, 'started_at');
}

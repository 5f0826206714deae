/** A night's journal as its account needs it: read for a night that was broken off, before it is gone on with. */
import type { Memory, MemoryId, NightId } from '../core/memory.ts';
import { isKnowledge, isLesson, memoryKinds } from '../core/memory.ts';
import { type Born, type NightDigest, toldFields } from '../core/sleep/night/digest.ts';
import { jsonAt, numberAt, textAt } from './columns.ts';
import type { Session } from './connection.ts';

/* Counted and chosen by SQLite, on its own thread: of a thousand entries one or two are told of. */
const countEntries = `SELECT count(*) AS changes, count(nullif(type = 'fact', 0)) AS facts, max(seq) AS last
  FROM (SELECT seq, type FROM journal WHERE night = ? AND seq > ? ORDER BY seq LIMIT ?)`;
const told = toldFields.map((field) => `json_type(after, '$.${field}') IS NOT NULL`).join(' OR ');
const lessons = memoryKinds
  .filter((kind) => isLesson({ kind }))
  .map((kind) => `'${kind}'`)
  .join(', ');
const chooseEntries = `SELECT memory, iif(type = 'create', after, NULL) AS born
  FROM journal WHERE night = ? AND seq > ? AND seq <= ?
  AND (type = 'create' OR type = 'update' AND (${told})
    AND EXISTS (SELECT 1 FROM memories WHERE id = journal.memory AND kind IN (${lessons}))) ORDER BY seq`;

/** Of at most `limit` entries after the one with the number `after`; `last` is the number of the last of them. */
export async function journalDigest(
  sql: Session,
  night: NightId,
  after: number,
  limit: number,
): Promise<NightDigest & { readonly last?: number }> {
  const [counts] = await sql.all(countEntries, [night, after, limit]);
  const changes = counts === undefined ? 0 : numberAt(counts, 'changes');
  if (counts === undefined || changes === 0) return { changes: 0, facts: 0, born: [], changed: [] };
  const last = numberAt(counts, 'last');
  const born: Born[] = [];
  const changed = new Set<MemoryId>();
  for (const row of await sql.all(chooseEntries, [night, after, last])) {
    if (row['born'] === null) changed.add(textAt(row, 'memory') as MemoryId);
    else {
      const { id, kind, salience } = (jsonAt(row, 'born') as { readonly memory: Memory }).memory;
      if (isKnowledge({ kind })) born.push({ id, kind, salience });
    }
  }
  return { changes, facts: numberAt(counts, 'facts'), born, changed: [...changed], last };
}

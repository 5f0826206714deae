/** Keeps the index of recall in step with the database: read whole once, then only what any process touched since. */
import type { MemoryId, ProjectId } from '../core/memory.ts';
import { memoryKinds, memoryStatuses } from '../core/memory.ts';
import { certaintyOf, headLength, type RecallEntry, sessionKey, tailLength } from '../core/recall/entry.ts';
import { createRecallIndex, type RecallIndex } from '../core/recall/recallIndex.ts';
import { keys } from './bulk.ts';
import { flagAt, numberAt, oneOfAt, optionalTextAt, textAt } from './columns.ts';
import type { Connection, Row, Session } from './connection.ts';
import { dataVersion } from './dataVersion.ts';

/** Rows read at once: bounds what is held beside the index, and how long a window that opens it cannot answer (about 10 ms). */
const page = 100;

/** What a night learnt is made at night; it was said when the latest of the moments behind it was. */
const saidAt = `CASE m.kind WHEN 'episode' THEN m.created_at ELSE coalesce(
  (SELECT max(e.created_at) FROM evidence v JOIN memories e ON e.id = v.episode WHERE v.memory = m.id), m.created_at) END`;

const columns = `m.seq, m.id, m.kind, m.status, m.scope_project, m.source_assistant, m.source_project, m.source_session,
  m.created_at, ${saidAt} AS said_at, m.last_accessed_at, m.strength, m.rate, m.pinned, m.confidence, m.salience, m.replaced_by,
  substr(m.text, 1, ${headLength}) AS head, substr(m.text, -${tailLength}) AS tail,
  t.words, t.lesson, t.cues, t.tags AS topic, t.context`;

/** Answers the index as of the last committed write. Calls may overlap: they share one reading. */
export function createRecallSource(connection: Connection): () => Promise<RecallIndex> {
  const index = createRecallIndex();
  let version: number | undefined;
  let reading: Promise<RecallIndex> | undefined;

  async function current(): Promise<RecallIndex> {
    /* One statement where nothing changed: that is nearly always, and a transaction takes three. */
    if (version !== undefined && (await connection.plain(dataVersion)) === version) return index;
    return connection.read(async (sql) => {
      const now = await dataVersion(sql);
      if (version === undefined) await readAll(sql, index);
      else await readTouched(sql, index, version);
      version = now;
      return index;
    });
  }

  return () => {
    reading ??= current().finally(() => {
      reading = undefined;
    });
    return reading;
  };
}

async function readAll(sql: Session, index: RecallIndex): Promise<void> {
  for (let after = -1; ; ) {
    const rows = await sql.all(
      `SELECT ${columns} FROM memories m CROSS JOIN memory_terms t ON t.seq = m.seq
       WHERE m.seq > ? ORDER BY m.seq LIMIT ${page}`,
      [after],
    );
    index.apply(rows.map(entryOfRow));
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = numberAt(last, 'seq');
  }
}

async function readTouched(sql: Session, index: RecallIndex, since: number): Promise<void> {
  const touched = (
    await sql.all('SELECT seq FROM memory_touched WHERE version > ? ORDER BY seq', [since])
  ).map((row) => numberAt(row, 'seq'));
  for (let from = 0; from < touched.length; from += page) {
    const seqs = touched.slice(from, from + page);
    const rows = await sql.all(
      `SELECT ${columns} FROM memories m CROSS JOIN memory_terms t ON t.seq = m.seq
       WHERE m.seq IN (SELECT value FROM json_each(?)) ORDER BY m.seq`,
      [JSON.stringify(seqs)],
    );
    const there = new Set(rows.map((row) => numberAt(row, 'seq')));
    index.apply(
      rows.map(entryOfRow),
      seqs.filter((seq) => !there.has(seq)),
    );
  }
}

function entryOfRow(row: Row): RecallEntry {
  const kind = oneOfAt(row, 'kind', memoryKinds);
  const session = optionalTextAt(row, 'source_session');
  return {
    seq: numberAt(row, 'seq'),
    id: textAt(row, 'id') as MemoryId,
    kind,
    status: oneOfAt(row, 'status', memoryStatuses),
    project: optionalTextAt(row, 'scope_project') as ProjectId | undefined,
    session:
      kind === 'episode' && session !== undefined
        ? sessionKey(textAt(row, 'source_assistant'), optionalTextAt(row, 'source_project'), session)
        : undefined,
    createdAt: numberAt(row, 'created_at'),
    saidAt: numberAt(row, 'said_at'),
    lastAccessedAt: numberAt(row, 'last_accessed_at'),
    strength: numberAt(row, 'strength'),
    rate: numberAt(row, 'rate'),
    pinned: flagAt(row, 'pinned'),
    confidence: certaintyOf(kind, numberAt(row, 'confidence')),
    salience: numberAt(row, 'salience'),
    replacedBy: optionalTextAt(row, 'replaced_by') as MemoryId | undefined,
    head: textAt(row, 'head'),
    tail: textAt(row, 'tail'),
    words: textAt(row, 'words'),
    lesson: textAt(row, 'lesson'),
    cues: textAt(row, 'cues'),
    topic: textAt(row, 'topic'),
    context: textAt(row, 'context'),
  };
}

export async function textsOf(
  sql: Session,
  ids: readonly MemoryId[],
): Promise<ReadonlyMap<MemoryId, string>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.all('SELECT id, text FROM memories WHERE id IN (SELECT value FROM json_each(?))', [
    keys(ids),
  ]);
  return new Map(rows.map((row) => [textAt(row, 'id') as MemoryId, textAt(row, 'text')]));
}

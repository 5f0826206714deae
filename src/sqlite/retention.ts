/**
 * The journal of old nights is let go, or the file would grow with every night for ever: after so many nights with
 * changes none of them can be taken back any more. Their reports stay, and so does what tells the story of a rule,
 * skill, insight or merged memory that is still there: its birth, and each change of its words or standing.
 */

import { ReverieError } from '../core/errors.ts';
import type { NightId } from '../core/memory.ts';
import { numberAt } from './columns.ts';
import type { Connection, Session } from './connection.ts';
import { factOf, putFact } from './facts.ts';

/** Fact: the first journal entry that is still there to be taken back. */
const keptFrom = 'journal.keptFrom';
/** Entries let go in one transaction: a few dozen milliseconds, so that a stop is heard. */
const batchSize = 2000;
/** Nights whose phases stay in the table of phases: the health check looks at so many. Older ones are in the reports. */
const nightsWithPhases = 30;

/** Fields of a memory whose change belongs to its story. */
const ofItsStory = ['text', 'lesson', 'status', 'scope', 'contradictedBy', 'obsoleteAt', 'replacedBy'];

/** What of the entries before `?1` may go: all that tells no story. */
const ofNoStory = `seq < ?1 AND NOT (
  type IN ('create', 'update')
  AND EXISTS (SELECT 1 FROM memories m WHERE m.id = journal.memory AND m.kind <> 'episode')
  AND (type = 'create' OR EXISTS (
    SELECT 1 FROM json_each(journal.after) field WHERE field.key IN (${ofItsStory.map((field) => `'${field}'`).join(', ')})
  ))
)`;

/**
 * Keeps the journal of the latest `nights` nights that changed something, and of the owner's acts since the first of
 * them. Answers how many entries went. `signal` is heard between the transactions; the next call goes on.
 */
export async function letGo(
  write: Connection['write'],
  nights: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  let gone = 0;
  for (;;) {
    if (signal?.aborted === true) return gone;
    const more = await write(
      async (sql) => {
        const boundary = await boundaryFor(sql, nights);
        if (boundary === undefined) return 0;
        if (boundary > (await keptFromOf(sql))) {
          await putFact(sql, keptFrom, boundary);
          await sql.run(
            `DELETE FROM phases WHERE night IN (
               SELECT id FROM nights WHERE report IS NOT NULL
               ORDER BY number DESC LIMIT -1 OFFSET ?
             )`,
            [Math.max(nights, nightsWithPhases)],
          );
        }
        return sql.run(
          `DELETE FROM journal WHERE seq IN (SELECT seq FROM journal WHERE ${ofNoStory} ORDER BY seq LIMIT ?2)`,
          [boundary, batchSize],
        );
      },
      { counted: false, ...(signal && { signal }) },
    ).catch((error: unknown) => {
      if (ReverieError.is(error, 'aborted')) return 0;
      throw error;
    });
    gone += more;
    if (more < batchSize) return gone;
  }
}

/** The first entry of the oldest night that is kept; undefined while there are no more nights than that. */
async function boundaryFor(sql: Session, nights: number): Promise<number | undefined> {
  const rows = await sql.all(
    `SELECT (SELECT min(seq) FROM journal WHERE night = nights.id) AS first FROM nights
     WHERE EXISTS (SELECT 1 FROM journal WHERE night = nights.id) ORDER BY number DESC LIMIT ?`,
    [Math.max(1, Math.floor(nights))],
  );
  const first = rows.length < nights ? undefined : rows.at(-1)?.['first'];
  return typeof first === 'number' ? first : undefined;
}

/** The first journal entry that can be taken back; 0 while nothing was let go. */
export async function keptFromOf(sql: Session): Promise<number> {
  const value = await factOf(sql, keptFrom);
  return typeof value === 'number' ? value : 0;
}

/** Throws `not-undoable` where the journal of this night, or this entry of it, was let go. */
export async function expectKept(sql: Session, night: NightId, entry?: number): Promise<void> {
  const kept = await keptFromOf(sql);
  if (kept === 0) return;
  const [row] =
    entry === undefined
      ? await sql.all(
          `SELECT (SELECT min(seq) FROM journal WHERE night = n.id) AS first, n.number < (
             SELECT number FROM nights WHERE id = (SELECT night FROM journal WHERE seq >= ? AND night IS NOT NULL ORDER BY seq LIMIT 1)
           ) AS older FROM nights n WHERE n.id = ?`,
          [kept, night],
        )
      : [{ first: entry, older: 0 }];
  if (row === undefined) return;
  const first = row['first'] === null ? kept : numberAt({ first: row['first'] ?? 0 }, 'first');
  if (first < kept || row['older'] === 1)
    throw new ReverieError(
      'not-undoable',
      'That is too long ago: the journal of the latest nights only is kept, and it cannot be taken back any more.',
    );
}

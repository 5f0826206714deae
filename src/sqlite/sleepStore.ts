/** What a night needs: the lease, a consistent snapshot, phases committed whole, the journal and undo. */
import { ReverieError } from '../core/errors.ts';
import type { Evidence, Link, Memory, MemoryId, NightId } from '../core/memory.ts';
import type { Clock } from '../core/ports.ts';
import type { Lease, Settled, SleepStore } from '../core/sleep/night/store.ts';
import type { SleepSnapshot } from '../core/sleep/phase.ts';
import { applyChanges } from './applyChanges.ts';
import { jsonAt, numberAt, textAt } from './columns.ts';
import type { Connection, Row, Session, SqlValue } from './connection.ts';
import { dataVersion } from './dataVersion.ts';
import { decodeFact } from './facts.ts';
import { forgetWords } from './forgetWords.ts';
import { decodeEntry } from './journal.ts';
import { journalDigest } from './journalDigest.ts';
import { decodeMemory, selectMemory } from './memoryRow.ts';
import { decodeNights, insertPhase, pastNights } from './nights.ts';
import { decodeReceipt } from './receiptStore.ts';
import { letGo } from './retention.ts';
import { undo } from './undo.ts';
import { decodeLink } from './workingSet.ts';

/** Rows read at once: between the pages the thread can do other things. */
const pageSize = 1000;
const mostPastNights = 30;
/** A commit of so many may fill the log with thousands of pages. */
const manyChanges = 1000;

/** The column `settled` of a night: what it left, and the data version it left it at. */
interface Mark extends Settled {
  readonly version: number;
}

export interface SleepStoreDeps {
  readonly connection: Connection;
  readonly mayWrite: () => void;
  readonly clock: Clock;
}

export function createSleepStore({ connection, mayWrite, clock }: SleepStoreDeps): SleepStore {
  /** The term of the lease this store took last: what is written under a lost lease would be done twice. */
  let term: number | undefined;
  const write: Connection['write'] = async (work, options) => {
    mayWrite();
    return connection.write(work, options);
  };
  const expectLease = async (sql: Session) => {
    if (term === undefined) return;
    const [row] = await sql.all('SELECT term FROM lease');
    if (row === undefined || numberAt(row, 'term') !== term) {
      throw new ReverieError('already-asleep', 'Another sleeper has taken over this night.');
    }
  };
  /** The data version as this sleeper left it; undefined once anybody else has written since it looked. */
  let seen: number | undefined;
  /** Where the memories stand in their table, as the latest snapshot read it; good as long as nobody else has written. */
  let seqs = new Map<MemoryId, number>();
  const follow = async (sql: Session) => {
    const before = seen === undefined ? undefined : await dataVersion(sql);
    seen = before !== undefined && before === seen ? before + 1 : undefined;
  };
  const expectNight = async (sql: Session, night: NightId) => {
    const [row] = await sql.all('SELECT id FROM nights WHERE id = ?', [night]);
    if (row === undefined) throw new ReverieError('not-found', `There is no night ${night}.`);
  };

  return {
    async acquireLease(owner, now, ttlMs) {
      const taken = await write(
        async (sql) => {
          /* A heartbeat far in the future comes from a clock that was set back since: stale as well. */
          const changed = await sql.run(
            `UPDATE lease SET term = term + 1, owner = ?1, heartbeat_at = ?2, ttl_ms = ?3
             WHERE owner IS NULL OR abs(?2 - heartbeat_at) >= ttl_ms`,
            [owner, now, ttlMs],
          );
          const [row] = changed === 0 ? [] : await sql.all('SELECT term FROM lease');
          return row === undefined ? undefined : numberAt(row, 'term');
        },
        { counted: false },
      );
      if (taken === undefined) return undefined;
      term = taken;
      const lease: Lease = {
        heartbeat: () =>
          write(
            async (sql) =>
              (await sql.run('UPDATE lease SET heartbeat_at = ? WHERE term = ? AND owner IS NOT NULL', [
                clock.now(),
                taken,
              ])) === 1,
            { counted: false },
          ),
        async release() {
          if (term === taken) term = undefined;
          await write((sql) => sql.run('UPDATE lease SET owner = NULL WHERE term = ?', [taken]), {
            counted: false,
          });
        },
      };
      return lease;
    },
    snapshot: (_now, signal) =>
      connection.read(async (sql) => {
        seen = await dataVersion(sql);
        seqs = new Map();
        return readSnapshot(sql, seqs, signal);
      }),
    beginNight: (night) =>
      write(async (sql) => {
        await expectLease(sql);
        await follow(sql);
        await sql.run(
          `INSERT INTO nights (id, number, started_at, state, scope, seed)
           SELECT ?, coalesce(max(number), 0) + 1, ?, 'running', ?, ? FROM nights`,
          [night.id, night.startedAt, night.scope ?? null, night.seed],
        );
        const [begun] = await decodeNights(
          sql,
          await sql.all('SELECT * FROM nights WHERE id = ?', [night.id]),
        );
        if (begun === undefined) throw new ReverieError('not-found', `There is no night ${night.id}.`);
        return begun;
      }),
    commitPhase: (night, report, changes, at, signal, known) =>
      write(
        async (sql) => {
          await expectLease(sql);
          await expectNight(sql, night);
          await follow(sql);
          await insertPhase(sql, night, report);
          await applyChanges(sql, changes, {
            night,
            act: report.phase,
            at,
            ...(known !== undefined && seen !== undefined && { known: { ...known, seqs } }),
          });
        },
        signal && { signal, large: changes.length >= manyChanges },
      ),
    async finishNight(night, state, report, finishedAt, settled) {
      await write(async (sql) => {
        await expectLease(sql);
        await follow(sql);
        const mark =
          settled === undefined || seen === undefined
            ? null
            : JSON.stringify({ ...settled, version: seen } satisfies Mark);
        const changed = await sql.run(
          'UPDATE nights SET state = ?, report = ?, finished_at = ?, settled = ? WHERE id = ?',
          [state, JSON.stringify(report), finishedAt, mark, night],
        );
        if (changed === 0) throw new ReverieError('not-found', `There is no night ${night}.`);
      });
    },
    settledNight: () =>
      connection.read(async (sql) => {
        const rows = await sql.all('SELECT * FROM nights ORDER BY number DESC LIMIT 1');
        const [row] = rows;
        if (row === undefined || row['state'] !== 'complete' || row['settled'] === null) return undefined;
        const { version, ...settled } = jsonAt(row, 'settled') as Mark;
        if (version !== (await dataVersion(sql))) return undefined;
        const [night] = await decodeNights(sql, rows);
        if (night === undefined) return undefined;
        seen = version;
        return { night, settled };
      }),
    nights: (limit) =>
      connection.read(async (sql) =>
        decodeNights(
          sql,
          await sql.all('SELECT * FROM nights ORDER BY number DESC LIMIT ?', [Math.floor(limit)]),
        ),
      ),
    night: (id) =>
      connection.read(
        async (sql) => (await decodeNights(sql, await sql.all('SELECT * FROM nights WHERE id = ?', [id])))[0],
      ),
    journal: (night, offset = 0, limit = -1) =>
      connection.read(async (sql) =>
        (
          await sql.all('SELECT * FROM journal WHERE night = ? ORDER BY seq LIMIT ? OFFSET ?', [
            night,
            Math.floor(limit),
            Math.floor(offset),
          ])
        ).map(decodeEntry),
      ),
    journalDigest: (night, after, limit) => connection.read((sql) => journalDigest(sql, night, after, limit)),
    journalOf: (memory) =>
      connection.read(async (sql) =>
        (await sql.all('SELECT * FROM journal WHERE memory = ?1 OR other = ?1 ORDER BY seq', [memory])).map(
          decodeEntry,
        ),
      ),
    letGo: (nights, signal) => letGo(write, nights, signal),
    forgetWords: (signal) => forgetWords(write, signal),
    undo: (night, only) => write((sql) => undo(sql, night, only)),
  };
}

async function readSnapshot(
  sql: Session,
  seqs: Map<MemoryId, number>,
  signal: AbortSignal | undefined,
): Promise<SleepSnapshot> {
  const stopIfAsked = () => {
    if (signal?.aborted === true)
      throw new ReverieError('aborted', 'The sleep was stopped before it had begun.');
  };
  const memories: Memory[] = [];
  const pool = new Map<string, string>();
  await inPages(
    (after, limit) =>
      sql.all(`SELECT seq, ${selectMemory} FROM memories WHERE seq > ? ORDER BY seq LIMIT ?`, [
        after?.['seq'] ?? 0,
        limit,
      ]),
    (row) => {
      const memory = decodeMemory(sharing(row, pool));
      memories.push(memory);
      seqs.set(memory.id, numberAt(row, 'seq'));
    },
    stopIfAsked,
  );
  const evidence: Evidence[] = [];
  await inPages(
    (after, limit) =>
      sql.all(
        `SELECT memory, episode FROM evidence WHERE (memory, episode) > (?, ?)
         ORDER BY memory, episode LIMIT ?`,
        [after?.['memory'] ?? '', after?.['episode'] ?? '', limit],
      ),
    (row) => {
      const shared = sharing(row, pool);
      evidence.push({
        memory: textAt(shared, 'memory') as MemoryId,
        episode: textAt(shared, 'episode') as MemoryId,
      });
    },
    stopIfAsked,
  );
  const links: Link[] = [];
  await inPages(
    (after, limit) =>
      sql.all(
        `SELECT * FROM links WHERE (from_memory, to_memory, kind) > (?, ?, ?)
         ORDER BY from_memory, to_memory, kind LIMIT ?`,
        [after?.['from_memory'] ?? '', after?.['to_memory'] ?? '', after?.['kind'] ?? '', limit],
      ),
    (row) => links.push(decodeLink(sharing(row, pool))),
    stopIfAsked,
  );
  const facts = new Map<string, unknown>();
  await inPages(
    (after, limit) =>
      sql.all('SELECT key, value FROM facts WHERE key > ? ORDER BY key LIMIT ?', [
        after?.['key'] ?? '',
        limit,
      ]),
    (row) => facts.set(...decodeFact(row)),
    stopIfAsked,
  );
  const receipts = (
    await sql.all(`SELECT * FROM receipts WHERE counted = 0 AND verdict <> 'unknown' ORDER BY at, id`)
  ).map(decodeReceipt);
  return {
    memories,
    links,
    evidence,
    receipts,
    pastNights: await pastNights(sql, mostPastNights),
    facts,
  };
}

/** Reads page after page, each from the last row of the one before; `stopIfAsked` may throw between them. */
async function inPages(
  page: (after: Row | undefined, limit: number) => Promise<readonly Row[]>,
  use: (row: Row) => void,
  stopIfAsked: () => void,
): Promise<void> {
  for (let after: Row | undefined; ; ) {
    stopIfAsked();
    const rows = await page(after, pageSize);
    rows.forEach(use);
    after = rows.at(-1);
    if (after === undefined || rows.length < pageSize) return;
  }
}

/** Columns whose texts come again and again: a night on many memories keeps each text once. */
const sharedColumns = [
  'id',
  'from_memory',
  'to_memory',
  'memory',
  'episode',
  'source_assistant',
  'source_project',
  'source_session',
  'source_file',
  'scope_project',
  'scope_glob',
  'topic',
] as const;

/** The same row, which nobody else holds, with texts out of `pool`. */
function sharing(row: Row, pool: Map<string, string>): Row {
  const shared: Record<string, SqlValue> = row;
  for (const column of sharedColumns) {
    const text = shared[column];
    if (typeof text !== 'string') continue;
    const known = pool.get(text);
    if (known === undefined) pool.set(text, text);
    else shared[column] = known;
  }
  if (shared['statement'] === shared['text']) shared['statement'] = shared['text'] ?? null;
  return shared;
}

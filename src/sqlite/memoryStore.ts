/** Memories while awake: reading, finding, and the acts of their owner. */
import { rm } from 'node:fs/promises';
import { ReverieError } from '../core/errors.ts';
import type { Link, Memory, MemoryId, ProjectId } from '../core/memory.ts';
import type { AddedMemory, Clock, MemoryStore, Neighbours } from '../core/ports.ts';
import { reinforced, strengthened } from '../core/reinforcement.ts';
import type { Change } from '../core/sleep/phase.ts';
import { applyChanges } from './applyChanges.ts';
import { keys, runMany } from './bulk.ts';
import { numberAt, textAt } from './columns.ts';
import type { Connection, Row, Session, SqlValue } from './connection.ts';
import { dataVersion } from './dataVersion.ts';
import { forgetAll, forgetOne } from './forget.ts';
import { modelRequestsFile } from './location.ts';
import { conditions, narrowed, orderOf } from './memoryFilter.ts';
import { decodeMemory, selectMemory, selectMemoryOfM } from './memoryRow.ts';
import { createRecallSource, textsOf } from './recallSource.ts';
import { search, termCounts } from './searchIndex.ts';
import { decodeLink } from './workingSet.ts';

/** Of many memories recalled at once, only the first so many are taken to belong together. */
const mostLinked = 6;

export interface MemoryStoreDeps {
  readonly connection: Connection;
  /** Throws unless this process may write. */
  readonly mayWrite: () => void;
  readonly clock: Clock;
  readonly file: string;
}

export function createMemoryStore({ connection, mayWrite, clock, file }: MemoryStoreDeps): MemoryStore {
  /* What is one statement is consistent by itself and needs no transaction around it. */
  const read = connection.read;
  /* One statement sees one state of the file by itself: no transaction around it, which is two more calls. */
  const look = connection.plain;
  const write: Connection['write'] = async (work, options) => {
    mayWrite();
    return connection.write(work, options);
  };

  return {
    async get(id) {
      return (await read((sql) => byIds(sql, [id])))[0];
    },
    getMany: (ids) => connection.plain((sql) => byIds(sql, ids)),
    list: (filter) =>
      look(async (sql) => {
        const { where, parameters } = narrowed(filter) ?? conditions(filter);
        const order = orderOf(filter);
        const sorting = filter.order === 'strongest' ? [clock.now()] : [];
        const fresh = filter.fresh ? `AND slept_at IS NULL AND (standing = 1 OR label = 'decision')` : '';
        /* Found in the narrow index first: sorting whole rows of a large memory costs more than all the rest. */
        const rows = await sql.all(
          `SELECT ${selectMemory} FROM memories
           WHERE seq IN (SELECT seq FROM memories ${where} ORDER BY ${order} LIMIT ? OFFSET ?) ${fresh} ORDER BY ${order}`,
          [
            ...parameters,
            ...sorting,
            Math.floor(filter.limit ?? -1),
            Math.floor(filter.offset ?? 0),
            ...sorting,
          ],
        );
        return rows.map(decodeMemory);
      }),
    count: (filter) =>
      look(async (sql) => {
        const { where, parameters } = conditions(filter);
        const [row] = await sql.all(`SELECT count(*) AS n FROM memories ${where}`, parameters);
        return row === undefined ? 0 : numberAt(row, 'n');
      }),
    evidenceOf: (ids) => read((sql) => evidenceOf(sql, ids)),
    evidenceCounts: (ids) =>
      look(async (sql) => {
        const rows = await sql.all(
          `SELECT memory, count(*) AS episodes FROM evidence
           WHERE memory IN (SELECT value FROM json_each(?)) GROUP BY memory`,
          [keys(ids)],
        );
        return new Map(rows.map((row) => [textAt(row, 'memory') as MemoryId, numberAt(row, 'episodes')]));
      }),
    behindRules: (episodes) =>
      look(async (sql) => {
        const rows = await sql.all(
          `SELECT DISTINCT e.episode FROM evidence e JOIN memories m ON m.id = e.memory
           WHERE e.episode IN (SELECT value FROM json_each(?))
             AND m.kind IN ('rule', 'skill')`,
          [keys(episodes)],
        );
        return new Set(rows.map((row) => textAt(row, 'episode') as MemoryId));
      }),
    neighboursOf: (ids, radius) => read((sql) => neighboursOf(sql, ids, radius)),
    linksOf: (ids) => connection.plain((sql) => linksOf(sql, ids)),
    lessonsFrom: (episodes) => connection.plain((sql) => lessonsFrom(sql, episodes)),
    search: (query) => look((sql) => search(sql, query)),
    recallIndex: createRecallSource(connection),
    textsOf: (ids) => look((sql) => textsOf(sql, ids)),
    /* Its statements may see different states: novelty does not turn on one memory more or less. */
    termCounts: (terms, project) => look((sql) => termCounts(sql, terms, project)),
    findByIdentity: (identity) =>
      look(async (sql) => {
        const rows = await sql.all(
          `SELECT ${selectMemory} FROM memories WHERE identity = ? ORDER BY created_at DESC, seq DESC`,
          [identity],
        );
        return rows.map(decodeMemory);
      }),
    findByExternalId: (externalId) =>
      look(async (sql) => {
        const rows = await sql.all(
          `SELECT ${selectMemory} FROM memories WHERE external_id = ? ORDER BY created_at DESC, seq DESC`,
          [externalId],
        );
        return rows.map(decodeMemory);
      }),
    async add(memories, act) {
      mayWrite();
      if (memories.length === 0) return [];
      return write(async (sql) => {
        const stored = await storedUnder(sql, memories);
        const added = memories.filter(
          ({ identity, unless }) =>
            identity === undefined || !stored.get(identity)?.some((memory) => unless?.(memory)),
        );
        const changes: Change[] = added.map(({ memory, evidence }) => ({
          type: 'create',
          memory,
          evidence: evidence ?? [],
          why: act,
        }));
        const identities = new Map(
          added.flatMap(({ memory, identity }) =>
            identity === undefined ? [] : [[memory.id, identity] as const],
          ),
        );
        if (changes.length > 0) await applyChanges(sql, changes, { act, at: clock.now(), identities });
        return added.map(({ memory }) => memory.id);
      });
    },
    async addLinks(links, act) {
      mayWrite();
      if (links.length === 0) return;
      const changes: Change[] = links.map((link) => ({ type: 'link', link, why: act }));
      await write((sql) => applyChanges(sql, changes, { act, at: clock.now() }));
    },
    update: (id, patch, act) =>
      write(async (sql) => {
        await applyChanges(sql, [{ type: 'update', id, patch, why: act }], { act, at: clock.now() });
        const [memory] = await byIds(sql, [id]);
        if (memory === undefined) throw new ReverieError('not-found', `There is no memory ${id}.`);
        return memory;
      }),
    async reinforce(ids, now) {
      mayWrite();
      if (ids.length > 0) await write((sql) => reinforce(sql, [...new Set(ids)], now));
    },
    async forget(id) {
      mayWrite();
      await forgetOne(connection, id);
      await rm(modelRequestsFile(file), { force: true });
    },
    async forgetEverything() {
      mayWrite();
      await forgetAll(connection, file);
      await rm(modelRequestsFile(file), { force: true });
    },
    projects: () =>
      read(async (sql) => {
        const rows = await sql.all(
          `SELECT scope_project AS id, count(*) AS n FROM memories WHERE scope_project IS NOT NULL
           GROUP BY scope_project ORDER BY n DESC, id`,
        );
        return rows.map((row) => ({ id: textAt(row, 'id') as ProjectId, memories: numberAt(row, 'n') }));
      }),
    dataVersion: () => read(dataVersion),
  };
}

/** In the order asked for; what is not there is left out. */
async function byIds(sql: Session, ids: readonly MemoryId[]): Promise<readonly Memory[]> {
  if (ids.length === 0) return [];
  const rows = await sql.all(
    `SELECT ${selectMemory} FROM memories WHERE id IN (SELECT value FROM json_each(?))`,
    [keys(ids)],
  );
  const found = new Map(rows.map((row) => [textAt(row, 'id'), decodeMemory(row)]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** What is stored by now under the identities of those that are to be passed over where it is the same. */
async function storedUnder(
  sql: Session,
  memories: readonly AddedMemory[],
): Promise<ReadonlyMap<string, readonly Memory[]>> {
  const asked = memories.flatMap(({ identity, unless }) =>
    identity === undefined || unless === undefined ? [] : [identity],
  );
  const stored = new Map<string, Memory[]>();
  if (asked.length === 0) return stored;
  const rows = await sql.all(
    `SELECT identity, ${selectMemory} FROM memories WHERE identity IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(asked)],
  );
  for (const row of rows) {
    const identity = textAt(row, 'identity');
    stored.set(identity, [...(stored.get(identity) ?? []), decodeMemory(row)]);
  }
  return stored;
}

async function evidenceOf(sql: Session, ids: readonly MemoryId[]) {
  const found = new Map<MemoryId, Memory[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return found;
  const rows = await sql.all(
    `SELECT k.value AS for_memory, ${selectMemoryOfM} FROM json_each(?) k
     CROSS JOIN evidence e ON e.memory = k.value CROSS JOIN memories m ON m.id = e.episode
     UNION ALL
     SELECT k.value, ${selectMemoryOfM} FROM json_each(?) k
     CROSS JOIN memories m ON m.id = k.value WHERE m.kind = 'episode'`,
    [keys(new Set(ids)), keys(new Set(ids))],
  );
  for (const row of rows) found.get(textAt(row, 'for_memory') as MemoryId)?.push(decodeMemory(row));
  for (const episodes of found.values()) {
    episodes.sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  }
  return found;
}

/** Identities of the nearest episodes of the same conversation on one side of `own`, as a JSON list. */
const besides = (direction: 'before' | 'after') => {
  const [compare, order] = direction === 'before' ? ['<', 'DESC'] : ['>', 'ASC'];
  return `(SELECT json_group_array(id) FROM (
    SELECT id FROM memories
    WHERE source_session = own.source_session AND source_assistant = own.source_assistant
      AND source_project IS own.source_project AND kind = 'episode'
      AND (created_at, seq) ${compare} (own.created_at, own.seq)
    ORDER BY created_at ${order}, seq ${order} LIMIT ?2))`;
};

/** Two questions in all, however many memories: recall asks this of every candidate. */
async function neighboursOf(sql: Session, ids: readonly MemoryId[], radius: number) {
  const own = await sql.all(
    `SELECT id, ${besides('before')} AS before_ids, ${besides('after')} AS after_ids FROM memories own
     WHERE id IN (SELECT value FROM json_each(?1)) AND source_session IS NOT NULL`,
    [keys(ids), Math.max(0, Math.floor(radius))],
  );
  const sides = own.map((row) => ({
    id: textAt(row, 'id') as MemoryId,
    before: idsAt(row, 'before_ids'),
    after: idsAt(row, 'after_ids'),
  }));
  const memories = await byIds(sql, [
    ...new Set(sides.flatMap(({ before, after }) => [...before, ...after])),
  ]);
  const byId = new Map(memories.map((memory) => [memory.id, memory]));
  const present = (wanted: readonly MemoryId[]) =>
    wanted.map((id) => byId.get(id)).filter((memory) => memory !== undefined);
  return new Map<MemoryId, Neighbours>(
    sides.map(({ id, before, after }) => [id, { before: present(before), after: present(after) }]),
  );
}

const idsAt = (row: Row, column: string): readonly MemoryId[] =>
  JSON.parse(textAt(row, column)) as MemoryId[];

async function linksOf(sql: Session, ids: readonly MemoryId[]): Promise<readonly Link[]> {
  if (ids.length === 0) return [];
  const rows = await sql.all(
    `SELECT * FROM links WHERE from_memory IN (SELECT value FROM json_each(?1))
     UNION SELECT * FROM links WHERE to_memory IN (SELECT value FROM json_each(?1))
     ORDER BY from_memory, to_memory, kind`,
    [keys(ids)],
  );
  return rows.map(decodeLink);
}

async function lessonsFrom(
  sql: Session,
  episodes: readonly MemoryId[],
): Promise<ReadonlyMap<MemoryId, readonly MemoryId[]>> {
  const found = new Map<MemoryId, MemoryId[]>();
  if (episodes.length === 0) return found;
  const rows = await sql.all(
    `SELECT e.episode, e.memory FROM json_each(?) k CROSS JOIN evidence e ON e.episode = k.value
     CROSS JOIN memories m ON m.id = e.memory
     WHERE m.kind IN ('rule', 'skill') AND m.status = 'active' ORDER BY e.episode, e.memory`,
    [keys(episodes)],
  );
  for (const row of rows) {
    const episode = textAt(row, 'episode') as MemoryId;
    const lessons = found.get(episode) ?? [];
    lessons.push(textAt(row, 'memory') as MemoryId);
    found.set(episode, lessons);
  }
  return found;
}

async function reinforce(sql: Session, ids: readonly MemoryId[], now: number): Promise<void> {
  const memories = await byIds(sql, ids);
  await runMany(
    sql,
    memories.map((memory) => {
      const { strength, rate, lastAccessedAt, accessCount } = reinforced(memory, now);
      return [memory.id, strength, rate, lastAccessedAt, accessCount];
    }),
    5,
    (values) =>
      `WITH v AS (VALUES ${values}) UPDATE memories SET strength = v.column2, rate = v.column3,
       last_accessed_at = v.column4, access_count = v.column5 FROM v WHERE memories.id = v.column1`,
  );
  const together = memories.slice(0, mostLinked).map((memory) => memory.id);
  const links = (await linksOf(sql, together)).filter(
    (link) => together.includes(link.from) && together.includes(link.to),
  );
  const rows: SqlValue[][] = [];
  together.forEach((one, index) => {
    for (const other of together.slice(index + 1)) {
      const between = links.filter(
        (link) => (link.from === one && link.to === other) || (link.from === other && link.to === one),
      );
      for (const link of between) {
        const { weight, usedAt } = strengthened(link, now);
        rows.push([link.from, link.to, link.kind, weight, link.createdAt, usedAt]);
      }
      if (between.length === 0) {
        const [from, to] = one < other ? [one, other] : [other, one];
        const { weight, usedAt } = strengthened(undefined, now);
        rows.push([from, to, 'related', weight, now, usedAt]);
      }
    }
  });
  await runMany(
    sql,
    rows,
    6,
    (values) =>
      `INSERT INTO links (from_memory, to_memory, kind, weight, created_at, used_at) VALUES ${values}
       ON CONFLICT (from_memory, to_memory, kind) DO UPDATE SET weight = excluded.weight, used_at = excluded.used_at`,
  );
}

/**
 * Writes what was changed of a working set, each table in few statements and in its own order: changes come in the order in which
 * a phase thinks of them, and row by row in that order each page would be read and written again and again.
 */
import type { Link, MemoryId } from '../core/memory.ts';
import { keys, lookupSize, runMany, slicesOf } from './bulk.ts';
import { flag, numberAt, textAt } from './columns.ts';
import type { Row, Session, SqlValue } from './connection.ts';
import { columnsOf, type Field, memoryColumns } from './memoryRow.ts';
import { fieldsOfTerms, indexTerms, type TermColumn, termColumns, termColumnsOf } from './searchIndex.ts';
import type { LinkKey } from './touched.ts';

/** What was changed of a working set and is to be written. */
export interface Unwritten {
  /** The row of a memory, with at least the columns of `fields`. */
  row(id: MemoryId, fields?: readonly Field[]): Row | undefined;
  /** Where memories stand in their table, as far as it is known; what is looked up is added. */
  readonly seqs: Map<MemoryId, number>;
  /** With the hash of its words. */
  readonly inserted: ReadonlyMap<MemoryId, string | undefined>;
  readonly removed: ReadonlySet<MemoryId>;
  /** Neither inserted nor removed. */
  readonly changed: ReadonlyMap<MemoryId, ReadonlySet<Field>>;
  readonly links: readonly { readonly key: LinkKey; readonly link: Link | undefined }[];
  readonly evidence: readonly {
    readonly memory: MemoryId;
    readonly episode: MemoryId;
    readonly there: boolean;
  }[];
  readonly receipts: readonly { readonly id: string; readonly counted: boolean }[];
  readonly facts: readonly { readonly key: string; readonly json: string | undefined }[];
}

export async function writeWorkingSet(sql: Session, work: Unwritten): Promise<void> {
  for (const some of slicesOf(await inOrder(sql, work), stride)) {
    await updateMemories(sql, work, some);
    await updateTerms(sql, work, some);
  }
  for (const some of slicesOf([...work.inserted], stride)) await insertMemories(sql, work, some);
  if (work.removed.size > 0)
    await sql.run('DELETE FROM memories WHERE id IN (SELECT value FROM json_each(?))', [keys(work.removed)]);
  await writeEvidence(sql, work);
  await writeLinks(sql, work);
  await writeOthers(sql, work);
}

/** Memories whose rows are made ready at once: so long the thread does nothing else. */
const stride = 1000;

/** A memory that was there, with its place in the table. */
interface Changed {
  readonly id: MemoryId;
  readonly seq: number;
  readonly fields: ReadonlySet<Field>;
}

async function inOrder(sql: Session, { changed, seqs }: Unwritten): Promise<readonly Changed[]> {
  await findSeqs(sql, changed.keys(), seqs);
  return [...changed]
    .flatMap(([id, fields]) => {
      const seq = seqs.get(id);
      return seq === undefined ? [] : [{ id, seq, fields }];
    })
    .sort((a, b) => a.seq - b.seq);
}

/** Of those that are not among `seqs` yet. */
async function findSeqs(sql: Session, ids: Iterable<MemoryId>, seqs: Map<MemoryId, number>): Promise<void> {
  for (const some of slicesOf(
    [...ids].filter((id) => !seqs.has(id)),
    lookupSize,
  )) {
    const rows = await sql.all('SELECT id, seq FROM memories WHERE id IN (SELECT value FROM json_each(?))', [
      keys(some),
    ]);
    for (const row of rows) seqs.set(textAt(row, 'id') as MemoryId, numberAt(row, 'seq'));
  }
}

async function updateMemories(sql: Session, { row }: Unwritten, changed: readonly Changed[]) {
  const groups = new Map<string, { readonly names: readonly string[]; readonly rows: SqlValue[][] }>();
  for (const { id, seq, fields } of changed) {
    const columns = row(id);
    if (columns === undefined) continue;
    const name = nameOf(fields);
    let group = groups.get(name);
    if (group === undefined) {
      group = { names: [...fields].sort().flatMap(columnsOf), rows: [] };
      groups.set(name, group);
    }
    group.rows.push([seq, ...group.names.map((column) => columns[column] ?? null)]);
  }
  for (const { names, rows } of groups.values()) await updateRows(sql, 'memories', names, rows);
}

const nameOf = (fields: ReadonlySet<Field>): string =>
  fields.size === 1 ? ([...fields][0] as string) : [...fields].sort().join();

/** Only the columns that the changed fields are read in. */
async function updateTerms(sql: Session, { row }: Unwritten, changed: readonly Changed[]) {
  const groups = new Map<string, { readonly columns: readonly TermColumn[]; readonly rows: SqlValue[][] }>();
  for (const { id, seq, fields } of changed) {
    const columns = termColumnsOf(fields);
    const values = columns.length === 0 ? undefined : row(id, fieldsOfTerms(columns));
    if (values === undefined) continue;
    const name = columns.join();
    const group = groups.get(name) ?? { columns, rows: [] };
    if (group.rows.length === 0) groups.set(name, group);
    group.rows.push([seq, ...indexTerms(values, columns)]);
  }
  for (const { columns, rows } of groups.values()) await updateRows(sql, 'memory_terms', columns, rows);
}

/** @param rows each the place in the table, then a value for each of `columns`. */
async function updateRows(
  sql: Session,
  table: 'memories' | 'memory_terms',
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
) {
  const assignments = columns.map((column, index) => `"${column}" = v.column${index + 2}`).join(', ');
  await runMany(
    sql,
    rows,
    columns.length + 1,
    (values) =>
      `WITH v AS (VALUES ${values}) UPDATE ${table} SET ${assignments} FROM v WHERE ${table}.seq = v.column1`,
  );
}

async function insertMemories(
  sql: Session,
  { row, seqs }: Unwritten,
  inserted: readonly (readonly [id: MemoryId, identity: string | undefined])[],
) {
  const names = [...memoryColumns.map((column) => `"${column}"`), 'identity'].join(', ');
  await runMany(
    sql,
    inserted.map(([id, identity]) => {
      const columns = row(id) ?? {};
      return [...memoryColumns.map((column) => columns[column] ?? null), identity ?? null];
    }),
    memoryColumns.length + 1,
    (values) => `INSERT INTO memories (${names}) VALUES ${values}`,
  );
  const ids = inserted.map(([id]) => id);
  await findSeqs(sql, ids, seqs);
  await runMany(
    sql,
    ids.map((id) => [seqs.get(id) ?? null, ...indexTerms(row(id) ?? {}, termColumns)]),
    termColumns.length + 1,
    (values) => `INSERT INTO memory_terms (seq, ${termColumns.join(', ')}) VALUES ${values}`,
  );
}

const tie = 'INSERT INTO links (from_memory, to_memory, kind, weight, created_at, used_at)';
const orChange = `ON CONFLICT (from_memory, to_memory, kind) DO UPDATE
  SET weight = excluded.weight, created_at = excluded.created_at, used_at = excluded.used_at`;
/** So many links of one weight go as one text; a weight itself must not, as it would be read back rounded. */
const manyAlike = 20;

async function writeLinks(sql: Session, { links, removed }: Unwritten) {
  const gone = links.flatMap(({ key, link }) =>
    link === undefined ? [[key.from, key.to, key.kind] as const] : [],
  );
  /* SQLite puts both in the order of the table: what is looked for by itself, what comes because it is told to. */
  if (gone.length > 0) {
    await sql.run(
      `DELETE FROM links WHERE (from_memory, to_memory, kind) IN
       (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))`,
      [JSON.stringify(gone)],
    );
  }
  const byWeight = new Map<number, Link[]>();
  for (const { link } of links) {
    if (link === undefined || removed.has(link.from) || removed.has(link.to)) continue;
    const alike = byWeight.get(link.weight);
    if (alike === undefined) byWeight.set(link.weight, [link]);
    else alike.push(link);
  }
  const others: Link[] = [];
  for (const [weight, alike] of byWeight) {
    if (alike.length < manyAlike) others.push(...alike);
    else
      await sql.run(
        `${tie} SELECT value ->> 0, value ->> 1, value ->> 2, ?2, value ->> 3, value ->> 4
         FROM json_each(?1) WHERE true ORDER BY 1, 2 ${orChange}`,
        [
          JSON.stringify(
            alike.map(({ from, to, kind, createdAt, usedAt }) => [from, to, kind, createdAt, usedAt]),
          ),
          weight,
        ],
      );
  }
  await runMany(
    sql,
    others.map(({ from, to, kind, weight, createdAt, usedAt }) => [
      from,
      to,
      kind,
      weight,
      createdAt,
      usedAt,
    ]),
    6,
    (values) => `${tie} VALUES ${values} ${orChange}`,
  );
}

async function writeEvidence(sql: Session, { evidence, removed }: Unwritten) {
  const kept = evidence.filter(({ memory, episode }) => !removed.has(memory) && !removed.has(episode));
  const pairs = (there: boolean) =>
    kept.filter((one) => one.there === there).map(({ memory, episode }) => [memory, episode]);
  for (const some of slicesOf(pairs(true), lookupSize))
    await sql.run(
      `INSERT OR IGNORE INTO evidence (memory, episode)
       SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
      [JSON.stringify(some)],
    );
  for (const some of slicesOf(pairs(false), lookupSize))
    await sql.run(
      'DELETE FROM evidence WHERE (memory, episode) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))',
      [JSON.stringify(some)],
    );
}

async function writeOthers(sql: Session, { receipts, facts }: Unwritten) {
  for (const { id, counted } of receipts)
    await sql.run('UPDATE receipts SET counted = ? WHERE id = ?', [flag(counted), id]);
  const known = facts.flatMap(({ key, json }) => (json === undefined ? [] : [[key, json]]));
  for (const some of slicesOf(known, lookupSize))
    await sql.run(
      `INSERT INTO facts (key, value) SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [JSON.stringify(some)],
    );
  const gone = facts.flatMap(({ key, json }) => (json === undefined ? [key] : []));
  if (gone.length > 0)
    await sql.run('DELETE FROM facts WHERE key IN (SELECT value FROM json_each(?))', [keys(gone)]);
}

/** Writes what was changed of a working set, each table in few statements. */
import type { Link, MemoryId } from '../core/memory.ts';
import { keys, runMany } from './bulk.ts';
import { flag, numberAt, textAt } from './columns.ts';
import type { Row, Session, SqlValue } from './connection.ts';
import { columnsOf, type Field, memoryColumns } from './memoryRow.ts';
import { fieldsOfTerms, indexTerms, type TermColumn, termColumns, termColumnsOf } from './searchIndex.ts';
import type { LinkKey } from './touched.ts';

/** What was changed of a working set and is to be written. */
export interface Unwritten {
  /** The row of a memory, with at least the columns of `fields`. */
  row(id: MemoryId, fields?: readonly Field[]): Row | undefined;
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
  await writeMemories(sql, work);
  await writeTerms(sql, work);
  await writeEvidence(sql, work);
  await writeLinks(sql, work);
  await writeOthers(sql, work);
}

async function writeMemories(sql: Session, { inserted, changed, removed, row }: Unwritten) {
  await runMany(
    sql,
    [...inserted].map(([id, identity]) => {
      const columns = row(id) ?? {};
      return [...memoryColumns.map((column) => columns[column] ?? null), identity ?? null];
    }),
    memoryColumns.length + 1,
    (values) =>
      `INSERT INTO memories (${memoryColumns.map((column) => `"${column}"`).join(', ')}, identity) VALUES ${values}`,
  );
  const groups = new Map<string, { readonly names: readonly string[]; readonly rows: SqlValue[][] }>();
  for (const [id, fields] of changed) {
    const columns = row(id);
    if (columns === undefined) continue;
    const name = nameOf(fields);
    let group = groups.get(name);
    if (group === undefined) {
      group = { names: [...fields].sort().flatMap(columnsOf), rows: [] };
      groups.set(name, group);
    }
    group.rows.push([id, ...group.names.map((column) => columns[column] ?? null)]);
  }
  for (const { names, rows } of groups.values()) {
    const assignments = names.map((name, index) => `"${name}" = v.column${index + 2}`).join(', ');
    await runMany(
      sql,
      rows,
      names.length + 1,
      (values) =>
        `WITH v AS (VALUES ${values}) UPDATE memories SET ${assignments} FROM v WHERE memories.id = v.column1`,
    );
  }
  if (removed.size > 0) {
    await sql.run('DELETE FROM memories WHERE id IN (SELECT value FROM json_each(?))', [keys(removed)]);
  }
}

const nameOf = (fields: ReadonlySet<Field>): string =>
  fields.size === 1 ? ([...fields][0] as string) : [...fields].sort().join();

/** Of a memory that was there only the columns that its changed fields are read in; of a new one all. */
async function writeTerms(sql: Session, { inserted, changed, row }: Unwritten) {
  const groups = new Map<string, { readonly columns: readonly TermColumn[]; readonly ids: MemoryId[] }>();
  const grouped = (columns: readonly TermColumn[], id: MemoryId) => {
    const name = columns.join();
    const group = groups.get(name) ?? { columns, ids: [] };
    if (group.ids.length === 0) groups.set(name, group);
    group.ids.push(id);
  };
  for (const id of inserted.keys()) grouped(termColumns, id);
  const isNew = inserted.size > 0;
  for (const [id, fields] of changed) {
    const columns = termColumnsOf(fields);
    if (columns.length > 0) grouped(columns, id);
  }
  if (groups.size === 0) return;
  const seqs = await seqsOf(
    sql,
    [...groups.values()].flatMap(({ ids }) => ids),
  );
  for (const { columns, ids } of groups.values()) {
    const fields = fieldsOfTerms(columns);
    const rows = ids.flatMap((id) => {
      const values = row(id, fields);
      return values === undefined ? [] : [[seqs.get(id) ?? null, ...indexTerms(values, columns)]];
    });
    await runMany(sql, rows, columns.length + 1, (values) =>
      isNew && columns.length === termColumns.length
        ? `INSERT INTO memory_terms (seq, ${columns.join(', ')}) VALUES ${values}
           ON CONFLICT (seq) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`
        : `WITH v AS (VALUES ${values}) UPDATE memory_terms
           SET ${columns.map((column, index) => `${column} = v.column${index + 2}`).join(', ')}
           FROM v WHERE memory_terms.seq = v.column1`,
    );
  }
}

async function seqsOf(sql: Session, ids: readonly MemoryId[]): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.all('SELECT id, seq FROM memories WHERE id IN (SELECT value FROM json_each(?))', [
    keys(ids),
  ]);
  return new Map(rows.map((row) => [textAt(row, 'id'), numberAt(row, 'seq')]));
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
         FROM json_each(?1) WHERE true ${orChange}`,
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
  const [added, gone] = [pairs(true), pairs(false)];
  if (added.length > 0)
    await sql.run(
      `INSERT OR IGNORE INTO evidence (memory, episode)
       SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
      [JSON.stringify(added)],
    );
  if (gone.length > 0)
    await sql.run(
      'DELETE FROM evidence WHERE (memory, episode) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))',
      [JSON.stringify(gone)],
    );
}

async function writeOthers(sql: Session, { receipts, facts }: Unwritten) {
  for (const { id, counted } of receipts)
    await sql.run('UPDATE receipts SET counted = ? WHERE id = ?', [flag(counted), id]);
  const known = facts.flatMap(({ key, json }) => (json === undefined ? [] : [[key, json]]));
  if (known.length > 0)
    await sql.run(
      `INSERT INTO facts (key, value) SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [JSON.stringify(known)],
    );
  const gone = facts.flatMap(({ key, json }) => (json === undefined ? [key] : []));
  if (gone.length > 0)
    await sql.run('DELETE FROM facts WHERE key IN (SELECT value FROM json_each(?))', [keys(gone)]);
}

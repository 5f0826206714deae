/**
 * What a batch of changes touches, loaded at once, changed in memory and written back at once. Within a batch a
 * change sees what the changes before it did.
 */
import type { Indexed } from '../core/indexedTexts.ts';
import type { Link, LinkKind, Memory, MemoryId } from '../core/memory.ts';
import { linkKinds } from '../core/memory.ts';
import { keys, runMany } from './bulk.ts';
import { flag, numberAt, oneOfAt, optionalTextAt, storable, textAt } from './columns.ts';
import type { Row, Session, SqlValue } from './connection.ts';
import { columnsOf, decodeField, encodeMemory, type Field, memoryColumns, setField } from './memoryRow.ts';
import { indexedFields, indexTerms, termColumns } from './searchIndex.ts';
import type { LinkKey, Touched } from './touched.ts';

export interface WorkingSet {
  has(id: MemoryId): boolean;
  /** The columns loaded of a memory; undefined if there is none. */
  memory(id: MemoryId): Row | undefined;
  set<F extends Field>(id: MemoryId, field: F, value: Memory[F] | null): void;
  insert(memory: Memory, identity: string | undefined): void;
  remove(id: MemoryId): void;
  link(key: LinkKey): Link | undefined;
  setLink(key: LinkKey, link: Link | undefined): void;
  hasEvidence(memory: MemoryId, episode: MemoryId): boolean;
  setEvidence(memory: MemoryId, episode: MemoryId, there: boolean): void;
  /** Undefined if there is no such receipt. */
  counted(receipt: string): boolean | undefined;
  setCounted(receipt: string, counted: boolean): void;
  /** JSON text; undefined where the fact is not known. */
  fact(key: string): string | undefined;
  setFact(key: string, json: string | undefined): void;
  /** The memory a receipt is about. */
  memoryOfReceipt(receipt: string): MemoryId | undefined;
  flush(): Promise<void>;
}

const pairKey = (one: string, other: string) => `${one}\n${other}`;
const linkKey = (key: LinkKey) => `${key.from}\n${key.to}\n${key.kind}`;

export const decodeLink = (row: Row): Link => ({
  from: textAt(row, 'from_memory') as MemoryId,
  to: textAt(row, 'to_memory') as MemoryId,
  kind: oneOfAt<LinkKind>(row, 'kind', linkKinds),
  weight: numberAt(row, 'weight'),
  createdAt: numberAt(row, 'created_at'),
  usedAt: numberAt(row, 'used_at'),
});

export async function loadWorkingSet(sql: Session, touched: Touched): Promise<WorkingSet> {
  const loadedFields = new Set(touched.fields);
  if ([...loadedFields].some((field) => indexedFields.has(field))) {
    for (const field of indexedFields) loadedFields.add(field);
  }
  const columns = [...loadedFields].flatMap(columnsOf).map((column) => `"${column}"`);
  const memories = new Map<string, Record<string, SqlValue>>();
  if (touched.memories.size > 0) {
    const select = ['seq', 'id', ...columns].join(', ');
    const rows = await sql.all(
      `SELECT ${select} FROM memories WHERE id IN (SELECT value FROM json_each(?))`,
      [keys(touched.memories)],
    );
    for (const row of rows) memories.set(textAt(row, 'id'), { ...row });
  }
  const links = new Map<string, Link>();
  if (touched.links.length > 0) {
    const rows = await sql.all(
      `SELECT l.* FROM json_each(?) k CROSS JOIN links l
       ON l.from_memory = k.value ->> 0 AND l.to_memory = k.value ->> 1 AND l.kind = k.value ->> 2`,
      [JSON.stringify(touched.links.map((key) => [key.from, key.to, key.kind]))],
    );
    for (const row of rows) {
      const link = decodeLink(row);
      links.set(linkKey(link), link);
    }
  }
  const evidence = new Set<string>();
  if (touched.evidence.length > 0) {
    const rows = await sql.all(
      `SELECT e.memory, e.episode FROM json_each(?) k CROSS JOIN evidence e
       ON e.memory = k.value ->> 0 AND e.episode = k.value ->> 1`,
      [JSON.stringify(touched.evidence)],
    );
    for (const row of rows) evidence.add(pairKey(textAt(row, 'memory'), textAt(row, 'episode')));
  }
  const receipts = new Map<string, { readonly memory: MemoryId; readonly counted: boolean }>();
  if (touched.receipts.size > 0) {
    const rows = await sql.all(
      'SELECT id, memory, counted FROM receipts WHERE id IN (SELECT value FROM json_each(?))',
      [keys(touched.receipts)],
    );
    for (const row of rows) {
      receipts.set(textAt(row, 'id'), {
        memory: textAt(row, 'memory') as MemoryId,
        counted: numberAt(row, 'counted') === 1,
      });
    }
  }
  const facts = new Map<string, string>();
  if (touched.facts.size > 0) {
    const rows = await sql.all('SELECT key, value FROM facts WHERE key IN (SELECT value FROM json_each(?))', [
      keys(touched.facts),
    ]);
    for (const row of rows) facts.set(textAt(row, 'key'), optionalTextAt(row, 'value') ?? 'null');
  }

  const inserted = new Map<string, string | undefined>();
  const removed = new Set<string>();
  const changed = new Map<string, Set<Field>>();
  const changedLinks = new Map<string, LinkKey>();
  const changedEvidence = new Map<string, readonly [MemoryId, MemoryId]>();
  const changedReceipts = new Set<string>();
  const changedFacts = new Set<string>();

  async function flushMemories() {
    const fresh = [...inserted].map(([id, identity]) => ({ row: memories.get(id) ?? {}, identity }));
    await runMany(
      sql,
      fresh.map(({ row, identity }) => [
        ...memoryColumns.map((column) => row[column] ?? null),
        identity ?? null,
      ]),
      memoryColumns.length + 1,
      (values) =>
        `INSERT INTO memories (${memoryColumns.map((column) => `"${column}"`).join(', ')}, identity) VALUES ${values}`,
    );
    const groups = new Map<string, { readonly fields: readonly Field[]; readonly rows: SqlValue[][] }>();
    for (const [id, fieldSet] of changed) {
      const row = memories.get(id);
      if (row === undefined || inserted.has(id)) continue;
      const fields = [...fieldSet].sort();
      const name = fields.join();
      const group = groups.get(name) ?? { fields, rows: [] };
      if (group.rows.length === 0) groups.set(name, group);
      group.rows.push([
        row['seq'] ?? null,
        ...fields.flatMap(columnsOf).map((column) => row[column] ?? null),
      ]);
    }
    for (const { fields, rows } of groups.values()) {
      const names = fields.flatMap(columnsOf);
      const assignments = names.map((name, index) => `"${name}" = v.column${index + 2}`).join(', ');
      await runMany(
        sql,
        rows,
        names.length + 1,
        (values) =>
          `WITH v AS (VALUES ${values}) UPDATE memories SET ${assignments} FROM v WHERE memories.seq = v.column1`,
      );
    }
    if (removed.size > 0) {
      await sql.run('DELETE FROM memories WHERE id IN (SELECT value FROM json_each(?))', [keys(removed)]);
    }
  }

  async function flushTerms() {
    const seqs = new Map<string, SqlValue>();
    if (inserted.size > 0) {
      const rows = await sql.all(
        'SELECT id, seq FROM memories WHERE id IN (SELECT value FROM json_each(?))',
        [keys(inserted.keys())],
      );
      for (const row of rows) seqs.set(textAt(row, 'id'), numberAt(row, 'seq'));
    }
    for (const [id, fieldSet] of changed) {
      const row = memories.get(id);
      if (row === undefined || inserted.has(id)) continue;
      if ([...fieldSet].some((field) => indexedFields.has(field))) seqs.set(id, row['seq'] ?? null);
    }
    const rows = [...seqs].flatMap(([id, seq]) => {
      const row = memories.get(id);
      return row === undefined ? [] : [[seq, ...indexTerms(indexedOf(row))]];
    });
    const updates = termColumns.map((column) => `${column} = excluded.${column}`).join(', ');
    await runMany(
      sql,
      rows,
      termColumns.length + 1,
      (values) =>
        `INSERT INTO memory_terms (seq, ${termColumns.join(', ')}) VALUES ${values}
         ON CONFLICT (seq) DO UPDATE SET ${updates}`,
    );
  }

  async function flushLinks() {
    const upserts: SqlValue[][] = [];
    const gone: LinkKey[] = [];
    for (const [name, key] of changedLinks) {
      const link = links.get(name);
      if (link === undefined) gone.push(key);
      else if (!removed.has(link.from) && !removed.has(link.to)) {
        upserts.push([link.from, link.to, link.kind, link.weight, link.createdAt, link.usedAt]);
      }
    }
    if (gone.length > 0) {
      await sql.run(
        `DELETE FROM links WHERE (from_memory, to_memory, kind) IN
         (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))`,
        [JSON.stringify(gone.map((key) => [key.from, key.to, key.kind]))],
      );
    }
    await runMany(
      sql,
      upserts,
      6,
      (values) =>
        `INSERT INTO links (from_memory, to_memory, kind, weight, created_at, used_at) VALUES ${values}
         ON CONFLICT (from_memory, to_memory, kind) DO UPDATE
         SET weight = excluded.weight, created_at = excluded.created_at, used_at = excluded.used_at`,
    );
  }

  async function flushEvidence() {
    const pairs = [...changedEvidence].filter(
      ([, [memory, episode]]) => !removed.has(memory) && !removed.has(episode),
    );
    const added = pairs.filter(([name]) => evidence.has(name)).map(([, pair]) => pair);
    const gone = pairs.filter(([name]) => !evidence.has(name)).map(([, pair]) => pair);
    await runMany(
      sql,
      added,
      2,
      (values) => `INSERT OR IGNORE INTO evidence (memory, episode) VALUES ${values}`,
    );
    if (gone.length > 0) {
      await sql.run(
        'DELETE FROM evidence WHERE (memory, episode) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))',
        [JSON.stringify(gone)],
      );
    }
  }

  async function flushOthers() {
    for (const id of changedReceipts) {
      await sql.run('UPDATE receipts SET counted = ? WHERE id = ?', [
        flag(receipts.get(id)?.counted === true),
        id,
      ]);
    }
    for (const key of changedFacts) {
      const value = facts.get(key);
      if (value === undefined) await sql.run('DELETE FROM facts WHERE key = ?', [key]);
      else
        await sql.run(
          'INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
          [key, value],
        );
    }
  }

  return {
    has: (id) => memories.has(id),
    memory: (id) => memories.get(id),
    set(id, field, value) {
      const row = memories.get(id);
      if (row === undefined) return;
      setField(row, field, value);
      const fieldSet = changed.get(id);
      if (fieldSet === undefined) changed.set(id, new Set([field]));
      else fieldSet.add(field);
    },
    insert(memory, identity) {
      memories.set(memory.id, encodeMemory(memory));
      inserted.set(memory.id, identity);
    },
    remove(id) {
      memories.delete(id);
      changed.delete(id);
      if (!inserted.delete(id)) removed.add(id);
    },
    link: (key) => links.get(linkKey(key)),
    setLink(key, link) {
      const name = linkKey(key);
      changedLinks.set(name, key);
      if (link === undefined) links.delete(name);
      else links.set(name, link);
    },
    hasEvidence: (memory, episode) => evidence.has(pairKey(memory, episode)),
    setEvidence(memory, episode, there) {
      const name = pairKey(memory, episode);
      changedEvidence.set(name, [memory, episode]);
      if (there) evidence.add(name);
      else evidence.delete(name);
    },
    counted: (receipt) => receipts.get(receipt)?.counted,
    memoryOfReceipt: (receipt) => receipts.get(receipt)?.memory,
    setCounted(receipt, counted) {
      const known = receipts.get(receipt);
      if (known === undefined) return;
      receipts.set(receipt, { ...known, counted });
      changedReceipts.add(receipt);
    },
    fact: (key) => facts.get(key),
    setFact(key, json) {
      changedFacts.add(key);
      if (json === undefined) facts.delete(key);
      else facts.set(key, storable(json));
    },
    async flush() {
      await flushMemories();
      await flushTerms();
      await flushEvidence();
      await flushLinks();
      await flushOthers();
    },
  };
}

function indexedOf(row: Row): Indexed {
  return {
    scope: decodeField('scope', row),
    text: decodeField('text', row),
    lesson: decodeField('lesson', row),
    cues: decodeField('cues', row),
    tags: decodeField('tags', row),
    topic: decodeField('topic', row),
    citations: decodeField('citations', row),
    context: decodeField('context', row),
  };
}

/**
 * What a batch of changes touches, loaded at once, changed in memory and written back at once. Within a batch a
 * change sees what the changes before it did.
 */
import type { Link, LinkKind, Memory, MemoryId } from '../core/memory.ts';
import { linkKinds } from '../core/memory.ts';
import type { Known } from '../core/sleep/night/store.ts';
import { keys, lookupSize, slicesOf } from './bulk.ts';
import { numberAt, oneOfAt, optionalTextAt, storable, textAt } from './columns.ts';
import type { Row, Session, SqlValue } from './connection.ts';
import { columnsOf, encodeMemory, type Field, setField } from './memoryRow.ts';
import { fieldsOfTerms, termColumnsOf } from './searchIndex.ts';
import type { LinkKey, Touched } from './touched.ts';
import { writeWorkingSet } from './writeWorkingSet.ts';

export interface WorkingSet {
  has(id: MemoryId): boolean;
  /** The columns of a memory, those of `fields` and all that were loaded among them; undefined if there is none. */
  memory(id: MemoryId, fields?: readonly Field[]): Row | undefined;
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

/** With where memories stand in their table, as far as it is known; what is looked up is added. */
export interface KnownRows extends Known {
  readonly seqs: Map<MemoryId, number>;
}

/**
 * What need not be loaded, since whoever makes the changes knows it; but for what an earlier batch of the same transaction
 * wrote, which is as the database has it. Such a batch makes memories and changes them, and takes none away.
 */
export interface KnownBefore extends KnownRows {
  /** Of these memories the fields, the links that run from them, and the episodes behind them were written. */
  readonly written: {
    readonly memories: ReadonlySet<MemoryId>;
    readonly linksFrom: ReadonlySet<MemoryId>;
    readonly evidenceOf: ReadonlySet<MemoryId>;
  };
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

/** Only what `before` does not answer for is loaded. */
export async function loadWorkingSet(
  sql: Session,
  touched: Touched,
  before?: KnownBefore,
): Promise<WorkingSet> {
  /* Of a memory that is only spoken of it is enough to know that it is there. */
  const mustLoad = (id: MemoryId) =>
    before === undefined ||
    (before.written.memories.has(id) && (touched.patched.has(id) || before.memory(id) === undefined));
  const knowsLinks = (from: MemoryId) => before !== undefined && !before.written.linksFrom.has(from);
  const knowsEvidence = (memory: MemoryId) => before !== undefined && !before.written.evidenceOf.has(memory);
  const memories = await loadMemories(sql, [...touched.memories].filter(mustLoad), touched.fields);
  const links = await loadLinks(
    sql,
    touched.links.filter(({ from }) => !knowsLinks(from)),
  );
  const evidence = await loadEvidence(
    sql,
    touched.evidence.filter(([memory]) => !knowsEvidence(memory)),
  );
  const receipts = await loadReceipts(sql, touched.receipts);
  const facts = await loadFacts(sql, touched.facts);

  const inserted = new Map<MemoryId, string | undefined>();
  const removed = new Set<MemoryId>();
  const changed = new Map<MemoryId, Set<Field>>();
  const changedLinks = new Map<string, LinkKey>();
  const changedEvidence = new Map<string, readonly [MemoryId, MemoryId]>();
  const changedReceipts = new Set<string>();
  const changedFacts = new Set<string>();

  const knownMemory = (id: MemoryId) => (removed.has(id) ? undefined : before?.memory(id));

  /** What is known is put into columns when it is asked for, field by field. */
  const row = (id: MemoryId, fields: readonly Field[] = []): Record<string, SqlValue> | undefined => {
    const known = inserted.has(id) || before?.written.memories.has(id) ? undefined : knownMemory(id);
    if (known === undefined) return memories.get(id);
    let columns = memories.get(id);
    if (columns === undefined) {
      columns = {};
      memories.set(id, columns);
    }
    for (const field of fields)
      if (!((columnsOf(field)[0] as string) in columns)) setField(columns, field, known[field]);
    return columns;
  };

  return {
    has: (id) => memories.has(id) || knownMemory(id) !== undefined,
    memory: row,
    set(id, field, value) {
      const columns = row(id);
      if (columns === undefined) return;
      setField(columns, field, value);
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
    link(key) {
      const name = linkKey(key);
      const own = links.get(name);
      if (own !== undefined || changedLinks.has(name) || !knowsLinks(key.from)) return own;
      const known = before?.link(key.from, key.to, key.kind);
      if (known === undefined) return undefined;
      /* In the order in which a row is read. */
      const { from, to, kind, weight, createdAt, usedAt } = known;
      return { from, to, kind, weight, createdAt, usedAt };
    },
    setLink(key, link) {
      const name = linkKey(key);
      changedLinks.set(name, key);
      if (link === undefined) links.delete(name);
      else links.set(name, link);
    },
    hasEvidence(memory, episode) {
      const name = pairKey(memory, episode);
      if (evidence.has(name)) return true;
      if (changedEvidence.has(name) || !knowsEvidence(memory)) return false;
      return before?.hasEvidence(memory, episode) === true;
    },
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
    flush: () =>
      writeWorkingSet(sql, {
        row,
        seqs: before?.seqs ?? new Map(),
        inserted,
        removed,
        changed: new Map([...changed].filter(([id]) => memories.has(id) && !inserted.has(id))),
        links: [...changedLinks].map(([name, key]) => ({ key, link: links.get(name) })),
        evidence: [...changedEvidence].map(([name, [memory, episode]]) => ({
          memory,
          episode,
          there: evidence.has(name),
        })),
        receipts: [...changedReceipts].map((id) => ({ id, counted: receipts.get(id)?.counted === true })),
        facts: [...changedFacts].map((key) => ({ key, json: facts.get(key) })),
      }),
  };
}

async function loadMemories(
  sql: Session,
  ids: readonly string[],
  fields: ReadonlySet<Field>,
): Promise<Map<MemoryId, Record<string, SqlValue>>> {
  const memories = new Map<MemoryId, Record<string, SqlValue>>();
  if (ids.length === 0) return memories;
  const loaded = new Set([...fields, ...fieldsOfTerms(termColumnsOf(fields))]);
  const select = ['id', ...[...loaded].flatMap(columnsOf).map((column) => `"${column}"`)].join(', ');
  for (const some of slicesOf(ids, lookupSize)) {
    const rows = await sql.all(
      `SELECT ${select} FROM memories WHERE id IN (SELECT value FROM json_each(?))`,
      [keys(some)],
    );
    for (const row of rows) memories.set(textAt(row, 'id') as MemoryId, { ...row });
  }
  return memories;
}

async function loadLinks(sql: Session, asked: readonly LinkKey[]): Promise<Map<string, Link>> {
  const links = new Map<string, Link>();
  for (const some of slicesOf(asked, lookupSize)) {
    const rows = await sql.all(
      `SELECT l.* FROM json_each(?) k CROSS JOIN links l
       ON l.from_memory = k.value ->> 0 AND l.to_memory = k.value ->> 1 AND l.kind = k.value ->> 2`,
      [JSON.stringify(some.map((key) => [key.from, key.to, key.kind]))],
    );
    for (const row of rows) {
      const link = decodeLink(row);
      links.set(linkKey(link), link);
    }
  }
  return links;
}

async function loadEvidence(
  sql: Session,
  asked: readonly (readonly [MemoryId, MemoryId])[],
): Promise<Set<string>> {
  const evidence = new Set<string>();
  for (const some of slicesOf(asked, lookupSize)) {
    const rows = await sql.all(
      `SELECT e.memory, e.episode FROM json_each(?) k CROSS JOIN evidence e
       ON e.memory = k.value ->> 0 AND e.episode = k.value ->> 1`,
      [JSON.stringify(some)],
    );
    for (const row of rows) evidence.add(pairKey(textAt(row, 'memory'), textAt(row, 'episode')));
  }
  return evidence;
}

async function loadReceipts(
  sql: Session,
  ids: ReadonlySet<string>,
): Promise<Map<string, { readonly memory: MemoryId; readonly counted: boolean }>> {
  if (ids.size === 0) return new Map();
  const rows = await sql.all(
    'SELECT id, memory, counted FROM receipts WHERE id IN (SELECT value FROM json_each(?))',
    [keys(ids)],
  );
  return new Map(
    rows.map((row) => [
      textAt(row, 'id'),
      { memory: textAt(row, 'memory') as MemoryId, counted: numberAt(row, 'counted') === 1 },
    ]),
  );
}

async function loadFacts(sql: Session, names: ReadonlySet<string>): Promise<Map<string, string>> {
  const facts = new Map<string, string>();
  for (const some of slicesOf([...names], lookupSize)) {
    const rows = await sql.all('SELECT key, value FROM facts WHERE key IN (SELECT value FROM json_each(?))', [
      keys(some),
    ]);
    for (const row of rows) facts.set(textAt(row, 'key'), optionalTextAt(row, 'value') ?? 'null');
  }
  return facts;
}

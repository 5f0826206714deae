/** Applies changes and writes one journal row for each: the one way in which memories are changed. */
import type { Link, Memory, MemoryId, NightId } from '../core/memory.ts';
import type { MemoryPatch } from '../core/ports.ts';
import type { Change } from '../core/sleep/phase.ts';
import { slicesOf } from './bulk.ts';
import { storable } from './columns.ts';
import type { Row, Session } from './connection.ts';
import { columnsOf, decodeField, decodeMemory, encodeField, encodeMemory, type Field } from './memoryRow.ts';
import { patchedFields, touchedBy } from './touched.ts';
import { type KnownRows, loadWorkingSet, type WorkingSet } from './workingSet.ts';

export interface Occasion {
  readonly night?: NightId;
  /** Phase or wake act. */
  readonly act: string;
  readonly at: number;
  /** Hashes of the episodes' words, by memory. */
  readonly identities?: ReadonlyMap<MemoryId, string>;
  /** What whoever makes the changes knows of the memory as it stands before them. */
  readonly known?: KnownRows;
}

/**
 * Changes that are worked out before their rows are written. Usually few: what is held meanwhile costs the collector. Many where
 * they come in another order than that of the tables: of many rows put in order there are several to a page, and a page
 * that is full of other rows is read and written once for each.
 */
export const batchSize = { usual: 1000, scattered: 20_000 } as const;

/** Memories lie scattered that are spread over so many times their number of places. */
const spread = 4;

/** Do the memories of the first changes lie scattered in their table? Where that is not known, they are read, and few at a time. */
function areScattered(changes: readonly Change[], known: KnownRows | undefined): boolean {
  const seqs = changes
    .slice(0, batchSize.usual)
    .flatMap((change) => (change.type === 'update' ? (known?.seqs.get(change.id) ?? []) : []));
  return Math.max(...seqs) - Math.min(...seqs) > seqs.length * spread;
}

/** Changes between two writes of the journal: so long the thread does nothing else. */
const stride = 1000;

/** `type`, `memory`, `other`, `subject`, `before`, `after`, `why`: text, all of it. */
type JournalRow = readonly (string | null)[];

/** All rows of a batch as one text: handing over each value by itself took longer than writing it. */
const insertJournal = `INSERT INTO journal (night, act, at, type, memory, other, subject, before, after, why)
  SELECT ?1, ?2, ?3, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
  FROM json_each(?4)`;
const insertOne = `INSERT INTO journal (night, act, at, type, memory, other, subject, before, after, why)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** A row longer than this (characters) goes by itself: escaped within the others' text it held the thread for long. */
const longRow = 100_000;

/**
 * In order. A change whose memory is gone meanwhile (its owner may forget while a night is under way), or that
 * changes nothing, is passed over. Answers how many were made.
 */
export async function applyChanges(
  sql: Session,
  changes: readonly Change[],
  occasion: Occasion,
): Promise<number> {
  let made = 0;
  const promised = new Set<MemoryId>();
  for (const change of changes) if (change.type === 'create') promised.add(change.memory.id);
  const { known } = occasion;
  const written: Written = { memories: new Set(), linksFrom: new Set(), evidenceOf: new Set() };
  const before = known && { ...known, written };
  const size = areScattered(changes, known) ? batchSize.scattered : batchSize.usual;
  for (const batch of slicesOf(changes, size)) {
    const set = await loadWorkingSet(sql, touchedBy(batch), before);
    const there = (id: MemoryId) => set.has(id) || promised.has(id);
    for (const some of slicesOf(batch, stride)) {
      const rows = some.flatMap((change) => {
        const row = applyOne(set, there, change, occasion.identities);
        return row === undefined ? [] : [row];
      });
      await writeJournal(sql, rows, occasion);
      made += rows.length;
    }
    await set.flush();
    if (known !== undefined) for (const change of batch) addWritten(change, written);
  }
  return made;
}

/** What the batches so far wrote, by the memory it belongs to. */
interface Written {
  readonly memories: Set<MemoryId>;
  readonly linksFrom: Set<MemoryId>;
  readonly evidenceOf: Set<MemoryId>;
}

function addWritten(change: Change, { memories, linksFrom, evidenceOf }: Written): void {
  switch (change.type) {
    case 'create':
      memories.add(change.memory.id);
      evidenceOf.add(change.memory.id);
      break;
    case 'update':
      memories.add(change.id);
      break;
    case 'evidence':
      evidenceOf.add(change.memory);
      break;
    case 'link':
      linksFrom.add(change.link.from);
      break;
    case 'unlink':
      linksFrom.add(change.from);
      break;
    case 'receipt-counted':
    case 'fact':
      break;
  }
}

/** In order: a long row after those before it. */
async function writeJournal(sql: Session, rows: readonly JournalRow[], occasion: Occasion): Promise<void> {
  const common = [occasion.night ?? null, occasion.act, occasion.at];
  const isLong = (row: JournalRow) => row.reduce((sum, text) => sum + (text?.length ?? 0), 0) > longRow;
  for (let from = 0; from < rows.length; ) {
    const long = rows.findIndex((row, index) => index >= from && isLong(row));
    const end = long < 0 ? rows.length : long;
    if (end > from) await sql.run(insertJournal, [...common, JSON.stringify(rows.slice(from, end))]);
    if (long >= 0) await sql.run(insertOne, [...common, ...(rows[long] as JournalRow)]);
    from = end + 1;
  }
}

/** Changes `set` and answers the journal row; undefined where nothing was to be done. */
function applyOne(
  set: WorkingSet,
  there: (id: MemoryId) => boolean,
  change: Change,
  identities: Occasion['identities'],
): JournalRow | undefined {
  const entry = (
    names: { readonly memory?: MemoryId; readonly other?: MemoryId; readonly subject?: string },
    before: string | undefined,
    after: string | undefined,
  ): JournalRow => [
    change.type,
    names.memory ?? null,
    names.other ?? null,
    names.subject ?? null,
    before ?? null,
    after ?? null,
    storable(change.why),
  ];
  switch (change.type) {
    case 'create': {
      const { memory } = change;
      if (set.has(memory.id)) return undefined;
      set.insert(memory, identities?.get(memory.id));
      const evidence = change.evidence.filter((episode) => episode !== memory.id && there(episode));
      for (const episode of evidence) set.setEvidence(memory.id, episode, true);
      /* As it will be read back, so that the journal and the row agree. */
      const kept = decodeMemory(encodeMemory(memory));
      return entry({ memory: memory.id }, undefined, JSON.stringify({ memory: kept, evidence }));
    }
    case 'update': {
      const fields = patchedFields(change.patch);
      const row = set.memory(change.id, fields);
      if (row === undefined) return undefined;
      const before: Record<string, unknown> = {};
      const after: Record<string, unknown> = {};
      let changed = false;
      for (const field of fields) {
        if (updateField(set, row, change.id, field, change.patch, before, after)) changed = true;
      }
      return changed
        ? entry({ memory: change.id }, JSON.stringify(before), JSON.stringify(after))
        : undefined;
    }
    case 'evidence': {
      const { memory, episode } = change;
      if (memory === episode || !there(memory) || !there(episode) || set.hasEvidence(memory, episode))
        return undefined;
      set.setEvidence(memory, episode, true);
      return entry({ memory, other: episode }, undefined, JSON.stringify({ memory, episode }));
    }
    case 'link': {
      const { from, to, kind, weight, createdAt, usedAt } = change.link;
      if (from === to || !there(from) || !there(to)) return undefined;
      const before = set.link(change.link);
      const link: Link = { from, to, kind, weight, createdAt, usedAt };
      const [old, now] = [before && JSON.stringify(before), JSON.stringify(link)];
      if (old === now) return undefined;
      set.setLink(change.link, link);
      return entry({ memory: from, other: to, subject: kind }, old, now);
    }
    case 'unlink': {
      const before = set.link(change);
      if (before === undefined) return undefined;
      set.setLink(change, undefined);
      return entry(
        { memory: change.from, other: change.to, subject: change.kind },
        JSON.stringify(before),
        undefined,
      );
    }
    case 'receipt-counted': {
      if (set.counted(change.receipt) !== false) return undefined;
      set.setCounted(change.receipt, true);
      const memory = set.memoryOfReceipt(change.receipt);
      return entry(
        { ...(memory && { memory }), subject: change.receipt },
        '{"counted":false}',
        '{"counted":true}',
      );
    }
    case 'fact': {
      const before = set.fact(change.key);
      const json: string | undefined = JSON.stringify(change.value);
      const after = json === undefined ? undefined : storable(json);
      if (before === after) return undefined;
      set.setFact(change.key, after);
      return entry({ subject: change.key }, before, after);
    }
  }
}

function updateField<F extends Field>(
  set: WorkingSet,
  row: Row,
  id: MemoryId,
  field: F,
  patch: MemoryPatch,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): boolean {
  const value = patch[field] as Memory[F] | null;
  const values = encodeField(field, value);
  const same = columnsOf(field).every((column, index) => row[column] === values[index]);
  if (same) return false;
  before[field] = decodeField(field, row) ?? null;
  set.set(id, field, value);
  after[field] = decodeField(field, row) ?? null;
  return true;
}

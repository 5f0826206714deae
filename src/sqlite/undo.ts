/**
 * Taking back what the journal holds, newest first, exactly.
 *
 * A thing that was changed since is not overwritten: `undo-conflict` names it and nothing is taken back. Being used
 * is no such change: a recall moves strength, rate, last access and access count (and a link's weight) without the
 * journal, so these alone are put back without ado as long as no journalled change came after.
 */
import { ReverieError } from '../core/errors.ts';
import type { Link, Memory, MemoryId, NightId } from '../core/memory.ts';
import type { MemoryPatch } from '../core/ports.ts';
import type { JournalEntry } from '../core/sleep/store.ts';
import { patchedFields } from './applyChanges.ts';

import { numberAt, storable } from './columns.ts';
import type { Row, Session } from './connection.ts';
import { decodeEntry, seqOf } from './journal.ts';
import { columnsOf, encodeField, type Field } from './memoryRow.ts';
import { loadWorkingSet, nothingTouched, type Touched, type WorkingSet } from './workingSet.ts';

const batchSize = 1000;
const movedByUse: ReadonlySet<Field> = new Set<Field>(['strength', 'rate', 'lastAccessedAt', 'accessCount']);

/** Newest first, as they were taken back. Throws `not-found`, `undo-conflict`. */
export async function undo(sql: Session, night: NightId, entry?: string): Promise<readonly JournalEntry[]> {
  const taken: JournalEntry[] = [];
  if (entry !== undefined) {
    const seqs = await seqsOfOne(sql, night, entry);
    await undoRows(sql, await rowsOf(sql, seqs), taken);
    return taken;
  }
  const [known] = await sql.all('SELECT id FROM nights WHERE id = ?', [night]);
  if (known === undefined) throw new ReverieError('not-found', `There is no night ${night}.`);
  for (;;) {
    const rows = await sql.all(
      'SELECT * FROM journal WHERE night = ? AND undone = 0 ORDER BY seq DESC LIMIT ?',
      [night, batchSize],
    );
    if (rows.length === 0) break;
    await undoRows(sql, rows, taken);
  }
  await sql.run(`UPDATE nights SET state = 'undone' WHERE id = ?`, [night]);
  return taken;
}

const rowsOf = (sql: Session, seqs: readonly number[]) =>
  sql.all('SELECT * FROM journal WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq DESC', [
    JSON.stringify(seqs),
  ]);

/** One change, and for a birth also what the same night (or act) went on to do with the newborn. */
async function seqsOfOne(sql: Session, night: NightId, entry: string): Promise<readonly number[]> {
  const seq = seqOf(entry);
  const [row] = seq === undefined ? [] : await sql.all('SELECT * FROM journal WHERE seq = ?', [seq]);
  if (row === undefined || (row['night'] !== null && row['night'] !== night)) {
    throw new ReverieError('not-found', `There is no change ${entry} in the night ${night}.`);
  }
  const change = decodeEntry(row);
  if (change.undone) return [];
  if (change.change.type !== 'create') return [numberAt(row, 'seq')];
  const later = await sql.all(
    `SELECT seq FROM journal WHERE (memory = ?1 OR other = ?1) AND seq >= ?2 AND undone = 0 AND night IS ?3`,
    [change.change.memory.id, numberAt(row, 'seq'), row['night'] ?? null],
  );
  return later.map((one) => numberAt(one, 'seq'));
}

/** `rows` newest first. */
async function undoRows(sql: Session, rows: readonly Row[], taken: JournalEntry[]): Promise<void> {
  const seqs = new Set(rows.map((row) => numberAt(row, 'seq')));
  const entries = rows.map(decodeEntry);
  const set = await loadWorkingSet(sql, touchedBy(entries));
  const later = laterChanges(sql, seqs);
  for (const entry of entries) await undoOne(sql, set, entry, later);
  await set.flush();
  await sql.run('UPDATE journal SET undone = 1 WHERE seq IN (SELECT value FROM json_each(?))', [
    JSON.stringify([...seqs]),
  ]);
  for (const entry of entries) taken.push({ ...entry, undone: true });
}

function touchedBy(entries: readonly JournalEntry[]): Touched {
  const touched = nothingTouched();
  for (const { change, before } of entries) {
    switch (change.type) {
      case 'create':
        touched.memories.add(change.memory.id);
        break;
      case 'update':
        touched.memories.add(change.id);
        for (const field of patchedFields(before as MemoryPatch)) touched.fields.add(field);
        break;
      case 'evidence':
        touched.evidence.push([change.memory, change.episode]);
        break;
      case 'link':
        touched.memories.add(change.link.from).add(change.link.to);
        touched.links.push(change.link);
        break;
      case 'unlink':
        touched.memories.add(change.from).add(change.to);
        touched.links.push(change);
        break;
      case 'receipt-counted':
        touched.receipts.add(change.receipt);
        break;
      case 'fact':
        touched.facts.add(change.key);
        break;
    }
  }
  return touched;
}

/** Journalled changes that came after an entry and are not being taken back with it. */
interface LaterChanges {
  ofMemory(id: MemoryId, after: JournalEntry): Promise<readonly JournalEntry[]>;
}

function laterChanges(sql: Session, ownSeqs: ReadonlySet<number>): LaterChanges {
  return {
    async ofMemory(id, after) {
      const rows = await sql.all(
        'SELECT * FROM journal WHERE (memory = ?1 OR other = ?1) AND undone = 0 AND seq > ?2 ORDER BY seq',
        [id, seqOf(after.id) ?? 0],
      );
      return rows.filter((row) => !ownSeqs.has(numberAt(row, 'seq'))).map(decodeEntry);
    },
  };
}

function conflict(what: string, entry: JournalEntry): ReverieError {
  return new ReverieError(
    'undo-conflict',
    `${what} was changed after ${entry.id} (${entry.act}), so this cannot be taken back.`,
  );
}

async function undoOne(
  sql: Session,
  set: WorkingSet,
  entry: JournalEntry,
  later: LaterChanges,
): Promise<void> {
  const { change } = entry;
  switch (change.type) {
    case 'create': {
      const { id } = change.memory;
      if (!set.has(id)) return;
      const built = await later.ofMemory(id, entry);
      if (built.length > 0) throw conflict(`The memory ${id}`, entry);
      const [user] = await sql.all('SELECT id FROM memories WHERE replaced_by = ?1 OR contradicted_by = ?1', [
        id,
      ]);
      if (user !== undefined && !clearsReference(set, user, id)) throw conflict(`The memory ${id}`, entry);
      set.remove(id);
      return;
    }
    case 'update':
      if (set.has(change.id)) await undoUpdate(set, change.id, entry, later);
      return;
    case 'evidence':
      set.setEvidence(change.memory, change.episode, false);
      return;
    case 'link': {
      await expectLink(set, change.link, entry.after as Link, entry, later);
      set.setLink(change.link, (entry.before as Link | null) ?? undefined);
      return;
    }
    case 'unlink': {
      if (!set.has(change.from) || !set.has(change.to)) return;
      if (set.link(change) !== undefined)
        throw conflict(`The link between ${change.from} and ${change.to}`, entry);
      set.setLink(change, entry.before as Link);
      return;
    }
    case 'receipt-counted':
      set.setCounted(change.receipt, false);
      return;
    case 'fact': {
      /* `null` stands for "not there" as well as for JSON's null; both were written by the same step, so compare text. */
      const now = set.fact(change.key);
      const after = change.value === undefined ? undefined : storable(JSON.stringify(change.value));
      if (now !== after) throw conflict(`The fact ${change.key}`, entry);
      set.setFact(change.key, await factBefore(sql, entry));
      return;
    }
  }
}

/** A reference that is itself being taken back in this very batch is none. */
function clearsReference(set: WorkingSet, user: Row, id: MemoryId): boolean {
  const row = set.memory(user['id'] as MemoryId);
  return (
    row !== undefined && 'replaced_by' in row && row['replaced_by'] !== id && row['contradicted_by'] !== id
  );
}

async function undoUpdate(
  set: WorkingSet,
  id: MemoryId,
  entry: JournalEntry,
  later: LaterChanges,
): Promise<void> {
  const row = set.memory(id) ?? {};
  const before = entry.before as MemoryPatch;
  const after = entry.after as MemoryPatch;
  for (const field of patchedFields(before)) {
    if (!holds(row, field, after)) {
      const changedSince =
        !movedByUse.has(field) ||
        (await later.ofMemory(id, entry)).some(
          (other) => other.change.type === 'update' && field in other.change.patch,
        );
      if (changedSince) throw conflict(`The memory ${id}`, entry);
    }
    restore(set, id, field, before);
  }
}

function holds<F extends Field>(row: Row, field: F, patch: MemoryPatch): boolean {
  const values = encodeField(field, patch[field] as Memory[F] | null);
  return columnsOf(field).every((column, index) => row[column] === values[index]);
}

function restore<F extends Field>(set: WorkingSet, id: MemoryId, field: F, patch: MemoryPatch): void {
  set.set(id, field, patch[field] as Memory[F] | null);
}

async function expectLink(
  set: WorkingSet,
  key: Pick<Link, 'from' | 'to' | 'kind'>,
  expected: Link,
  entry: JournalEntry,
  later: LaterChanges,
): Promise<void> {
  const now = set.link(key);
  if (now === undefined) {
    /* Gone with a memory that was forgotten: nothing to take back. Else somebody cut it since. */
    if (!set.has(key.from) || !set.has(key.to)) return;
    throw conflict(`The link between ${key.from} and ${key.to}`, entry);
  }
  if (
    now.weight === expected.weight &&
    now.usedAt === expected.usedAt &&
    now.createdAt === expected.createdAt
  )
    return;
  const others = await later.ofMemory(key.from, entry);
  const journalled = others.some(
    ({ change }) =>
      (change.type === 'link' && change.link.to === key.to && change.link.kind === key.kind) ||
      (change.type === 'unlink' && change.to === key.to && change.kind === key.kind),
  );
  if (journalled) throw conflict(`The link between ${key.from} and ${key.to}`, entry);
}

async function factBefore(sql: Session, entry: JournalEntry): Promise<string | undefined> {
  const [row] = await sql.all('SELECT before FROM journal WHERE seq = ?', [seqOf(entry.id) ?? 0]);
  const before = row?.['before'];
  return typeof before === 'string' ? before : undefined;
}

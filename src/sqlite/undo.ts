/**
 * Taking back what the journal holds, newest first, exactly.
 *
 * A thing that was changed since is not overwritten: `undo-conflict` names it and nothing is taken back, unless what was
 * changed since is to stay and only the rest to go. Being used is no such change: a recall moves strength, rate, last
 * access and access count (and a link's weight) without the journal, so these alone are put back without ado as long as
 * no journalled change came after.
 */
import { ReverieError } from '../core/errors.ts';
import type { Link, Memory, MemoryId, NightId } from '../core/memory.ts';
import type { MemoryPatch } from '../core/ports.ts';
import type { JournalEntry, UndoChoice } from '../core/sleep/night/store.ts';
import { numberAt, storable, textAt } from './columns.ts';
import type { Row, Session } from './connection.ts';
import { decodeEntry, seqOf } from './journal.ts';
import { columnsOf, encodeField, type Field } from './memoryRow.ts';
import { expectKept } from './retention.ts';
import { patchedFields, touchedBy } from './touched.ts';
import { factKey, groundOf, receiptKey } from './undoGround.ts';
import { loadWorkingSet, type WorkingSet } from './workingSet.ts';

const batchSize = 1000;
const movedByUse: ReadonlySet<Field> = new Set<Field>(['strength', 'rate', 'lastAccessedAt', 'accessCount']);

/** Newest first, as they were taken back. Throws `not-found`, `undo-conflict`, `not-undoable`. */
export async function undo(
  sql: Session,
  night: NightId,
  only: UndoChoice = {},
): Promise<readonly JournalEntry[]> {
  const taken: JournalEntry[] = [];
  if (only.change !== undefined || only.phase !== undefined) {
    const seqs = [...(await seqsOf(sql, night, only))].sort((a, b) => b - a);
    for (let from = 0; from < seqs.length; from += batchSize)
      await undoEntries(sql, (await rowsOf(sql, seqs.slice(from, from + batchSize))).map(decodeEntry), taken);
    return taken;
  }
  await expectNight(sql, night);
  await expectKept(sql, night);
  const stays = only.keepChanged === true ? await createStays(sql, night) : () => false;
  let kept = 0;
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = await sql.all(
      'SELECT * FROM journal WHERE night = ? AND undone = 0 AND seq < ? ORDER BY seq DESC LIMIT ?',
      [night, before, batchSize],
    );
    const last = rows.at(-1);
    if (last === undefined) break;
    before = numberAt(last, 'seq');
    const going = rows.map(decodeEntry).filter((entry) => !stays(entry));
    kept += rows.length - going.length;
    await undoEntries(sql, going, taken);
  }
  if (kept === 0) await sql.run(`UPDATE nights SET state = 'undone' WHERE id = ?`, [night]);
  return taken;
}

/**
 * Whether a change of a night stays where what was changed since is kept; to be asked newest first. It stays if it
 * speaks of a memory that the owner or a later night changed, or if one that stays rests on it.
 */
async function createStays(sql: Session, night: NightId): Promise<(entry: JournalEntry) => boolean> {
  const rows = await sql.all(
    `SELECT type, memory, other, subject FROM journal
     WHERE undone = 0 AND night IS NOT ?1 AND seq > (SELECT min(seq) FROM journal WHERE night = ?1)`,
    [night],
  );
  const changed = new Set(rows.flatMap((row) => [row['memory'], row['other']]));
  const needed = new Set<string>();
  for (const row of rows) {
    if (row['type'] === 'fact') needed.add(factKey(textAt(row, 'subject')));
    if (row['type'] === 'receipt-counted') needed.add(receiptKey(textAt(row, 'subject')));
  }
  return (entry) => {
    const { written, read } = groundOf(entry);
    const speaks = [...touchedBy([entry.change]).memories, ...read].some((id) => changed.has(id));
    if (!speaks && !written.some((key) => needed.has(key))) return false;
    for (const key of [...written, ...read]) needed.add(key);
    return true;
  };
}

async function expectNight(sql: Session, night: NightId): Promise<void> {
  const [known] = await sql.all('SELECT id FROM nights WHERE id = ?', [night]);
  if (known === undefined) throw new ReverieError('not-found', `There is no night ${night}.`);
}

const rowsOf = (sql: Session, seqs: readonly number[]) =>
  sql.all('SELECT * FROM journal WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq DESC', [
    JSON.stringify(seqs),
  ]);

/** What was asked for, and what the same night went on to do with it: that cannot stay where its ground is taken away. */
async function seqsOf(sql: Session, night: NightId, only: UndoChoice): Promise<ReadonlySet<number>> {
  if (only.change === undefined) {
    await expectNight(sql, night);
    await expectKept(sql, night);
    const [first] = await sql.all(
      'SELECT min(seq) AS seq FROM journal WHERE night = ? AND act = ? AND undone = 0',
      [night, only.phase ?? ''],
    );
    const from = first === undefined ? null : first['seq'];
    if (typeof from !== 'number') return new Set();
    return dependentsOf(sql, night, from, ({ act }) => act === only.phase);
  }
  const seq = seqOf(only.change);
  const [row] = seq === undefined ? [] : await sql.all('SELECT * FROM journal WHERE seq = ?', [seq]);
  if (row === undefined || (row['night'] !== null && row['night'] !== night)) {
    throw new ReverieError('not-found', `There is no change ${only.change} in the night ${night}.`);
  }
  await expectKept(sql, night, numberAt(row, 'seq'));
  const entry = decodeEntry(row);
  if (entry.undone) return new Set();
  if (row['night'] !== null)
    return dependentsOf(sql, night, numberAt(row, 'seq'), ({ id }) => id === entry.id);
  /* An act of the owner: later acts on the same memory are the owner's too, and only a birth takes them with it. */
  if (entry.change.type !== 'create') return new Set([numberAt(row, 'seq')]);
  const later = await sql.all(
    'SELECT seq FROM journal WHERE (memory = ?1 OR other = ?1) AND seq >= ?2 AND undone = 0 AND night IS NULL',
    [entry.change.memory.id, numberAt(row, 'seq')],
  );
  return new Set(later.map((one) => numberAt(one, 'seq')));
}

/** The changes of a night from `from` on that `isMeant`, and every later one of the night that rests on one of them. */
async function dependentsOf(
  sql: Session,
  night: NightId,
  from: number,
  isMeant: (entry: JournalEntry) => boolean,
): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  const ground = new Set<string>();
  for (let after = from - 1; ; ) {
    const rows = await sql.all(
      'SELECT * FROM journal WHERE night = ? AND undone = 0 AND seq > ? ORDER BY seq LIMIT ?',
      [night, after, batchSize],
    );
    for (const row of rows) {
      const entry = decodeEntry(row);
      const { written, read } = groundOf(entry);
      if (!isMeant(entry) && ![...written, ...read].some((key) => ground.has(key))) continue;
      found.add(numberAt(row, 'seq'));
      for (const key of written) ground.add(key);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < batchSize) return found;
    after = numberAt(last, 'seq');
  }
}

/** `entries` newest first. */
async function undoEntries(
  sql: Session,
  entries: readonly JournalEntry[],
  taken: JournalEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const seqs = new Set(entries.flatMap(({ id }) => seqOf(id) ?? []));
  const set = await loadWorkingSet(sql, touchedBy(entries.map(({ change }) => change)));
  const later = laterChanges(sql, seqs);
  for (const entry of entries) await undoOne(sql, set, entry, later);
  await set.flush();
  await sql.run('UPDATE journal SET undone = 1 WHERE seq IN (SELECT value FROM json_each(?))', [
    JSON.stringify([...seqs]),
  ]);
  for (const entry of entries) taken.push({ ...entry, undone: true });
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

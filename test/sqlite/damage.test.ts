/** Drills: what is damaged is set aside, never deleted; what is only locked, foreign or newer is left alone. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ReverieError } from '../../src/core/errors.ts';
import { type Connection, openConnection } from '../../src/sqlite/connection.ts';
import { diagnose } from '../../src/sqlite/diagnosis.ts';
import { migrate } from '../../src/sqlite/migrations/migrate.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { buildMemory, noon, silentLog } from '../support/builders.ts';
import { createTestClock } from '../support/clock.ts';
import { freshFile } from '../support/database.ts';

const open = (file: string, mode: 'read' | 'write' = 'write', busyMs = 3000) =>
  openDatabase({ file, mode, log: silentLog, clock: createTestClock(noon), busyMs });

/* Run as a process of its own, because the rights of files do not bind the superuser. */
const asReader = process.env['REVERIE_TEST_READER'];
if (asReader !== undefined) {
  if (process.getuid?.() === 0) process.setuid?.(65_534);
  const database = await open(asReader);
  const refused = await database.setFact('a', 1).then(
    () => 'written',
    (error: unknown) => (error instanceof ReverieError ? error.reason : 'other'),
  );
  console.log(JSON.stringify([database.writable, await database.memories.count({}), refused]));
  await database.close();
  process.exit(0);
}

/** A database with some memories, closed. */
async function filled(t: TestContext, count = 50): Promise<string> {
  const file = freshFile(t);
  const database = await open(file);
  await database.memories.add(
    Array.from({ length: count }, (_, index) => ({
      memory: buildMemory({ text: `Memory number ${index} of several.` }),
    })),
    'import',
  );
  await database.close();
  return file;
}

const damages: readonly (readonly [string, (file: string) => void])[] = [
  ['garbage', (file) => writeFileSync(file, Buffer.alloc(9000, 'not a database '))],
  ['a few bytes', (file) => writeFileSync(file, 'SQL')],
  ['a cut-off file', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
  ['a cut in the first page', (file) => truncateSync(file, 700)],
  ['an overwritten schema', (file) => writeFileSync(file, readFileSync(file).fill(0xff, 100, 4096))],
  [
    'an emptied file with a log beside it',
    (file) => {
      truncateSync(file, 0);
      writeFileSync(`${file}-wal`, 'what was written last');
    },
  ],
];

for (const [name, damage] of damages) {
  test(`${name}: set aside byte for byte, and a new memory begun`, async (t) => {
    const file = await filled(t);
    damage(file);
    const remains = readFileSync(file);
    const database = await open(file);
    t.after(() => database.close());
    assert.equal(database.writable, true);
    const aside = database.setAside;
    assert.ok(aside !== undefined && aside.startsWith(`${file}.damaged-2026-01-15`));
    assert.deepEqual(readFileSync(aside), remains);
    assert.equal(await database.memories.count({}), 0);
    await database.memories.add([{ memory: buildMemory() }], 'import');
    assert.deepEqual(await database.check(), []);
  });
}

test('two damages in the same millisecond are both kept', async (t) => {
  const file = freshFile(t);
  mkdirSync(dirname(file));
  for (const words of ['first garbage', 'second garbage']) {
    writeFileSync(file, words.repeat(100));
    await (await open(file)).close();
  }
  const kept = readdirSync(dirname(file)).filter((name) => name.includes('.damaged-'));
  assert.deepEqual(kept.map((name) => readFileSync(join(dirname(file), name), 'utf8').slice(0, 5)).sort(), [
    'first',
    'secon',
  ]);
});

test('damage that shows itself only in use is told, and found at the next start', async (t) => {
  const file = await filled(t, 400);
  const bytes = readFileSync(file);
  /* All but the schema, the counters and the last pages. */
  writeFileSync(file, bytes.fill(0xee, bytes.length >> 2, (bytes.length * 3) >> 2));
  const database = await open(file);
  const told = await database.sleep.snapshot(noon).then(
    () => database.setAside !== undefined,
    (error: unknown) => ReverieError.is(error, 'database-damaged'),
  );
  assert.ok(told);
  await database.close();
  const again = await open(file);
  t.after(() => again.close());
  assert.ok((again.setAside ?? database.setAside) !== undefined);
  assert.deepEqual(await again.check(), []);
});

test('an empty file is a new memory; to a reader it is none', async (t) => {
  const file = freshFile(t);
  mkdirSync(dirname(file));
  writeFileSync(file, '');
  await assert.rejects(open(file, 'read'), (error) => ReverieError.is(error, 'database-missing'));
  const database = await open(file);
  t.after(() => database.close());
  assert.equal(database.setAside, undefined);
  assert.equal(await database.memories.count({}), 0);
});

test('no file: a reader makes none', async (t) => {
  const file = freshFile(t);
  await assert.rejects(open(file, 'read'), (error) => ReverieError.is(error, 'database-missing'));
  assert.equal(existsSync(file), false);
});

test('a locked database is busy, not damaged', async (t) => {
  const file = await filled(t);
  const holder = await openConnection({ file, readOnly: false, busyMs: 100 });
  const database = await open(file, 'write', 50);
  t.after(() => database.close());
  await holder.plain((sql) => sql.run('BEGIN IMMEDIATE'));
  await assert.rejects(database.memories.add([{ memory: buildMemory() }], 'import'), (error) =>
    ReverieError.is(error, 'database-busy'),
  );
  assert.equal(await database.memories.count({}), 50, 'readers are not kept out');
  await holder.plain((sql) => sql.run('ROLLBACK'));
  await holder.close();
  await database.memories.add([{ memory: buildMemory() }], 'import');
  assert.deepEqual(
    readdirSync(dirname(file)).filter((name) => name.includes('damaged')),
    [],
  );
});

test('a database from the future is only read', async (t) => {
  const file = await filled(t);
  const writer = await openConnection({ file, readOnly: false, busyMs: 100 });
  await writer.plain((sql) => sql.run('PRAGMA user_version = 9999'));
  await writer.close();
  for (const mode of ['write', 'read'] as const) {
    const database = await open(file, mode);
    assert.deepEqual(database.writable, { reason: 'database-from-future' });
    assert.equal(await database.memories.count({}), 50);
    await assert.rejects(database.setFact('a', 1), (error) => ReverieError.is(error, 'database-from-future'));
    await assert.rejects(database.memories.add([{ memory: buildMemory() }], 'x'), (error) =>
      ReverieError.is(error, 'database-from-future'),
    );
    await database.close();
  }
});

test('a database of another program is left alone', async (t) => {
  const file = freshFile(t);
  mkdirSync(dirname(file));
  const other = await openConnection({ file, readOnly: false, busyMs: 100 });
  await other.plain((sql) => sql.run('CREATE TABLE theirs (a)'));
  await other.close();
  const before = readFileSync(file);
  await assert.rejects(open(file), (error) => ReverieError.is(error, 'invalid-input'));
  assert.deepEqual(readFileSync(file), before);
});

test('a memory that another process makes while we look is no foreign database', async (t) => {
  const file = freshFile(t);
  mkdirSync(dirname(file));
  const [ours, theirs] = [0, 1].map(() => openConnection({ file, readOnly: false, busyMs: 1000 }));
  assert.ok(ours && theirs);
  const [looking, making] = await Promise.all([ours, theirs]);
  t.after(() => Promise.all([looking.close(), making.close()]));
  /* A header without tables, as it stands for a moment whenever a memory is made. */
  await making.script('PRAGMA journal_mode = WAL');
  const afterEachLook: Connection = {
    ...looking,
    async plain(work) {
      const seen = await looking.plain(work);
      await migrate(making, silentLog);
      return seen;
    },
  };
  assert.notEqual((await diagnose(file, afterEachLook)).state, 'foreign');
  assert.equal((await diagnose(file, looking)).state, 'ours');
});

test('the folder and every file are for their owner alone', {
  skip: process.platform === 'win32',
}, async (t) => {
  const file = freshFile(t);
  const before = process.umask(0o000);
  t.after(() => process.umask(before));
  const database = await open(file);
  await database.memories.add([{ memory: buildMemory() }], 'import');
  const copy = join(dirname(file), 'copy.db');
  await database.backup(copy);
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  assert.equal(mode(dirname(file)), '700');
  const names = readdirSync(dirname(file)).sort();
  assert.deepEqual(names, ['copy.db', 'memory.db', 'memory.db-shm', 'memory.db-wal']);
  for (const name of names) assert.equal(mode(join(dirname(file), name)), '600', name);
  await database.close();
  chmodSync(file, 0o644);
  await (await open(file)).close();
  assert.equal(mode(file), '600');
});

test('a backup is complete, and never overwrites', async (t) => {
  const file = await filled(t);
  const database = await open(file);
  t.after(() => database.close());
  const copy = join(dirname(file), 'copy.db');
  await database.backup(copy);
  await assert.rejects(database.backup(copy), (error) => ReverieError.is(error, 'invalid-input'));
  const opened = await open(copy);
  t.after(() => opened.close());
  assert.deepEqual(await opened.sleep.snapshot(noon), await database.sleep.snapshot(noon));
  assert.equal(
    (await opened.memories.search({ terms: ['number'], project: 'any', statuses: ['active'], limit: 99 }))
      .length,
    50,
  );
  assert.deepEqual(await opened.check(), []);
});

test('a file and a folder that cannot be written are read all the same', {
  skip: process.platform === 'win32',
}, async (t) => {
  const file = await filled(t);
  const open = join(dirname(dirname(file)), basename(file));
  copyFileSync(file, open);
  chmodSync(open, 0o444);
  chmodSync(dirname(open), 0o555);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const run = spawnSync(process.execPath, [import.meta.filename], {
    env: { ...env, REVERIE_TEST_READER: open },
    encoding: 'utf8',
  });
  chmodSync(dirname(open), 0o755);
  assert.equal(run.stdout.trim(), '[{"reason":"database-read-only"},50,"database-read-only"]', run.stderr);
});

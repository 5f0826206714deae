/** Every migration, from the version before it, with rows; and the order they must keep. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Connection, openConnection, type Session } from '../../src/sqlite/connection.ts';
import { encodeMemory } from '../../src/sqlite/memoryRow.ts';
import {
  checkOrder,
  migrate,
  migrations,
  newestVersion,
  versionOf,
} from '../../src/sqlite/migrations/migrate.ts';
import type { Migration } from '../../src/sqlite/migrations/migration.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { buildMemory, noon, silentLog } from '../support/builders.ts';
import { freshFile } from '../support/database.ts';

interface Drill {
  /** Puts rows into a database of the version before. */
  readonly before?: (sql: Session) => Promise<void>;
  /** Looks at what became of them. */
  readonly after: (sql: Session) => Promise<void>;
}

/** One for each migration: the next one's test is one more entry. */
const drills: Readonly<Record<number, Drill>> = {
  1: {
    async after(sql) {
      const rows = await sql.all(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_%' ESCAPE '\\'`,
      );
      assert.deepEqual(rows.map((row) => row['name']).sort(), [
        'coherence',
        'cursors',
        'evidence',
        'facts',
        'journal',
        'lease',
        'links',
        'memories',
        'nights',
        'phases',
        'receipts',
      ]);
    },
  },
  2: {
    before: (sql) => insertEpisode(sql, 1),
    async after(sql) {
      assert.deepEqual(await touched(sql), [], 'what was there before is read whole');
      await insertEpisode(sql, 2);
      await sql.run('UPDATE coherence SET data_version = 7');
      await sql.run('UPDATE memories SET strength = 0.5 WHERE seq = 1');
      assert.deepEqual(await touched(sql), [
        { seq: 1, version: 8 },
        { seq: 2, version: 1 },
      ]);
      await sql.run('DELETE FROM memories WHERE seq = 2');
      assert.deepEqual((await touched(sql))[1], { seq: 2, version: 8 }, 'what is gone was touched');
    },
  },
  3: {
    async before(sql) {
      await sql.run(
        `INSERT INTO nights (id, number, started_at, state, seed) VALUES ('n_before', 1, ${noon}, 'complete', 'x')`,
      );
    },
    async after(sql) {
      assert.deepEqual(await settled(sql), [{ id: 'n_before', settled: null }]);
      await assert.rejects(sql.run(`UPDATE nights SET settled = 'no JSON'`));
    },
  },
  4: {
    async before(sql) {
      for (const seq of [1, 2]) await insertEpisode(sql, seq);
      await sql.run('DELETE FROM memory_touched');
    },
    async after(sql) {
      await sql.run(
        `INSERT INTO evidence SELECT a.id, b.id FROM memories a, memories b WHERE a.seq = 1 AND b.seq = 2`,
      );
      const [added] = await touched(sql);
      assert.equal(added?.['seq'], 1);
      await sql.run('UPDATE coherence SET data_version = data_version + 1');
      await sql.run('DELETE FROM evidence');
      assert.deepEqual(await touched(sql), [{ seq: 1, version: Number(added['version']) + 1 }]);
    },
  },
  5: {
    async before(sql) {
      await sql.run(
        `INSERT INTO nights (id, number, started_at, state, seed) VALUES ('n_before', 1, ${noon}, 'complete', 'x')`,
      );
    },
    async after(sql) {
      await sql.run('PRAGMA foreign_keys = ON');
      const [index] = await sql.all(`SELECT rootpage FROM sqlite_schema WHERE name = 'nights_by_id'`);
      for (const insert of [
        `INSERT INTO journal (night, act, at, type, why) VALUES ('n_before', 'dream', 1, 'fact', 'w')`,
        `INSERT INTO phases VALUES ('n_before', 0, 'N1', 'replay', 0, 1, 1, 1, 1, '', '{}')`,
      ]) {
        const steps = await sql.all(`EXPLAIN ${insert}`);
        assert.ok(
          steps.some((step) => step['opcode'] === 'OpenRead' && step['p2'] === index?.['rootpage']),
          'a night is looked up in the index alone',
        );
        await sql.run(insert);
      }
      await assert.rejects(
        sql.run(`INSERT INTO journal (night, act, at, type, why) VALUES ('n_none', 'dream', 1, 'fact', 'w')`),
      );
    },
  },
};

const settled = (sql: Session) => sql.all('SELECT id, settled FROM nights');

const touched = (sql: Session) => sql.all('SELECT seq, version FROM memory_touched ORDER BY seq');

async function insertEpisode(sql: Session, seq: number): Promise<void> {
  const row = { ...encodeMemory(buildMemory({ kind: 'episode', text: `Event ${seq}.` })), seq };
  const names = Object.keys(row);
  await sql.run(
    `INSERT INTO memories (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    Object.values(row),
  );
}

async function connection(t: TestContext): Promise<Connection> {
  const file = freshFile(t);
  mkdirSync(dirname(file));
  const opened = await openConnection({ file, readOnly: false, busyMs: 1000 });
  t.after(() => opened.close());
  return opened;
}

for (const migration of migrations) {
  test(`from version ${migration.version - 1} to ${migration.version}`, async (t) => {
    const drill = drills[migration.version];
    assert.ok(drill, 'each migration has its drill');
    const database = await connection(t);
    await migrate(database, silentLog, migrations.slice(0, migration.version - 1));
    await database.plain(async (sql) => drill.before?.(sql));
    await migrate(database, silentLog, migrations.slice(0, migration.version));
    assert.equal(await database.read(versionOf), migration.version);
    await database.plain(drill.after);
    assert.deepEqual(await database.plain((sql) => sql.all('PRAGMA foreign_key_check')), []);
  });
}

const next: Migration = {
  version: newestVersion() + 1,
  name: 'a test',
  statements: ['ALTER TABLE memories ADD COLUMN mood TEXT', `UPDATE memories SET mood = 'calm'`],
};

test('memories go through a migration unharmed', async (t) => {
  const file = freshFile(t);
  const database = await openDatabase({ file, log: silentLog });
  const memory = buildMemory();
  await database.memories.add([{ memory }], 'import');
  await database.close();
  const raw = await openConnection({ file, readOnly: false, busyMs: 1000 });
  t.after(() => raw.close());
  await migrate(raw, silentLog, [...migrations, next]);
  const [row] = await raw.plain((sql) => sql.all('SELECT id, mood FROM memories'));
  assert.deepEqual(row, { id: memory.id, mood: 'calm' });
});

test('a migration that fails leaves the version before, whole', async (t) => {
  const database = await connection(t);
  await migrate(database, silentLog);
  const broken = { ...next, statements: [...next.statements, 'SELECT no_such_function()'] };
  await assert.rejects(migrate(database, silentLog, [...migrations, broken]));
  assert.equal(await database.read(versionOf), newestVersion());
  const columns = await database.plain((sql) =>
    sql.all(`SELECT name FROM pragma_table_info('memories') WHERE name = 'mood'`),
  );
  assert.deepEqual(columns, []);
});

test('migrations stand in order, each one more than the one before', () => {
  checkOrder(migrations);
  assert.throws(() => checkOrder([...migrations, { ...next, version: next.version + 1 }]));
});

test('the settings that the promises rest on are in force', async (t) => {
  const file = freshFile(t);
  const database = await openDatabase({ file, log: silentLog });
  await database.memories.add([{ memory: buildMemory({ createdAt: noon }) }], 'import');
  await database.close();
  const raw = await openConnection({ file, readOnly: false, busyMs: 1000 });
  t.after(() => raw.close());
  const [mode] = await raw.plain((sql) => sql.all('PRAGMA journal_mode'));
  assert.deepEqual(mode, { journal_mode: 'wal' });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { openDatabase } from '../../src/sqlite/open.ts';
import { silentLog } from '../support/builders.ts';
import { reverie, reverieJson, start } from '../support/commandLine.ts';
import { type Conversation, writers } from '../support/conversations.ts';

const summaryShape = z.object({
  files: z.number(),
  sessions: z.number(),
  messages: z.number(),
  episodes: z.number(),
  duplicates: z.number(),
  unchanged: z.number(),
  stopped: z.boolean(),
  kinds: z.record(z.string(), z.number()),
  assistants: z.array(z.object({ assistant: z.string(), episodes: z.number() }).loose()),
  examples: z.array(z.string()),
  moments: z.array(z.object({ statement: z.string(), kind: z.string() }).loose()),
  skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
});

const things = ['boats', 'sails', 'anchors', 'ropes', 'masts', 'oars', 'lamps', 'charts', 'buoys', 'hulls'];
/** Every correction is about something of its own. */
function conversationOf(index: number, turns: number): Conversation {
  return {
    id: `${String(index).padStart(8, '0')}-aaaa-4bbb-8ccc-dddddddddddd`,
    cwd: `/nowhere/yard-${index}`,
    at: Date.UTC(2026, 0, 1) + index * 86_400_000,
    turns: Array.from({ length: turns }, (_, at) => {
      const thing = `${things[at % things.length]}${index}x${at}`;
      return at % 2 === 0
        ? { role: 'user', text: `no, never use floats for the ${thing}, use integer cents instead` }
        : { role: 'assistant', text: `I have written the ${thing} with floats.` };
    }),
  };
}

let folder: string;
let home: string;
/** The home folder that a command is to find, and nothing else that would lead it elsewhere. */
const env = () => ({
  HOME: home,
  USERPROFILE: home,
  XDG_CONFIG_HOME: join(home, '.config'),
  XDG_DATA_HOME: join(home, '.local/share'),
  CLAUDE_CONFIG_DIR: join(home, '.claude'),
  CODEX_HOME: join(home, '.codex'),
});
const databaseOf = (name: string) => join(folder, name, 'memory.db');
const files = 6;
const turns = 700;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reverie-import-'));
  home = join(folder, 'home');
  const chosen = writers.filter(({ name }) => ['claude-code', 'codex', 'gemini log'].includes(name));
  for (let index = 0; index < files; index++) {
    const written = chosen[index % chosen.length]?.write(conversationOf(index, turns));
    assert.ok(written);
    const path = join(home, written.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, written.content);
  }
  await writeFile(join(home, '.claude/projects/broken.jsonl'), '');
});
after(() => rm(folder, { recursive: true, force: true }));

async function remembered(name: string): Promise<readonly string[]> {
  const database = await openDatabase({ file: databaseOf(name), mode: 'read', log: silentLog });
  try {
    const memories = await database.memories.list({ kinds: ['episode'] });
    return memories.map(({ id }) => id).sort();
  } finally {
    await database.close();
  }
}

/**
 * Ends the import with `signal` when it has told of its progress so often; answers what it printed, and the signal that it
 * ended by, if one did: where this process is slow to hear, the import may be over before.
 */
async function importUntil(
  name: string,
  lines: number,
  signal: NodeJS.Signals,
): Promise<{ readonly output: string; readonly killed: boolean }> {
  const args = ['import', '--yes', '--json', '--progress', 'jsonl', '--db', databaseOf(name)];
  const child = start(args, env());
  let output = '';
  let told = 0;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  assert.ok(child.stderr);
  createInterface({ input: child.stderr }).on('line', () => {
    told += 1;
    if (told === lines) child.kill(signal);
  });
  child.stdin?.end();
  await once(child, 'close');
  return { output, killed: child.signalCode === signal };
}

test('what is there is told before anything is read', async () => {
  const found = z
    .array(
      z.object({
        name: z.string(),
        files: z.number(),
        conversations: z.number(),
        bytes: z.number(),
        from: z.iso.datetime(),
        to: z.iso.datetime(),
      }),
    )
    .parse(await reverieJson(['discover', '--db', databaseOf('looked')], { env: env() }));
  assert.deepEqual(
    found.map(({ name, conversations }) => [name, conversations]),
    [
      ['Claude Code', 2],
      ['Codex', 2],
      ['Gemini CLI', 2],
    ],
  );
  assert.deepEqual(await remembered('looked'), []);
});

test('killed in the middle again and again, and gone on with: nothing is lost, nothing is there twice', async () => {
  const whole = summaryShape.parse(
    await reverieJson(['import', '--db', databaseOf('whole')], { env: env() }),
  );
  assert.equal(whole.messages, (files * turns) / 2);
  assert.equal(whole.stopped, false);
  assert.deepEqual(
    whole.assistants.map(({ assistant }) => assistant),
    ['claude-code', 'codex', 'gemini'],
  );
  assert.equal(
    Object.values(whole.kinds).reduce((sum, count) => sum + count, 0),
    whole.episodes,
  );
  assert.equal(whole.moments.length, 5);
  let kills = 0;
  for (const lines of [9, 14, 20]) kills += Number((await importUntil('killed', lines, 'SIGKILL')).killed);
  assert.ok(kills > 0, 'it was killed in the middle');
  const last = summaryShape.parse(
    await reverieJson(['import', '--db', databaseOf('killed')], { env: env() }),
  );
  const expected = await remembered('whole');
  assert.equal(expected.length, whole.episodes);
  assert.deepEqual(await remembered('killed'), expected);
  assert.ok(last.messages < whole.messages, 'it went on from where it was');
});

test('stopped by its owner: what was read is kept, and it goes on from there', async () => {
  const stop = async (lines: number) => {
    const name = `stopped-${lines}`;
    const { output } = await importUntil(name, lines, 'SIGTERM');
    return { name, first: summaryShape.parse(JSON.parse(output)) };
  };
  /* Sooner, if it was over before it was stopped. */
  let tried = await stop(9);
  for (const lines of [5, 3, 1]) if (!tried.first.stopped) tried = await stop(lines);
  const { name, first } = tried;
  assert.equal(first.stopped, true);
  assert.equal((await remembered(name)).length, first.episodes);
  const second = summaryShape.parse(await reverieJson(['import', '--db', databaseOf(name)], { env: env() }));
  assert.equal(second.stopped, false);
  assert.deepEqual(await remembered(name), await remembered('whole'));
});

test('only the assistant that was named; one that is not there is told by its name', async () => {
  const one = summaryShape.parse(
    await reverieJson(['import', '--from', 'gemini', '--db', databaseOf('picked')], { env: env() }),
  );
  assert.deepEqual(
    one.assistants.map(({ assistant }) => assistant),
    ['gemini'],
  );
  const again = summaryShape.parse(
    await reverieJson(['import', '--from', 'Gemini CLI', '--db', databaseOf('picked')], { env: env() }),
  );
  assert.deepEqual([again.episodes, again.messages, again.unchanged], [0, 0, 2]);
  const missing = await reverie(['import', '--from', 'Nobody', '--db', databaseOf('picked')], { env: env() });
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /There are: Claude Code, Codex, Gemini CLI/);
});

test('of many files only those are read again that have grown', async () => {
  const many = join(folder, 'many');
  await mkdir(many);
  const row = (index: number, at: number) =>
    `${JSON.stringify({ id: `${index}-${at}`, text: `no, never use floats for hull ${index}x${at}, use cents` })}\n`;
  for (let index = 0; index < 20; index++) await writeFile(join(many, `${index}.jsonl`), row(index, 0));
  const read = async () =>
    summaryShape.parse(await reverieJson(['import', many, '--db', databaseOf('many')], { env: env() }));
  const first = await read();
  assert.deepEqual([first.messages, first.unchanged], [20, 0]);
  for (const index of [2, 17]) await writeFile(join(many, `${index}.jsonl`), row(index, 0) + row(index, 1));
  const second = await read();
  assert.deepEqual([second.messages, second.duplicates, second.unchanged], [2, 0, 18]);
});

/** Whatever goes wrong in a hook, the assistant that started it is never blocked: exit 0, and valid JSON or nothing. */
import assert from 'node:assert/strict';
import { type StdioOptions, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import type { ProjectId } from '../../src/core/memory.ts';
import { openConnection } from '../../src/sqlite/connection.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { buildMemory, silentLog } from '../support/builders.ts';
import { commandLine, reverieJson, unhurried } from '../support/commandLine.ts';
import { until } from '../support/reverieHome.ts';

/** A process of this machine's superuser may write anywhere: there another user runs the hook. */
const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
/** Longer than the hard stop that a hook is given here. ms. */
const patience = 60_000;
/** The hard stop as it is in use. */
const inUse = { REVERIE_HOOK_MS: '' } as const;
const hookScript = resolve('plugin/bin/hook.sh');
const rule = 'Use pnpm for every install, never npm.';

interface Told {
  readonly code: number | null;
  readonly stdout: string;
}
interface Way {
  readonly event?: string;
  readonly input?: string;
  /** Whether standard input ends. */
  readonly open?: boolean;
  /** The reader of the answer has gone. */
  readonly deaf?: boolean;
  readonly stdin?: 'ignore';
  readonly unprivileged?: boolean;
  readonly command?: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

describe('a hook in trouble', { skip: process.platform === 'win32' }, () => {
  let folder = '';
  let home = '';
  let file = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reverie-trouble-'));
    await chmod(folder, 0o755);
    await mkdir(join(folder, 'shop'));
  });
  after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  const prompt = () =>
    JSON.stringify({
      session_id: `s${Math.random()}`,
      cwd: join(folder, 'shop'),
      prompt: 'Install the date library with npm or pnpm, please.',
    });

  function hook(way: Way = {}): Promise<Told> {
    const event = way.event ?? 'UserPromptSubmit';
    const [command, ...args] = way.command ?? [process.execPath, commandLine, 'hook'];
    const stdio: StdioOptions = [way.stdin ?? 'pipe', 'pipe', 'ignore'];
    return new Promise((done, reject) => {
      const child = spawn(command, [...args, event], {
        env: { ...process.env, ...unhurried, REVERIE_HOME: home, HOME: folder, ...way.env },
        stdio,
        ...(way.unprivileged === true ? asNobody : {}),
      });
      const late = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error('the hook did not end'));
      }, patience);
      let stdout = '';
      if (way.deaf === true) child.stdout?.destroy();
      else
        child.stdout?.setEncoding('utf8').on('data', (text: string) => {
          stdout += text;
        });
      child.on('error', reject);
      child.on('close', (code) => {
        clearTimeout(late);
        child.stdin?.destroy();
        done({ code, stdout });
      });
      child.stdin?.on('error', () => undefined);
      if (way.open !== true) child.stdin?.end(way.input ?? prompt());
    });
  }

  /** A home of its own, with a memory that has something to say, unless it is to have none. */
  async function world(name: string, memory = true): Promise<void> {
    home = join(folder, name);
    file = join(home, 'memory.db');
    await mkdir(home);
    if (!memory) return;
    const database = await openDatabase({ file, log: silentLog });
    const scope = { level: 'project', project: join(folder, 'shop') as ProjectId } as const;
    await database.memories.add([{ memory: buildMemory({ text: rule, standing: true, scope }) }], 'import');
    await database.close();
  }

  const logged = () => readFile(join(home, 'hook.log'), 'utf8').catch(() => '');

  function harmless({ code, stdout }: Told): void {
    assert.equal(code, 0);
    if (stdout !== '') JSON.parse(stdout);
  }
  function silent(told: Told): void {
    assert.deepEqual(told, { code: 0, stdout: '' });
  }

  it('speaks where there is no trouble', async () => {
    await world('well');
    const told = await hook();
    harmless(told);
    assert.match(told.stdout, /pnpm/);
    assert.equal(await logged(), '');
  });

  it('a memory that another process holds', async () => {
    await world('locked');
    const holder = await openConnection({ file, readOnly: false, busyMs: 5_000 });
    try {
      await holder.plain(async (sql) => {
        await sql.all('PRAGMA locking_mode = EXCLUSIVE');
        await sql.run('BEGIN EXCLUSIVE');
      });
      const said = 'No, always use pnpm here, never npm.';
      const input = JSON.stringify({ session_id: 's', cwd: join(folder, 'shop'), prompt: said });
      silent(await hook({ input, env: inUse }));
      assert.match(await logged(), /UserPromptSubmit/);
    } finally {
      await holder.plain((sql) => sql.run('ROLLBACK'));
      await holder.close();
    }
    /* What was said meanwhile is not lost. */
    const kept = z.array(z.looseObject({ text: z.string() }));
    await until('it is kept once the memory is free', async () => {
      const episodes = kept.parse(await reverieJson(['episodes', '--db', file]));
      return episodes.some(({ text }) => text.includes('always use pnpm')) ? true : undefined;
    });
  });

  it('no memory yet', async () => {
    await world('none', false);
    silent(await hook({ event: 'SessionStart' }));
  });

  it('a memory that can only be read is still told', async () => {
    await world('read-only');
    await chmod(file, 0o444);
    await chmod(home, 0o555);
    const told = await hook({ unprivileged: true });
    harmless(told);
    assert.match(told.stdout, /pnpm/);
  });

  it('a memory that may not even be read', async () => {
    await world('closed');
    await chmod(home, 0o000);
    silent(await hook({ unprivileged: true }));
    await chmod(home, 0o700);
  });

  it('a memory of a newer Reverie', async () => {
    await world('future');
    const writer = await openConnection({ file, readOnly: false, busyMs: 5_000 });
    await writer.plain(async (sql) => {
      const [row] = await sql.all('PRAGMA user_version');
      await sql.run(`PRAGMA user_version = ${Number(row?.['user_version']) + 100}`);
    });
    await writer.close();
    harmless(await hook());
    assert.match(await logged(), /newer Reverie/);
  });

  it('a file that is no memory', async () => {
    await world('garbage', false);
    await writeFile(file, 'no database at all\n'.repeat(5_000));
    silent(await hook());
    assert.notEqual(await logged(), '');
  });

  it('a home that cannot be: a file stands in its place', async () => {
    home = join(folder, 'a-file');
    await writeFile(home, '');
    silent(await hook());
  });

  it('a home that may not be written', async () => {
    home = join(folder, 'bare');
    await mkdir(home);
    await chmod(home, 0o555);
    silent(await hook({ unprivileged: true }));
  });

  for (const [what, way] of Object.entries({
    'nothing on standard input': { input: '' },
    'no standard input': { stdin: 'ignore' },
    'standard input that never ends': { open: true, env: inUse },
    'JSON that breaks off': { input: '{"session_id": "s", "prompt": "use' },
    'JSON that is no object': { input: '[1, 2]' },
    'an event nobody knows': { event: 'BeforeLunch' },
  } satisfies Readonly<Record<string, Way>>)) {
    it(what, async () => {
      await world(what.replaceAll(' ', '-'));
      silent(await hook(way));
      assert.notEqual(await logged(), '');
    });
  }

  it('fields of another shape', async () => {
    await world('shapes');
    harmless(await hook({ input: JSON.stringify({ session_id: 1, cwd: ['x'], prompt: { a: 1 } }) }));
    harmless(await hook({ input: JSON.stringify({ cwd: 'no\0where', prompt: 'Use npm here?' }) }));
    harmless(
      await hook({ event: 'PostToolUse', input: JSON.stringify({ tool_input: 7, tool_response: [] }) }),
    );
  });

  it('twenty megabytes at once', async () => {
    await world('huge');
    const words = 'Please look at how npm and pnpm install these packages. '.repeat(375_000);
    harmless(
      await hook({ input: JSON.stringify({ session_id: 's', cwd: join(folder, 'shop'), prompt: words }) }),
    );
    harmless(
      await hook({
        event: 'PostToolUse',
        input: JSON.stringify({
          cwd: join(folder, 'shop'),
          tool_name: 'Bash',
          tool_input: { command: 'npm test' },
          tool_response: `error: ${words}`,
        }),
      }),
    );
  });

  it('an assistant that does not listen to the answer', async () => {
    await world('deaf');
    assert.equal((await hook({ deaf: true })).code, 0);
  });

  it('each folder of a workspace hears its own rules', async () => {
    await world('roots');
    await mkdir(join(folder, 'dock'));
    const database = await openDatabase({ file, log: silentLog });
    const scope = { level: 'project', project: join(folder, 'dock') as ProjectId } as const;
    const memory = buildMemory({ text: 'Use bun for every install, never npm.', standing: true, scope });
    await database.memories.add([{ memory }], 'import');
    await database.close();
    const [shop, dock] = await Promise.all(
      ['shop', 'dock'].map((root) =>
        hook({
          event: 'SessionStart',
          input: JSON.stringify({ session_id: 's', cwd: join(folder, root) }),
        }),
      ),
    );
    assert.match(shop?.stdout ?? '', /pnpm for every/);
    assert.doesNotMatch(shop?.stdout ?? '', /bun for/);
    assert.match(dock?.stdout ?? '', /bun for/);
    assert.doesNotMatch(dock?.stdout ?? '', /pnpm for every/);
  });

  it('hooks of one session at the same time tell a rule once', async () => {
    await world('at-once');
    const input = prompt();
    const told = await Promise.all([hook({ input }), hook({ input }), hook({ input })]);
    for (const one of told) harmless(one);
    assert.equal(told.filter(({ stdout }) => stdout.includes(rule)).length, 1);
  });

  it('no runtime to be found, and one that was recorded', async () => {
    await world('runtime');
    /* The shell does all of it by itself: no program has to be found, nor waited for. */
    const PATH = join(folder, 'no-programs');
    const way = { command: ['/bin/sh', hookScript], env: { PATH, REVERIE_RUNTIME: '' } } as const;
    silent(await hook(way));
    for (const recorded of [`${process.execPath}\n`, process.execPath]) {
      await writeFile(join(home, 'runtime'), recorded);
      assert.match((await hook({ ...way, input: prompt() })).stdout, /pnpm/);
    }
    for (const broken of [join(folder, 'gone'), folder]) {
      await writeFile(join(home, 'runtime'), broken);
      silent(await hook(way));
    }
    const noProgram = join(folder, 'no-program');
    await writeFile(noProgram, '\0\0\0');
    await chmod(noProgram, 0o755);
    await writeFile(join(home, 'runtime'), noProgram);
    silent(await hook(way));
  });
});

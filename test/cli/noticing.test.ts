/** When hooks notice, and when they must not: paused, private, untrusted, excluded; and what windows are told. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { noteSilence, pausesFact, silencesFrom } from '../../src/core/capture/silence.ts';
import { pausedFact, settingsFact } from '../../src/core/injection/hookFacts.ts';
import { createIds } from '../../src/sqlite/ids.ts';
import { windowAddress, windowsFolder } from '../../src/sqlite/location.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { silentLog } from '../support/builders.ts';
import { reverie, reverieJson } from '../support/commandLine.ts';
import { until } from '../support/reverieHome.ts';

const texts = z.array(z.looseObject({ text: z.string() }));

describe('when hooks notice', () => {
  let home = '';
  let env: Readonly<Record<string, string>> = {};
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'reverie-noticing-'));
    env = { REVERIE_HOME: join(home, 'home') };
  });
  after(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

  const leave = async (facts: Readonly<Record<string, unknown>>) => {
    const file = join(home, 'home', 'memory.db');
    const database = await openDatabase({ file, mode: 'write', log: silentLog });
    for (const [key, value] of Object.entries(facts)) await database.setFact(key, value);
    await database.close();
  };
  const prompt = async (words: string, cwd: string, more: Readonly<Record<string, string>> = {}) => {
    await mkdir(join(home, cwd), { recursive: true });
    const told = await reverie(['hook', 'UserPromptSubmit'], {
      env: { ...env, ...more },
      input: JSON.stringify({ session_id: words, prompt: words, cwd: join(home, cwd) }),
    });
    assert.equal(told.code, 0);
  };
  const kept = async () => texts.parse(await reverieJson(['episodes'], { env })).map(({ text }) => text);
  const keptLater = (words: string) =>
    until(`“${words}” is kept`, async () => ((await kept()).includes(words) ? true : undefined));

  it('what was said where it may be heard is kept, and nothing else', async () => {
    await leave({ [settingsFact]: { exclude: ['client'] } });
    await prompt('No, always use yarn here, never npm.', 'client/shop');
    await prompt('No, always use bun here, never npm.', 'shop', { REVERIE_UNTRUSTED: '1' });
    await prompt('No, always use deno here, never npm.', 'shop', { REVERIE_PRIVATE: '1' });
    await leave({ [pausedFact]: true });
    await prompt('No, always use cargo here, never npm.', 'shop');
    await leave({ [pausedFact]: false });
    await prompt('No, always use pnpm here, never npm.', 'shop');
    await keptLater('No, always use pnpm here, never npm.');
    assert.deepEqual(await kept(), ['No, always use pnpm here, never npm.']);
  });

  it('what waits when everything is paused is not kept either', async () => {
    await leave({ [pausedFact]: true });
    const told = await reverie(['notice'], {
      env,
      input: JSON.stringify({
        event: 'UserPromptSubmit',
        session: 's',
        prompt: 'No, always use make.',
        cwd: home,
      }),
    });
    assert.equal(told.code, 0);
    await leave({ [pausedFact]: false });
    assert.ok(!(await kept()).includes('No, always use make.'));
  });

  describe('what was said where nothing may be kept, and is read later from the transcript', () => {
    const start = Date.UTC(2026, 2, 2, 10);
    const moment = (minute: number) => new Date(start + minute * 60_000).toISOString();
    const talk = async (session: string, lines: readonly (readonly [minute: number, text: string])[]) => {
      const records = lines.flatMap(([minute, text], index) => [
        {
          type: 'user',
          uuid: `${session}-${index}`,
          sessionId: session,
          timestamp: moment(minute),
          cwd: home,
          message: { role: 'user', content: text },
        },
        {
          type: 'assistant',
          uuid: `${session}-${index}a`,
          sessionId: session,
          timestamp: moment(minute + 1),
          cwd: home,
          message: { role: 'assistant', content: [{ type: 'text', text: `Done, about ${index}.` }] },
        },
      ]);
      const file = join(home, '.claude', 'projects', 'p', `${session}.jsonl`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      return file;
    };
    const hook = async (
      event: string,
      told: Readonly<Record<string, string>>,
      more: Readonly<Record<string, string>> = {},
    ) => {
      const ran = await reverie(['hook', event], {
        env: { ...env, ...more },
        input: JSON.stringify({ cwd: home, ...told }),
      });
      assert.equal(ran.code, 0);
    };
    /** The hook tells of it in a process of its own: waits until that one has. */
    const noted = async (session: string, expected: 'begun' | 'ended') => {
      const key = `capture.silence.${createIds().derive('s', session)}`;
      await until(`it is noted that the silence has ${expected}`, async () => {
        const database = await openDatabase({
          file: join(home, 'home', 'memory.db'),
          mode: 'write',
          log: silentLog,
        });
        const [silence] = silencesFrom(await database.getFact(key));
        await database.close();
        const has = silence !== undefined && (silence.to === undefined) === (expected === 'begun');
        return has ? true : undefined;
      });
    };

    for (const [what, variable] of [
      ['a private session', 'REVERIE_PRIVATE'],
      ['a workspace that is not trusted', 'REVERIE_UNTRUSTED'],
    ] as const) {
      it(`${what}: neither when the conversation is over, nor when it is imported`, async () => {
        const session = `0000000${variable.length % 10}-aaaa-4aaa-8aaa-aaaaaaaaaaaa`;
        const hidden = `No, never call the ${variable} partner by name, say “the partner”.`;
        const open = `No, always sort the ${variable} imports by path.`;
        const file = await talk(session, [
          [0, 'Write the report.'],
          [10, hidden],
          [20, open],
        ]);
        const told = { session_id: session, transcript_path: file };
        await hook(
          'UserPromptSubmit',
          { ...told, prompt: hidden, timestamp: moment(10) },
          { [variable]: '1' },
        );
        await hook('Stop', told, { [variable]: '1' });
        await noted(session, 'begun');
        await hook('UserPromptSubmit', { ...told, prompt: open, timestamp: moment(20) });
        assert.ok(await keptLater(open));
        await noted(session, 'ended');
        await hook('Stop', told);
        await hook('SessionEnd', told);
        const again = await reverie(['import', file, '--again', '--json'], { env });
        assert.equal(again.code, 0);
        assert.ok((await kept()).includes(open));
        assert.ok(!(await kept()).some((text) => text.includes('partner')));
        const raw = await Promise.all(
          (await readdir(join(home, 'home'))).map((name) =>
            readFile(join(home, 'home', name)).catch(() => ''),
          ),
        );
        assert.ok(!raw.some((bytes) => bytes.includes('partner')), 'no word of it in any file');
      });
    }

    it('a pause: nothing that was said in that time', async () => {
      const file = join(home, 'home', 'memory.db');
      const database = await openDatabase({ file, mode: 'write', log: silentLog });
      await noteSilence(database, pausesFact, { on: true, at: start + 5 * 60_000 });
      await noteSilence(database, pausesFact, { on: false, at: start + 15 * 60_000 });
      await database.close();
      const hidden = 'No, never ship on a Friday, wait until Monday.';
      const open = 'No, always ship behind a flag.';
      const transcript = await talk('00000009-aaaa-4aaa-8aaa-aaaaaaaaaaaa', [
        [0, 'Prepare the release.'],
        [10, hidden],
        [20, open],
      ]);
      assert.equal((await reverie(['import', transcript], { env })).code, 0);
      assert.ok((await kept()).includes(open));
      assert.ok(!(await kept()).includes(hidden));
    });
  });

  describe('Copilot CLI, which names no transcript', () => {
    const log = (session: string) => join(home, 'copilot', 'session-state', session, 'events.jsonl');
    const write = async (session: string, said: string) => {
      const events = [
        { type: 'session.start', data: { sessionId: session } },
        { type: 'user.message', data: { content: 'Move the price into the header.' } },
        { type: 'assistant.message', data: { content: 'I put it there with an inline style.' } },
        { type: 'user.message', data: { content: said } },
      ].map((event, at) => ({
        ...event,
        id: `${session}-${at}`,
        timestamp: `2026-03-02T10:00:0${at}.000Z`,
      }));
      await mkdir(dirname(log(session)), { recursive: true });
      await writeFile(log(session), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    };
    const stop = async (session: string, more: Readonly<Record<string, string>>) => {
      const told = await reverie(['hook', 'Stop'], {
        env: { ...env, COPILOT_HOME: join(home, 'copilot'), ...more },
        input: JSON.stringify({ session_id: session, cwd: home }),
      });
      assert.deepEqual({ code: told.code, stdout: told.stdout }, { code: 0, stdout: '' });
    };

    it('has its conversation read where it keeps it, when it is over', async () => {
      await write('3f2a-one', 'No, never write inline styles, use the stylesheet.');
      await write('3f2a-two', 'No, never use tables for layout, use a grid.');
      /* Another assistant's session of that name is not to be found there. */
      await stop('3f2a-two', {});
      await stop('3f2a-one', { COPILOT_CLI: '1' });
      await keptLater('No, never write inline styles, use the stylesheet.');
      assert.ok(!(await kept()).includes('No, never use tables for layout, use a grid.'));
    });

    it('a session that is no name leads nowhere', async () => {
      for (const session of ['../session-state/3f2a-two', '..', '3f2a-gone'])
        await stop(session, { COPILOT_CLI: '1' });
      assert.ok(!(await kept()).includes('No, never use tables for layout, use a grid.'));
    });
  });

  it('the windows of this machine are told what an agent wrote, unless it is private or not trusted', async () => {
    /* A home of its own: what hooks before it noticed is still told in the other. */
    const env = { REVERIE_HOME: join(home, 'of the windows') };
    const folder = windowsFolder(env);
    await mkdir(folder, { recursive: true });
    const heard: unknown[] = [];
    const server = createServer((socket) => {
      let text = '';
      socket.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      socket.on('end', () => heard.push(JSON.parse(text)));
    });
    await new Promise<void>((resolve) => server.listen(windowAddress(folder, '1'), resolve));
    const wrote = (more: Readonly<Record<string, string>> = {}) =>
      reverie(['hook', 'PostToolUse'], {
        env: { ...env, ...more },
        input: JSON.stringify({
          session_id: 's',
          cwd: home,
          tool_name: 'create_file',
          tool_input: { filePath: '/p/a.ts', content: 'const a = 1;\n' },
          tool_response: 'done',
        }),
      });
    try {
      await wrote({ REVERIE_PRIVATE: '1' });
      await wrote({ REVERIE_UNTRUSTED: '1' });
      assert.deepEqual(heard, []);
      assert.equal((await wrote()).code, 0);
      /* The hook has ended; what it said may still be on its way to this process. */
      await until('a window has heard it', async () => (heard.length > 0 ? true : undefined));
      assert.equal(heard.length, 1);
      const told = z
        .object({ writes: z.array(z.object({ file: z.string(), texts: z.array(z.string()) })) })
        .parse(heard[0]);
      assert.deepEqual(told.writes, [{ file: '/p/a.ts', texts: ['const a = 1;\n'] }]);
      /* That somebody asks, and is answered, is told too, and not a word of it. */
      heard.length = 0;
      const spoke = (event: string, more: object, variables: Readonly<Record<string, string>> = {}) =>
        reverie(['hook', event], {
          env: { ...env, ...variables },
          input: JSON.stringify({ session_id: 'turns', cwd: home, ...more }),
        });
      await spoke('UserPromptSubmit', { prompt: 'Never moor at the north pier.' }, { REVERIE_PRIVATE: '1' });
      await spoke('UserPromptSubmit', { prompt: 'Never moor at the north pier.' });
      await until('a window has heard of it', async () => (heard.length > 0 ? true : undefined));
      await spoke('Stop', {});
      await until('a window has heard the end of it', async () => (heard.length > 1 ? true : undefined));
      assert.deepEqual(
        heard.map((one) => z.object({ turn: z.string(), writes: z.array(z.unknown()) }).parse(one)),
        [
          { turn: 'asked', writes: [] },
          { turn: 'answered', writes: [] },
        ],
      );
      assert.ok(!JSON.stringify(heard).includes('pier'));
    } finally {
      server.close();
    }
    assert.equal((await wrote()).code, 0, 'a window that is gone does not matter');
  });
});

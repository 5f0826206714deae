/** When hooks notice, and when they must not: paused, private, untrusted, excluded; and what windows are told. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { pausedFact, settingsFact } from '../../src/core/injection/hookFacts.ts';
import { windowAddress, windowsFolder } from '../../src/sqlite/location.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { silentLog } from '../support/builders.ts';
import { reverie, reverieJson } from '../support/commandLine.ts';

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
  const keptLater = async (words: string) => {
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await kept()).includes(words)) return true;
      await pause(100);
    }
    return false;
  };

  it('what was said where it may be heard is kept, and nothing else', async () => {
    await leave({ [settingsFact]: { exclude: ['client'] } });
    await prompt('No, always use yarn here, never npm.', 'client/shop');
    await prompt('No, always use bun here, never npm.', 'shop', { REVERIE_UNTRUSTED: '1' });
    await prompt('No, always use deno here, never npm.', 'shop', { REVERIE_PRIVATE: '1' });
    await leave({ [pausedFact]: true });
    await prompt('No, always use cargo here, never npm.', 'shop');
    await leave({ [pausedFact]: false });
    await prompt('No, always use pnpm here, never npm.', 'shop');
    assert.ok(await keptLater('No, always use pnpm here, never npm.'));
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
      assert.ok(await keptLater('No, never write inline styles, use the stylesheet.'));
      assert.ok(!(await kept()).includes('No, never use tables for layout, use a grid.'));
    });

    it('a session that is no name leads nowhere', async () => {
      for (const session of ['../session-state/3f2a-two', '..', '3f2a-gone'])
        await stop(session, { COPILOT_CLI: '1' });
      assert.ok(!(await kept()).includes('No, never use tables for layout, use a grid.'));
    });
  });

  it('the windows of this machine are told what an agent wrote, unless it is private or not trusted', async () => {
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
      const told = z
        .object({ writes: z.array(z.object({ file: z.string(), texts: z.array(z.string()) })) })
        .parse(heard[0]);
      assert.deepEqual(told.writes, [{ file: '/p/a.ts', texts: ['const a = 1;\n'] }]);
    } finally {
      server.close();
    }
    assert.equal((await wrote()).code, 0, 'a window that is gone does not matter');
  });
});

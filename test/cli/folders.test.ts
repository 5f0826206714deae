/** One window with several folders: each folder's rules hold for that folder only, and say so. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ProjectId } from '../../src/core/memory.ts';
import { tunables } from '../../src/core/tunables.ts';
import { loadTokenizer } from '../../src/models/tokenizer.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { buildMemory, silentLog } from '../support/builders.ts';
import { reverie, reverieJson } from '../support/commandLine.ts';

const ofShop = 'Format prices with Intl, never by hand.';
const ofDock = 'Format weights in kilograms, never in pounds.';
const ofBoth = 'Write every changelog entry in the past tense.';
const ofFile = 'Keep crane timeouts in seconds.';

describe('a window with several folders', () => {
  let home = '';
  const at = (folder: string) => join(home, folder);
  before(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'reverie-folders-')));
    for (const folder of ['shop', 'dock/src', 'mill']) await mkdir(at(folder), { recursive: true });
    await symlink(at('dock'), at('pier'));
    const database = await openDatabase({ file: at('memory.db'), log: silentLog });
    const of = (folder: string) => ({ level: 'project', project: at(folder) as ProjectId }) as const;
    const memories = [
      buildMemory({ text: ofShop, scope: of('shop') }),
      buildMemory({ text: ofDock, scope: of('dock') }),
      buildMemory({ text: ofBoth, scope: of('shop') }),
      buildMemory({ text: ofBoth, scope: of('dock'), source: { session: 'there' } }),
      buildMemory({ text: 'Format dates by the mill’s calendar.', scope: of('mill') }),
      buildMemory({ text: ofFile, scope: { ...of('dock'), level: 'path', glob: 'src/**' } }),
      buildMemory({ text: 'Answer in British English.', scope: { level: 'user' } }),
    ];
    await database.memories.add(
      memories.map((memory) => ({ memory })),
      'import',
    );
    await database.close();
  });
  after(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

  let sessions = 0;
  async function told(event: string, input: object, folders: unknown = [at('shop'), at('dock')]) {
    sessions += 1;
    const { code, stdout } = await reverie(['hook', event], {
      env: {
        REVERIE_HOME: home,
        ...(folders === null
          ? {}
          : { REVERIE_FOLDERS: typeof folders === 'string' ? folders : JSON.stringify(folders) }),
      },
      input: JSON.stringify({ session_id: `s${sessions}`, cwd: at('shop'), ...input }),
    });
    assert.equal(code, 0);
    return stdout === ''
      ? ''
      : (JSON.parse(stdout) as { hookSpecificOutput: { additionalContext: string } }).hookSpecificOutput
          .additionalContext;
  }
  const linesWith = (context: string, words: string) =>
    context.split('\n').filter((line) => line.includes(words));

  it('hears at the start what holds in each, by the folder’s name, within the budget of one', async () => {
    const context = await told('SessionStart', {});
    assert.match(linesWith(context, ofShop)[0] ?? '', /\[only in shop [er]_/);
    assert.match(linesWith(context, ofDock)[0] ?? '', /\[only in dock [er]_/);
    assert.match(linesWith(context, ofFile)[0] ?? '', /\[only in dock, src\/\*\* [er]_/);
    assert.equal(linesWith(context, ofBoth).length, 2, 'the same rule of two folders is two rules');
    assert.match(linesWith(context, 'British English')[0] ?? '', /\[user [er]_/);
    assert.doesNotMatch(context, /mill/);
    assert.ok((await loadTokenizer()).count(context) <= tunables.budget.session);
  });

  it('hears with a prompt what fits it in either', async () => {
    const context = await told('UserPromptSubmit', {
      prompt: 'Format the prices with Intl by hand, and format the weights in pounds, not kilograms.',
    });
    assert.equal(linesWith(context, ofShop).length, 1);
    assert.equal(linesWith(context, ofDock).length, 1);
  });

  it('is told of a file what holds in its folder only, under whatever name that folder is reached', async () => {
    for (const file of [join(at('dock'), 'src', 'crane.ts'), join(at('pier'), 'src', 'new', 'crane.ts')]) {
      const context = await told('PreToolUse', { tool_name: 'read_file', tool_input: { filePath: file } });
      assert.match(linesWith(context, ofFile)[0] ?? '', /\[src\/\*\* [er]_/, file);
    }
    const other = await told('PreToolUse', {
      tool_name: 'read_file',
      tool_input: { filePath: join(at('shop'), 'src', 'crane.ts') },
    });
    assert.equal(other, '', 'the glob of one folder means nothing in another');
  });

  it('is told nothing of a folder that is not open in the window', async () => {
    const file = join(at('dock'), 'src', 'crane.ts');
    const reading = { tool_name: 'read_file', tool_input: { filePath: file } };
    for (const folders of [
      null,
      [],
      [at('shop')],
      [at('shop'), at('mill')],
      '{',
      '"x"',
      '[1]',
      ['shop', 'dock'],
    ])
      assert.doesNotMatch(await told('PreToolUse', reading, folders), /crane/, JSON.stringify(folders));
    assert.doesNotMatch(await told('SessionStart', {}, null), /only in|weights/);
    /* The assistant works elsewhere: what this window has open is not its business. */
    assert.doesNotMatch(await told('SessionStart', { cwd: at('mill') }), /prices|weights/);
  });

  it('leaves the receipt in the folder the rule is of', async () => {
    await told('SessionStart', {});
    const database = await openDatabase({ file: at('memory.db'), mode: 'read', log: silentLog });
    const receipts = await database.receipts.receiptsOfSession(`s${sessions}`);
    await database.close();
    const rules = (await reverieJson(['rules', '--status', 'all'], {
      env: { REVERIE_HOME: home },
    })) as readonly {
      id: string;
      text: string;
    }[];
    const dock = rules.find(({ text }) => text === ofDock)?.id;
    assert.ok(dock);
    assert.equal(receipts.find(({ memory }) => memory === dock)?.project, at('dock'));
  });
});

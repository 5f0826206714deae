/**
 * What the agent is told while it works: about a file when it reads it, about an error when a command fails, and that
 * its user wants to be asked before a command; and what is made of a correction that had to be made again.
 */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { calling, fencesIn, lastResult, resultsIn, told, toldAbout } from '../support/agentWork.ts';
import { until } from '../support/reverieHome.ts';
import type { AskedRequest } from '../support/scriptedModel.ts';
import {
  allowOnce,
  answered,
  chatText,
  converse,
  newConversation,
  refuse,
  say,
} from '../support/workbench.ts';
import type { Walk } from './walk.ts';

const cents = /integer cents/;
const force = /--force/;
const database = /docker compose up db/;
const guardReason = /A rule you marked as a guard/;
/** So often the agent does something else before it is asked whether it was told. */
const mostLooks = 5;
const lastIsResult = ({ messages }: AskedRequest) => messages.at(-1)?.role === 'tool';

export function atWorkChapter(walk: Walk): void {
  const { step } = walk;
  const file = () => join(walk.stage.workspace, 'src', 'billing', 'invoice.ts');
  const remember = (...words: readonly string[]) =>
    walk.stage.home.ask('remember', ...words, '--project', walk.stage.workspace);
  const rule = async (about: RegExp) =>
    (await walk.stage.home.rules()).find(({ text, status }) => status === 'active' && about.test(text));

  const terminal = (command: string) => ({
    name: 'run_in_terminal',
    arguments: { command, explanation: 'As asked', goal: 'As asked', mode: 'sync' },
  });
  const generated = () => ({
    name: 'create_file',
    arguments: { filePath: join(walk.stage.workspace, 'src', 'generated', 'api.ts'), content: '// api\n' },
  });

  /** Says `words`, lets the agent make the calls, and answers the request in which the last one came back. */
  async function work(
    words: string,
    calls: Parameters<typeof calling>[0],
    answer: string,
  ): Promise<AskedRequest> {
    const { page, model } = walk.stage;
    model.answerWith(calling(calls, answer));
    await converse(page, words, answer);
    const asked = model.requests.filter((request) => request.agent && request.text.includes(words)).at(-1);
    assert.ok(asked, `the agent asked about “${words}”`);
    return asked;
  }

  step('a conversation begins before these rules are known', async () => {
    await mkdir(join(walk.stage.workspace, 'src', 'billing'), { recursive: true });
    await writeFile(
      file(),
      'export const total = (prices: number[]) => prices.reduce((a, b) => a + b, 0);\n',
    );
    await newConversation(walk.stage.page);
    const asked = await work('Good morning', [], 'Good morning to you.');
    assert.deepEqual(toldAbout(asked, cents), []);
    await remember('Always store money as integer cents.', '--path', 'src/billing/**');
    await remember('Never run git push --force.');
    await remember(
      'When the tests fail with ECONNREFUSED 5433, run docker compose up db first.',
      '--kind',
      'fix',
    );
    await remember('Never write generated code by hand.', '--path', 'src/generated/**');
    await walk.stage.home.ask('sleep');
    for (const about of [force, /generated code/]) {
      const guard = await rule(about);
      assert.ok(guard, 'a rule to make a guard of');
      await walk.stage.home.ask('guard', guard.id);
    }
  });

  step('a file that a rule is about is read: the rule comes with it, before any edit', async () => {
    const read = { name: 'read_file', arguments: { filePath: file(), startLine: 1, endLine: 5 } };
    const asked = await work('Summarize what you find in the open folder', [read], 'It adds up prices.');
    const result = lastResult(asked);
    assert.match(result, /export const total/, 'what the tool read');
    assert.equal(fencesIn(result).filter((fenced) => cents.test(fenced)).length, 1, result);
    assert.equal(toldAbout(asked, cents).length, 1, 'and it is said once');
  });

  step('reading it again does not say it again', async () => {
    const read = { name: 'read_file', arguments: { filePath: file(), startLine: 1, endLine: 2 } };
    const asked = await work('Once more, please', [read], 'It still adds up prices.');
    assert.equal(toldAbout(asked, cents).length, 1);
  });

  /*
   * The editor does not wait for a hook after a tool: the request that follows the failure at once may leave before it, and
   * every later one has its words in the failure's own result.
   */
  step('a terminal command fails with a known error: what helped before comes with it', async () => {
    const { page, model, workspace, home } = walk.stage;
    const failing = 'echo "Error: connect ECONNREFUSED 127.0.0.1:5433, 12 tests failed" >&2\nexit 1\n';
    await writeFile(join(workspace, 'run-tests.sh'), failing);
    const handed = async () =>
      (await home.episodes()).find(({ text }) => database.test(text))?.receipts?.injected ?? 0;
    assert.equal(await handed(), 0);
    const look = { name: 'read_file', arguments: { filePath: file(), startLine: 1, endLine: 3 } };
    const failed = (request: AskedRequest) =>
      resultsIn(request).find(({ text }) => /ECONNREFUSED/.test(text))?.text;
    let looks = 0;
    model.answerWith(async (request) => {
      const result = failed(request);
      if (result === undefined) return { toolCalls: [terminal('sh run-tests.sh')] };
      await until('the hook has left its receipt', async () => ((await handed()) === 1 ? true : undefined));
      if (database.test(result) || looks === mostLooks) return 'The database was not running.';
      looks += 1;
      return { toolCalls: [look] };
    });
    await say(page, 'Go ahead');
    await allowOnce(page);
    const asked = await model.waitFor((request) => database.test(failed(request) ?? ''));
    assert.equal(fencesIn(failed(asked) ?? '').filter((fenced) => database.test(fenced)).length, 1);
    await answered(page, 'The database was not running.');
    assert.equal(await handed(), 1);
    assert.doesNotMatch(await chatText(page), guardReason, 'it asked as the editor always does');
  });

  step('what the next request is about: what helped is still there, and said once', async () => {
    assert.equal(toldAbout(await work('Then go on', [], 'I go on.'), database).length, 1);
  });

  step('a file that a guard is about is only read: nobody is asked', async () => {
    const { workspace } = walk.stage;
    const made = join(workspace, 'src', 'generated', 'schema.ts');
    await mkdir(dirname(made), { recursive: true });
    await writeFile(made, 'export const version = 7;\n');
    const read = { name: 'read_file', arguments: { filePath: made, startLine: 1, endLine: 1 } };
    const asked = await work('Which version is that', [read], 'The seventh.');
    assert.match(lastResult(asked), /version = 7/);
    assert.doesNotMatch(await chatText(walk.stage.page), guardReason);
  });

  for (const { what, words, call } of [
    { what: 'run a command', words: 'Finish it', call: () => terminal('git push --force') },
    { what: 'write a file, which it does unasked otherwise', words: 'And the rest', call: generated },
  ]) {
    step(`the agent is about to ${what} that a guard forbids: its user is asked first`, async () => {
      const { page, model } = walk.stage;
      const earlier = model.requests.length;
      model.answerWith(calling([call()], `Not done: ${words}.`));
      await say(page, words);
      await until('the question is shown with the rule as its reason', async () =>
        guardReason.test(await chatText(page)) ? true : undefined,
      );
      assert.equal(model.requests.slice(earlier).filter((one) => lastIsResult(one)).length, 0);
      await refuse(page);
      await answered(page, `Not done: ${words}.`);
    });
  }

  step('the agent asks the memory itself', async () => {
    const recall = { name: 'reverie_recall', arguments: { query: 'May I use git push --force?' } };
    const asked = await work('What do you know about me', [recall], 'You do not force.');
    assert.match(lastResult(asked), force);
  });

  step('a request that no memory is about brings nothing', async () => {
    const before = walk.stage.model.requests.filter(({ agent }) => agent).at(-1);
    const asked = await work('Write a limerick on the moon', [], 'There was an old moon.');
    assert.equal(told(asked).length, before === undefined ? 0 : told(before).length);
  });
}

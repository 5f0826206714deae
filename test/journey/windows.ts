/**
 * Two windows on one folder, each with an extension host of its own on a machine that the page only looks at; and one
 * window of several folders. One memory for all: what one learns the other knows, nothing is kept twice, one sleeps.
 */
import assert from 'node:assert/strict';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ProjectId } from '../../src/core/memory.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { calling, lastResult, told, toldAbout } from '../support/agentWork.ts';
import { buildMemory, silentLog } from '../support/builders.ts';
import { until } from '../support/reverieHome.ts';
import type { AskedRequest } from '../support/scriptedModel.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';
import {
  answerCommand,
  converse,
  newConversation,
  notified,
  openWorkbench,
  runCommand,
  statusSays,
  webview,
} from '../support/workbench.ts';
import type { Walk } from './walk.ts';

const awake = /^Reverie is (?:awake|drowsy)/;
const paused = /^Reverie is paused/;
const privately = /^Private session/;
const asleep = /^Reverie sleeps/;
const tar = /\btar the hull\b/i;

/** Enough that a night over them is still going on when somebody else has found the palette. */
const longNight = 15_000;

export function windowsChapter(walk: Walk): void {
  const { step } = walk;
  const beside = (name: string) => join(dirname(walk.stage.workspace), name);
  let other: Page | undefined;
  /** The second window. */
  const second = (): Page => {
    if (other === undefined) throw new Error('There is no second window.');
    return other;
  };

  async function ask(page: Page, words: string, answer: string): Promise<AskedRequest> {
    walk.stage.model.answerWith(() => answer);
    await newConversation(page);
    await converse(page, words, answer);
    return walk.stage.model.waitFor(({ text }) => text.includes(words));
  }

  step('two windows are open on one folder, with the sidebar in each', async () => {
    const { page, editor } = walk.stage;
    await mkdir(beside('ferry'), { recursive: true });
    other = await page.context().newPage();
    for (const window of [page, second()]) {
      await openWorkbench(window, editor.open(beside('ferry')));
      await runCommand(window, 'View: Show Reverie');
      await webview(window).getByRole('tab', { name: 'Rules' }).waitFor({ timeout: 60_000 });
    }
  });

  step(
    'what is recorded in one is told by the other’s agent, and shown there once a night has made a rule',
    async () => {
      const { page, home } = walk.stage;
      await answerCommand(page, 'Reverie: Record Decision…', 'Always tar the hull before painting.');
      await until('the decision is in the database', async () =>
        (await home.episodes()).find(({ text }) => tar.test(text)),
      );
      const asked = await ask(second(), 'How do I paint the hull', 'Tar first.');
      assert.equal(toldAbout(asked, tar).length, 1, told(asked).join('\n'));
      await runCommand(page, 'Reverie: Sleep Now');
      const rule = webview(second()).getByRole('listitem').filter({ hasText: tar });
      await rule.waitFor({ timeout: 60_000 });
      assert.equal(await rule.count(), 1);
    },
  );

  step('a correction said while both are open is one episode', async () => {
    const { page, home } = walk.stage;
    await ask(page, 'No, never varnish the rudder, oil it', 'I will oil it.');
    const about = async () => (await home.episodes()).filter(({ text }) => /rudder/.test(text));
    await until('the correction is in the database', async () =>
      (await about()).length > 0 ? true : undefined,
    );
    await ask(second(), 'No, use brass screws instead of steel screws', 'Brass, then.');
    await until('the later one is too', async () =>
      (await home.episodes()).find(({ text }) => /brass/.test(text)),
    );
    assert.equal((await about()).length, 1);
  });

  step('paused in one, the other is silent too; resumed there, both speak', async () => {
    const { page } = walk.stage;
    await runCommand(page, 'Reverie: Pause');
    await statusSays(second(), paused);
    assert.deepEqual(told(await ask(second(), 'May I paint the hull again', 'Perhaps.')), []);
    await runCommand(second(), 'Reverie: Resume');
    await statusSays(page, awake);
    assert.equal(toldAbout(await ask(page, 'Shall we paint the hull now', 'Tar first.'), tar).length, 1);
  });

  step('a private session is of one window only', async () => {
    const { page, home } = walk.stage;
    await runCommand(page, 'Reverie: Private Session');
    await statusSays(page, privately);
    assert.deepEqual(told(await ask(page, 'Do I paint the hull in secret', 'Hush.')), []);
    await converse(page, 'No, never tell them about the anchor', 'Hush.');
    assert.equal(toldAbout(await ask(second(), 'Do I paint the hull aloud', 'Tar first.'), tar).length, 1);
    await converse(second(), 'No, always coil the ropes clockwise', 'Tar first.');
    await until('what was said aloud is in the database', async () =>
      (await home.episodes()).find(({ text }) => /ropes/.test(text)),
    );
    assert.deepEqual(
      (await home.episodes()).filter(({ text }) => /anchor/.test(text)),
      [],
    );
    await runCommand(page, 'Reverie: Private Session');
    await statusSays(page, awake);
  });

  step('while one sleeps, the other says so and leaves the memory alone', async () => {
    const { page, home } = walk.stage;
    const database = await openDatabase({ file: home.file, log: silentLog });
    await database.memories.add(
      syntheticEpisodes({ seed: 'windows', count: longNight }).map((memory) => ({ memory })),
      'import',
    );
    await database.close();
    const before = (await home.nights()).length;
    await runCommand(page, 'Reverie: Sleep Now');
    await statusSays(page, asleep);
    await runCommand(second(), 'Reverie: Sleep Now');
    await notified(second(), /asleep/);
    await runCommand(page, 'Reverie: Stop Sleeping');
    await statusSays(page, awake);
    assert.equal((await home.nights()).length, before + 1);
    await second().close();
  });

  step(
    'a window of several folders: each one’s rules by its name, and with a file those of its folder',
    async () => {
      const { page, model, home, editor } = walk.stage;
      for (const name of ['quay', 'mill', 'barn'])
        await mkdir(join(beside(name), 'src'), { recursive: true });
      for (const name of ['quay', 'mill', 'barn'])
        await writeFile(join(beside(name), 'src', 'scale.ts'), `export const scale = '${name}';\n`);
      const database = await openDatabase({ file: home.file, log: silentLog });
      const of = async (name: string) =>
        ({ level: 'project', project: (await realpath(beside(name))) as ProjectId }) as const;
      const rules = [
        buildMemory({ text: 'Weigh crates at the quay scale.', scope: await of('quay') }),
        buildMemory({ text: 'Weigh flour at the mill scale.', scope: await of('mill') }),
        buildMemory({ text: 'Weigh hay at the barn scale.', scope: await of('barn') }),
        buildMemory({
          text: 'Keep the grindstone in grams.',
          scope: { ...(await of('mill')), level: 'path', glob: 'src/**' },
          strength: 0.2,
        }),
        buildMemory({
          text: 'Keep the hayloft in bales.',
          scope: { ...(await of('barn')), level: 'path', glob: 'src/**' },
        }),
      ];
      await database.memories.add(
        rules.map((memory) => ({ memory })),
        'import',
      );
      await database.close();
      const file = join(dirname(walk.stage.workspace), 'harbourside.code-workspace');
      await writeFile(file, JSON.stringify({ folders: [{ path: 'quay' }, { path: 'mill' }] }));
      await openWorkbench(page, editor.openWorkspace(file));
      await newConversation(page);
      const read = (name: string) => ({
        name: 'read_file',
        arguments: { filePath: join(beside(name), 'src', 'scale.ts'), startLine: 1, endLine: 1 },
      });
      model.answerWith(calling([read('mill'), read('quay')], 'Both are scales.'));
      await converse(page, 'Compare the scales', 'Both are scales.');
      const asked = await model.waitFor(
        ({ text, messages }) =>
          text.includes('Compare the scales') && messages.filter(({ role }) => role === 'tool').length === 2,
      );
      assert.match(toldAbout(asked, /quay scale/)[0] ?? '', /\[only in quay r_/);
      assert.match(toldAbout(asked, /mill scale/)[0] ?? '', /\[only in mill r_/);
      assert.equal(toldAbout(asked, /grindstone/).length, 1);
      assert.doesNotMatch(lastResult(asked), /grindstone/);
      assert.doesNotMatch(asked.text, /\bhay\b|hayloft/);
    },
  );

  step('all of this without a `node` on the path', async () => {
    assert.doesNotMatch(await walk.stage.nodeCalls(), /hook|reverie/);
  });
}

/**
 * The promise of the product, in the whole workbench with the real Copilot agent: what the user corrects in one
 * conversation is known in the next, after a night's sleep; and not told while Reverie is paused.
 */
import assert from 'node:assert/strict';
import { told, toldAbout } from '../support/agentWork.ts';
import { until } from '../support/reverieHome.ts';
import { converse, newConversation, runCommand, webview } from '../support/workbench.ts';
import type { Walk } from './walk.ts';

const correction = 'No, use pnpm instead of npm';

const linesAboutPnpm = (request: Parameters<typeof toldAbout>[0]) => toldAbout(request, /\bpnpm\b/i);

export function correctionChapter(walk: Walk): void {
  walk.step('the user corrects the agent, and the correction is kept as one episode', async () => {
    await newConversation(walk.stage.page);
    walk.stage.model.answerWith(() => 'I ran npm install lodash.');
    await converse(walk.stage.page, 'Add lodash to this project', 'I ran npm install lodash.');
    walk.stage.model.answerWith(() => 'I will use pnpm.');
    await converse(walk.stage.page, correction, 'I will use pnpm.');
    const kept = await until('the correction is in the database', async () => {
      const found = (await walk.stage.home.episodes()).filter(({ text }) => text.includes(correction));
      return found.length > 0 ? found : undefined;
    });
    assert.equal(kept.length, 1);
    assert.ok(kept[0]?.evidence[0]?.session, 'the episode knows its conversation');
  });

  walk.step('“Sleep Now” sleeps one whole night', async () => {
    await runCommand(walk.stage.page, 'Reverie: Sleep Now');
    const nights = await until('a night is complete', async () => {
      const all = await walk.stage.home.nights();
      return all.some(({ state }) => state === 'complete') ? all : undefined;
    });
    assert.equal(nights.length, 1);
  });

  walk.step('the sidebar shows the rule with its source', async () => {
    await runCommand(walk.stage.page, 'View: Show Reverie');
    const sidebar = webview(walk.stage.page);
    const rule = sidebar.getByRole('listitem').filter({ hasText: /use pnpm instead of npm/i });
    await rule.waitFor({ timeout: 60_000 });
    assert.equal(
      (await walk.stage.home.rules()).filter(({ status, text }) => status === 'active' && /pnpm/.test(text))
        .length,
      1,
    );
    /* Its buttons come when it is pointed at. */
    await rule.hover();
    await rule.getByRole('button', { name: 'Why?' }).click();
    const source = rule.getByText(correction);
    await source.first().waitFor({ timeout: 60_000 });
    assert.equal(await source.count(), 1, 'the moment it came from');
  });

  walk.step('the next conversation is told the rule, once, inside our fence', async () => {
    await newConversation(walk.stage.page);
    walk.stage.model.answerWith(() => 'Added with pnpm.');
    await converse(walk.stage.page, 'Add the date-fns dependency', 'Added with pnpm.');
    const request = await walk.stage.model.waitFor(({ text }) => text.includes('date-fns dependency'));
    assert.equal(linesAboutPnpm(request).length, 1, told(request).join('\n---\n'));
    assert.ok(!request.text.includes(correction), 'the rule is told, not the conversation it came from');
  });

  walk.step('a second prompt of that conversation does not bring it again', async () => {
    walk.stage.model.answerWith(() => 'Added that too.');
    await converse(walk.stage.page, 'And add the chalk dependency', 'Added that too.');
    const request = await walk.stage.model.waitFor(({ text }) => text.includes('chalk dependency'));
    assert.equal(linesAboutPnpm(request).length, 1, told(request).join('\n---\n'));
  });

  walk.step('while Reverie is paused, nothing is told', async () => {
    await runCommand(walk.stage.page, 'Reverie: Pause');
    const paused = walk.stage.page.getByRole('button', { name: /Reverie is paused/ });
    await paused.waitFor({ timeout: 60_000 });
    await newConversation(walk.stage.page);
    walk.stage.model.answerWith(() => 'Added in silence.');
    await converse(walk.stage.page, 'Add the zod dependency', 'Added in silence.');
    const request = await walk.stage.model.waitFor(({ text }) => text.includes('zod dependency'));
    assert.deepEqual(told(request), []);
    await converse(walk.stage.page, 'No, always pin exact versions', 'Added in silence.');
  });

  walk.step('resumed, the next conversation is told again', async () => {
    await runCommand(walk.stage.page, 'Reverie: Resume');
    await walk.stage.page
      .getByRole('button', { name: /Reverie is paused/ })
      .waitFor({ timeout: 60_000, state: 'detached' });
    await newConversation(walk.stage.page);
    walk.stage.model.answerWith(() => 'Added aloud.');
    await converse(walk.stage.page, 'Add the picomatch dependency', 'Added aloud.');
    const request = await walk.stage.model.waitFor(({ text }) => text.includes('picomatch dependency'));
    assert.equal(linesAboutPnpm(request).length, 1, told(request).join('\n---\n'));
  });

  walk.step('what was said while paused was not kept, what is said now is', async () => {
    walk.stage.model.answerWith(() => 'No default exports, then.');
    await converse(walk.stage.page, 'No, never use default exports here', 'No default exports, then.');
    const episodes = await until('the later correction is in the database', async () => {
      const all = await walk.stage.home.episodes();
      return all.some(({ text }) => text.includes('default exports')) ? all : undefined;
    });
    assert.deepEqual(
      episodes.filter(({ text }) => text.includes('exact versions')),
      [],
    );
  });

  walk.step('the same correction made again: the receipt says so, and the rule is trusted less', async () => {
    const about = async () => (await walk.stage.home.rules()).find(({ text }) => /pnpm/.test(text));
    const before = await about();
    assert.equal(before?.receipts?.violated, 0);
    walk.stage.model.answerWith(() => 'Sorry: pnpm.');
    await converse(walk.stage.page, correction, 'Sorry: pnpm.');
    await until('a receipt of the rule says that it was broken', async () =>
      ((await about())?.receipts?.violated ?? 0) > 0 ? true : undefined,
    );
    await walk.stage.home.ask('sleep');
    const after = await about();
    assert.ok((after?.precision ?? 1) < before.precision, `${after?.precision} after ${before.precision}`);
  });
}

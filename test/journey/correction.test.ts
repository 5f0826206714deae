/**
 * The promise of the product, in the whole workbench with the real Copilot agent: what the user corrects in one
 * conversation is known in the next, after a night's sleep; and not told while Reverie is paused.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../support/reverieHome.ts';
import type { AskedRequest } from '../support/scriptedModel.ts';
import {
  converse,
  enableCopilot,
  newConversation,
  openWorkbench,
  runCommand,
  webview,
} from '../support/workbench.ts';
import { type Stage, setStage } from './stage.ts';

const correction = 'No, use pnpm instead of npm';

/** Everything between our fences, wherever in the request they stand. */
function told(request: AskedRequest): readonly string[] {
  return [...request.text.matchAll(/<reverie-memory[^>]*>([\s\S]*?)<\/reverie-memory>/g)].map(
    (match) => match[1] ?? '',
  );
}

/** The failure before says where; this one needs no stack of its own. */
function notReached(broken: string): Error {
  const error = new Error(`not reached, because this failed: ${broken}`);
  error.stack = error.message;
  return error;
}

/** The lines of what was told that speak of pnpm. */
const linesAboutPnpm = (request: AskedRequest): readonly string[] =>
  told(request).flatMap((fenced) => fenced.split('\n').filter((line) => /\bpnpm\b/i.test(line)));

describe('a correction, a night, the next conversation', () => {
  let stage: Stage;
  let broken: string | undefined;

  before(async () => {
    stage = await setStage();
  });
  after(() => stage?.close());

  /** One step of the journey; those after a failed one fail at once instead of waiting in vain. */
  function step(name: string, walk: () => Promise<void>): void {
    test(name, async () => {
      if (broken !== undefined) throw notReached(broken);
      const file = name.replace(/[^a-z]+/gi, '-').slice(0, 60);
      try {
        await walk();
        await stage.keepTraces(file);
      } catch (error) {
        broken = name;
        await stage.keepTraces(`FAILED-${file}`).catch(() => undefined);
        await stage.keepEverything();
        throw error;
      }
    });
  }

  step('the editor opens with the agent and our model', async () => {
    await openWorkbench(stage.page, stage.url);
    await enableCopilot(stage.page);
  });

  step('the user corrects the agent, and the correction is kept as one episode', async () => {
    await newConversation(stage.page);
    stage.model.answerWith(() => 'I ran npm install lodash.');
    await converse(stage.page, 'Add lodash to this project', 'I ran npm install lodash.');
    stage.model.answerWith(() => 'I will use pnpm.');
    await converse(stage.page, correction, 'I will use pnpm.');
    const kept = await until('the correction is in the database', async () => {
      const found = (await stage.home.episodes()).filter(({ text }) => text.includes(correction));
      return found.length > 0 ? found : undefined;
    });
    assert.equal(kept.length, 1);
    assert.ok(kept[0]?.evidence[0]?.session, 'the episode knows its conversation');
  });

  step('“Sleep Now” sleeps one whole night', async () => {
    await runCommand(stage.page, 'Reverie: Sleep Now');
    const nights = await until('a night is complete', async () => {
      const all = await stage.home.nights();
      return all.some(({ state }) => state === 'complete') ? all : undefined;
    });
    assert.equal(nights.length, 1);
  });

  step('the sidebar shows the rule with its source', async () => {
    await runCommand(stage.page, 'View: Show Reverie');
    const sidebar = webview(stage.page);
    const rule = sidebar.getByRole('listitem').filter({ hasText: /use pnpm instead of npm/i });
    await rule.waitFor({ timeout: 60_000 });
    assert.equal(
      (await stage.home.rules()).filter(({ status, text }) => status === 'active' && /pnpm/.test(text))
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

  step('the next conversation is told the rule, once, inside our fence', async () => {
    await newConversation(stage.page);
    stage.model.answerWith(() => 'Added with pnpm.');
    await converse(stage.page, 'Add the date-fns dependency', 'Added with pnpm.');
    const request = await stage.model.waitFor(({ text }) => text.includes('date-fns dependency'));
    assert.equal(linesAboutPnpm(request).length, 1, told(request).join('\n---\n'));
    assert.ok(!request.text.includes(correction), 'the rule is told, not the conversation it came from');
  });

  step('a second prompt of that conversation does not bring it again', async () => {
    stage.model.answerWith(() => 'Added that too.');
    await converse(stage.page, 'And add the chalk dependency', 'Added that too.');
    const request = await stage.model.waitFor(({ text }) => text.includes('chalk dependency'));
    assert.equal(linesAboutPnpm(request).length, 1, told(request).join('\n---\n'));
  });

  step('while Reverie is paused, nothing is told', async () => {
    await runCommand(stage.page, 'Reverie: Pause');
    const paused = stage.page.getByRole('button', { name: /Reverie is paused/ });
    await paused.waitFor({ timeout: 60_000 });
    await newConversation(stage.page);
    stage.model.answerWith(() => 'Added in silence.');
    await converse(stage.page, 'Add the zod dependency', 'Added in silence.');
    const request = await stage.model.waitFor(({ text }) => text.includes('zod dependency'));
    assert.deepEqual(told(request), []);
    await converse(stage.page, 'No, always pin exact versions', 'Added in silence.');
  });

  step('resumed, the next conversation is told again', async () => {
    await runCommand(stage.page, 'Reverie: Resume');
    await stage.page
      .getByRole('button', { name: /Reverie is paused/ })
      .waitFor({ timeout: 60_000, state: 'detached' });
    await newConversation(stage.page);
    stage.model.answerWith(() => 'Added aloud.');
    await converse(stage.page, 'Add the picomatch dependency', 'Added aloud.');
    const request = await stage.model.waitFor(({ text }) => text.includes('picomatch dependency'));
    assert.equal(linesAboutPnpm(request).length, 1, told(request).join('\n---\n'));
  });

  step('what was said while paused was not kept, what is said now is', async () => {
    stage.model.answerWith(() => 'No default exports, then.');
    await converse(stage.page, 'No, never use default exports here', 'No default exports, then.');
    const episodes = await until('the later correction is in the database', async () => {
      const all = await stage.home.episodes();
      return all.some(({ text }) => text.includes('default exports')) ? all : undefined;
    });
    assert.deepEqual(
      episodes.filter(({ text }) => text.includes('exact versions')),
      [],
    );
  });
});

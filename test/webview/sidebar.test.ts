/** The sidebar in a real Chromium, over the extension's own responder; read by roles and words. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { complaints, type OpenOptions, openSidebar } from './browser.ts';
import { buildScripts, type SidebarScripts } from './page.ts';
import { themes } from './themes.ts';

let browser: Browser;
let scripts: SidebarScripts;

before(async () => {
  [browser, scripts] = await Promise.all([launchChromium(), buildScripts()]);
});
after(() => browser.close());

/** Opens a page, runs the test, and fails it if the page complained. */
async function onPage(options: OpenOptions, test: (page: Page) => Promise<void>): Promise<void> {
  const page = await openSidebar(browser, scripts, options);
  try {
    await test(page);
    assert.deepEqual(complaints.get(page), []);
  } finally {
    await page.close();
  }
}

const row = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });
const asked = (page: Page) =>
  page.evaluate(() => window.fakeHost.requests.map(({ method, params }) => ({ method, params })));
const commands = (page: Page) => page.evaluate(() => window.fakeHost.commands);
const focusedText = (page: Page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const part = element?.querySelector('reverie-rule, reverie-episode, reverie-night, reverie-dream');
    return (part?.shadowRoot ?? element)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  });

/** Waits until what has the focus reads like this: a row far away is drawn before it can be focused. */
async function focusOn(page: Page, text: RegExp): Promise<void> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const focused = await focusedText(page);
    if (text.test(focused)) return;
    if (performance.now() > deadline) assert.match(focused, text);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

describe('the map', () => {
  it('shows how well each area is known, and on opening the best of it and the gaps', () =>
    onPage({ start: { state: { view: 'map' } } }, async (page) => {
      await row(page, 'testing/database').getByText('deep').waitFor();
      assert.deepEqual(await page.getByRole('heading').allInnerTexts(), ['Projects', 'Topics', 'Languages']);
      const area = row(page, 'harbor-web').first();
      await area.getByRole('img', { name: 'Known to 83 %' }).waitFor();
      await area.getByRole('button', { name: 'expert' }).click();
      await area.getByText('Install and run scripts with pnpm, never npm.').waitFor();
      await area.getByText('2 corrections have no rule yet.').waitFor();
    }));

  it('opens with the keyboard', () =>
    onPage({ start: { state: { view: 'map' } } }, async (page) => {
      await row(page, 'TypeScript').getByRole('button').focus();
      await page.keyboard.press('Enter');
      await page.getByText('One rule was never seen obeyed or broken.').waitFor();
    }));
});

describe('rules', () => {
  it('shows the snapshot: groups by scope, open project first, strength and receipts in words', () =>
    onPage({}, async (page) => {
      await row(page, 'never npm').waitFor();
      assert.deepEqual(await page.getByRole('heading').allInnerTexts(), [
        'harbor-web\n4',
        'Everywhere\n2',
        'tidewater-api\n2',
      ]);
      const pnpm = row(page, 'never npm');
      await pnpm.getByText('told 14×, obeyed 12, broken 1').waitFor();
      await pnpm.getByRole('img', { name: 'Strength: pinned, does not fade' }).waitFor();
      await row(page, 'Keep dates').getByRole('img', { name: 'Strength: faint' }).waitFor();
      await row(page, 'Take colours').getByText('src/components/** · told 9×, obeyed 7').waitFor();
      assert.equal(await page.getByRole('tab').count(), 5);
      await page.getByText('Awake').waitFor();
    }));

  it('asks for the evidence when “why?” is opened and shows the user’s words with their origin', () =>
    onPage({}, async (page) => {
      await row(page, 'never npm').click();
      await page.getByText('“again: pnpm, not npm. always.”').waitFor();
      await page.getByText('Because the lockfile is pnpm’s').waitFor();
      await page.getByText(/Claude Code · harbor-web · .* · session b02d77aa/).waitFor();
      assert.deepEqual(await asked(page), [{ method: 'evidence', params: { id: 'r_pnpm' } }]);
    }));

  it('makes a rule a guard and lets it go again', () =>
    onPage({}, async (page) => {
      const line = row(page, 'Ask before adding');
      await line.hover();
      await line.getByRole('button', { name: 'Ask before it is broken (guard)' }).click();
      await line.getByText('Guard', { exact: true }).waitFor();
      const release = line.getByRole('button', { name: 'No longer ask before it is broken' });
      await release.click();
      await line.getByText('Guard', { exact: true }).waitFor({ state: 'detached' });
      assert.deepEqual(
        (await asked(page)).map(({ method, params }) => [method, 'guard' in params && params.guard]),
        [
          ['guard', true],
          ['guard', false],
        ],
      );
    }));

  it('offers to make a guard of what is broken often; one click does it, one takes it back', () =>
    onPage({}, async (page) => {
      await page.getByRole('button', { name: 'To review 3' }).click();
      const line = row(page, 'Return problem');
      await line.getByText('told 11×, obeyed 5, broken 3').waitFor();
      const offer = line.getByText(
        'Broken 3 times although told. Should assistants ask you before they break it?',
      );
      await offer.waitFor();
      await line.getByRole('button', { name: 'Ask first' }).click();
      await line.getByText('Guard', { exact: true }).waitFor();
      await line.getByText('Assistants ask you before they break it.').waitFor();
      await line.getByRole('button', { name: 'Undo' }).click();
      await line.getByText('Guard', { exact: true }).waitFor({ state: 'detached' });
      await offer.waitFor();
      assert.deepEqual(await asked(page), [
        { method: 'guard', params: { id: 'r_errors', guard: true } },
        { method: 'guard', params: { id: 'r_errors', guard: false } },
      ]);
    }));

  it('put off, the offer comes again only when it was broken twice as often', () =>
    onPage({}, async (page) => {
      const line = row(page, 'Return problem');
      const offer = line.getByText(/^Broken \d+ times although told/);
      await line.getByRole('button', { name: 'Not now' }).click();
      await offer.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'To review 2' }).waitFor();
      const breakIt = (times: number) =>
        page.evaluate((violated) => {
          const { fakeHost } = window;
          fakeHost.memory = {
            ...fakeHost.memory,
            memories: fakeHost.memory.memories.map((card) =>
              card.id === 'r_errors' ? { ...card, receipts: { ...card.receipts, violated } } : card,
            ),
          };
          fakeHost.refresh();
        }, times);
      await breakIt(5);
      await line.getByText('broken 5').waitFor();
      assert.equal(await offer.count(), 0);
      await breakIt(6);
      await offer.waitFor();
      assert.deepEqual(await asked(page), []);
    }));

  it('accepts a proposal: it leaves the proposals and is active', () =>
    onPage({}, async (page) => {
      await page.getByRole('button', { name: '2 proposals wait' }).click();
      await row(page, 'Add a story').getByRole('button', { name: 'Accept' }).click();
      await row(page, 'Add a story').waitFor({ state: 'detached' });
      assert.deepEqual(await asked(page), [{ method: 'accept', params: { id: 'r_story' } }]);
      await page.getByRole('button', { name: /^Active/ }).click();
      await row(page, 'Add a story').waitFor();
      await page.getByRole('button', { name: 'Active 9' }).waitFor();
    }));

  it('asks what is due, and an answer settles it', () =>
    onPage({}, async (page) => {
      await page.getByRole('button', { name: 'To review 3' }).click();
      const disputed = row(page, 'Keep dates');
      await disputed.getByText('You said the opposite later. Which holds?').waitFor();
      await disputed.getByRole('button', { name: 'No longer' }).click();
      await disputed.waitFor({ state: 'detached' });
      await row(page, 'Ask before adding').getByRole('button', { name: 'Still true' }).click();
      await row(page, 'Return problem').getByRole('button', { name: 'Not now' }).click();
      await page.getByText('Nothing to look at again.').waitFor();
      assert.deepEqual(await asked(page), [
        { method: 'review', params: { id: 'r_dates', verdict: 'wrong' } },
        { method: 'review', params: { id: 'r_ask', verdict: 'true' } },
      ]);
      await page.getByRole('button', { name: 'Retired 2' }).click();
      await disputed.waitFor();
    }));

  it('edits in place', () =>
    onPage({}, async (page) => {
      const line = row(page, 'Ask before adding');
      await line.hover();
      await line.getByRole('button', { name: 'Edit' }).click();
      const field = page.getByRole('textbox', { name: 'Wording of the rule' });
      await field.fill('Ask before adding or upgrading a dependency.');
      await page.getByRole('button', { name: 'Save' }).click();
      await row(page, 'or upgrading').waitFor();
      await field.waitFor({ state: 'detached' });
      assert.deepEqual(await asked(page), [
        { method: 'edit', params: { id: 'r_ask', text: 'Ask before adding or upgrading a dependency.' } },
      ]);
    }));

  it('keeps what was written when saving fails', () =>
    onPage({}, async (page) => {
      await page.evaluate(() => void window.fakeHost.failing.set('edit', 'The database is busy.'));
      const line = row(page, 'Ask before adding');
      await line.hover();
      await line.getByRole('button', { name: 'Edit' }).click();
      await page.getByRole('textbox', { name: 'Wording of the rule' }).fill('Other words');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alert').filter({ hasText: 'The database is busy.' }).waitFor();
      assert.equal(
        await page.getByRole('textbox', { name: 'Wording of the rule' }).inputValue(),
        'Other words',
      );
    }));

  it('retires and brings back', () =>
    onPage({}, async (page) => {
      const line = row(page, 'Ask before adding');
      await line.hover();
      await line.getByRole('button', { name: 'Retire' }).click();
      await line.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /^Retired/ }).click();
      await line.hover();
      await line.getByRole('button', { name: 'Use again' }).click();
      await line.waitFor({ state: 'detached' });
      assert.deepEqual(
        (await asked(page)).map(({ method }) => method),
        ['retire', 'accept'],
      );
    }));

  it('a new snapshot replaces what is shown', () =>
    onPage({}, async (page) => {
      await row(page, 'Ask before adding').waitFor();
      await page.evaluate(() => {
        const { memory } = window.fakeHost;
        window.fakeHost.memory = { ...memory, memories: memory.memories.filter(({ id }) => id !== 'r_ask') };
        window.fakeHost.refresh();
      });
      await row(page, 'Ask before adding').waitFor({ state: 'detached' });
    }));
});

describe('episodes', () => {
  const start = { state: { view: 'episodes' } };

  it('shows a timeline by day and filters by label', () =>
    onPage({ start }, async (page) => {
      await page.getByRole('heading', { name: 'Yesterday' }).waitFor();
      await page.getByRole('button', { name: 'Decision' }).click();
      await row(page, 'you edited the wrong workspace').waitFor({ state: 'detached' });
      await row(page, 'keep the cart in the URL').first().waitFor();
    }));

  it('tells of a merged moment what it was taken together with', () =>
    onPage({ start }, async (page) => {
      const moment = row(page, 'you edited the wrong workspace').first();
      await moment.getByText(/· merged$/).waitFor();
      await moment.getByText('you edited the wrong workspace').click();
      await moment.getByText('the api is in tidewater, not here').waitFor();
      assert.equal(await moment.getByText('you edited the wrong workspace').count(), 1);
    }));

  it('finds with a typo and a prefix, and marks the hits', () =>
    onPage({ start: { ...start, episodes: 3_000 } }, async (page) => {
      await page.getByRole('list', { name: 'Episodes' }).waitFor();
      await page.getByRole('textbox', { name: 'Search episodes' }).fill('databse cont');
      await page.getByText(/^The best 200 found$/).waitFor();
      const first = row(page, 'don’t mock the database').first();
      assert.deepEqual(await first.locator('mark').allInnerTexts(), ['database', 'container']);
      await page.getByRole('button', { name: 'Clear search' }).click();
      await page.getByRole('heading', { name: 'Yesterday' }).waitFor();
    }));

  it('does not search in the keystroke itself, and tells how long keystrokes take at 10,000 episodes', (context) =>
    onPage({ start: { ...start, episodes: 10_000 } }, async (page) => {
      const field = page.getByRole('textbox', { name: 'Search episodes' });
      await field.fill('zzz');
      await page.getByText(/^0 episodes found$/).waitFor({ timeout: 30_000 });
      const took = await field.evaluate((input: HTMLInputElement) => {
        const times: number[] = [];
        for (const query of ['t', 'th', 'the', 'the w', 'the wr', 'the wrng', 'datab', 'database']) {
          input.value = query;
          const began = performance.now();
          input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
          times.push(performance.now() - began);
        }
        return times;
      });
      await page.getByText(/^The best 200 found$/).waitFor();
      context.diagnostic(`keystrokes: ${took.map((ms) => ms.toFixed(1)).join(', ')} ms`);
    }));

  it('says so when nothing is found', () =>
    onPage({ start }, async (page) => {
      await page.getByRole('textbox', { name: 'Search episodes' }).fill('xylophone');
      await page.getByText('Nothing like that was said.').waitFor();
    }));

  it('forgets only after a second yes', () =>
    onPage({ start: { state: { view: 'episodes', expanded: ['e_1'] } } }, async (page) => {
      await page.getByRole('button', { name: 'Forget…' }).click();
      assert.equal(
        (await asked(page)).some(({ method }) => method === 'forget'),
        false,
      );
      await page.getByRole('button', { name: 'Forget', exact: true }).click();
      await row(page, 'keep the cart in the URL, then a link can be shared')
        .filter({ hasNotText: '(' })
        .waitFor({ state: 'detached' });
      assert.equal((await asked(page)).filter(({ method }) => method === 'forget').length, 1);
    }));

  it('meets new episodes without loading all again, and loads all after a night', () =>
    onPage({ start: { ...start, episodes: 2_500 } }, async (page) => {
      const loads = async () => (await asked(page)).filter(({ method }) => method === 'episodes').length;
      await row(page, 'no, pnpm!').first().waitFor();
      await page.waitForFunction(
        () => window.fakeHost.requests.filter(({ method }) => method === 'episodes').length === 4,
      );
      await page.evaluate(() => {
        const { memory } = window.fakeHost;
        const [newest] = memory.episodes;
        if (newest === undefined) return;
        const fresh = { ...newest, id: 'e_new' as typeof newest.id, text: 'a fresh moment' };
        window.fakeHost.memory = { ...memory, episodes: [fresh, ...memory.episodes] };
        window.fakeHost.refresh();
      });
      await row(page, 'a fresh moment').waitFor();
      assert.equal(await loads(), 5);
      await page.evaluate(() => {
        const { memory } = window.fakeHost;
        window.fakeHost.epoch = 'after a night';
        window.fakeHost.memory = { ...memory, episodes: memory.episodes.filter(({ id }) => id !== 'e_new') };
        window.fakeHost.refresh();
      });
      await row(page, 'a fresh moment').waitFor({ state: 'detached' });
    }));
});

describe('nights and dreams', () => {
  it('draws the hypnogram in words too, tells what changed and why, and takes back one change', () =>
    onPage({ start: { state: { view: 'nights' } } }, async (page) => {
      await page
        .getByRole('img', { name: /^Hypnogram, cycle 1: N1, N2, N3, REM; cycle 2/ })
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'What changed (4)' }).click();
      await page.getByText('Two corrections in two sessions.').waitFor();
      await page.getByRole('button', { name: 'Undo this change' }).nth(1).click();
      await page.getByText('One change was taken back.').waitFor();
      await page.getByText('Taken back. New:').waitFor();
      assert.deepEqual((await asked(page)).find(({ method }) => method === 'undo')?.params, {
        night: 'n_12',
        change: 'j_2',
      });
    }));

  it('takes back a whole night after a second yes', () =>
    onPage({ start: { state: { view: 'nights' } } }, async (page) => {
      const night = row(page, 'Night 12');
      await night.getByRole('button', { name: 'Undo…' }).click();
      await night.getByRole('button', { name: 'Undo night' }).click();
      await night.getByText('taken back').waitFor();
      await page.getByText('4 changes were taken back.').waitFor();
    }));

  it('says when a night cannot be taken back', () =>
    onPage({ start: { state: { view: 'nights' } } }, async (page) => {
      await page.evaluate(() => void window.fakeHost.failing.set('undo', 'A rule was edited since.'));
      const night = row(page, 'Night 12');
      await night.getByRole('button', { name: 'Undo…' }).click();
      await night.getByRole('button', { name: 'Undo night' }).click();
      await page.getByRole('alert').filter({ hasText: 'A rule was edited since.' }).waitFor();
      await page.getByRole('button', { name: 'Dismiss message' }).click();
      await page.getByRole('alert').waitFor({ state: 'detached' });
    }));

  it('shows a dream with both sources and keeps it', () =>
    onPage({ start: { state: { view: 'dreams' } } }, async (page) => {
      const dream = row(page, 'In harbor-web it is a rule');
      await dream.getByText('the moments it came from').click();
      await dream.getByText('give up after the first 503').waitFor();
      await dream.getByText('that’s the third time').waitFor();
      await dream.getByText('assistants are told in tidewater-api: “Repeat a call').waitFor();
      await dream.getByText('score 0.74').click();
      await dream.getByText('how rarely trouble of this kind is met').waitFor();
      await dream.getByRole('button', { name: 'Keep' }).click();
      await page.getByRole('heading', { name: 'New' }).waitFor({ state: 'detached' });
      assert.deepEqual(await asked(page), [{ method: 'accept', params: { id: 'i_dream' } }]);
    }));
});

describe('the whole', () => {
  it('tells a newcomer what to do, and the buttons run the commands', () =>
    onPage({ start: { empty: true } }, async (page) => {
      await page.getByRole('button', { name: 'Import Past Conversations' }).click();
      await page.getByRole('tab', { name: 'Nights' }).click();
      await page.getByText('It has not slept yet').waitFor();
      await page.getByRole('tabpanel').getByRole('button', { name: 'Sleep Now' }).click();
      assert.deepEqual(await commands(page), ['importConversations', 'sleepNow']);
    }));

  it('follows the mood', () =>
    onPage({}, async (page) => {
      await page.evaluate(() =>
        window.fakeHost.mood({
          state: 'asleep',
          stage: 'N3',
          phase: 'crystallization',
          since: 0,
          progress: 0.5,
        }),
      );
      await page.getByText('Asleep · N3').waitFor();
      await page.getByRole('button', { name: 'Wake' }).click();
      await page.evaluate(() => window.fakeHost.mood({ state: 'paused', where: 'everywhere' }));
      await page.getByRole('button', { name: 'Resume' }).click();
      assert.deepEqual(await commands(page), ['stopSleeping', 'resume']);
    }));

  it('a request that is never answered ends with a message, and the row can be used again', () =>
    onPage({ clock: true }, async (page) => {
      await page.evaluate(() => void window.fakeHost.silent.add('pin'));
      const line = row(page, 'Ask before adding');
      await line.hover();
      await line.getByRole('button', { name: 'Pin' }).click();
      assert.equal(await line.getByRole('button', { name: 'Pin' }).isDisabled(), true);
      await page.clock.fastForward(20_000);
      await page.getByRole('alert').filter({ hasText: 'did not answer in time' }).waitFor();
      assert.equal(await line.getByRole('button', { name: 'Pin' }).isDisabled(), false);
    }));

  it('offers nothing that writes when the database can only be read', () =>
    onPage(
      {
        start: {
          overrides: { writable: false, notices: ['This memory can be read, not changed.'] },
          state: { ruleFilter: 'proposed' },
        },
      },
      async (page) => {
        await page.getByRole('note').filter({ hasText: 'can be read, not changed' }).waitFor();
        assert.equal(
          await row(page, 'Add a story').getByRole('button', { name: 'Accept' }).isDisabled(),
          true,
        );
      },
    ));

  it('remembers where the user was, and none of the memory', () =>
    onPage({ clock: true }, async (page) => {
      await row(page, 'never npm').click();
      await page.getByRole('tab', { name: 'Episodes' }).click();
      await row(page, 'no, pnpm!').first().waitFor();
      await page.clock.fastForward(1_000);
      const state = await page.evaluate(() => JSON.stringify(window.fakeHost.state));
      assert.match(state, /"view":"episodes"/);
      assert.match(state, /r_pnpm/);
      assert.doesNotMatch(state, /npm\.|lockfile|cart/);
    }));

  it('survives whatever was stored by another version', () =>
    onPage(
      { start: { state: { view: 7, expanded: 'x', labels: [{}], top: { rules: 4, '<b>': 'x' } } } },
      async (page) => {
        await row(page, 'never npm').waitFor();
      },
    ));

  it('hostile text stays text', () =>
    onPage({}, async (page) => {
      await page.evaluate(() => {
        const { memory } = window.fakeHost;
        const [first, second, third, ...others] = memory.memories;
        if (first === undefined || second === undefined || third === undefined) return;
        const evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
        window.fakeHost.memory = {
          ...memory,
          memories: [
            { ...first, text: evil, why: evil },
            { ...second, text: 'safe \u202Eelif.exe\u202C end \u0000\u0007' },
            { ...third, text: 'word '.repeat(210_000) },
            ...others,
          ],
        };
        window.fakeHost.refresh();
      });
      await row(page, '<script>window.hit=1</script>').first().click();
      await row(page, 'safe').waitFor();
      assert.equal(await page.evaluate(() => 'hit' in window), false);
      assert.match(
        (await row(page, 'safe').locator('p.words').textContent()) ?? '',
        /safe \uFFFDelif\.exe\uFFFD end \uFFFD\uFFFD/,
      );
      const long = row(page, 'word word').first();
      await long.click();
      const drawn = ((await long.locator('p.words').textContent()) ?? '').length;
      assert.ok(drawn > 1_000 && drawn < 6_000, `a megabyte is not drawn: ${drawn}`);
    }));
});

describe('keyboard alone', () => {
  it('walks, opens, pins, edits and accepts', () =>
    onPage({}, async (page) => {
      await row(page, 'never npm').waitFor();
      await page.getByRole('tab', { name: 'Rules' }).focus();
      await page.keyboard.press('/');
      await page.keyboard.press('ArrowDown');
      await focusOn(page, /never npm/);
      await page.keyboard.press('ArrowDown');
      await focusOn(page, /Postgres/);
      /* What the keys do is said while they are used. */
      await page.getByText(/^Del\s*retire$/).waitFor();
      await page.keyboard.press('Enter');
      await row(page, 'Postgres').getByRole('button', { name: 'Why?', expanded: true }).waitFor();
      await page.keyboard.press('p');
      await row(page, 'Postgres').getByText('Pinned', { exact: true }).waitFor();
      await page.keyboard.press('g');
      await row(page, 'Postgres').getByText('Guard', { exact: true }).waitFor();
      await focusOn(page, /Postgres/);
      await page.keyboard.press('e');
      await page.keyboard.press('End');
      await page.keyboard.type(' Always.');
      await page.keyboard.press('Control+Enter');
      await row(page, 'database. Always.').waitFor();
      await page.getByRole('textbox', { name: 'Wording of the rule' }).waitFor({ state: 'detached' });
      await focusOn(page, /database\. Always\./);
      await page.keyboard.press('Delete');
      await row(page, 'Postgres').waitFor({ state: 'detached' });
      assert.notEqual(await focusedText(page), '');
      assert.deepEqual(
        (await asked(page)).map(({ method }) => method),
        ['evidence', 'pin', 'guard', 'edit', 'retire'],
      );
    }));

  it('moves through the tabs with the arrow keys', () =>
    onPage({}, async (page) => {
      await page.getByRole('tab', { name: 'Rules' }).focus();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('tab', { name: 'Episodes', selected: true }).waitFor();
      await page.keyboard.press('End');
      await page.getByRole('tab', { name: 'Map', selected: true }).waitFor();
    }));

  it('reaches the end of fifty thousand episodes and comes back', () =>
    onPage({ start: { episodes: 50_000, state: { view: 'episodes' } } }, async (page) => {
      await page.waitForFunction(
        () => window.fakeHost.requests.filter(({ method }) => method === 'episodes').length >= 51,
      );
      await page.keyboard.press('/');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      await row(page, '(49999)').waitFor();
      await focusOn(page, /\(49999\)/);
      await page.keyboard.press('Home');
      await row(page, 'no, pnpm!').filter({ hasNotText: '(' }).waitFor();
      assert.ok((await page.getByRole('listitem').count()) < 80);
    }));
});

describe('looks', () => {
  for (const theme of themes) {
    it(`has no serious accessibility violation in ${theme.name}`, async () => {
      const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      const expanded = ['r_pnpm', 'e_2', 'n_12', 'area:language::TypeScript'];
      const starts: readonly (readonly [string, object])[] = [
        ...['rules', 'episodes', 'nights', 'dreams', 'map'].map(
          (view) => [view, { state: { view, expanded } }] as const,
        ),
        ['to review', { state: { ruleFilter: 'due' } }],
        ['proposals', { state: { ruleFilter: 'proposed' } }],
        ['retired', { state: { ruleFilter: 'retired' } }],
        ['asleep', { overrides: { mood: { state: 'asleep', stage: 'REM', since: 0, progress: 0.3 } } }],
        ['newcomer', { empty: true, overrides: { notices: ['The database was damaged.'] } }],
      ];
      for (const [view, start] of starts) {
        await onPage({ theme: theme.name, start }, async (page) => {
          await page
            .getByRole(view === 'newcomer' ? 'note' : 'listitem')
            .first()
            .waitFor();
          await page.evaluate(axe);
          const violations = await page.evaluate(async () => {
            const run = (
              window as unknown as {
                axe: {
                  run(): Promise<{
                    violations: {
                      id: string;
                      impact: string;
                      nodes: { html: string; failureSummary: string }[];
                    }[];
                  }>;
                };
              }
            ).axe;
            const { violations } = await run.run();
            return violations
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .map(
                ({ id, nodes }) =>
                  `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 120)} ${failureSummary}`).join('\n')}`,
              );
          });
          assert.deepEqual(violations, [], view);
        });
      }
    });
  }

  it('fits into 220 px', async () => {
    for (const view of ['rules', 'episodes', 'nights', 'dreams', 'map']) {
      await onPage(
        { width: 220, start: { state: { view, expanded: ['r_pnpm', 'e_2', 'n_12'] } } },
        async (page) => {
          await page.getByRole('listitem').first().waitFor();
          const wide = await page.evaluate(() => {
            const found: string[] = [];
            const look = (root: ParentNode) => {
              for (const element of root.querySelectorAll<HTMLElement>('*')) {
                const { right, width } = element.getBoundingClientRect();
                /* Words for screen readers, and buttons that are folded away until their row is pointed at. */
                const clipped = element.closest('.hidden-text, .tools:not(.shown)') !== null;
                if (!clipped && width > 0 && right > innerWidth + 0.5)
                  found.push(`${element.tagName}.${element.className} ${right}`);
                if (element.shadowRoot) look(element.shadowRoot);
              }
            };
            look(document);
            return found;
          });
          assert.deepEqual(wide, [], view);
        },
      );
    }
  });
});

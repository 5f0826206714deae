import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MessageSignal, TranscriptEvent, TranscriptMessage } from '../../src/core/capture/message.ts';
import { ReverieError } from '../../src/core/errors.ts';
import type { Redactor } from '../../src/core/ports.ts';
import { noon, project } from '../support/builders.ts';
import { createTestCapture } from '../support/capturing.ts';

const setUp = createTestCapture;

let counter = 0;
function said(
  role: 'user' | 'assistant',
  text: string,
  more: Partial<TranscriptMessage> = {},
): TranscriptEvent {
  counter += 1;
  return {
    type: 'message',
    message: {
      format: 'claude-code',
      role,
      text,
      session: 's1',
      message: `message-with-own-id-${counter}`,
      at: noon - 3_600_000 + counter * 1000,
      project: project('/home/ada/app'),
      signals: [],
      ...more,
    },
  };
}

describe('ingest', () => {
  it('keeps corrections and forgets tasks, questions and approvals', async () => {
    const { ingest, episodes } = setUp();
    const summary = await ingest([
      said('user', 'Add a settings page with a dark mode switch.'),
      said('assistant', "I've added the settings page and installed the dependencies with npm."),
      said('user', 'no, use pnpm instead of npm, the lockfile is pnpm'),
      said('assistant', 'Switched to pnpm.'),
      said('user', 'great, thanks'),
      said('user', 'what does the loader do?'),
    ]);
    assert.equal(summary.messages, 4);
    assert.equal(summary.episodes, 1);
    const [episode] = episodes();
    assert.ok(episode);
    assert.equal(episode.label, 'correction');
    assert.equal(episode.text, 'no, use pnpm instead of npm, the lockfile is pnpm');
    assert.match(episode.lesson.statement, /^Use pnpm instead of npm/);
    assert.match(episode.context ?? '', /installed the dependencies with npm/);
    assert.deepEqual(episode.scope, { level: 'project', project: '/home/ada/app' });
    assert.equal(episode.strength, 0.8);
    assert.equal(episode.rate, 0.993);
    assert.ok(episode.salience.total > 0.4);
  });

  it('takes one event seen by the hook and in the transcript as one, in either order', async () => {
    const text = 'you edited the generated file, not the template';
    const hook = said('user', text, { message: 'prompt 1', at: noon - 60_000 });
    const transcript = said('user', text, {
      message: 'c0ffee00-aaaa-bbbb-cccc-000000000001',
      at: noon - 20_000,
    });
    for (const pair of [
      [hook, transcript],
      [transcript, hook],
    ]) {
      const { ingest, episodes } = setUp();
      for (const event of pair) await ingest([event]);
      assert.equal(episodes().length, 1);
    }
  });

  it('takes the same words said again later as a new episode', async () => {
    const { ingest, episodes } = setUp();
    const text = 'again: never edit files under dist by hand';
    await ingest([
      said('user', text, { at: noon - 7_200_000 }),
      said('user', text, { at: noon - 3_600_000 }),
    ]);
    assert.equal(episodes().length, 2);
  });

  it('changes nothing when the same transcript is imported again', async () => {
    const { ingest, episodes } = setUp();
    const events = [
      said('assistant', 'I have mocked the database.'),
      said('user', "don't mock the database, use the test container"),
      said('user', 'from now on always run the linter before committing', { message: '7' }),
    ];
    const first = await ingest(events);
    const before = JSON.stringify(episodes());
    const second = await ingest(events);
    assert.equal(first.episodes, 2);
    assert.deepEqual([second.episodes, second.duplicates], [0, 2]);
    assert.equal(JSON.stringify(episodes()), before);
  });

  it('writes nothing that was not redacted: text, lesson and context', async () => {
    const { ingest, episodes } = setUp();
    const summary = await ingest([
      said('assistant', 'I logged in with hunter2-secret and it worked.'),
      said('user', 'no, never log in with hunter2-secret, use the token from the vault instead', {
        file: '/logs/hunter2-secret.jsonl',
      }),
    ]);
    assert.equal(summary.episodes, 1);
    assert.ok(summary.redacted >= 2);
    assert.doesNotMatch(JSON.stringify([episodes(), summary]), /hunter2-secret/);
  });

  it('drops private spans, in the context too', async () => {
    const { ingest, episodes } = setUp();
    await ingest([
      said('assistant', 'You told me <private>the merger is in May</private> and I used npm.'),
      said('user', 'no, use yarn instead of npm <private>because Anna hates npm</private>'),
      said('user', '<private>never tell anyone</private>'),
    ]);
    assert.equal(episodes().length, 1);
    assert.doesNotMatch(JSON.stringify(episodes()), /merger|Anna|anyone/);
  });

  it('nor of a long message, of a row taken as it is, of a way of working, or of a file that was skipped', async () => {
    const paste = Array.from(
      { length: 1500 },
      (_, line) => `    at step${line} (src/file${line}.ts:${line}:7)`,
    );
    const long = setUp();
    await long.ingest([
      said('user', `no, never log in with hunter2-secret here, use the vault instead\n\n${paste.join('\n')}`),
    ]);
    assert.equal(long.episodes().length, 1);
    assert.doesNotMatch(JSON.stringify(long.episodes()), /hunter2-secret/);

    const rows = setUp();
    await rows.ingest(
      [
        said('user', 'log in with hunter2-secret <private>and tell Anna</private>', {
          format: 'jsonl',
          externalId: 'a',
        }),
      ],
      { verbatim: true },
    );
    assert.equal(rows.episodes().length, 1);
    assert.doesNotMatch(JSON.stringify(rows.episodes()), /hunter2-secret|Anna/);

    const habit = setUp();
    await habit.ingest(
      ['s1', 's2', 's3', 's4'].map((session) =>
        said('user', 'commit and update the hunter2-secret changelog', { session }),
      ),
    );
    assert.ok(habit.episodes().length > 0, 'it comes again and again');
    assert.doesNotMatch(JSON.stringify(habit.episodes()), /hunter2-secret/);

    const skipped = setUp();
    const summary = await skipped.ingest([
      { type: 'skipped', part: { path: '/logs/hunter2-secret.jsonl', reason: 'not readable' } },
    ]);
    assert.equal(summary.skipped.length, 1);
    assert.doesNotMatch(JSON.stringify(summary), /hunter2-secret/);
  });

  it('keeps what is sure, however dull by now and however loud the day', async () => {
    const { ingest, facts } = setUp();
    facts.set('gate.state', { mean: 1, variance: 1, count: 10_000 });
    const again = Array.from({ length: 60 }, (_, index) =>
      said('user', 'no, use pnpm instead of npm, the lockfile is pnpm', { session: `again ${index}` }),
    );
    const summary = await ingest(again);
    assert.deepEqual([summary.episodes, summary.belowGate], [60, 0]);
  });

  it('counts and forgets what is doubtful, said before, and drowned by a loud day', async () => {
    for (const [mean, kept, below] of [
      [0, 1, 0],
      [1, 0, 1],
    ]) {
      const { ingest, facts } = setUp();
      const doubtful = (session: string) => [
        said('user', 'Draw the footer.', { session }),
        said('assistant', 'The footer is drawn with three columns.', { session }),
        said('user', 'go on, but think about the margin', { session }),
      ];
      for (let day = 0; day < 40; day++) await ingest(doubtful(`day ${day}`));
      facts.set('gate.state', { mean, variance: 0, count: 10_000 });
      const summary = await ingest(doubtful('the last day'));
      assert.deepEqual([summary.episodes, summary.belowGate], [kept, below], `a day of ${mean}`);
    }
  });

  it('reads nothing that a program wrote for the user', async () => {
    const { ingest, episodes } = setUp();
    const summary = await ingest([
      said(
        'user',
        'This session is being continued from a previous conversation that ran out of context. The user said: no, never use npm, use pnpm instead.',
      ),
    ]);
    assert.deepEqual([summary.episodes, episodes().length], [0, 0]);
  });

  it('skips what cannot be checked for secrets and goes on', async () => {
    const failing: Redactor = {
      redact: async (text) => {
        if (text.includes('cursed'))
          throw new ReverieError('redaction-failed', 'The text could not be checked.');
        return { text, found: new Map() };
      },
    };
    const { ingest, episodes } = setUp({ redactor: failing });
    const summary = await ingest([
      said('user', 'no, use the cursed module instead of the other one'),
      said('user', 'no, use yarn instead of npm here', { file: '/logs/cursed.jsonl' }),
      said('user', 'no, use tabs instead of spaces here'),
    ]);
    assert.equal(summary.episodes, 1);
    assert.equal(
      summary.skipped.reduce((sum, { count = 1 }) => sum + count, 0),
      2,
    );
    assert.doesNotMatch(JSON.stringify(episodes()), /cursed|yarn/);
  });

  it('takes verbatim rows as they are, with id and kind, once', async () => {
    const { ingest, episodes } = setUp();
    const row = (id: string, text: string, givenKind: string) =>
      said('user', text, { format: 'jsonl', externalId: id, message: id, givenKind });
    const rows = [
      row('a', 'Tea is at four.', 'fix'),
      row('b', 'Tea is at four.', 'decision'),
      row('c', 'ok', 'note'),
    ];
    const summary = await ingest(rows, { verbatim: true });
    assert.equal(summary.episodes, 3);
    assert.deepEqual(
      episodes().map((episode) => [episode.source.externalId, episode.label, episode.text]),
      [
        ['a', 'fix', 'Tea is at four.'],
        ['b', 'decision', 'Tea is at four.'],
        ['c', 'decision', 'ok'],
      ],
    );
    assert.equal((await ingest(rows, { verbatim: true })).duplicates, 3);
  });

  it('uses a verbatim row’s `prev` as context only', async () => {
    const { ingest, episodes } = setUp();
    await ingest(
      [
        said('assistant', 'Shall I use npm?', { format: 'jsonl', message: '@0:prev' }),
        said('user', 'no, pnpm', { format: 'jsonl', message: 'x', externalId: 'x' }),
      ],
      { verbatim: true },
    );
    assert.equal(episodes().length, 1);
    assert.equal(episodes()[0]?.context, 'Shall I use npm?');
  });

  it('writes in batches and loses nothing when the source breaks off', async () => {
    const { capture, episodes, writes } = setUp();
    async function* breaking(): AsyncGenerator<TranscriptEvent> {
      for (let index = 0; index < 450; index += 1) {
        yield said('user', `no, use module${index} instead of package${index}`, { session: `s${index}` });
      }
      throw new Error('disk gone');
    }
    await assert.rejects(capture.ingest(breaking()), /disk gone/);
    assert.equal(episodes().length, 450);
    assert.deepEqual(writes, [200, 200, 50]);
  });

  it('stops at a safe point when asked to', async () => {
    const { capture, episodes } = setUp();
    const stop = new AbortController();
    async function* endless(): AsyncGenerator<TranscriptEvent> {
      for (let index = 0; ; index += 1) {
        if (index === 30) stop.abort();
        yield said('user', `no, use module${index} instead of package${index}`, { session: `s${index}` });
      }
    }
    await capture.ingest(endless(), { signal: stop.signal });
    assert.equal(episodes().length, 30);
  });

  it('counts what could not be read', async () => {
    const { ingest } = setUp();
    const part = { path: '/logs/a.jsonl', reason: 'not JSON' };
    const summary = await ingest([
      { type: 'skipped', part },
      { type: 'skipped', part: { ...part, count: 3 } },
    ]);
    assert.deepEqual(summary.skipped, [{ ...part, count: 4 }]);
  });

  it('reads a rejected tool call with a reason as a correction', async () => {
    const { ingest, episodes } = setUp();
    const signals: readonly MessageSignal[] = [{ type: 'tool-rejected', tool: 'Edit' }];
    await ingest([
      said('assistant', 'Let me edit the lock file.'),
      said('user', 'regenerate it by installing', { signals }),
    ]);
    assert.equal(episodes()[0]?.label, 'correction');
  });

  it('keeps the state of gate and streams as plain facts', async () => {
    const { ingest, facts } = setUp();
    await ingest([said('user', 'no, use tabs instead of spaces'), said('user', 'thanks')]);
    assert.equal((facts.get('gate.state') as { count: number }).count, 2);
    assert.ok('/home/ada/app' in (facts.get('capture.streams') as object));
  });
});

describe('remember', () => {
  it('makes an explicit memory, standing if said as such, once', async () => {
    const { capture, episodes } = setUp();
    const first = await capture.remember(
      'Always run migrations before the tests, otherwise the schema is stale.',
      {
        project: project('/home/ada/app'),
      },
    );
    const again = await capture.remember(
      'always run migrations before the tests, otherwise the schema is stale',
      {
        project: project('/home/ada/app'),
      },
    );
    assert.equal(first.id, again.id);
    assert.equal(episodes().length, 1);
    assert.equal(first.label, 'decision');
    assert.equal(first.standing, true);
    assert.equal(first.confidence, 1);
    assert.match(first.lesson.statement, /^Always run migrations before the tests/);
    assert.equal(first.lesson.why, 'otherwise the schema is stale');
  });

  it('takes what its owner has remembered as lasting, and of an assistant only what says so', async () => {
    const { capture } = setUp();
    const standing = async (text: string, source?: string) =>
      (await capture.remember(text, source === undefined ? {} : { source })).standing;
    assert.equal(await standing('Prefer composition over inheritance.'), true);
    assert.equal(await standing('Prefer streams over buffers.', 'mcp'), false);
    assert.equal(await standing('Never buffer whole files.', 'mcp'), true);
    assert.equal(await standing('Like that.'), false);
  });

  it('redacts, takes a path scope, and refuses nothing at all', async () => {
    const { capture } = setUp();
    const memory = await capture.remember('The CI password is hunter2-secret.', {
      glob: 'ci/**',
      project: project('/home/ada/app'),
      kind: 'fix',
    });
    assert.doesNotMatch(JSON.stringify(memory), /hunter2-secret/);
    assert.deepEqual(memory.scope, { level: 'path', project: '/home/ada/app', glob: 'ci/**' });
    await assert.rejects(capture.remember('  <private>x</private> '), (error) =>
      ReverieError.is(error, 'invalid-input'),
    );
  });
});

/** What the judge of receipts hears of a conversation. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TranscriptMessage } from '../../src/core/capture/message.ts';
import { heardIn } from '../../src/core/injection/heard.ts';
import { noon } from '../support/builders.ts';

const message = (role: 'user' | 'assistant', text: string, at?: number): TranscriptMessage => ({
  format: 'claude-code',
  role,
  text,
  session: 's',
  message: text,
  signals: role === 'user' ? [{ type: 'command', failed: true, command: `make ${text}` }] : [],
  ...(at === undefined ? {} : { at }),
});

test('what was said before anything was told is not judged, but is what an answer refers to', async () => {
  const judged: (readonly [string, string])[] = [];
  const classify = async (text: string, before: string) => {
    judged.push([text, before]);
    return { label: 'correction' as const };
  };
  const events = await heardIn(
    [
      message('user', 'early', noon - 2),
      message('assistant', 'Did it.', noon - 1),
      message('user', 'late', noon),
      message('user', 'timeless'),
    ],
    classify,
    noon + 5,
    noon,
  );
  assert.deepEqual(judged, [
    ['late', 'Did it.'],
    ['timeless', 'Did it.'],
  ]);
  assert.deepEqual(
    events.map(({ type, text, at }) => [type, text, at - noon]),
    [
      ['done', 'make late', 0],
      ['said', 'late', 0],
      ['done', 'make timeless', 5],
      ['said', 'timeless', 5],
    ],
  );
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { scriptedEditing } from '../support/scriptedEditing.ts';

suite('false alarms over scripted editing', () => {
  test('without an assistant there is not one episode in 10,000 edits', () => {
    const { edits, alarms } = scriptedEditing({ seed: 'ordinary', edits: 10_000, assistant: false });
    assert.ok(edits >= 10_000);
    assert.deepEqual(alarms, []);
  });

  test('beside an assistant’s text, and going on with it, at most one in 1,000 edits', () => {
    const { edits, alarms } = scriptedEditing({ seed: 'beside', edits: 10_000, assistant: true });
    assert.ok(alarms.length * 1000 <= edits, `${alarms.length} in ${edits}`);
  });

  test('and what is really rewritten is noticed, most of the time', () => {
    const { rewrites } = scriptedEditing({
      seed: 'rewritten',
      edits: 10_000,
      assistant: true,
      rewrites: true,
    });
    let made = 0;
    let seen = 0;
    for (const one of rewrites.values()) {
      made += one.made;
      seen += one.seen;
    }
    assert.ok(made >= 30 && seen >= 0.8 * made, `${seen} of ${made}`);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reorganize } from '../../src/core/sleep/reorganize.ts';
import { couldName, namesThing, spelledIn, wordOf } from '../../src/core/sleep/topicNames.ts';
import { buildMemory, memoryId } from '../support/builders.ts';
import { runPhase } from '../support/phaseRun.ts';

const saying = (...texts: readonly string[]) =>
  texts.map((text, index) => buildMemory({ id: memoryId(`e_${index}`), text, tags: [] }));

test('a topic is a thing, not what is done with it nor how it is', () => {
  const kiln = saying('use the kiln log', 'please use glaze B', 'you used the old kiln');
  assert.ok(namesThing('kiln', kiln));
  assert.ok(!namesThing(wordOf('use'), kiln));
  const tests = saying('run the tests first', 'the unit test is slow', 'test the glaze yourself');
  assert.ok(namesThing('test', tests), 'oftener a thing than an act');
  assert.ok(!namesThing('test', saying('test the glaze', 'please test it', 'the test')));
  assert.ok(!namesThing('tide', kiln), 'no memory has it as a word');
  for (const word of ['wrong', 'longer', 'instead']) assert.ok(!couldName(wordOf(word)), word);
  assert.ok(couldName('kiln'));
});

test('a tag that capture gave is a name, one that sleep made is none', () => {
  const tagged = (kind: 'episode' | 'rule') =>
    saying('commit it').map((memory) => ({ ...memory, kind, tags: ['commit'] }));
  assert.ok(namesThing('commit', tagged('episode')));
  assert.ok(!namesThing('commit', tagged('rule')));
});

test('names are spelled as people spell them', () => {
  const memories = saying('glazing tables', 'the glazing table', 'Glazing comes last');
  assert.deepEqual(spelledIn(memories, ['glaze', 'tabl', 'kiln']), ['glazing', 'table', 'kiln']);
});

test('memories are sorted under what they are about', async () => {
  const { after } = await runPhase(reorganize, {
    memories: saying(
      'please use longer names in the kiln log',
      'use the kiln only on Mondays',
      'you used a longer kiln cycle',
      'use the wheel',
    ),
  });
  assert.deepEqual(
    after.memories.map(({ topic }) => topic),
    ['kiln', 'kiln', 'kiln', ''],
  );
});

test('little words of other languages name nothing', () => {
  for (const word of ['que', 'para', 'cuando', 'wenn', 'pour', 'quando', 'чтобы'])
    assert.equal(couldName(wordOf(word)), false, word);
  for (const word of ['carrito', 'rechnung', 'panier', 'корзина'])
    assert.equal(couldName(wordOf(word)), true, word);
});

/** A rule that chooses a means says what it is for, if that was said; and what was learned is a rule once it is to be recorded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withItsPurpose } from '../../src/core/sleep/crystallization/rulePurpose.ts';
import { utterancesOf } from '../../src/core/sleep/crystallization/utterances.ts';
import { crystallization } from '../../src/core/sleep/crystallization.ts';
import { allSteps } from '../../src/core/steps.ts';
import { project } from '../support/builders.ts';
import { runPhase } from '../support/phaseRun.ts';
import { createSay } from '../support/saying.ts';

const say = createSay();

const purposed = (sentence: string, ...texts: readonly string[]) => {
  const members = [say('why not quay?')];
  return allSteps(withItsPurpose(sentence, members, [...members, ...texts.map((text) => say(text))]));
};

test('what a means is for is told as its owner says it elsewhere', () => {
  const bare = 'Use `quay`, not `dock ls`.';
  const full = 'Use `quay`, not `dock ls`, for harbour queries.';
  assert.equal(purposed(bare, 'just use the `quay` command for harbour queries as in @pier.mdc'), full);
  assert.equal(purposed(bare, 'use quay for all harbour queries', 'Use `quay` for harbour queries'), full);
  assert.equal(purposed('Use `quay`.', 'run `quay` for harbour queries.'), 'Use `quay` for harbour queries.');
});

test('it stays as it is where nobody says so, or not one thing, or only of what is at hand', () => {
  const bare = 'Use `quay`, not `dock ls`.';
  for (const texts of [
    [],
    ['use `quay` for harbour queries', 'use `quay` for tide tables'],
    ['use `quay` for this query', 'use `quay` for the third ticket'],
    ['use `quayside` for harbour queries'],
    ['use `dock ls` for harbour queries'],
  ])
    assert.equal(purposed(bare, ...texts), bare, texts.join(' | '));
  const told = 'Use `quay` when you query the harbour.';
  assert.equal(purposed(told, 'use `quay` for harbour queries'), told);
  const elsewhere = say('use `quay` for harbour queries', {
    scope: { level: 'project', project: project('/home/ada/other') },
  });
  assert.equal(allSteps(withItsPurpose(bare, [say('why not quay?')], [elsewhere])), bare);
});

test('who did not say what it is for stands behind the rule all the same', async () => {
  const chosen = [
    'just use `quay`, not `dock ls`',
    'use `quay`, not `dock ls`',
    'no, use `quay`, not `dock ls`',
  ];
  const all = [
    ...chosen.map((text) => say(text)),
    say('that took long; run the `quay` command for harbour queries as the pier says'),
    ...['the lamps are too dim', 'paint the boathouse green', 'list the crew by surname'].map((text) =>
      say(text),
    ),
  ];
  const { after } = await runPhase(crystallization, { memories: all });
  const [rule] = after.memories.filter(({ kind }) => kind === 'rule');
  assert.match(rule?.text ?? '', /^Use `quay`, not `dock ls`, for harbour queries\.$/);
  const behind = after.evidence.filter(({ memory }) => memory === rule?.id).map(({ episode }) => episode);
  for (const { id } of all.slice(0, 3)) assert.ok(behind.includes(id), id);
});

test('what somebody wants recorded as learned is said outright as lasting, once', async () => {
  const wanted =
    'make a rule to record what we just learned about using a chart instead of the almanac when crossing';
  for (const text of [wanted, `the crossing was wrong, we looked at the wrong table there. ${wanted}`])
    assert.ok(
      utterancesOf(say(text)).some((one) => one.standing && one.text.includes('learned')),
      text,
    );
  for (const text of [
    'make a rule to allow the ferry port in the firewall of the harbour',
    'record what the harbour master says about the ferry today',
  ])
    assert.ok(
      utterancesOf(say(text)).every(({ standing }) => !standing),
      text,
    );
  const { after } = await runPhase(crystallization, {
    memories: [say(wanted), say('the lamps are too dim'), say('paint the boathouse green')],
  });
  assert.deepEqual(
    after.memories.filter(({ kind }) => kind === 'rule').map(({ text, status }) => [text, status]),
    [['Use a chart instead of the almanac when crossing.', 'active']],
  );
});

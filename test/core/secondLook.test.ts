/** What stands behind no rule is held against the sentences of rules once there are some. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Memory } from '../../src/core/memory.ts';
import { readRuleSentence } from '../../src/core/sleep/crystallization/ruleReading.ts';
import { saysTheSame } from '../../src/core/sleep/crystallization/secondLook.ts';
import { crystallization } from '../../src/core/sleep/crystallization.ts';
import { createCorpus, similarityOf } from '../../src/core/text/similarity.ts';
import { dot } from '../../src/core/text/vector.ts';
import { runPhase } from '../support/phaseRun.ts';
import { createSay } from '../support/saying.ts';

const say = createSay();

/** Other things said, so that words have a rarity. */
const others = [
  'the lamps on the quay are too dim',
  'paint the boathouse green',
  'why is the ferry late again?',
  'list the crew by surname',
  'you forgot the weather report',
  'the bell rings twice at noon',
].map((text) => say(text));

/** Of each rule its sentence and what stands behind it. */
async function rulesOf(memories: readonly Memory[]) {
  const { after } = await runPhase(crystallization, { memories: [...others, ...memories] });
  const texts = new Map(after.memories.map(({ id, text }) => [id, text]));
  return after.memories
    .filter(({ kind }) => kind === 'rule')
    .map(({ id, text, status }) => ({
      text,
      status,
      behind: after.evidence.filter(({ memory }) => memory === id).map(({ episode }) => texts.get(episode)),
    }));
}

const lesson = [
  'always fetch the newest tide charts from the harbour office',
  'fetch the newest tide charts from the harbour office before casting off',
  'make sure to fetch the newest tide charts from the harbour office',
];

test('who says half of what a rule says becomes its evidence, who only names its things does not', async () => {
  const looser = 'i really want you to fetch charts from the harbour office, the ones on board are stale';
  const beside = 'the harbour office called about the mooring fee and the broken crane';
  const opposite = 'never fetch the newest tide charts from the harbour office';
  const rules = await rulesOf([...lesson, looser, beside, opposite].map((text) => say(text)));
  const found = rules.find(({ text }) => /tide charts/.test(text) && !/never/i.test(text));
  assert.ok(found?.behind.includes(looser), JSON.stringify(rules));
  assert.ok(!found?.behind.includes(beside));
  assert.ok(!found?.behind.includes(opposite));
});

test('who cites the file of instructions that a rule cites says the rule', async () => {
  const rule = say('we must never skip the safety drill according to @safety-drills.mdc', { standing: true });
  const cites = say('check the lifeboats @safety-drills.mdc');
  const other = say('check the ropes @mooring.mdc');
  const [found] = await rulesOf([rule, cites, other]);
  assert.match(found?.text ?? '', /safety drill/);
  assert.ok(found?.behind.includes(cites.text), JSON.stringify(found));
  assert.ok(!found?.behind.includes(other.text));
});

test('each of the three readings is asked for', () => {
  const rule = { text: 'Fetch the newest tide charts (see harbour.md).', lesson: { statement: '' } };
  const texts = [
    'fetch the newest tide charts before casting off',
    'fetch the newest bread, fetch the newest paper',
    '@harbour.md',
    'yes, @harbour.md',
  ];
  const corpus = createCorpus([
    ...others,
    ...lesson.map((text) => say(text)),
    ...texts.map((text) => say(text)),
  ]);
  const sentence = readRuleSentence(corpus, rule);
  const [says, part, cites] = texts.map((_, index) => others.length + lesson.length + index) as [
    number,
    number,
    number,
  ];
  const plain = { likeness: 1, asked: 1 };
  assert.ok(saysTheSame(corpus, says, sentence, plain));
  assert.ok(!saysTheSame(corpus, says, sentence, { likeness: 0.5, asked: 1 }), 'not of this theme');
  assert.ok(dot(corpus.vectors.at(part), sentence.vector) > 0.15);
  assert.ok(!saysTheSame(corpus, part, sentence, plain), 'less than half of the words');
  assert.ok(saysTheSame(corpus, cites, sentence, { likeness: 0.7, asked: 1 }), 'the file says all of it');
});

test('where only a file is named, nothing but the file is alike', () => {
  const follow = (file: string) => say(`@${file}`, { lesson: { statement: `Follow @${file}.` } });
  assert.ok(similarityOf(follow('mooring.mdc'), follow('mooring.mdc')) > 0.9);
  assert.ok(similarityOf(follow('mooring.mdc'), follow('lamps.mdc')) < 0.2);
});

test('two who cite the same file of instructions say its rule, in the sentence of one of them', async () => {
  const sentence = 'Write the log entry in the right format @log-entries.mdc.';
  const rules = await rulesOf([
    say('you did not write the log entry in the right format @log-entries.mdc', {
      lesson: { statement: sentence },
    }),
    say('why did you not follow @log-entries.mdc?', {
      lesson: { statement: 'Follow @log-entries.mdc.' },
    }),
  ]);
  assert.equal(rules.length, 1);
  assert.match(rules[0]?.text ?? '', /log-entries\.mdc/);
  /* Twice the same errand about a file that holds data is no way of working. */
  const errand = (text: string) => say(text, { lesson: { statement: text } });
  assert.deepEqual(
    await rulesOf([
      errand('Sort the entries @log-entries.csv.'),
      errand('Check the totals @log-entries.csv.'),
    ]),
    [],
  );
});

test('who sends for a task says nothing of what is not to be done with it', async () => {
  const rules = await rulesOf([
    say('no, i only wanted you to draw a route, not sail it', {
      lesson: { statement: 'Draw a route; do not sail it.', right: 'draw a route', wrong: 'sail it' },
    }),
    say('i asked you to draw a route, nobody said to cast off', {
      lesson: { statement: 'Draw a route; do not cast off.' },
    }),
    say('draw a route', { label: 'decision' }),
    say('go ahead and draw a route', { label: 'decision' }),
  ]);
  const found = rules.find(({ text }) => /not sail|not cast/i.test(text));
  assert.ok(found !== undefined, JSON.stringify(rules));
  assert.deepEqual(
    found.behind.filter((text) => !/sail|cast off/.test(text ?? '')),
    [],
  );
});

test('a rule comes into use by what was said outright as lasting, whoever worded it best', async () => {
  const rules = await rulesOf([
    say('use the short form for the ship name', {
      lesson: { statement: 'Use the short form for the ship name.' },
    }),
    say('always use the short form for the ship name, like `MS Ada ....`', {
      standing: true,
      confidence: 0.9,
      lesson: { statement: 'Always use the short form for the ship name, like `MS Ada ....`.' },
    }),
  ]);
  assert.equal(rules[0]?.status, 'active', JSON.stringify(rules));
});

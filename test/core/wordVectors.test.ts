/** What words mean: the table that comes with the program, how it is read, and what comparing memories makes of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { comparedTerms } from '../../src/core/text/profile.ts';
import { idOf } from '../../src/core/text/reading.ts';
import { createCorpus, similarityTable } from '../../src/core/text/similarity.ts';
import { dot } from '../../src/core/text/vector.ts';
import { readWordVectors, wordVectors } from '../../src/core/text/wordVectors.ts';
import { wordVectorDimensions, wordVectorTable } from '../../src/core/text/wordVectorTable.ts';
import { buildMemory } from '../support/builders.ts';

const idOfWord = (word: string) => idOf(comparedTerms(word)[0] ?? '');
const said = (text: string) =>
  buildMemory({ kind: 'episode', text, lesson: { statement: '' }, source: { session: text } });

/** A line of a table, as the script writes it. */
const line = (term: string, tells: number, numbers: readonly number[]) =>
  `${term} ${Buffer.from([tells, ...numbers.map((one) => one & 0xff)]).toString('base64')}`;

describe('the table', () => {
  test('holds terms as memories are compared by, each once, and nothing that looks like a secret or an address', () => {
    const terms = wordVectorTable
      .trim()
      .split('\n')
      .map((one) => one.split(' ')[0] ?? '');
    assert.ok(terms.length > 2000);
    assert.equal(new Set(terms).size, terms.length);
    for (const term of terms) {
      assert.match(term, /^[a-z][a-z0-9_]*$/);
      assert.ok(term.length < 24, term);
    }
  });

  test('knows which words of software work are near in meaning', async () => {
    const words = await wordVectors();
    const near = (one: string, other: string) => words.nearness(idOfWord(one), idOfWord(other));
    for (const [word, nearer, further] of [
      ['timezone', 'UTC', 'button'],
      ['password', 'secret', 'margin'],
      ['npm', 'pnpm', 'invoice'],
      ['font', 'colour', 'database'],
      ['branch', 'merge', 'temperature'],
      ['pip', 'venv', 'css'],
      ['assert', 'test', 'price'],
      ['container', 'docker', 'comment'],
    ] as const)
      assert.ok(near(word, nearer) > near(word, further) + 0.2, `${word}: ${nearer}, ${further}`);
  });
});

test('a table is read exactly: nearness is the cosine of the numbers of two lines', () => {
  const byte = fc.integer({ min: -127, max: 127 });
  const numbers = fc
    .array(byte, { minLength: 5, maxLength: 5 })
    .filter((all) => all.some((one) => one !== 0));
  fc.assert(
    fc.property(numbers, numbers, fc.nat(255), (one, other, tells) => {
      const words = readWordVectors(`\n${line('oak', tells, one)}\n${line('elm', 9, other)}\n`, 5);
      const times = (a: readonly number[], b: readonly number[]) =>
        a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
      const cosine = times(one, other) / Math.sqrt(times(one, one) * times(other, other));
      assert.ok(Math.abs(words.nearness(idOf('oak'), idOf('elm')) - cosine) < 1e-9);
      assert.equal(words.nearness(idOf('oak'), idOf('yew')), 0);
      const sum = new Float64Array(5);
      words.add(sum, idOf('oak'), 2);
      words.add(sum, idOf('yew'), 2);
      for (const [at, value] of one.entries())
        assert.ok(Math.abs((sum[at] ?? 0) - (2 * tells * value) / 255 / 256) < 1e-9);
    }),
  );
});

test('a line with too few numbers is refused by its name', () => {
  assert.throws(() => readWordVectors(line('oak', 1, [1, 2]), 5), /oak/);
  assert.equal(wordVectorDimensions, 64);
});

const wishes = [
  'the meeting was stored in the wrong timezone',
  'dates go into the table as UTC',
  'the button is too wide on the phone',
  'keep the invoice number in the header',
  'paint the chart in a darker blue',
];

test('wishes without a word in common are alike where their words mean the same', async () => {
  const words = await wordVectors();
  const { meant, vectors } = createCorpus(wishes.map(said), words);
  assert.equal(dot(vectors.at(0), vectors.at(1)), 0);
  const near = dot(meant.at(0), meant.at(1));
  for (const other of [2, 3, 4]) assert.ok(near > dot(meant.at(0), meant.at(other)) + 0.05);
});

test('what words mean changes nothing where it is not asked for', async () => {
  const words = await wordVectors();
  const [without, having] = [createCorpus(wishes.map(said)), createCorpus(wishes.map(said), words)];
  for (const at of wishes.keys()) {
    assert.deepEqual(having.vectors.at(at), without.vectors.at(at));
    assert.deepEqual(without.meant.at(at), without.vectors.at(at));
  }
});

test('it counts less the more memories tell themselves what belongs together', async () => {
  const words = await wordVectors();
  const shareAmong = (memories: number) => {
    const corpus = createCorpus(
      Array.from({ length: memories }, (_, at) => said(`${wishes[at % wishes.length]} ${at}`)),
      words,
    );
    return corpus.meant.at(0).meaning.reduce((sum, value) => sum + value * value, 0);
  };
  const [few, some, many] = [shareAmong(5), shareAmong(70), shareAmong(700)];
  assert.ok(few > some * 1.5 && some > many * 3, `${few} ${some} ${many}`);
  assert.ok(few < similarityTable.meaning);
});

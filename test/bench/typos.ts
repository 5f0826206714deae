/**
 * Whether a misspelt question is still answered, with and without tolerance for slips.
 *
 *   npm run bench -- typos --data DIR [--quick]
 *
 * LoCoMo's questions, in each of which one word of five letters or more (no name) is misspelt: a neighbouring key, two
 * letters exchanged, one left out. Without: the same index, which tells nobody what words it knows.
 */
import { parseArgs } from 'node:util';
import type { ProjectId } from '../../src/core/memory.ts';
import { createRecall } from '../../src/core/recall/recall.ts';
import { stopWords } from '../../src/core/text/stopWords.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { silentLog } from '../support/builders.ts';
import { createTestClock } from '../support/clock.ts';
import { readLocomo } from './recallData.ts';
import { openReverie } from './reverie.ts';
import { mulberry, pairedDifference, percent, report, share } from './table.ts';

const { values } = parseArgs({
  options: { data: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
if (values.data === undefined) throw new Error('--data DIR is needed');
const { rows, questions, projects } = readLocomo(values.data);
const asked = values.quick ? questions.slice(0, 40) : questions;

const random = mulberry(11);
const keys = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
function neighbouring(letter: string): string {
  const row = keys.find((one) => one.includes(letter)) ?? letter;
  const at = row.indexOf(letter);
  return row[at + 1] ?? row[at - 1] ?? letter;
}
const slips: Readonly<Record<string, (word: string, at: number) => string>> = {
  'a neighbouring key': (word, at) => word.slice(0, at) + neighbouring(word[at] ?? '') + word.slice(at + 1),
  'two letters exchanged': (word, at) =>
    word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
  'a letter left out': (word, at) => word.slice(0, at) + word.slice(at + 1),
};
/** The longest word that is no name and no small word, slipped within. */
function misspelt(text: string, slip: (word: string, at: number) => string): string {
  const words = [...text.matchAll(/(?<=\s)[a-z]{5,}\b/g)].filter(([word]) => !stopWords.has(word));
  const longest = words.sort(([one], [other]) => other.length - one.length)[0];
  if (longest === undefined) return text;
  const [word] = longest;
  const at = 1 + Math.floor(random() * (word.length - 2));
  return text.slice(0, longest.index) + slip(word, at) + text.slice(longest.index + word.length);
}

const reverie = openReverie();
const clock = createTestClock(Math.max(...rows.map(({ at }) => Date.parse(at))) + 86_400_000);
try {
  reverie.importRows(rows);
  const { memories, close } = await openDatabase({ file: reverie.file, log: silentLog, clock });
  const index = await memories.recallIndex();
  const wordless = Object.create(index, { terms: { value: () => new Map<string, number>().keys() } });
  const tolerant = createRecall({ memories, clock });
  const strict = createRecall({ memories: { ...memories, recallIndex: async () => wordless }, clock });
  const ask = async (
    { recall }: typeof tolerant,
    text: string,
    project: string,
    evidence: readonly string[],
  ) => {
    const { results } = await recall({ text, project: project as ProjectId, k: 5 });
    return results.some(({ memory }) => evidence.includes(memory.source.externalId ?? '')) ? 1 : 0;
  };
  const measure = async (name: string, textOf: (text: string) => string) => {
    const [without, told]: [number[], number[]] = [[], []];
    for (const { text, project, evidence } of asked) {
      const said = textOf(text);
      without.push(await ask(strict, said, project, evidence));
      told.push(await ask(tolerant, said, project, evidence));
    }
    const found = (hits: readonly number[]) =>
      share(
        hits.reduce((sum, hit) => sum + hit, 0),
        hits.length,
      );
    return [name, found(without), found(told), pairedDifference(without, told)];
  };
  const rowsTold = [await measure('as asked', (text) => text)];
  for (const [name, slip] of Object.entries(slips))
    rowsTold.push(await measure(name, (text) => misspelt(text, slip)));
  let [silent, silentTold] = [0, 0];
  for (const { text, project } of asked) {
    const elsewhere = projects[(projects.indexOf(project) + 1) % projects.length] as ProjectId;
    if ((await strict.recall({ text, project: elsewhere })).abstained) silent += 1;
    if ((await tolerant.recall({ text, project: elsewhere })).abstained) silentTold += 1;
  }
  await close();
  report({
    title: 'Misspelt questions',
    columns: ['one word with', 'any@5 without tolerance', 'with', 'difference (95 %)'],
    rows: rowsTold,
    notes: [
      `${asked.length} questions of LoCoMo. Silent where nothing was said: ${percent(silent, asked.length)} without, ${percent(silentTold, asked.length)} with.`,
    ],
  });
} finally {
  reverie.remove();
}

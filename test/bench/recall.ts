/**
 * Recall and its rivals on the same questions, before and after a night, and how well it knows that there is nothing.
 *
 *   npm run bench -- recall --data DIR [--brain DIR] [--only NAME,…] [--locomo FILE] [--quick]
 *
 *   any@5, any@10  LoCoMo: a turn that answers the question among the first 5 or 10; each turn an episode, no model
 *   mates@5        an earlier message that asks for the same among the first 5
 *   held out       the same of messages that the night did not know: five nights, each without a fifth of those asked
 *   reached        of all messages that ask for the same, the share that stands behind the first five answers
 *   sharp          of what stands behind the first five answers, the share that asks for the same
 *   silent         nothing is answered to a question about another conversation, and to one that has an answer
 */
import { parseArgs } from 'node:util';
import { dayMs } from '../../src/core/memory.ts';
import { type Locomo, type RecallQuestion, type RecallRow, readLocomo, readRepeats } from './recallData.ts';
import { openReverie, rowsBehind } from './reverie.ts';
import { brain } from './rivals/brain.ts';
import { mem0 } from './rivals/mem0.ts';
import { fts5, miniSearch } from './rivals/plain.ts';
import type { Rival } from './rivals/rival.ts';
import { agentMemory, serverMemory } from './rivals/served.ts';
import { pairedDifference, percent, report, share } from './table.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    brain: { type: 'string' },
    only: { type: 'string' },
    locomo: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
if (values.data === undefined) throw new Error('--data DIR is needed');
const only = values.only?.split(',');
const wanted = (name: string) => only === undefined || only.some((part) => name.includes(part));
const rivals = [fts5, miniSearch, serverMemory, mem0, agentMemory, brain(values.brain)].filter(({ name }) =>
  wanted(name),
);
const { rows, questions, projects } = shortened(readLocomo(values.data, values.locomo));
const { rows: messages, clusterOf } = readRepeats(values.data);

const mostAsked = 10;
/** For one rival and all its questions, ms. */
const patience = 180_000;
/** The place of the first right answer, 0 being the best; Infinity if it was not found. */
const placeOf = (found: readonly (readonly string[])[], right: (id: string) => boolean) => {
  const at = found.findIndex((ids) => ids.some(right));
  return at < 0 ? Number.POSITIVE_INFINITY : at;
};
const within = (places: readonly number[], k: number) => places.map((place) => (place < k ? 1 : 0));
const reciprocal = (place: number) => (place < mostAsked ? 1 / (place + 1) : 0);
const sum = (all: readonly number[]) => all.reduce((total, value) => total + value, 0);
const rankRow = (name: string, places: readonly number[]) => [
  name,
  share(sum(within(places, 5)), places.length),
  share(sum(within(places, 10)), places.length),
  share(sum(places.map(reciprocal)), places.length),
];

/** Messages that ask for what another message asks for; each is asked, itself left out of the answer. */
const repeated = messages
  .filter(
    ({ id }) =>
      clusterOf.has(id) &&
      messages.some((other) => other.id !== id && clusterOf.get(other.id) === clusterOf.get(id)),
  )
  .slice(0, values.quick ? 20 : undefined);
type Asked = (typeof repeated)[number];
type Found = readonly (readonly string[])[];
/** The first five answers beside the message itself, and beside a lesson that stands on it alone: of ten there are five. */
const firstFive = (asked: Asked, found: Found): Found =>
  found
    .map((ids) => ids.filter((id) => id !== asked.id))
    .filter((ids) => ids.length > 0)
    .slice(0, 5);
const asksTheSame = (asked: Asked) => (id: string) => clusterOf.get(id) === clusterOf.get(asked.id);
const matesFound = (asked: Asked, found: Found) => placeOf(firstFive(asked, found), asksTheSame(asked));
/** Of all that ask for the same, the share behind the first five. */
function reached(asked: Asked, found: Found): number {
  const mates = messages.filter(({ id }) => id !== asked.id && asksTheSame(asked)(id));
  const behind = new Set(firstFive(asked, found).flat());
  return mates.filter(({ id }) => behind.has(id)).length / mates.length;
}
/** Of what stands behind the first five, each answer counting alike, the share that asks for the same. */
function sharp(asked: Asked, found: Found): number {
  const first = firstFive(asked, found);
  const shares = first.map((ids) => ids.filter(asksTheSame(asked)).length / ids.length);
  return first.length === 0 ? 0 : sum(shares) / first.length;
}

interface HeldOut {
  readonly asked: Asked;
  readonly before: Found;
  readonly after: Found;
}

/** When it is asked: what decays does so by the clock, and the same is to be measured on any day. */
function dayAfter(said: readonly RecallRow[]): string {
  const newest = said.reduce((latest, { at }) => Math.max(latest, Date.parse(at)), 0);
  return new Date(newest + dayMs).toISOString();
}

/** Messages that a night does not know, by one night for each part of them: their mates are asked for before and after it. */
function heldOut(parts: number): readonly HeldOut[] {
  return Array.from({ length: parts }, (_, part) => part).flatMap((part) => {
    const held = repeated.filter((_, index) => index % parts === part);
    const ids = new Set(held.map(({ id }) => id));
    const one = openReverie(dayAfter(messages));
    try {
      one.importRows(messages.filter(({ id }) => !ids.has(id)));
      const ask = () =>
        one.ask(held.map(({ text, project }) => ({ query: text, project, k: 5 }))).map(rowsBehind);
      const before = ask();
      one.run(['--json', 'sleep']);
      const after = ask();
      return held.map((asked, index) => ({
        asked,
        before: before[index] ?? [],
        after: after[index] ?? [],
      }));
    } finally {
      one.remove();
    }
  });
}

const reverie = openReverie(dayAfter(rows));
const repeats = openReverie(dayAfter(messages));
try {
  reverie.importRows(rows);
  repeats.importRows(messages);
  const ask = (asked: readonly RecallQuestion[]) =>
    reverie.ask(asked.map(({ text, project }) => ({ query: text, project, k: mostAsked })));
  const answer = () => {
    const answers = ask(questions);
    return {
      places: answers.map((one, index) =>
        placeOf(rowsBehind(one), (id) => questions[index]?.evidence.includes(id) === true),
      ),
      silent: answers.filter(({ abstained }) => abstained).length,
    };
  };
  const mates = () =>
    repeats
      .ask(repeated.map(({ text, project }) => ({ query: text, project, k: mostAsked })))
      .map((one, index) => matesFound(repeated[index] as (typeof repeated)[number], rowsBehind(one)));

  const before = { ...answer(), mates: mates() };
  const strangers = questions.map((question) => ({
    ...question,
    project: projects[(projects.indexOf(question.project) + 1) % projects.length] ?? '',
  }));
  const silent = ask(strangers).filter(({ abstained }) => abstained).length;
  for (const one of [reverie, repeats]) one.run(['--json', 'sleep']);
  const after = { ...answer(), mates: mates() };
  const held = heldOut(values.quick ? 1 : 5);
  const silentAfter = ask(strangers).filter(({ abstained }) => abstained).length;

  report({
    title: 'What a night does to recall',
    columns: ['', 'before', 'after', 'difference (95 %)'],
    rows: [
      ...[5, 10].map((k) => [
        `LoCoMo any@${k}`,
        share(sum(within(before.places, k)), questions.length),
        share(sum(within(after.places, k)), questions.length),
        pairedDifference(within(before.places, k), within(after.places, k)),
      ]),
      [
        'mates@5',
        share(sum(within(before.mates, 5)), repeated.length),
        share(sum(within(after.mates, 5)), repeated.length),
        pairedDifference(within(before.mates, 5), within(after.mates, 5)),
      ],
      ...(
        [
          ['mates@5', (asked, found) => (matesFound(asked, found) < 5 ? 1 : 0)],
          ['mates, mean reciprocal rank', (asked, found) => reciprocal(matesFound(asked, found))],
          ['moments of the wish reached by five answers', reached],
          ['what stands behind five answers asks for the same', sharp],
        ] satisfies [string, (asked: Asked, found: Found) => number][]
      ).map(([name, measure]) => {
        const before = held.map((one) => measure(one.asked, one.before));
        const after = held.map((one) => measure(one.asked, one.after));
        return [
          `${name}, held out of the night`,
          share(sum(before), held.length),
          share(sum(after), held.length),
          pairedDifference(before, after),
        ];
      }),
    ],
    notes: [
      'The same questions before and after; the interval is a bootstrap over the paired differences.',
      'A night makes one answer of several that say the same: five answers reach more of a wish’s moments, and the places left go to others, so that fewer of the five ask for the same.',
    ],
  });
  report({
    title: 'Knowing that there is nothing',
    columns: ['', 'silent where nothing was said', 'silent though it was said'],
    rows: [
      ['Reverie', percent(silent, strangers.length), percent(before.silent, questions.length)],
      [
        'Reverie, after one night',
        percent(silentAfter, strangers.length),
        percent(after.silent, questions.length),
      ],
    ],
    notes: [
      "What was never said: each conversation's questions asked of another conversation. The rivals always answer.",
    ],
  });
  const quality: (readonly (string | number)[])[] = [
    [...rankRow('Reverie', before.places), share(sum(within(before.mates, 5)), repeated.length)],
    [
      ...rankRow('Reverie, after one night', after.places),
      share(sum(within(after.mates, 5)), repeated.length),
    ],
  ];
  const notes = [
    `LoCoMo: ${questions.length} questions that have an answer, ${rows.length} turns in ${projects.length} conversations. Mates: ${repeated.length} messages of real coding sessions that repeat a wish, every other message of the same repository being a candidate.`,
  ];
  for (const rival of rivals) {
    try {
      console.error(`… ${rival.name}`);
      const ends = Date.now() + patience;
      const inTime = <T>(work: Promise<T>): Promise<T> => {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<never>((_, reject) => {
          timer = setTimeout(
            () => reject(new Error(`not done in ${patience / 1000} s`)),
            Math.max(0, ends - Date.now()),
          );
        });
        return Promise.race([work, late]).finally(() => clearTimeout(timer));
      };
      const places: number[] = [];
      for (const project of projects) {
        const opened = await inTime(rival.open(rows.filter((row) => row.project === project)));
        for (const { text, evidence } of questions.filter((question) => question.project === project)) {
          const found = await inTime(opened.ask(text, mostAsked));
          places.push(
            placeOf(
              found.map((id) => [id]),
              (id) => evidence.includes(id),
            ),
          );
        }
        await opened.close();
      }
      const found: number[] = [];
      for (const project of new Set(repeated.map((row) => row.project))) {
        const opened = await inTime(rival.open(messages.filter((row) => row.project === project)));
        for (const asked of repeated.filter((row) => row.project === project))
          found.push(
            matesFound(
              asked,
              (await inTime(opened.ask(asked.text.slice(0, 2000), 6))).map((id) => [id]),
            ),
          );
        await opened.close();
      }
      quality.push([...rankRow(nameOf(rival), places), share(sum(within(found, 5)), found.length)]);
      notes.push(`${rival.name}: ${rival.manner}.`);
    } catch (error) {
      quality.push([rival.name, 'not run', '', '', '']);
      notes.push(`${rival.name} could not run: ${reasonOf(error)}.`);
    }
  }
  report({ title: 'Recall', columns: ['', 'any@5', 'any@10', 'MRR@10', 'mates@5'], rows: quality, notes });
} finally {
  reverie.remove();
  repeats.remove();
}
/* A rival that was given up may still be at work. */
process.exit();

/** `--quick` shows that all of it runs: the first two conversations, of the first thirty questions each. */
function shortened(all: Locomo): Locomo {
  if (!values.quick) return all;
  const kept = all.projects.slice(0, 2);
  return {
    projects: kept,
    rows: all.rows.filter(({ project }) => kept.includes(project)),
    questions: kept.flatMap((project) =>
      all.questions.filter((question) => question.project === project).slice(0, 30),
    ),
  };
}

function nameOf(rival: Rival): string {
  const version = rival.version();
  return version === '' ? rival.name : `${rival.name} ${version}`;
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').replace(/(?:\/[\w.@+-]+){2,}/g, '…').slice(0, 160);
}

/**
 * Measures recall on material outside the project: `node out/bench/recall.mjs --data DIR` with
 * `locomo/locomo-first5.json`, `clusters.jsonl` and `messages.jsonl` in DIR. Prints a table; asserts nothing.
 *
 *   any@5, any@10  LoCoMo: an evidence turn among the first 5 or 10, each turn an episode, no model
 *   cluster@5      an earlier message that asks for the same among the first 5
 *   abstained      share of silence on questions about another conversation, and on those that have an answer
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Memory } from '../../src/core/memory.ts';
import { createRecall } from '../../src/core/recall/recall.ts';
import { buildMemory, fixedClock, memoryId, project } from '../support/builders.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined) throw new Error('--data DIR is needed');
const data = values.data;
const lines = <T>(file: string): T[] =>
  readFileSync(join(data, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): T => JSON.parse(line));

interface Turn {
  readonly speaker: string;
  readonly dia_id: string;
  readonly text: string;
}
interface Conversation {
  readonly conversation: Readonly<Record<string, string | readonly Turn[]>>;
  readonly qa: readonly {
    readonly question: string;
    readonly evidence?: readonly string[];
    readonly category: number;
  }[];
}

const home = project('/bench');
const now = Date.UTC(2026, 0, 1);

/** A turn as `import --format jsonl --verbatim` makes it: an episode with speaker and session. */
function episodesOf(conversation: Conversation): Memory[] {
  const episodes: Memory[] = [];
  for (const [key, turns] of Object.entries(conversation.conversation)) {
    if (!Array.isArray(turns)) continue;
    const session = Number(/\d+/.exec(key)?.[0] ?? 0);
    turns.forEach((turn: Turn, index) => {
      const text = `${turn.speaker}: ${turn.text}`;
      episodes.push(
        buildMemory({
          id: memoryId(`e_${turn.dia_id}`),
          kind: 'episode',
          text,
          scope: { level: 'project', project: home },
          source: { assistant: 'jsonl', session: key, message: String(index), externalId: turn.dia_id },
          createdAt: now - (100 - session) * 86_400_000 + index,
          lastAccessedAt: now - 86_400_000,
        }),
      );
    });
  }
  return episodes;
}

const conversations: readonly Conversation[] = JSON.parse(
  readFileSync(join(data, 'locomo/locomo-first5.json'), 'utf8'),
);
const stores = conversations.map((conversation) => {
  const episodes = episodesOf(conversation);
  return {
    ids: new Set(episodes.map((episode) => episode.source.externalId)),
    recall: createRecall({ memories: createNaiveStore(episodes).memories as never, clock: fixedClock(now) }),
    questions: conversation.qa
      .filter(({ category }) => category !== 5)
      .map(({ question, evidence }) => ({
        question,
        evidence: (evidence ?? []).flatMap((id) => id.split(/[;,\s]+/)),
      })),
  };
});

let asked = 0;
let inFive = 0;
let inTen = 0;
let wronglySilent = 0;
let strangers = 0;
let rightlySilent = 0;
const began = performance.now();
for (const [index, { ids, recall, questions }] of stores.entries()) {
  for (const { question, evidence } of questions) {
    if (!evidence.some((id) => ids.has(id))) continue;
    asked += 1;
    const { results, abstained } = await recall.recall({ text: question, project: home, k: 10 });
    if (abstained) wronglySilent += 1;
    const rank = results.findIndex(({ memory }) => evidence.includes(memory.source.externalId ?? ''));
    if (rank >= 0 && rank < 5) inFive += 1;
    if (rank >= 0) inTen += 1;
    const elsewhere = stores[(index + 1) % stores.length];
    if (elsewhere !== undefined) {
      strangers += 1;
      if ((await elsewhere.recall.recall({ text: question, project: home })).abstained) rightlySilent += 1;
    }
  }
}
const perQuestion = (performance.now() - began) / (asked + strangers);

interface Message {
  readonly repo: string;
  readonly session: string;
  readonly i: number;
  readonly ts: string;
  readonly text: string;
  readonly prev: string;
}
interface Cluster {
  readonly id: string;
  readonly messages: readonly { readonly session: string; readonly i: number }[];
}

const messages = lines<Message>('messages.jsonl');
/* SpecStory names its file after the moment; other sources say the time. */
const timeOf = (message: Message) =>
  /\d{4}-\d\d-\d\d_\d\d-\d\d/.exec(message.session)?.[0] ?? message.ts.replace('T', '_').replace(':', '-');
const keyOf = ({ session, i }: { readonly session: string; readonly i: number }) => `${session}#${i}`;
const ordered = [...messages]
  .map((message, index) => ({ message, index }))
  .sort((one, other) => timeOf(one.message).localeCompare(timeOf(other.message)) || one.index - other.index)
  .map(({ message }) => message);
const clusterOf = new Map<string, string>();
for (const cluster of lines<Cluster>('clusters.jsonl')) {
  for (const message of cluster.messages) clusterOf.set(keyOf(message), cluster.id);
}
/** Minutes of the day do not matter here; what was said on one day is a minute apart. */
const momentOf = (message: Message, index: number) =>
  Date.parse(timeOf(message).slice(0, 10)) + index * 60_000;
const episodes = ordered.map((message, index) =>
  buildMemory({
    id: memoryId(`e_${String(index).padStart(5, '0')}`),
    kind: 'episode',
    text: message.text,
    ...(message.prev === '' ? {} : { context: message.prev.slice(-600) }),
    scope: { level: 'project', project: project(message.repo) },
    source: {
      assistant: 'specstory',
      session: message.session,
      message: String(message.i),
      externalId: keyOf(message),
    },
    createdAt: momentOf(message, index),
    lastAccessedAt: momentOf(message, index),
  }),
);
let repeats = 0;
let found = 0;
for (const [index, message] of ordered.entries()) {
  const cluster = clusterOf.get(keyOf(message));
  const earlier = episodes.slice(0, index);
  if (
    cluster === undefined ||
    !earlier.some((memory) => clusterOf.get(memory.source.externalId ?? '') === cluster)
  )
    continue;
  const recall = createRecall({
    memories: createNaiveStore(earlier).memories as never,
    clock: fixedClock(now),
  });
  const { results } = await recall.recall({ text: message.text, project: project(message.repo), k: 5 });
  repeats += 1;
  if (results.some(({ memory }) => clusterOf.get(memory.source.externalId ?? '') === cluster)) found += 1;
}

const share = (part: number, whole: number) => `${(part / Math.max(1, whole)).toFixed(3)} (${part}/${whole})`;
console.log(
  [
    `LoCoMo any@5      ${share(inFive, asked)}`,
    `LoCoMo any@10     ${share(inTen, asked)}`,
    `cluster@5         ${share(found, repeats)}`,
    `silent, stranger  ${share(rightlySilent, strangers)}`,
    `silent, own       ${share(wronglySilent, asked)}`,
    `ms a question     ${perQuestion.toFixed(1)}`,
  ].join('\n'),
);

/**
 * What is dreamt between several projects: transcripts are taken in as one project each, lived through night by night, and the best dreams are printed.
 *
 *   npm run bench -- dreams --data DIR [--top N] [--every DAYS] [--pairs]
 *
 * `DIR/transcripts/NAME/` is a project each. Days with conversations are lived in order, with a night after each (or
 * every so many days). Printed are the dreams kept in those nights, and the best over all that there is at the end,
 * one of each schema and kind, whether the nights had room for it or not.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCapture } from '../../src/core/capture/ingest.ts';
import type { TranscriptEvent, TranscriptMessage } from '../../src/core/capture/message.ts';
import { dayMs, type ProjectId } from '../../src/core/memory.ts';
import { sleepOneNight } from '../../src/core/sleep/cycle.ts';
import type { DreamPair } from '../../src/core/sleep/dream/dreamPair.ts';
import { dreamPairs } from '../../src/core/sleep/dream/dreamPairs.ts';
import { dreamSentence } from '../../src/core/sleep/dream/dreamTelling.ts';
import { evidenceBehind, lessonsOf } from '../../src/core/sleep/dream.ts';
import { tunables } from '../../src/core/tunables.ts';
import { loadTokenizer } from '../../src/models/tokenizer.ts';
import { createRedactor } from '../../src/redaction/secretlint.ts';
import { createIds } from '../../src/sqlite/ids.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { readTranscripts } from '../../src/transcripts/files.ts';
import { silentLog } from '../support/builders.ts';
import { createTestClock } from '../support/clock.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    top: { type: 'string', default: '20' },
    every: { type: 'string', default: '1' },
  },
});
if (values.data === undefined) throw new Error('Give the folder of the material: --data DIR');
const transcripts = join(values.data, 'transcripts');

/** Whatever folders the messages name, they are of the one project. */
async function* asEvents(
  messages: readonly TranscriptMessage[],
  name: ProjectId,
): AsyncGenerator<TranscriptEvent> {
  for (const message of messages) yield { type: 'message', message: { ...message, project: name } };
}

/** Messages by UTC day and project, days in order. */
async function daysOf(names: readonly string[]) {
  const days = new Map<string, Map<string, TranscriptMessage[]>>();
  for (const name of names) {
    for await (const event of readTranscripts([join(transcripts, name)])) {
      if (event.type !== 'message' || event.message.at === undefined) continue;
      const day = new Date(event.message.at).toISOString().slice(0, 10);
      const projects = days.get(day) ?? new Map<string, TranscriptMessage[]>();
      days.set(day, projects);
      projects.set(name, [...(projects.get(name) ?? []), event.message]);
    }
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1));
}

const told = ({ kind, schema, score, helps }: DreamPair) =>
  `${score.total.toFixed(2)} (novelty ${score.novelty.toFixed(2)}, utility ${score.utility.toFixed(2)}, surprise ${score.surprise.toFixed(2)}; helped ${helps.length}) ${kind}, ${schema?.name ?? 'no schema'}`;

const names = readdirSync(transcripts).sort();
const folder = mkdtempSync(join(tmpdir(), 'reverie-dreams-'));
const clock = createTestClock(0);
const database = await openDatabase({ file: join(folder, 'memory.db'), log: silentLog, clock });
try {
  const setClock = (to: number) => clock.advance(to - clock.now());
  const ids = createIds();
  const tokenizer = await loadTokenizer();
  const capture = createCapture({
    memories: database.memories,
    redactor: await createRedactor(),
    tokenizer: loadTokenizer,
    ids,
    clock,
    log: silentLog,
    getFact: (key) => database.getFact(key),
    setFact: (key, value) => database.setFact(key, value),
  });
  let [nights, unslept] = [0, 0];
  const days = await daysOf(names);
  for (const [index, [day, projects]] of days.entries()) {
    setClock(Date.parse(day) + dayMs - 1);
    for (const [name, messages] of projects) await capture.ingest(asEvents(messages, name as ProjectId), {});
    unslept += 1;
    if (unslept < Number(values.every) && index + 1 < days.length) continue;
    setClock(Date.parse(day) + dayMs + 3 * 3_600_000);
    await sleepOneNight(
      { sleep: database.sleep, clock, ids, tokenizer, log: silentLog },
      { owner: 'bench', fixedClock: true, seed: `night of ${day}` },
    );
    nights += 1;
    unslept = 0;
  }
  const kept = await database.memories.list({ kinds: ['insight'], order: 'oldest' });
  console.log(`${names.join(', ')}: ${days.length} days, ${nights} nights, ${kept.length} dreams kept\n`);
  for (const { text, createdAt, salience, lesson } of kept)
    console.log(
      `${new Date(createdAt).toISOString().slice(0, 10)} ${salience.total.toFixed(2)} ${text}\n           → ${lesson.statement || '(a question for the owner)'}\n`,
    );

  const snapshot = await database.sleep.snapshot(clock.now());
  const began = process.cpuUsage();
  const atOnce = async () => undefined;
  const behind = await evidenceBehind(snapshot, atOnce);
  const pairs = await dreamPairs(
    await lessonsOf(snapshot, behind, { now: clock.now(), inScope: () => true, breathe: atOnce }),
    {
      now: clock.now(),
      seen: new Set(),
      told: new Map(),
      behind,
      breathe: async () => {},
    },
  );
  const { user, system } = process.cpuUsage(began);
  const about = new Set<string>();
  const good = pairs.filter(({ helps, score, schema, kind }) => {
    if (helps.length === 0 || score.total < tunables.dream.keep) return false;
    const first = !about.has(`${schema?.name} ${kind}`);
    about.add(`${schema?.name} ${kind}`);
    return first;
  });
  console.log(
    `\n${pairs.length} possible dreams at the end, ${good.length} good enough and of different kinds (${((user + system) / 1e6).toFixed(2)} s of processor time); the best ${values.top}:\n`,
  );
  for (const [index, pair] of good.slice(0, Number(values.top)).entries())
    console.log(`${index + 1}. ${told(pair)}\n   ${dreamSentence(pair)}\n`);
} finally {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}

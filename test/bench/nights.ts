/**
 * What many nights make of real conversations: transcripts are taken in day by day, through capture and the store, with a night after each day.
 *
 *   npm run bench -- nights --data DIR [--repo NAME] [--days N]
 *
 * `DIR` holds `transcripts/NAME/` and, for judging, `messages.jsonl`, `annotations.jsonl`, `clusters.jsonl`. The same
 * days are lived without sleep and with one, two and ten sleeps a night: forgetting must come out the same, which is
 * asserted. Writes `out/bench/nights-NAME.md` and `.svg`.
 *
 *   junk      rules in use or proposed none of whose evidence was found worth keeping by the annotators
 *   covered   of the corrections that came again on a later day (`clusters.jsonl`; what repeats within the day of the
 *             first comes before any night), those that a rule in use, or one only proposed, had covered that morning
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCapture } from '../../src/core/capture/ingest.ts';
import type { TranscriptEvent, TranscriptMessage } from '../../src/core/capture/message.ts';
import type { Database } from '../../src/core/database.ts';
import { dayMs, effectiveStrength, type Memory, type MemoryId } from '../../src/core/memory.ts';
import { sleepOneNight } from '../../src/core/sleep/cycle.ts';
import { loadTokenizer } from '../../src/models/tokenizer.ts';
import { createRedactor } from '../../src/redaction/secretlint.ts';
import { type Connection, openConnection } from '../../src/sqlite/connection.ts';
import { createIds } from '../../src/sqlite/ids.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { readTranscripts } from '../../src/transcripts/files.ts';
import { silentLog } from '../support/builders.ts';
import { createTestClock } from '../support/clock.ts';
import { type Gold, readGold } from './nightsGold.ts';
import { plotOf } from './nightsPlot.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    repo: { type: 'string', multiple: true },
    days: { type: 'string' },
  },
});
if (values.data === undefined) throw new Error('Give the folder of the material: --data DIR');
const data = values.data;

interface Morning {
  readonly day: string;
  readonly kilobytes: number;
  readonly memories: number;
  readonly mean: number;
  readonly active: number;
  readonly proposed: number;
  /** Among the rules in use, and among the proposed ones. */
  readonly junk: number;
  readonly junkProposed: number;
  /** Corrections that came again on a later day, until now; those a rule in use had covered; and those one proposed. */
  readonly repeats: number;
  readonly covered: number;
  readonly coveredProposed: number;
}

interface Life {
  readonly mornings: readonly Morning[];
  /** Effective strength of all that there is, by identity, on the last morning. */
  readonly strengths: ReadonlyMap<MemoryId, number>;
  /** Sleeps after the first of a night that found something to change. */
  readonly again: readonly string[];
  readonly seconds: number;
}

/** Messages by UTC day, in the order of time; the assistant's last words stay before what answers them. */
async function daysOf(folder: string): Promise<ReadonlyMap<string, readonly TranscriptMessage[]>> {
  const days = new Map<string, TranscriptMessage[]>();
  for await (const event of readTranscripts([folder])) {
    if (event.type !== 'message' || event.message.at === undefined) continue;
    const day = new Date(event.message.at).toISOString().slice(0, 10);
    const list = days.get(day) ?? [];
    days.set(day, list);
    list.push(event.message);
  }
  return new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function* asEvents(messages: readonly TranscriptMessage[]): AsyncGenerator<TranscriptEvent> {
  for (const message of messages) yield { type: 'message', message };
}

interface Rule {
  readonly rule: Memory;
  readonly clusters: ReadonlyMap<string, number>;
  readonly junk: boolean;
}

async function rulesOf(database: Database, gold: Gold): Promise<readonly Rule[]> {
  const rules = await database.memories.list({ kinds: ['rule', 'skill'], statuses: ['active', 'proposed'] });
  const evidence = await database.memories.evidenceOf(rules.map(({ id }) => id));
  return rules.map((rule) => {
    const behind = (evidence.get(rule.id) ?? []).map((episode) => gold.of(episode));
    const clusters = new Map<string, number>();
    for (const one of behind)
      for (const name of one?.clusters ?? []) clusters.set(name, (clusters.get(name) ?? 0) + 1);
    return { rule, clusters, junk: !behind.some((one) => one?.durable === true) };
  });
}

/** A rule speaks for a cluster if no other has more of its evidence. */
const speaksFor = ({ clusters }: Rule, name: string) => {
  const most = Math.max(0, ...clusters.values());
  return most > 0 && clusters.get(name) === most;
};

/** Kilobytes in use, the log's included once it is taken in. */
async function sizeOf(looking: Connection): Promise<number> {
  const of = async (what: string) =>
    Number((await looking.plain((sql) => sql.all(`PRAGMA ${what}`)))[0]?.[what]);
  return ((await of('page_count')) * (await of('page_size'))) / 1024;
}

async function live(
  days: ReadonlyMap<string, readonly TranscriptMessage[]>,
  sleeps: number,
  gold: Gold,
): Promise<Life> {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-nights-'));
  const file = join(folder, 'memory.db');
  const clock = createTestClock(0);
  const setClock = (to: number) => clock.advance(to - clock.now());
  const database = await openDatabase({ file, log: silentLog, clock });
  const looking = await openConnection({ file, readOnly: true, busyMs: 15_000 });
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
  const began = performance.now();
  const mornings: Morning[] = [];
  const seen = new Set<string>();
  const again: string[] = [];
  let known: readonly Rule[] = [];
  let [repeats, covered, coveredProposed] = [0, 0, 0];
  try {
    const [first = '1970-01-01'] = days.keys();
    const last = [...days.keys()].at(-1) ?? first;
    for (let at = Date.parse(first); at <= Date.parse(last); at += dayMs) {
      const day = new Date(at).toISOString().slice(0, 10);
      const messages = days.get(day) ?? [];
      setClock(at + dayMs - 1);
      if (messages.length > 0) {
        await capture.ingest(asEvents(messages), {});
        const said = await database.memories.list({ kinds: ['episode'], since: at, order: 'oldest' });
        for (const name of said.flatMap((episode) => gold.of(episode)?.clusters ?? [])) {
          if (!seen.has(name)) continue;
          repeats++;
          const rules = known.filter((one) => speaksFor(one, name));
          if (rules.some(({ rule }) => rule.status === 'active')) covered++;
          else if (rules.length > 0) coveredProposed++;
        }
        for (const name of said.flatMap((episode) => gold.of(episode)?.clusters ?? [])) seen.add(name);
      }
      for (let sleep = 0; sleep < sleeps; sleep++) {
        setClock(at + dayMs + 3 * 3_600_000 + sleep * 600_000);
        const night = await sleepOneNight(
          { sleep: database.sleep, clock, ids, tokenizer, log: silentLog },
          { owner: 'bench', fixedClock: true, seed: `night of ${day}` },
        );
        if (sleep > 0 && night.changes > 0)
          again.push(
            `${day}, sleep ${sleep + 1}: ${night.stages
              .filter(({ changed }) => changed > 0)
              .map(({ phase, changed }) => `${phase} ${changed}`)
              .join(', ')}`,
          );
      }
      setClock(at + dayMs + 6 * 3_600_000);
      known = await rulesOf(database, gold);
      const awake = await database.memories.list({ statuses: ['active'] });
      const of = (status: Memory['status']) => known.filter(({ rule }) => rule.status === status);
      mornings.push({
        day,
        kilobytes: await sizeOf(looking),
        memories: awake.length,
        mean:
          awake.reduce((sum, memory) => sum + effectiveStrength(memory, clock.now()), 0) /
          Math.max(1, awake.length),
        active: of('active').length,
        proposed: of('proposed').length,
        junk: of('active').filter(({ junk }) => junk).length,
        junkProposed: of('proposed').filter(({ junk }) => junk).length,
        repeats,
        covered,
        coveredProposed,
      });
    }
    const all = await database.memories.list({ statuses: ['active', 'proposed', 'archived', 'retired'] });
    return {
      mornings,
      again,
      strengths: new Map(all.map((memory) => [memory.id, effectiveStrength(memory, clock.now())])),
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await looking.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const lives = [
  { name: 'no sleep', sleeps: 0 },
  { name: 'one sleep', sleeps: 1 },
  { name: 'two sleeps', sleeps: 2 },
  { name: 'ten sleeps', sleeps: 10 },
];
const share = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(0)} %`);

/** Memories that one of two lives alone has, or has at another strength. */
function differences(one: Life, other: Life): number {
  let count = 0;
  for (const id of new Set([...one.strengths.keys(), ...other.strengths.keys()]))
    if (one.strengths.get(id) !== other.strengths.get(id)) count++;
  return count;
}

async function measure(repo: string): Promise<boolean> {
  const gold = readGold(data);
  const read = [...(await daysOf(join(data, 'transcripts', repo)))];
  const days = new Map(values.days === undefined ? read : read.slice(0, Number(values.days)));
  const lived: { readonly name: string; readonly sleeps: number; readonly life: Life }[] = [];
  for (const { name, sleeps } of lives) {
    const life = await live(days, sleeps, gold);
    console.error(`${repo}, ${name}: ${life.seconds.toFixed(0)} s`);
    lived.push({ name, sleeps, life });
  }
  const line = ({ name }: { readonly name: string }, morning: Morning) =>
    `| ${[
      morning.day,
      name,
      morning.kilobytes.toFixed(0),
      morning.memories,
      morning.mean.toFixed(3),
      morning.active,
      morning.proposed,
      `${morning.junk} (${share(morning.junk, morning.active)})`,
      `${morning.junkProposed} (${share(morning.junkProposed, morning.proposed)})`,
      `${morning.covered}/${morning.repeats} (${share(morning.covered, morning.repeats)})`,
      `${morning.coveredProposed} more`,
    ].join(' | ')} |`;
  const count = lived[0]?.life.mornings.length ?? 0;
  const shown = [0.25, 0.5, 0.75, 1].map((part) => Math.max(0, Math.ceil(count * part) - 1));
  const table = [
    `# ${repo}: ${count} days, ${days.size} of them with conversations`,
    '',
    '| day | life | kB | in use | mean strength | rules | proposed | junk | junk proposed | covered before the repeat | proposed before it |',
    '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...shown.flatMap((at) =>
      lived.flatMap((one) => {
        const morning = one.life.mornings[at];
        return morning === undefined ? [] : [line(one, morning)];
      }),
    ),
    '',
  ];
  const once = lived.find(({ sleeps }) => sleeps === 1);
  let same = true;
  for (const one of lived.filter(({ sleeps }) => sleeps > 1)) {
    const different = once === undefined ? 0 : differences(once.life, one.life);
    same &&= different === 0;
    table.push(
      `${one.name} a night against one: ${different} of ${one.life.strengths.size} memories differ in effective strength; ${one.life.again.length} of the further sleeps changed something.`,
      ...one.life.again.slice(0, 5).map((line) => `  ${line}`),
    );
  }
  mkdirSync(join('out', 'bench'), { recursive: true });
  writeFileSync(join('out', 'bench', `nights-${repo}.md`), `${table.join('\n')}\n`);
  const curve = (read: (morning: Morning) => number | undefined) =>
    lived
      .filter(({ sleeps }) => sleeps <= 1)
      .map(({ name, life }) => ({ name, values: life.mornings.map(read) }));
  writeFileSync(
    join('out', 'bench', `nights-${repo}.svg`),
    plotOf(`Many nights: ${repo}`, lived[0]?.life.mornings.map(({ day }) => day) ?? [], [
      { title: 'Size of the database, kB', curves: curve(({ kilobytes }) => kilobytes) },
      { title: 'Mean effective strength', curves: curve(({ mean }) => mean) },
      {
        title: 'Rules with one sleep a night',
        curves: [
          { name: 'in use', values: once?.life.mornings.map(({ active }) => active) ?? [] },
          { name: 'proposed', values: once?.life.mornings.map(({ proposed }) => proposed) ?? [] },
          { name: 'junk in use', values: once?.life.mornings.map(({ junk }) => junk) ?? [] },
        ],
      },
      {
        title: 'Share of repeated corrections that a rule had covered',
        curves: curve(({ covered, repeats }) => (repeats === 0 ? undefined : covered / repeats)),
      },
    ]),
  );
  console.log(table.join('\n'));
  return same;
}

const repos = values.repo ?? readdirSync(join(data, 'transcripts'));
let same = true;
for (const repo of repos) same = (await measure(repo)) && same;
assert.ok(same, 'Forgetting depends on how often it sleeps.');

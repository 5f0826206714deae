/**
 * How well memories that ask for the same thing find each other. Prints pairwise precision and recall over hand-made
 * clusters, with every captured message of the same repositories clustered alongside.
 *
 *   node out/bench/clusters.mjs --data DIR [--show] [--all]
 *
 * DIR holds `messages.jsonl`, `annotations.jsonl` (which messages count as captured) and `clusters.jsonl`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Memory, MemoryId, ProjectId } from '../../src/core/memory.ts';
import { clustersOf, clusterTable } from '../../src/core/sleep/clusters.ts';
import { createCorpus } from '../../src/core/text/similarity.ts';

const messageSchema = z.object({
  repo: z.string(),
  session: z.string(),
  ts: z.string().nullish(),
  i: z.number(),
  text: z.string(),
  prev: z.string().nullish(),
});
const annotationSchema = z.object({
  label: z.string(),
  durable: z.boolean(),
  standing: z.boolean(),
  scope: z.string().nullish(),
  statement: z.string().nullish(),
});
const memberSchema = z.object({ session: z.string(), i: z.number(), text: z.string() });
const clusterSchema = z.object({
  id: z.string(),
  repo: z.string(),
  gist: z.string(),
  rule_text: z.string().nullish(),
  messages: z.array(memberSchema),
  weak_messages: z.array(memberSchema).default([]),
});
export type GoldCluster = z.infer<typeof clusterSchema>;

const rows = <T>(file: string, schema: z.ZodType<T>): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => schema.parse(JSON.parse(line)));

export interface Sample {
  readonly key: string;
  readonly repo: string;
  readonly memory: Memory;
  readonly statement: string | undefined;
}

/** Messages as episodes, read without capture: the annotations say which count, the words are the user's own. */
export function readSamples(directory: string): { samples: Sample[]; clusters: GoldCluster[] } {
  const messages = rows(join(directory, 'messages.jsonl'), messageSchema);
  const annotations = rows(join(directory, 'annotations.jsonl'), annotationSchema);
  const clusters = rows(join(directory, 'clusters.jsonl'), clusterSchema);
  const members = new Set(
    clusters.flatMap((cluster) => cluster.messages.map((m) => `${cluster.repo} ${m.session} ${m.i}`)),
  );
  const samples = messages.flatMap((message, index): Sample[] => {
    const annotation = annotations[index];
    const key = `${message.repo} ${message.session} ${message.i}`;
    if (annotation === undefined || (annotation.label === 'neither' && !members.has(key))) return [];
    return [
      {
        key,
        repo: message.repo,
        statement: annotation.statement ?? undefined,
        memory: episodeOf(message, annotation, index),
      },
    ];
  });
  return { samples, clusters };
}

function episodeOf(
  message: z.infer<typeof messageSchema>,
  annotation: z.infer<typeof annotationSchema>,
  index: number,
): Memory {
  const project = message.repo as ProjectId;
  const at = message.ts ? Date.parse(message.ts) : 1_700_000_000_000 + index * 60_000;
  return {
    id: `e_${index.toString(32).padStart(12, '0')}` as MemoryId,
    kind: 'episode',
    label: annotation.label === 'decision' ? 'decision' : 'correction',
    status: 'active',
    tier: 'fast',
    scope: { level: 'project', project },
    text: message.text,
    lesson: { statement: message.text },
    ...(message.prev ? { context: message.prev.slice(-600) } : {}),
    source: { assistant: 'jsonl', project, session: message.session, message: String(message.i) },
    strength: 0.8,
    rate: 0.993,
    salience: { surprise: 0.5, novelty: 0.5, arousal: 0.3, reward: 0, conflict: 0.6, total: 0.5 },
    confidence: 0.8,
    alpha: 1,
    beta: 1,
    pinned: false,
    guard: false,
    standing: annotation.standing,
    oneOff: annotation.scope === 'oneoff',
    topic: '',
    tags: [],
    cues: [],
    citations: [],
    tokens: 20,
    createdAt: at,
    lastAccessedAt: at,
    accessCount: 0,
  };
}

interface Score {
  readonly joined: number;
  readonly right: number;
  readonly gold: number;
}

function measure(
  groups: readonly (readonly string[])[],
  clusters: readonly GoldCluster[],
  present: ReadonlySet<string>,
) {
  const goldOf = new Map<string, Set<string>>();
  const looseOf = new Map<string, Set<string>>();
  for (const cluster of clusters) {
    for (const m of cluster.messages) add(goldOf, `${cluster.repo} ${m.session} ${m.i}`, cluster.id);
    for (const m of [...cluster.messages, ...cluster.weak_messages])
      add(looseOf, `${cluster.repo} ${m.session} ${m.i}`, cluster.id);
  }
  const groupOf = new Map<string, number>();
  groups.forEach((group, index) => {
    for (const key of group) groupOf.set(key, index);
  });
  const labelled = [...goldOf.keys()].filter((key) => present.has(key)).sort();
  let [gold, right, joined] = [0, 0, 0];
  for (let a = 0; a < labelled.length; a += 1)
    for (let b = a + 1; b < labelled.length; b += 1) {
      const [x = '', y = ''] = [labelled[a], labelled[b]];
      const same = meets(goldOf.get(x), goldOf.get(y));
      const together = groupOf.get(x) !== undefined && groupOf.get(x) === groupOf.get(y);
      if (same) gold += 1;
      if (together) joined += 1;
      if (same && together) right += 1;
    }
  // Strict: every pair with at least one labelled end counts; weak members of the same cluster count as right.
  let [strictJoined, strictRight] = [0, 0];
  for (const group of groups)
    for (let a = 0; a < group.length; a += 1)
      for (let b = a + 1; b < group.length; b += 1) {
        const [x = '', y = ''] = [group[a], group[b]];
        if (!goldOf.has(x) && !goldOf.has(y)) continue;
        strictJoined += 1;
        if (meets(looseOf.get(x), looseOf.get(y))) strictRight += 1;
      }
  return {
    labelled: { joined, right, gold } satisfies Score,
    strict: { joined: strictJoined, right: strictRight, gold } satisfies Score,
    goldOf,
  };
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}
const meets = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined) =>
  a !== undefined && b !== undefined && [...a].some((value) => b.has(value));
const rate = (part: number, whole: number) => (whole === 0 ? '  – ' : (part / whole).toFixed(3));

async function main(): Promise<void> {
  const option = (name: string) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? undefined : process.argv[at + 1];
  };
  const directory = option('--data');
  if (directory === undefined) throw new Error('Give the folder of the material: --data DIR');
  const { samples, clusters } = readSamples(directory);
  const joins = option('--join')?.split(',').map(Number) ?? [clusterTable.join];
  for (const repo of new Set(samples.map((sample) => sample.repo))) {
    const own = samples.filter((sample) => sample.repo === repo);
    const corpus = createCorpus(own.map((sample) => sample.memory));
    for (const join of joins) {
      const groups = await clustersOf(corpus, { join });
      const keys = groups.map((group) => group.map((at) => own[at]?.key ?? ''));
      const gold = clusters.filter((cluster) => cluster.repo === repo);
      const { labelled, strict, goldOf } = measure(keys, gold, new Set(own.map((sample) => sample.key)));
      const many = groups.filter((group) => group.length > 1);
      console.log(`${repo}: ${own.length} episodes, ${many.length} groups of ≥ 2, join ${join}`);
      if (gold.length > 0) {
        console.log(
          `  labelled pairs: P ${rate(labelled.right, labelled.joined)} R ${rate(labelled.right, labelled.gold)} (${labelled.right}/${labelled.joined}, gold ${labelled.gold})`,
        );
        console.log(
          `  ≥ 1 labelled end: P ${rate(strict.right, strict.joined)} (${strict.right}/${strict.joined})`,
        );
        if (process.argv.includes('--each'))
          for (const cluster of gold) {
            const parts = keys
              .map(
                (group) =>
                  cluster.messages.filter((m) => group.includes(`${repo} ${m.session} ${m.i}`)).length,
              )
              .filter((n) => n > 0)
              .sort((a, b) => b - a);
            console.log(`    ${cluster.id.padEnd(12)} ${parts.join('+')}`);
          }
      }
      if (process.argv.includes('--show'))
        for (const group of many) {
          console.log('  ——');
          for (const at of group) {
            const sample = own[at];
            if (sample === undefined) continue;
            console.log(
              `    ${[...(goldOf.get(sample.key) ?? ['·'])].join('/').replace('minsky-', '').padEnd(5)} ${sample.memory.source.session?.slice(20, 32)}#${sample.memory.source.message} ${sample.memory.text.slice(0, 120).replace(/\n/g, ' / ')}`,
            );
          }
        }
    }
  }
}

await main();

/**
 * Real messages as episodes, for the benchmarks. `DIR` holds `messages.jsonl`, `annotations.jsonl` (which messages
 * count as captured) and `clusters.jsonl`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { classify } from '../../src/core/capture/classify.ts';
import type { Memory, MemoryId, ProjectId } from '../../src/core/memory.ts';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import type { PhaseContext, SleepSnapshot } from '../../src/core/sleep/phase.ts';
import { testIds } from '../support/builders.ts';

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
export function readSamples(
  directory: string,
  captured = process.argv.includes('--capture'),
): { samples: Sample[]; clusters: GoldCluster[] } {
  const messages = rows(join(directory, 'messages.jsonl'), messageSchema);
  const annotations = rows(join(directory, 'annotations.jsonl'), annotationSchema);
  const clusters = rows(join(directory, 'clusters.jsonl'), clusterSchema);
  const members = new Set(
    clusters.flatMap((cluster) => cluster.messages.map((m) => `${cluster.repo} ${m.session} ${m.i}`)),
  );
  const samples = messages.flatMap((message, index): Sample[] => {
    if (captured) return capturedSample(message, index);
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
  const named = /(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)/.exec(message.ts ?? '');
  const read = Date.parse(named === null ? (message.ts ?? '') : `${named[1]}T${named[2]}:${named[3]}:00Z`);
  const at = Number.isNaN(read) ? 1_700_000_000_000 + index * 60_000 : read + message.i * 60_000;
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

/** The message as our own capture reads it; nothing where it would not be kept. */
function capturedSample(message: z.infer<typeof messageSchema>, index: number): Sample[] {
  const read = classify({ text: message.text, prev: message.prev ?? '' });
  if (read.label === 'neither') return [];
  const base = episodeOf(
    message,
    {
      label: read.label,
      durable: read.durable,
      standing: read.standing,
      scope: read.oneOff ? 'oneoff' : 'project',
    },
    index,
  );
  const own = read.stripped.own === '' ? message.text : read.stripped.own;
  const { statement, wrong, right, why, when } = read;
  return [
    {
      key: `${message.repo} ${message.session} ${message.i}`,
      repo: message.repo,
      statement,
      memory: {
        ...base,
        label: read.label,
        text: own,
        lesson: {
          statement,
          ...(wrong === undefined ? {} : { wrong }),
          ...(right === undefined ? {} : { right }),
          ...(why === undefined ? {} : { why }),
          ...(when === undefined ? {} : { when }),
        },
      },
    },
  ];
}

/** A memory that holds nothing but the samples. */
export function firstNight(samples: readonly Sample[]): SleepSnapshot {
  return {
    memories: samples.map(({ memory }) => memory),
    links: [],
    evidence: [],
    receipts: [],
    pastNights: [],
    facts: new Map(),
  };
}

/** The night after the last of them. */
export function nightContext({ memories }: SleepSnapshot): PhaseContext {
  return {
    night: testIds.derive('n', 'bench') as PhaseContext['night'],
    number: 1,
    cycle: 0,
    now: Math.max(...memories.map(({ createdAt }) => createdAt)) + 86_400_000,
    random: createRandom('bench'),
    ids: testIds,
    tokenizer: { count: (text) => Math.ceil(text.length / 4) },
    inScope: () => true,
    instructions: [],
    approval: 'balanced',
    breathe: async () => {},
  };
}

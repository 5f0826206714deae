/** Memories for tests: a plausible default for every field, so that a test names only what it is about. */
import { createHash } from 'node:crypto';
import type { Memory, MemoryId, ProjectId, Receipt, Salience } from '../../src/core/memory.ts';
import type { Clock, Ids, Log } from '../../src/core/ports.ts';

export const noon = Date.UTC(2026, 0, 15, 12);
export const project = (name: string) => name as ProjectId;
export const memoryId = (name: string) => name as MemoryId;

/** Content-derived identities, as in the product. */
export const testIds: Ids = {
  derive: (prefix, ...parts) =>
    `${prefix}_${createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 12)}`,
};

export const fixedClock = (now = noon): Clock => ({ now: () => now });
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

type Fields = Partial<Omit<Memory, 'lesson' | 'source' | 'salience'>> & {
  readonly lesson?: Partial<Memory['lesson']>;
  readonly source?: Partial<Memory['source']>;
  readonly salience?: Partial<Memory['salience']>;
};

/** An active project rule unless told otherwise; its id derives from kind, text, session and message. */
export function buildMemory(fields: Fields = {}): Memory {
  const text = fields.text ?? 'Use pnpm, not npm.';
  const kind = fields.kind ?? 'rule';
  const { lesson, source, salience, ...rest } = fields;
  const letter = { episode: 'e', merged: 'm', rule: 'r', skill: 's', insight: 'i' }[kind];
  return {
    id: testIds.derive(letter, kind, text, source?.session ?? '', source?.message ?? '') as MemoryId,
    kind,
    label: 'correction',
    status: 'active',
    tier: kind === 'episode' ? 'fast' : 'slow',
    scope: { level: 'project', project: project('/home/ada/one') },
    text,
    lesson: { statement: text, ...lesson },
    source: { assistant: 'claude-code', ...source },
    strength: 0.85,
    rate: 0.998,
    salience: {
      surprise: 0.5,
      novelty: 0.5,
      arousal: 0.5,
      reward: 0.5,
      conflict: 0.5,
      total: 0.5,
      ...salience,
    },
    confidence: 0.8,
    alpha: 1,
    beta: 1,
    pinned: false,
    guard: false,
    standing: false,
    oneOff: false,
    topic: '',
    tags: [],
    cues: [],
    citations: [],
    tokens: Math.ceil(text.length / 3),
    createdAt: noon,
    lastAccessedAt: noon,
    accessCount: 0,
    ...rest,
  };
}

/** That a memory was told at the start of a conversation, and nobody knows yet what came of it; its id derives from both. */
export function buildReceipt(memory: MemoryId, fields: Partial<Receipt> = {}): Receipt {
  const session = fields.session ?? 's1';
  return {
    id: `t_${memory}_${session}`,
    memory,
    event: 'SessionStart',
    session,
    promptHash: 'p',
    tokens: 20,
    at: noon,
    verdict: 'unknown',
    counted: false,
    ...fields,
  };
}

/** Salience that is the same in each part and in all. */
export const evenSalience = (total: number): Salience => ({
  surprise: total,
  novelty: total,
  arousal: total,
  reward: total,
  conflict: total,
  total,
});

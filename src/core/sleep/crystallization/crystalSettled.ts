/**
 * A fingerprint of all that crystallization reads. Where it is the same as after the last time, nothing can come of
 * looking again, and a night with nothing new to crystallize costs next to nothing.
 */
import { isLesson, type Memory, type MemoryId } from '../../memory.ts';
import { type Breathe, eachOf } from '../../steps.ts';
import { tunables } from '../../tunables.ts';
import type { Change, PhaseContext, SleepSnapshot } from '../phase.ts';
import { mayCrystallize } from './crystalEvidence.ts';

export const settledFact = 'crystallization.settled';

/** Sums of item hashes, so that order does not matter and a change can be taken off and put on. Below 2^53. */
const wrap = 2 ** 46;

function hashOf(...parts: readonly string[]): number {
  let [low, high] = [0x811c9dc5, 0x9dc5811c];
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 1) {
      const code = part.charCodeAt(at);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x5bd1e995);
    }
    low = Math.imul(low ^ 0x1f, 0x01000193);
  }
  return (low >>> 0) * 2 ** 14 + (high >>> 18);
}

function memoryHash(memory: Memory): number {
  const { id, kind, status, text, lesson, scope } = memory;
  const words = [lesson.statement, lesson.right ?? '', lesson.wrong ?? ''];
  if (isLesson(memory))
    return hashOf(id, status, text, ...words, memory.obsoleteAt === undefined ? '' : 'obsolete');
  if (!mayCrystallize(memory)) return 0;
  const recalled = memory.accessCount >= tunables.crystallization.minRecalls;
  const place = scope.level === 'user' ? '' : scope.project;
  return hashOf(id, kind, text, ...words, memory.label, place, `${memory.standing} ${recalled}`);
}

const evidenceHash = (memory: MemoryId, episode: MemoryId) => hashOf(memory, episode);

export async function fingerprintOf(snapshot: SleepSnapshot, context: PhaseContext): Promise<number> {
  let sum = hashOf(context.approval);
  const lessons = new Set<MemoryId>();
  for (const memory of snapshot.memories) {
    await context.breathe();
    if (isLesson(memory)) lessons.add(memory.id);
    if (isLesson(memory) || context.inScope(memory)) sum = (sum + memoryHash(memory)) % wrap;
  }
  await eachOf(snapshot.evidence, context.breathe, ({ memory, episode }) => {
    if (lessons.has(memory)) sum = (sum + evidenceHash(memory, episode)) % wrap;
  });
  for (const { project, file, line, text } of context.instructions)
    sum = (sum + hashOf(project, file, String(line), text)) % wrap;
  return sum;
}

/** The fingerprint once `changes` are made. */
export async function fingerprintAfter(
  before: number,
  changes: readonly Change[],
  byId: (id: MemoryId) => Memory | undefined,
  breathe: Breathe,
): Promise<number> {
  let sum = before;
  await eachOf(changes, breathe, (change) => {
    if (change.type === 'create') {
      sum += memoryHash(change.memory);
      for (const episode of change.evidence) sum += evidenceHash(change.memory.id, episode);
    } else if (change.type === 'evidence') sum += evidenceHash(change.memory, change.episode);
    else if (change.type === 'update') {
      const known = byId(change.id);
      if (known === undefined) return;
      // A key that is set to undefined in a patch is taken away.
      sum += memoryHash({ ...known, ...change.patch } as Memory) - memoryHash(known);
    }
    sum = ((sum % wrap) + wrap) % wrap;
  });
  return sum;
}

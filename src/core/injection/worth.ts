/**
 * What is gained by telling a rule. How sure it holds is its confidence, which falls where something contradicts it and
 * grows where it is confirmed; how well it is heeded is its precision, which only its owner is shown. What is broken and
 * has to be said again is needed more, not less. See docs/decisions/062.
 */
import { dayMs, effectiveStrength, isLesson, type Memory, toldWords } from '../memory.ts';
import type { MemoryStore } from '../ports.ts';
import { tunables } from '../tunables.ts';

/** A rule in use that was told and broken more often than kept: telling it as before is not enough. */
export const isPressing = (memory: Pick<Memory, 'kind' | 'alpha' | 'beta'>): boolean =>
  isLesson(memory) && memory.beta > memory.alpha;

/**
 * How likely it is wanted again, 0..1: it grows with the logarithm of how often it was said, and of how often its subject
 * came up and it was kept (base-level activation: Anderson & Schooler 1991, “Reflections of the environment in memory”).
 * @param moments episodes that stand behind it.
 */
function needOf({ alpha }: Pick<Memory, 'alpha'>, moments: number): number {
  const times = moments + Math.max(0, alpha - 1);
  return Math.min(1, Math.log2(1 + times) / Math.log2(1 + tunables.injection.value.needFull));
}

/**
 * 0..1: how much is gained by telling it at the start of a session, not knowing what will be asked.
 * @param moments episodes that stand behind it.
 */
export function valueAtStart(memory: Memory, moments: number, now: number): number {
  const { value } = tunables.injection;
  const age = Math.max(0, now - Math.max(memory.createdAt, memory.lastAccessedAt)) / dayMs;
  const narrow =
    memory.scope.level === 'path' ? 0.5 : memory.kind === 'skill' || memory.kind === 'insight' ? 0.7 : 1;
  return (
    narrow *
    (value.need * needOf(memory, moments) +
      value.strength * effectiveStrength(memory, now) +
      value.confidence * memory.confidence +
      value.salience * memory.salience.total +
      value.standing * (memory.standing || memory.pinned ? 1 : 0) +
      value.pressing * (isPressing(memory) ? 1 : 0) +
      (value.recency * value.recencyDays) / (value.recencyDays + age))
  );
}

/** Tokens that stand around the words of a line, and characters to a token of prose: near enough to compare lines by. */
const aroundWords = 16;
const charactersPerToken = 4;

/**
 * What is gained for the room it takes: where not all can be told, of two that gain alike the shorter leaves room for another.
 * A small power, since how much is gained is known less surely than how long it is.
 */
export function gainForRoom(gain: number, memory: Memory): number {
  const tokens = aroundWords + toldWords(memory).length / charactersPerToken;
  return gain / tokens ** tunables.injection.value.room;
}

/** What each is worth at the start of a session ({@link valueAtStart}), in their order; one question to the store. */
export async function valuesAtStart(
  store: Pick<MemoryStore, 'evidenceCounts'>,
  told: readonly Memory[],
  now: number,
): Promise<readonly { readonly memory: Memory; readonly value: number }[]> {
  const moments = await store.evidenceCounts(told.map(({ id }) => id));
  return told.map((memory) => ({ memory, value: valueAtStart(memory, moments.get(memory.id) ?? 0, now) }));
}

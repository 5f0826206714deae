/**
 * What its owner said once or a few times and no rule in use says yet. Told as what it is (“said once”), after the
 * rules, so that a lesson need not be repeated until a night can make a rule of it, or until its owner has looked at
 * the proposal; and only where the words were read with certainty and stand alone. See docs/decisions/027.
 */
import { append } from '../lists.ts';
import { dayMs, isLesson, type Memory, type MemoryId, type ProjectId } from '../memory.ts';
import { isErrand } from '../sleep/crystallization/errand.ts';
import { pointOf } from '../text/point.ts';
import { termSetOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';

/** A proposed rule, or episodes that say the same, spoken for by the newest, or by an older one that says it more fully. */
export interface Recollection {
  readonly memory: Memory;
  /** Conversations that said it. */
  readonly sessions: number;
  /** 0..1: what is gained by telling it at the start of a session, not knowing what will be asked. */
  readonly value: number;
}

/**
 * Whether a proposed rule or an episode may be told at all, whatever the occasion. Whether an episode stands behind a
 * rule is for the store to say.
 */
export function mayBeRecalled(
  memory: Memory,
  project: ProjectId | undefined,
  session: string | undefined,
): boolean {
  const proposal = isLesson(memory) && memory.status === 'proposed';
  const episode = memory.kind === 'episode' && memory.status === 'active';
  if (!(proposal || episode) || memory.oneOff) return false;
  if (memory.replacedBy !== undefined || memory.contradictedBy !== undefined) return false;
  if (memory.obsoleteAt !== undefined || memory.restates !== undefined) return false;
  if (memory.scope.level !== 'user' && memory.scope.project !== project) return false;
  if (memory.label === 'outcome' || memory.lesson.statement === '') return false;
  if (proposal) return true;
  /* Whoever said it a moment ago need not be told it was said. */
  if (session !== undefined && memory.source.session === session) return false;
  if (!memory.standing && isDoneWith(pointOf(memory.lesson.statement))) return false;
  return memory.confidence >= tunables.injection.recollection.confidence;
}

/** Names a rule that is written down, or a form there is: "define the voyage in the right format (see voyages.md)". */
const byRule = /\.mdc?\b|\bthe (?:right|correct|standard|proper|usual|agreed) \w+/i;

/** An order that was carried out when it was given: months later it would be carried out again. */
const isDoneWith = (statement: string): boolean => isErrand(statement) && !byRule.test(statement);

interface Group {
  memory: Memory;
  readonly terms: ReadonlySet<string>;
  readonly sessions: Set<string>;
  /** When it was begun: the first that is alike takes what comes later. */
  readonly place: number;
}

/** The first group whose {@link overlap} with `terms` is at least `same`, which is above 0. */
function firstAlike(
  terms: ReadonlySet<string>,
  having: ReadonlyMap<string, readonly Group[]>,
  same: number,
): Group | undefined {
  const shared = new Map<Group, number>();
  for (const term of terms)
    for (const group of having.get(term) ?? []) shared.set(group, (shared.get(group) ?? 0) + 1);
  let first: Group | undefined;
  for (const [group, count] of shared) {
    if (first !== undefined && first.place < group.place) continue;
    if (count >= leastShared && count / Math.min(terms.size, group.terms.size) >= same) first = group;
  }
  return first;
}

/** One shared word is no likeness. */
const leastShared = 2;

/**
 * Groups what says the same and weighs it.
 * @param said proposed rules, then episodes newest first, all of them tellable.
 * @param evidence the episodes behind each proposed rule.
 */
export function recollect(
  said: readonly Memory[],
  evidence: ReadonlyMap<MemoryId, readonly Memory[]>,
  now: number,
): readonly Recollection[] {
  const { same, recencyDays } = tunables.injection.recollection;
  const groups: Group[] = [];
  /** The groups that have each term: most share none, and a hook has no time to compare all with all. */
  const having = new Map<string, Group[]>();
  for (const memory of said) {
    const terms = wordsOf(memory);
    const sessions = (evidence.get(memory.id) ?? [memory]).map(({ source, id }) => source.session ?? id);
    const known = firstAlike(terms, having, same);
    if (known === undefined) {
      const group = { memory, terms, sessions: new Set(sessions), place: groups.length };
      groups.push(group);
      for (const term of terms) append(having, term, group);
    } else {
      for (const session of sessions) known.sessions.add(session);
      if (saysMore(memory, known.memory)) known.memory = memory;
    }
  }
  return groups.map(({ memory, sessions }) => {
    const age = Math.max(0, now - Math.max(memory.createdAt, memory.lastAccessedAt)) / dayMs;
    const count = Math.max(1, sessions.size);
    const narrow = memory.scope.level === 'path' ? 0.5 : 1;
    const recent = recencyDays / (recencyDays + age);
    return { memory, sessions: count, value: memory.confidence * (1 - 0.5 / count) * narrow * recent };
  });
}

const bans = /^(?:do not|don't|never|stop|avoid)\b/i;

/**
 * "Be in the staging room" says less than "print the tickets in the staging room, not at the till", though it is newer. What
 * was turned round since is not the same said more fully: the newest holds.
 */
function saysMore(older: Memory, newer: Memory): boolean {
  if (newer.kind !== 'episode' || older.confidence <= newer.confidence) return false;
  if (wordsOf(older).size <= wordsOf(newer).size) return false;
  if (bans.test(older.lesson.statement) !== bans.test(newer.lesson.statement)) return false;
  const asked = termSetOf(
    newer.lesson.right ?? (bans.test(newer.lesson.statement) ? '' : newer.lesson.statement),
  );
  return [...termSetOf(older.lesson.wrong ?? '')].every((term) => !asked.has(term));
}

/** The terms by which it is compared with others. */
export const wordsOf = (memory: Memory): ReadonlySet<string> => {
  const known = words.get(memory);
  if (known !== undefined) return known;
  const found = termSetOf(memory.kind === 'episode' ? pointOf(memory.lesson.statement) : memory.text);
  words.set(memory, found);
  return found;
};
const words = new WeakMap<Memory, ReadonlySet<string>>();

/** Share (0..1) of the smaller set's terms that the other has too; 0 where they share fewer than {@link leastShared}. */
export function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const term of few) if (many.has(term)) shared += 1;
  return shared < leastShared ? 0 : shared / few.size;
}

/**
 * Told so often without ever having been needed again, a recollection is told at the start no more: what came up in several
 * conversations has shown that it does, and stays as many times as long.
 */
export function isWornOut(
  told: { readonly injected: number; readonly violated: number } | undefined,
  sessions = 1,
): boolean {
  if (told === undefined) return false;
  return told.violated === 0 && told.injected >= tunables.injection.recollection.mostTold * sessions;
}

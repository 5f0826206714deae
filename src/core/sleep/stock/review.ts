/**
 * Spaced repetition: "is this still true?" A rule's first review is due by the stated rule `1 day × 2.5^(min(access,
 * 10) − 1)` after its last use; from its first verdict on FSRS (Ye, Su & Cao 2022; `ts-fsrs`) plans the next.
 */
import { type Card, createEmptyCard, fsrs, type Grade, Rating, State } from 'ts-fsrs';
import { z } from 'zod';
import { dayMs, isKnowledge, type Memory, type MemoryId } from '../../memory.ts';

/** Times are epoch ms. */
export interface ReviewCard {
  readonly due: number;
  readonly stability: number;
  readonly difficulty: number;
  readonly reps: number;
  readonly lapses: number;
  readonly state: number;
  readonly lastReview?: number;
}

export interface ReviewItem {
  readonly id: MemoryId;
  readonly text: string;
  readonly why: string;
  /** Epoch ms. */
  readonly dueAt: number;
  /** Absent until the first verdict. */
  readonly card?: ReviewCard;
}

export const reviewFact = 'review';
/** The queue is for people: what comes later is found by a later night. */
export const mostReviews = 200;

const cardShape = z.object({
  due: z.number(),
  stability: z.number(),
  difficulty: z.number(),
  reps: z.number(),
  lapses: z.number(),
  state: z.number(),
  lastReview: z.number().optional(),
});
const itemShape = z.object({
  id: z.string().transform((id) => id as MemoryId),
  text: z.string(),
  why: z.string(),
  dueAt: z.number(),
  card: cardShape.optional(),
});

/** The queue out of the fact `review`; what is no item is left out. */
export function readReviews(value: unknown): readonly ReviewItem[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    const parsed = itemShape.safeParse(one);
    return parsed.success ? [parsed.data as ReviewItem] : [];
  });
}

/** Fuzz would make two equal nights differ. */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });

/** When a memory without a card is first due, by the stated rule; never before a day has passed. */
export function firstDue(memory: Pick<Memory, 'lastAccessedAt' | 'accessCount'>): number {
  return memory.lastAccessedAt + dayMs * Math.max(1, 2.5 ** (Math.min(memory.accessCount, 10) - 1));
}

export const reviewVerdicts = ['wrong', 'unsure', 'true', 'obvious'] as const;
export type ReviewVerdict = (typeof reviewVerdicts)[number];

const grades: Readonly<Record<ReviewVerdict, Grade>> = {
  wrong: Rating.Again,
  unsure: Rating.Hard,
  true: Rating.Good,
  obvious: Rating.Easy,
};

/** The item after its owner's verdict: a new card and the next time to ask. */
export function gradeReview(item: ReviewItem, verdict: ReviewVerdict, now: number): ReviewItem {
  const before =
    item.card === undefined ? createEmptyCard(new Date(Math.min(item.dueAt, now))) : toCard(item.card);
  const { card } = scheduler.next(before, new Date(now), grades[verdict]);
  const kept: ReviewCard = {
    due: card.due.getTime(),
    stability: card.stability,
    difficulty: card.difficulty,
    reps: card.reps,
    lapses: card.lapses,
    state: card.state,
    ...(card.last_review === undefined ? {} : { lastReview: card.last_review.getTime() }),
  };
  return { ...item, dueAt: kept.due, card: kept };
}

function toCard(card: ReviewCard): Card {
  const empty = createEmptyCard(new Date(card.due));
  const state =
    [State.New, State.Learning, State.Review, State.Relearning].find((one) => one === card.state) ??
    State.New;
  return {
    ...empty,
    stability: card.stability,
    difficulty: card.difficulty,
    reps: card.reps,
    lapses: card.lapses,
    state,
    ...(card.lastReview === undefined ? {} : { last_review: new Date(card.lastReview) }),
  };
}

/** What is due at `now`, most overdue first. */
export function dueReviews(queue: readonly ReviewItem[], now: number): readonly ReviewItem[] {
  return queue
    .filter((item) => item.dueAt <= now)
    .sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
}

/**
 * The queue for these memories: rules, skills and accepted insights in use, soonest first. Depends on the memories
 * and on earlier cards alone, not on the time, so that a second night finds it as it is.
 */
export function reviewQueue(
  memories: readonly Memory[],
  earlier: readonly ReviewItem[],
  doubtful: ReadonlySet<string>,
): readonly ReviewItem[] {
  const cards = new Map(earlier.map((item) => [item.id, item.card]));
  return memories
    .filter((memory) => memory.status === 'active' && isKnowledge(memory))
    .map((memory): ReviewItem => {
      const card = cards.get(memory.id);
      return {
        id: memory.id,
        text: memory.text,
        why: reasonFor(memory, doubtful),
        dueAt: card?.due ?? (memory.contradictedBy === undefined ? firstDue(memory) : memory.lastAccessedAt),
        ...(card === undefined ? {} : { card }),
      };
    })
    .sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
    .slice(0, mostReviews);
}

function reasonFor(memory: Memory, doubtful: ReadonlySet<string>): string {
  if (memory.contradictedBy !== undefined) return 'You said the opposite later. Which holds?';
  if (memory.obsoleteAt !== undefined) return 'It seems outdated. Does it still hold?';
  if (doubtful.has(memory.id)) return 'Long unused and never proved. Is it still wanted?';
  return 'Is this still true?';
}

/** The owner answers a question of the review queue ("is this still true?"). */
import type { Database } from './database.ts';
import { ReverieError } from './errors.ts';
import type { Memory, MemoryId } from './memory.ts';
import type { MemoryStore } from './ports.ts';
import { gradeReview, type ReviewVerdict, readReviews, reviewFact } from './sleep/stock/review.ts';

/**
 * Takes the owner's verdict on one item of the queue and plans the next time to ask. `true` and `obvious` confirm the
 * memory and settle what was held against it; `wrong` takes it out of use, as retiring does; `unsure` only asks
 * again sooner. Answers the memory as it is then. Throws `not-found` for a memory that is not in the queue.
 */
export async function answerReview(
  deps: {
    readonly memories: MemoryStore;
    readonly facts: Pick<Database, 'getFact' | 'setFact'>;
    /** Epoch ms. */
    readonly now: number;
  },
  id: MemoryId,
  verdict: ReviewVerdict,
): Promise<Memory> {
  const queue = readReviews(await deps.facts.getFact(reviewFact));
  const item = queue.find((one) => one.id === id);
  const memory = await deps.memories.get(id);
  if (item === undefined || memory === undefined) {
    throw new ReverieError('not-found', `Nothing is asked about ${id}.`);
  }
  const graded = gradeReview(item, verdict, deps.now);
  await deps.facts.setFact(
    reviewFact,
    queue.flatMap((one) => (one.id !== id ? [one] : verdict === 'wrong' ? [] : [graded])),
  );
  switch (verdict) {
    case 'wrong':
      return deps.memories.update(id, { status: 'retired', beta: memory.beta + 1 }, 'review');
    case 'unsure':
      return memory;
    case 'true':
    case 'obvious':
      return deps.memories.update(
        id,
        { alpha: memory.alpha + 1, contradictedBy: null, obsoleteAt: null },
        'review',
      );
  }
}

/** Which lessons an utterance is compared with: an inverted index over the heaviest features of their themes. */
import { foremost } from '../../lists.ts';
import type { MemoryId } from '../../memory.ts';
import { heaviest, plainAt, type Vector } from '../../text/vector.ts';
import type { PhaseContext } from '../phase.ts';
import { crystallizationTable } from './crystalLesson.ts';
import { neighbourTable } from './neighbours.ts';

/** A lesson with the theme of its evidence: a sum, and its squared length. */
interface Indexed {
  readonly memory: { readonly id: MemoryId };
  readonly sum: Vector;
  readonly length: number;
}

/** The few of some lessons that share most with a vector, by the heaviest features of their themes. */
export async function lessonIndex<Lesson extends Indexed>(
  lessons: readonly Lesson[],
  context: PhaseContext,
): Promise<(vector: Vector) => readonly Lesson[]> {
  const postings = new Map<number, { readonly places: number[]; readonly weights: number[] }>();
  for (const [place, lesson] of lessons.entries()) {
    await context.breathe();
    const scale = 1 / Math.sqrt(lesson.length || 1);
    for (const id of heaviest(lesson.sum, neighbourTable.features * 2)) {
      const list = postings.get(id) ?? { places: [], weights: [] };
      if (list.places.length === 0) postings.set(id, list);
      list.places.push(place);
      list.weights.push(scale * plainAt(lesson.sum, id));
    }
  }
  /* One scratch sheet for all questions. */
  const shared = new Float64Array(lessons.length);
  const heavier = (a: number, b: number) =>
    (shared[b] as number) - (shared[a] as number) ||
    ((lessons[a] as Lesson).memory.id < (lessons[b] as Lesson).memory.id ? -1 : 1);
  return (vector) => {
    if (postings.size === 0) return [];
    const found: number[] = [];
    for (const id of heaviest(vector, neighbourTable.features)) {
      const list = postings.get(id);
      if (list === undefined) continue;
      const own = plainAt(vector, id);
      const { places, weights } = list;
      for (let at = Math.max(0, places.length - neighbourTable.postings); at < places.length; at += 1) {
        const place = places[at] as number;
        if (shared[place] === 0) found.push(place);
        shared[place] = (shared[place] as number) + own * (weights[at] as number);
      }
    }
    const best = foremost(found, crystallizationTable.candidates, heavier);
    const answer = best.map((place) => lessons[place] as Lesson);
    for (const place of found) shared[place] = 0;
    return answer;
  };
}

/** Dot products of one vector with many sums at once: an inverted index over their features, instead of a walk along each of them. */
import { eachStep, type Steps } from '../../steps.ts';
import { dot, type Vector } from '../../text/vector.ts';

/** What has a sum; another sum takes its place when it changes. */
interface Summed {
  readonly sum: Vector;
}

/** So many of the sums that changed or came since are walked along, before all are indexed anew; a share of them, 0..1. */
const mostStale = 0.25;

/**
 * Over `themes`, a list that grows at its end. Answers {@link dot} of a vector with the sum of each, to the last bit: features
 * are added up in the same order. The answer is good until the next question.
 */
export function createThemeIndex(
  themes: readonly Summed[],
): (vector: Vector) => Steps<{ at(place: number): number }> {
  let indexed: Vector[] = [];
  /* Under each feature the place of each sum that has it, with its two weights there: three numbers a sum. */
  let postings = new Map<number, number[]>();
  let dots = new Float64Array(0);
  const isStale = (place: number) => themes[place]?.sum !== indexed[place];
  function* index(): Steps<void> {
    indexed = [];
    postings = new Map();
    for (const [place, { sum }] of themes.entries()) {
      indexed.push(sum);
      yield* eachStep(sum.ids, (id, at) => {
        const list = postings.get(id);
        const [plain, signed] = [sum.plain[at] as number, sum.signed[at] as number];
        if (list === undefined) postings.set(id, [place, plain, signed]);
        else list.push(place, plain, signed);
      });
    }
    dots = new Float64Array(themes.length);
  }
  return function* (vector) {
    const stale = themes.reduce((count, _, place) => count + (isStale(place) ? 1 : 0), 0);
    if (stale > themes.length * mostStale) yield* index();
    dots.fill(0);
    yield* eachStep(vector.ids, (id, at) => {
      const [plain, signed] = [vector.plain[at] as number, vector.signed[at] as number];
      const list = postings.get(id) ?? [];
      for (let next = 0; next < list.length; next += 3) {
        const place = list[next] as number;
        dots[place] =
          (dots[place] as number) +
          (plain * (list[next + 1] as number) + signed * (list[next + 2] as number));
      }
    });
    return {
      at: (place) => (isStale(place) ? dot(vector, (themes[place] as Summed).sum) : (dots[place] as number)),
    };
  };
}

/** What of a memory can be matched: weighted term frequencies, BM25F's "fields" folded into one bag. */
import type { Memory } from '../memory.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';

export interface Bag {
  /** Weighted frequency of each term, > 0. */
  readonly weights: ReadonlyMap<string, number>;
  /** Weighted number of terms: the length that BM25 normalises by. */
  readonly length: number;
}

/** Terms of a memory's own words with weight 1, of its lesson, cues, topic and context with less. */
export function bagOf(memory: Memory): Bag {
  const { fields } = tunables.recall;
  const weights = new Map<string, number>();
  let length = 0;
  const add = (text: string | undefined, weight: number, counts: boolean) => {
    if (text === undefined || text === '') return;
    for (const term of termsOf(text)) {
      weights.set(term, (weights.get(term) ?? 0) + weight);
      if (counts) length += weight;
    }
  };
  const { lesson } = memory;
  add(memory.text, 1, true);
  if (lesson.statement !== memory.text) add(lesson.statement, fields.lesson, false);
  for (const part of [lesson.wrong, lesson.right, lesson.why, lesson.when]) add(part, fields.lesson, false);
  for (const cue of memory.cues) add(cue, fields.cues, false);
  add([memory.topic, ...memory.tags].join(' '), fields.topic, false);
  return { weights, length };
}

/** A bag of plain words, each with weight 1. */
export function bagOfText(text: string): Bag {
  const weights = new Map<string, number>();
  const terms = termsOf(text);
  for (const term of terms) weights.set(term, (weights.get(term) ?? 0) + 1);
  return { weights, length: terms.length };
}

const speakerPrefix = /^\s*[\p{Lu}][\p{L} .'-]{0,30}:\s/u;

/** What a memory lends to its neighbours: its own words without the name of who said them. */
export function bagAround(memory: Memory): Bag {
  return bagOfText(memory.text.replace(speakerPrefix, ''));
}

/** Something to be added to a bag: its terms count `weight`, its length `weight × lengthWeight` (default 0). */
export interface Part {
  readonly bag: Bag;
  readonly weight: number;
  readonly lengthWeight?: number;
}

/** A bag to which others were added. */
export function blend(own: Bag, parts: readonly Part[]): Bag {
  if (parts.length === 0) return own;
  const weights = new Map(own.weights);
  let length = own.length;
  for (const { bag, weight, lengthWeight = 0 } of parts) {
    for (const [term, frequency] of bag.weights)
      weights.set(term, (weights.get(term) ?? 0) + frequency * weight);
    length += bag.length * weight * lengthWeight;
  }
  return { weights, length };
}

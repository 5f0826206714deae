/**
 * The words of all memories by number, and what the fields of one memory come to in these numbers. Opening a large memory
 * reads millions of words, so the lists of one memory are used again for the next.
 */
import { tunables } from '../tunables.ts';
import type { RecallEntry } from './entry.ts';
import { namesTime } from './saying.ts';
import { smallWordsOf } from './speech.ts';

/** Terms with their weights, in the order of their first appearance. Good until the next memory is read. */
export interface WeightedTerms {
  readonly terms: readonly number[];
  weightOf(term: number): number;
}

export interface EntryTerms {
  /** Its own fields, small words of its beginning included. */
  readonly own: WeightedTerms;
  /** What was said just before. */
  readonly context: WeightedTerms;
  /** Terms of its words, repetitions counted, and of its cues a share (`tunables.recall.cueLength`). */
  readonly length: number;
  readonly contextLength: number;
  /** Distinct terms of all its fields, small words aside. */
  readonly distinct: number;
  /** Whether its words name a time. */
  readonly dated: boolean;
}

export interface Vocabulary {
  idOf(term: string): number | undefined;
  terms(): IterableIterator<string>;
  read(entry: Pick<RecallEntry, 'words' | 'lesson' | 'cues' | 'topic' | 'context' | 'head'>): EntryTerms;
}

interface Sums extends WeightedTerms {
  begin(): void;
  add(term: number, weight: number): void;
  set(term: number, weight: number): void;
}

function createSums(): Sums {
  let weights = new Float64Array(1024);
  const terms: number[] = [];
  const meet = (term: number) => {
    if (term >= weights.length) {
      const larger = new Float64Array(Math.max(term + 1, weights.length * 2));
      larger.set(weights);
      weights = larger;
    }
    if (weights[term] === 0) terms.push(term);
  };
  return {
    terms,
    weightOf: (term) => weights[term] as number,
    begin() {
      for (const term of terms) weights[term] = 0;
      terms.length = 0;
    },
    add(term, weight) {
      meet(term);
      weights[term] = (weights[term] as number) + weight;
    },
    set(term, weight) {
      meet(term);
      weights[term] = weight;
    },
  };
}

export function createVocabulary(): Vocabulary {
  const ids = new Map<string, number>();
  const timely = new Set<number>();
  const own = createSums();
  const context = createSums();

  function numberOf(term: string): number {
    const known = ids.get(term);
    if (known !== undefined) return known;
    const id = ids.size;
    ids.set(term, id);
    if (namesTime(term)) timely.add(id);
    return id;
  }

  return {
    idOf: (term) => ids.get(term),
    terms: () => ids.keys(),
    read({ words, lesson, cues, topic, context: before, head }) {
      const { fields } = tunables.recall;
      own.begin();
      context.begin();
      let length = 0;
      let dated = false;
      if (words !== '') {
        for (const term of words.split(' ')) {
          const id = numberOf(term);
          own.add(id, 1);
          length += 1;
          dated ||= timely.has(id);
        }
      }
      /* `counts`: what one of its terms adds to the length. */
      const read = (terms: string, weight: number, counts = 0) => {
        if (terms === '') return;
        for (const term of terms.split(' ')) {
          own.add(numberOf(term), weight);
          length += counts;
        }
      };
      read(lesson, fields.lesson);
      /* Many cues would else make a short memory fit everything; counted in full they would hide what they shall find. */
      read(cues, fields.cues, fields.cues * tunables.recall.cueLength);
      read(topic, fields.topic);
      const distinct = own.terms.length;
      for (const [word, times] of smallWordsOf(head)) own.set(numberOf(word), times);
      const told = before === '' ? [] : before.split(' ');
      for (const term of told) context.add(numberOf(term), 1);
      return { own, context, length: Math.round(length), contextLength: told.length, distinct, dated };
    },
  };
}

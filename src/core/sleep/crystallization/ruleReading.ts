/** The sentence of a rule, read once for all that is held against it. */
import type { Memory } from '../../memory.ts';
import { clearSign } from '../../text/background.ts';
import { ordersIn } from '../../text/imperative.ts';
import { type Comparable, isLight, profileOf } from '../../text/profile.ts';
import { idOf } from '../../text/reading.ts';
import type { Corpus } from '../../text/similarity.ts';
import { stancesOf } from '../../text/stance.ts';
import { plainOrder } from '../../text/stanceFrame.ts';
import { dot, signedAt, type Vector } from '../../text/vector.ts';

export interface Sentence {
  readonly vector: Vector;
  /** Its words with their numbers, their rarity (0.05..1) and their sign in `vector`. */
  readonly words: readonly {
    readonly term: string;
    readonly id: number;
    readonly weight: number;
    readonly signed: number;
  }[];
  /** Numbers of the words that it turns down outright, where it wants something as well. */
  readonly refused: readonly number[];
  readonly mentions: ReadonlySet<string>;
}

/** So like a sentence, 0..1, is only who says all of it but a word or two. */
const saidWhole = 0.75;

/** The same of who corrects, and says what is wanted but not against what. */
const saidOfCorrection = 0.4;

/** "(see habits.md)" was said as a mention of the file. */
const asItWasSaid = (sentence: string): string => sentence.replace(/\(see ([\w./-]+)\)/g, '@$1');

/** A rule as it is compared: its sentence as somebody's words. */
export function ruleAsCompared({ text, lesson }: Pick<Memory, 'text' | 'lesson'>): Comparable {
  const statement = asItWasSaid(text);
  return { text: statement, lesson: { ...lesson, statement }, label: 'decision' };
}

/** The sentence as it is compared, for who needs no more of it. */
export const vectorOfSentence = (corpus: Corpus<Memory>, rule: Pick<Memory, 'text' | 'lesson'>): Vector =>
  corpus.vectorOf(ruleAsCompared(rule));

export function readRuleSentence(corpus: Corpus<Memory>, rule: Pick<Memory, 'text' | 'lesson'>): Sentence {
  const statement = asItWasSaid(rule.text);
  const vector = vectorOfSentence(corpus, rule);
  /* Its sides may say more than the sentence. */
  const own = profileOf({ text: statement, lesson: { statement }, label: 'decision' });
  const terms = [...own.stance].filter(([term]) => !term.includes(' '));
  return {
    vector,
    words: terms.map(([term]) => ({
      term,
      id: idOf(term),
      weight: corpus.background.rarity(term),
      signed: signedAt(vector, idOf(term)),
    })),
    refused: terms.some(([, { sign }]) => sign >= clearSign)
      ? terms.filter(([, { sign }]) => sign <= -clearSign).map(([term]) => idOf(term))
      : [],
    mentions: own.mentions,
  };
}

/**
 * "Draw a route; do not sail it" is said by who turns that down. Who only sends for a route, or asks about one, names the
 * same act and says nothing of the kind.
 */
export function onlySendsFor(
  corpus: Corpus<Memory>,
  at: number,
  { refused, words, vector: own }: Sentence,
): boolean {
  const memory = corpus.memories[at];
  if (refused.length === 0 || memory === undefined) return false;
  if (wantsRefused(corpus, at, refused)) return true;
  if (memory.standing) return false;
  /* Also what is only meant, by a contrast that its owner draws elsewhere. */
  const vector = corpus.vectors.at(at);
  if (refused.some((id) => signedAt(vector, id) < 0)) return false;
  const likeness = dot(vector, own);
  /* Who corrects has seen what is turned down, whether or not they name it: "no, draw the route". */
  if (memory.label === 'correction' && wantsAll(words, vector)) return false;
  if (likeness >= (memory.label === 'correction' ? saidOfCorrection : saidWhole)) return false;
  return stancesOf(memory.text, memory.label === 'correction').every(({ force }) => force <= plainOrder);
}

/**
 * "Oars please" says all of "use oars, not the engine" that has a name. Where the act is named, too ("draw a route; do not
 * sail it"), the thing alone is not it.
 */
function wantsAll(words: Sentence['words'], vector: Vector): boolean {
  const wanted = words.filter(({ signed }) => signed > 0);
  const named = wanted.filter(({ term }) => !isLight(term));
  return (
    named.length > 0 && named.length < wanted.length && named.every(({ id }) => signedAt(vector, id) > 0)
  );
}

/**
 * Does somebody want in the same message what a sentence turns down? "Leave that pier. Load in the harbour" is no evidence
 * for "load at the pier, not in the harbour", though its first half speaks of the pier alone.
 */
function wantsRefused(corpus: Corpus<Memory>, at: number, refused: readonly number[]): boolean {
  const id = corpus.memories[at]?.id;
  /* "npm writes a lock file" speaks of npm, and asks for nothing. */
  const wanted = (place: number) =>
    refused.every((one) => signedAt(corpus.vectors.at(place), one) > 0) &&
    ordersIn(corpus.memories[place]?.text ?? '').length > 0;
  /* Utterances of one message stand one after the other. */
  for (let place = at; corpus.memories[place]?.id === id; place -= 1) if (wanted(place)) return true;
  for (let place = at + 1; corpus.memories[place]?.id === id; place += 1) if (wanted(place)) return true;
  return false;
}

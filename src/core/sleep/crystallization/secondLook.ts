/**
 * A second look at what stands behind no rule. Before a group has its sentence, nothing but likeness ties its members: as
 * much of it is asked as keeps others out. Once there is a sentence it can be asked whether somebody said *that*. Three
 * readings have to agree, each of which alone lets in what only speaks of the same things: an utterance is nearly as like
 * the theme of the evidence as is asked at first sight, is like the sentence itself, and says half of what the sentence
 * says.
 */
import type { Memory } from '../../memory.ts';
import { areOpposite } from '../../text/opposition.ts';
import type { Profile } from '../../text/profile.ts';
import type { Corpus } from '../../text/similarity.ts';
import { termsOf } from '../../text/terms.ts';
import { dot, plainAt, signedAt, type Vector } from '../../text/vector.ts';
import { onlySendsFor, type Sentence } from './ruleReading.ts';

export const secondLookTable = {
  /** Of the likeness to the theme that is asked at first sight, at least this share. */
  theme: 0.6,
  /** Likeness to the sentence, 0..1, at least. */
  sentence: 0.15,
  /** Share of the words of the sentence, by rarity, at least; and what a word counts that is only meant. */
  said: 0.5,
  meant: 0.5,
  /** Both shares together: where one reading is doubtful, the other must be plain. */
  together: 1.25,
} as const;

/**
 * How much of a sentence was said, 0..1; a word that is only meant (by a contrast that its owner draws elsewhere) counts
 * half, one with the other sign nothing. Who names the file that the sentence refers to says all that stands there.
 */
function shareSaid(
  { words, mentions }: Sentence,
  vector: Vector,
  { stance, mentions: named }: Profile,
): number {
  if ([...mentions].some((name) => named.has(name))) return 1;
  const parts = new Set([...named].flatMap(termsOf));
  let [said, whole] = [0, 0];
  for (const { term, id, weight, signed } of words) {
    whole += weight;
    if (parts.has(term)) said += weight;
    else if (plainAt(vector, id) > 0 && signedAt(vector, id) * signed >= 0)
      said += weight * (stance.has(term) ? 1 : secondLookTable.meant);
  }
  return whole === 0 ? 0 : said / whole;
}

/**
 * Does an utterance say what a rule says?
 * @param likeness to the theme of the rule's evidence, and what is `asked` of it at first sight; both 0..1.
 */
export function saysTheSame(
  corpus: Corpus<Memory>,
  at: number,
  sentence: Sentence,
  { likeness, asked }: { readonly likeness: number; readonly asked: number },
): boolean {
  const table = secondLookTable;
  const nearness = likeness / asked;
  if (nearness < table.theme) return false;
  const vector = corpus.vectors.at(at);
  if (dot(vector, sentence.vector) < table.sentence) return false;
  if (areOpposite(vector, sentence.vector, corpus.background.poles)) return false;
  if (onlySendsFor(corpus, at, sentence)) return false;
  const profile = corpus.profile(at);
  if (profile === undefined) return false;
  const said = shareSaid(sentence, vector, profile);
  return said >= table.said && Math.min(1, nearness) + said >= table.together;
}

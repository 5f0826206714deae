/** Whether a sentence was said on several occasions, whoever worded it. */
import type { Memory, MemoryId } from '../../memory.ts';
import { type Comparable, isLight, type Profile, profileOf } from '../../text/profile.ts';
import { idOf } from '../../text/reading.ts';
import type { Corpus } from '../../text/similarity.ts';
import { termsOf } from '../../text/terms.ts';
import type { WordVectors } from '../../text/wordVectors.ts';
import { sessionOf } from './crystalEvidence.ts';
import { actOf } from './errand.ts';

export const echoTable = {
  /**
   * A sentence that nobody said outright as lasting must have been said again: utterances of another occasion that say
   * this share of its words (by rarity), at least one, and in a large group this share of it.
   */
  echo: 0.55,
  echoes: 0.15,
  /** Occasions on which an errand was sent on, act and all, from which on it is a way of working. */
  errands: 3,
  /** … each time in so much of its words. */
  errandEcho: 0.75,
  /** What a verb counts that nearly every order has, against another word. */
  light: 0.5,
  /** Two words begin to say the same where they are this near in meaning; from `same` on they do. */
  near: 0.3,
  same: 0.6,
} as const;

/** How much of a word is said, 0..1: a word near in meaning says a part of it. */
function shareSaid(term: string, stance: Profile['stance'], words: WordVectors | undefined): number {
  if (stance.has(term)) return 1;
  if (words === undefined) return 0;
  const id = idOf(term);
  let nearest = 0;
  for (const other of stance.keys()) nearest = Math.max(nearest, words.nearness(id, idOf(other)));
  return nearest < echoTable.near ? 0 : Math.min(1, nearest / echoTable.same);
}

/** What the members of a group say, read once for all candidates. */
export interface Heard {
  readonly stances: readonly Profile['stance'][];
  readonly mentions: readonly Profile['mentions'][];
  readonly sessions: readonly string[];
  readonly memories: readonly MemoryId[];
  /** Do they come from several sessions? */
  readonly several: boolean;
}

export function heardIn(corpus: Corpus<Memory>, positions: readonly number[]): Heard {
  const members = positions.map((at) => corpus.memories[at]);
  const sessions = members.map(sessionOf);
  return {
    stances: positions.map((at) => corpus.profile(at)?.stance ?? silent),
    mentions: positions.map((at) => corpus.profile(at)?.mentions ?? new Set()),
    sessions,
    memories: members.map((memory) => memory?.id ?? ('' as MemoryId)),
    several: new Set(sessions).size > 1,
  };
}

const silent: Profile['stance'] = new Map();

/**
 * Was the sentence said on several occasions, whoever worded it? An errand must be sent on again and again. Who cites the
 * file of instructions that it cites says it, too.
 */
export function isEchoed(
  candidate: Comparable,
  { errand, cited }: { readonly errand: boolean; readonly cited: readonly string[] },
  { stances, mentions, sessions, memories, several }: Heard,
  corpus: Corpus<Memory>,
): boolean {
  const act = termsOf(actOf(candidate.text) ?? '')[0];
  const all = [...profileOf(candidate).stance].flatMap(([term, { sign }]) =>
    term.includes(' ')
      ? []
      : [{ term, sign, weight: corpus.background.rarity(term) * (isLight(term) ? echoTable.light : 1) }],
  );
  /* What is wanted must come again; what it is set against need not, and counts where it is turned down once more. */
  const wanted = all.filter(({ sign }) => sign > 0);
  const readings = (errand ? [all] : [wanted, all]).filter((terms) => terms.length > 0);
  const least = errand ? echoTable.errandEcho : echoTable.echo;
  /* What is near to an errand is another errand. */
  const words = errand ? undefined : corpus.words;
  const saidAgain = (stance: Profile['stance']) =>
    readings.some((terms) => {
      let [shared, whole] = [0, 0];
      for (const { term, sign, weight } of terms) {
        whole += weight;
        if (errand || sign > 0 || (stance.get(term)?.sign ?? 1) < 0)
          shared += weight * shareSaid(term, stance, words);
      }
      return shared >= whole * least;
    });
  const occasions = new Set<string>();
  let echoes = 0;
  for (const [at, stance] of stances.entries()) {
    const cites = cited.some((name) => mentions[at]?.has(name));
    if (!cites && !saidAgain(stance)) continue;
    if (act !== undefined && !stance.has(act) && !cites) continue;
    echoes += 1;
    occasions.add((several || errand ? sessions[at] : memories[at]) as string);
  }
  return occasions.size >= (errand ? echoTable.errands : 2) && echoes >= stances.length * echoTable.echoes;
}

/** When a rule applies: by topic, by the step of work, by the file or the command in hand. */
import { type Memory, toldWords } from '../memory.ts';
import type { IndexedTerms } from '../ports.ts';
import { type Place, pathFit } from '../recall/prior.ts';
import { idf } from '../recall/scoring.ts';
import { type Action, actionsAsked, actionsOf } from '../text/actions.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import { type Act, isBrokenBy } from './breach.ts';

/** Terms of an occasion with the idf of each in the project. */
export interface Occasion {
  readonly terms: ReadonlySet<string>;
  readonly actions: ReadonlySet<Action>;
  /** The steps it asks for outright. */
  readonly asked: ReadonlySet<Action>;
  readonly worth: (term: string) => number;
}

export function occasionOf(
  text: string,
  counted: { readonly total: number; readonly counts: ReadonlyMap<string, number> },
): Occasion {
  const terms = new Set(termsOf(text));
  const total = Math.max(tunables.injection.leastMemories, counted.total);
  const worths = new Map([...counted.counts].map(([term, count]) => [term, idf(total, count)]));
  const uncounted = idf(total, 0);
  return {
    terms,
    actions: actionsOf(terms),
    asked: actionsAsked(text),
    worth: (term) => worths.get(term) ?? uncounted,
  };
}

/** Idf mass of shared terms that is half way to certain. */
const halfMass = 9;

/** The terms of what a memory says, and of what it is filed under. */
function termsFor(
  memory: Memory,
  indexed: IndexedTerms | undefined,
): { readonly own: ReadonlySet<string>; readonly aside: ReadonlySet<string> } {
  const { statement, when = '', wrong = '' } = memory.lesson;
  /* What an insight is told in is not all of its text. */
  const told = memory.kind === 'insight' ? toldWords(memory) : memory.text;
  if (indexed === undefined || memory.kind === 'insight')
    return {
      own: new Set(termsOf(`${told} ${statement} ${when} ${wrong}`)),
      aside: new Set(termsOf(`${memory.cues.join(' ')} ${memory.topic} ${memory.tags.join(' ')}`)),
    };
  const own = new Set(indexed.words);
  if (when !== '' || wrong !== '') for (const term of termsOf(`${when} ${wrong}`)) own.add(term);
  return { own, aside: new Set([...indexed.cues, ...indexed.tags]) };
}

/**
 * 0..1: how well the rule fits what was asked.
 * @param indexed its terms as the index has them, which is as much: to make them anew of every memory that shares a word
 *   takes a hook longer than to find it.
 */
export function fitsPrompt(memory: Memory, occasion: Occasion, indexed?: IndexedTerms): number {
  const { lesson } = memory;
  const { own, aside } = termsFor(memory, indexed);
  let mass = 0;
  let whole = 0;
  for (const term of own) whole += occasion.worth(term);
  for (const term of occasion.terms) {
    if (own.has(term)) mass += occasion.worth(term);
    else if (aside.has(term)) mass += 0.5 * occasion.worth(term);
  }
  const topic = Math.max(mass / (mass + halfMass), whole === 0 ? 0 : Math.min(1, mass / whole));
  const when = actionsOf(lesson.when === undefined ? [] : termsOf(lesson.when));
  const actions = when.size > 0 ? when : actionsOf(own);
  const shared = [...actions].filter((action) => occasion.actions.has(action)).length;
  const asked = [...actions].some((action) => occasion.asked.has(action));
  /* A request for the very step is reason enough to tell what was said outright as lasting. */
  const lasting = memory.standing || memory.pinned;
  const step =
    asked && lasting ? tunables.injection.askedStep : shared === 0 ? 0 : when.size > 0 ? 0.6 : 0.35;
  return 1 - (1 - topic) * (1 - step);
}

/** 0..1: how well the rule fits a tool call on files, with a command, or with the error it ended in. */
export function fitsTool(
  memory: Memory,
  at: { readonly places: readonly Place[]; readonly occasion: Occasion; readonly act: Act },
  indexed?: IndexedTerms,
): number {
  const fit = Math.max(0, ...at.places.map((place) => pathFit(memory, place)));
  if (memory.scope.level === 'path') return fit > 0 ? 1 : 0;
  if (fit > 0) return 0.9;
  if (isBrokenBy(memory, at.act)) return 0.95;
  const trouble = memory.label === 'fix' ? shareOfTrouble(memory, at.occasion) : undefined;
  if (trouble !== undefined) return trouble >= 2 / 3 ? 0.85 : 0;
  return at.occasion.terms.size === 0 ? 0 : 0.9 * fitsPrompt(memory, at.occasion, indexed);
}

/** 0..1: how much of the trouble that was got over (the failing command, the error) is met; undefined where none is told. */
function shareOfTrouble({ lesson }: Memory, { terms, worth }: Occasion): number | undefined {
  const trouble = new Set(termsOf(`${lesson.wrong ?? ''} ${lesson.when ?? ''}`));
  let met = 0;
  let whole = 0;
  for (const term of trouble) {
    whole += worth(term);
    if (terms.has(term)) met += worth(term);
  }
  return whole === 0 ? undefined : met / whole;
}

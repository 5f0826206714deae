/**
 * A request that comes again and again is a way of working: "commit and update the changelog", asked for in one
 * conversation after another, says what belongs to a commit. Once is a task and is not kept; from the second
 * conversation on it is worth an episode.
 */
import type { ProjectId } from '../memory.ts';
import type { Ids } from '../ports.ts';
import { termsOf } from '../text/terms.ts';
import { isImperativeVerb } from './verbs.ts';

export const habitsFact = 'capture.habits';

/** What is to be done together with a step of work. */
export interface Companion {
  /** "When you commit, update the changelog." */
  readonly statement: string;
  readonly when: string;
  /** The step and the informative words of the rest, for telling whether it is the same request. */
  readonly terms: readonly string[];
}

/** Conversations that asked for the same before the one at hand is kept; it takes two kept ones to make a rule. */
const askedBefore = 1;
const mostWords = 14;
const mostHabits = 500;

const courtesy =
  /^(?:(?:ok(?:ay)?|yes|good|great|thanks|now|then|please|also|just|go ahead and|can you|could you|let'?s)\b[\s,]*)+/i;
const step =
  /^(commit|push|merge|release|deploy|publish)(?: (?:this|it|that|them|all|everything|these|those|(?:the|all|my|your) (?:changes?|files?|work)))?$/i;
/** Things only the task at hand has. */
const atHand = /[#?]|\b\d{2,}\b|\b(?:this|that|these|those|it|them)\b/i;

/** The companion of a step in a short request; undefined where there is none. */
export function companionOf(own: string): Companion | undefined {
  const words = own.trim().replace(/[.!\s]+$/, '');
  if (words.split(/\s+/).length > mostWords || /[?\n]/.test(words)) return undefined;
  const clauses = words
    .split(/\s*(?:,|;|\band\b|\bthen\b)\s*/i)
    .map((clause) => clause.replace(courtesy, '').trim())
    .filter((clause) => clause !== '');
  const [first, second] = clauses;
  if (clauses.length !== 2 || first === undefined || second === undefined) return undefined;
  const named = step.exec(first)?.[1]?.toLowerCase();
  const verb = /^\p{L}+/u.exec(second)?.[0]?.toLowerCase() ?? '';
  if (named === undefined || !isImperativeVerb(verb) || second.split(/\s+/).length < 2 || atHand.test(second))
    return undefined;
  const plain = second.replace(/@/g, '').replace(/(\p{L})\.\p{L}{1,4}(?=\s|$)/gu, '$1');
  const terms = [...new Set(termsOf(plain))].sort();
  if (terms.length < 2) return undefined;
  return {
    statement: `When you ${named}, ${second.charAt(0).toLowerCase()}${second.slice(1)}.`,
    when: `you ${named}`,
    terms: [named, ...terms],
  };
}

export interface Habits {
  /** Notes the request; true if enough other conversations of the project asked for the same. */
  isHabit(companion: Companion, project: ProjectId, session: string): boolean;
  /** A plain JSON value, without words: requests are kept as hashes. */
  state(): Readonly<Record<string, readonly string[]>>;
}

/** @param stored what {@link Habits.state} gave before; anything else begins anew. */
export function createHabits(stored: unknown, ids: Ids): Habits {
  const sessions = new Map<string, string[]>();
  if (typeof stored === 'object' && stored !== null) {
    for (const [key, value] of Object.entries(stored)) {
      if (Array.isArray(value))
        sessions.set(
          key,
          value.filter((one) => typeof one === 'string'),
        );
    }
  }
  return {
    isHabit(companion, project, session) {
      const key = ids.derive('q', project, ...companion.terms);
      const conversation = ids.derive('c', session);
      /* The first conversations are remembered in their order, so that reading them again changes nothing. */
      const first = sessions.get(key) ?? [];
      sessions.delete(key);
      const known = first.includes(conversation);
      const habit = !known && first.length >= askedBefore;
      sessions.set(key, known || habit ? first : [...first, conversation]);
      if (sessions.size > mostHabits) sessions.delete(sessions.keys().next().value ?? '');
      return habit;
    },
    state: () => Object.fromEntries(sessions),
  };
}

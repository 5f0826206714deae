/**
 * The shapes in which people say what should be otherwise, each read into a lesson. A shape must be sure of its
 * polarity: what is wrong and what is right are never guessed from order alone.
 */
import { isImperative } from '../text/imperative.ts';
import { asksFirst } from '../text/questions.ts';
import { contrastShapes } from './lessonContrasts.ts';
import { customShapes } from './lessonCustoms.ts';
import { doubtShapes } from './lessonDoubts.ts';
import { readShould } from './lessonDuties.ts';
import { readForeign } from './lessonForeign.ts';
import { orderShapes, ruleShapes } from './lessonOrders.ts';
import { instructs, type Reading, type Shape } from './lessonReading.ts';
import { untangled } from './lessonReproaches.ts';
import { wishShapes } from './lessonWishes.ts';
import { coreOf, trimmed } from './sentences.ts';
import { baseOfGerund } from './verbs.ts';

/** In order of trust: the first that reads a sentence wins among equals. */
const shapes: readonly Shape[] = [
  ...ruleShapes,
  ...contrastShapes,
  ...orderShapes,
  ...customShapes,
  ...doubtShapes,
  ...wishShapes,
];

/** A whole clause where the thing to use should stand. */
const noThing = /^(?:use|do not add|add) (?:it|that|this|there|they|we|you|i)(?:'(?:s|re|ll|d|ve|m))? /i;

/** "Don't know why": nobody is told not to. */
const noOrder =
  /^(?:do not|don't) (?:know|think|see|understand|care|believe|remember|have|want|need|mind|get)\b/i;

/** What was done a moment ago is not to be done a moment ago. */
const moment = / (?:just now|right now|in the first place|this time|so far)$/i;
const momentLeft = / (?:just now|right now|in the first place|this time|so far|anywhere|yet|at all)$/i;

function withoutMoment(reading: Reading): Reading {
  if (reading.omitted !== true && reading.fault !== true) return reading;
  const less = (text: string): string =>
    trimmed(text).replace(reading.omitted === true ? momentLeft : moment, '');
  return {
    ...reading,
    statement: less(reading.statement),
    ...(reading.wrong === undefined ? {} : { wrong: less(reading.wrong) }),
    ...(reading.right === undefined ? {} : { right: less(reading.right) }),
  };
}

/** Cut in the middle of what stands in brackets. */
const isBroken = ({ wrong, right }: Reading): boolean =>
  [wrong, right].some((side) => {
    const plain = side?.replace(/(?<![\w(])\w\)/g, '') ?? '';
    return plain.split('(').length !== plain.split(')').length;
  });

/** "That's the wrong way round, see @guide.md": the rule it points at is to be followed. */
const seeRules =
  /[,;.] (?:please )?(?:see|read|check|as per|per|according to) (@[\w./-]+(?:(?:,| and)? @[\w./-]+)*)$/i;

/** Advice that a program prints into what was pasted. */
const advice = /^\((?:use|run|see) ["'`]?\w+ .*\)$/;

/** What somebody is at, told of themselves: "I need to mend an old boat". */
const ownTask =
  /^i (?:need|have) to (?:debug|fix|mend|build|write|test|run|deploy|develop|implement|learn|work on|set up|create|make|figure out|find|solve|finish)\b/i;

/** The best reading of one sentence, or none. */
export function readSentence(sentence: string): Reading | undefined {
  if (advice.test(sentence) || ownTask.test(sentence)) return undefined;
  const core = coreOf(sentence)
    .replace(/[.!?\s]+$/u, '')
    .replace(/(?<=\S\s\S.*),? (?:please|pls|thanks|thx|thank you)$/i, '')
    .replace(
      /^(?:i(?:'d like| want| would like) to (?:know|understand)|(?:please )?(?:tell me|explain)|i (?:don't|do not) (?:understand|see|get)) why you (didn't|did|don't|are|were|have|haven't) /i,
      'why $1 you ',
    )
    .replace(/^(?:please )?(?:don't|do not|dont) (?:have|need) to (?=[a-z]+ \S)/i, 'do not ')
    .replace(/^(?:please |just )?(?:go ahead and|try (?:to|and)) (?=[a-z]+ )/i, '')
    .replace(/^(?:please |just )?try (\w+ing) (?=\S)/i, (_all, gerund: string) => `${baseOfGerund(gerund)} `);
  let best: Reading | undefined;
  for (const [pattern, read] of shapes) {
    const match = pattern.exec(core);
    if (match === null) continue;
    const found = read(...match.slice(1).map((group) => group ?? ''));
    const reading = found === undefined ? undefined : untangled(found);
    if (
      reading !== undefined &&
      trimmed(reading.statement).length > 3 &&
      !noThing.test(reading.statement) &&
      reading.certainty > (best?.certainty ?? 0)
    )
      best = reading;
  }
  const needed = readShould(core);
  if (needed !== undefined && needed.certainty > (best?.certainty ?? 0)) best = needed;
  const other = readForeign(core);
  if (other !== undefined && other.certainty > (best?.certainty ?? 0)) best = other;
  if (best === undefined && !asksFirst(coreOf(sentence))) {
    const named =
      /^@[\w./-]+$/.exec(core)?.[0] ??
      seeRules.exec(core)?.[1]?.replace(/(?<=\S)(?:,| and)? (?=@)/g, ' and ');
    if (named !== undefined)
      best = { statement: `follow ${named}`, right: named, certainty: named === core ? 0.4 : 0.45 };
    else if (noOrder.test(core)) return undefined;
    else if (instructs(core)) best = { statement: core, right: core, certainty: 0.6 };
    else if (/^\p{L}/u.test(core) && isImperative(core))
      best = { statement: core, right: core, certainty: 0.5 };
  }
  return best === undefined || isBroken(best) ? undefined : withoutMoment(best);
}

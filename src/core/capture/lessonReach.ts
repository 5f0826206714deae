/**
 * What a lesson tells about how far it reaches: a rule that is mentioned, a ban, a sentence that can be told to anybody
 * hold longer than a failure shown, a number of a ticket, an act that is over once it is done.
 */
import { isErrand } from '../sleep/crystallization/errand.ts';
import type { ExtractedLesson } from './lesson.ts';
import { sayingIsAll } from './lessonAsSaid.ts';

const namesRule = /\.mdc?\b|\b(?:rules?|conventions?|guidelines?)\b/i;
const bans = /^(?:do not|don't|never)\b/i;
const numbered = /#\d|\b\d{2,}\b/;
const addresses = /\b(?:you|your|you're|yourself)\b/i;
const placed = /\bhttps?:|\blocalhost\b/i;

/** Names of features that hold of a lesson, for the model that tells what was meant once. */
export function reachOfLesson(
  own: string,
  lesson: Pick<ExtractedLesson, 'statement' | 'alone' | 'taskBound' | 'certainty' | 'right'>,
): readonly string[] {
  const found: string[] = [];
  const add = (name: string, holds: boolean) => {
    if (holds) found.push(name);
  };
  add('lesson:namesRule', namesRule.test(own));
  add('lesson:alone', lesson.alone);
  add('lesson:bans', bans.test(lesson.statement));
  add('lesson:right', lesson.right !== undefined);
  add('lesson:taskBound', lesson.taskBound);
  add('lesson:asSaid', lesson.certainty <= sayingIsAll);
  add('lesson:numbered', numbered.test(own));
  add('lesson:placed', placed.test(own));
  add('lesson:addresses', addresses.test(own));
  add('lesson:errand', isErrand(lesson.statement));
  return found;
}

/**
 * The step of work a correction was given at, where its words do not say: "did you push?" after the assistant said that
 * it committed. Only the name of the step is kept, in words of our own: what an assistant writes becomes part of no lesson.
 */
import { type Action, actionsOf } from '../text/actions.ts';
import { termsOf } from '../text/terms.ts';
import { deedMeant, deedsIn } from './deeds.ts';

const names: Partial<Record<Action, string>> = {
  commit: 'committing',
  push: 'pushing',
  'pull request': 'preparing a pull request',
  review: 'reviewing',
  test: 'testing',
  branch: 'working with branches',
  task: 'working with tasks',
  release: 'releasing',
  dependency: 'working with dependencies',
  documentation: 'writing documentation',
  refactor: 'refactoring',
  fix: 'fixing a bug',
};

/** Words after the verb that its object is looked for in. */
const mostObject = 4;

const leading = /^(?:was to |asked whether to |left to the user: )?(?:try to )?/;

/**
 * The step of the deed that is meant: its verb's, else the one its object names; undefined where that is none or several,
 * or where the user's words name it.
 * @param prev what the assistant had said. @param own the user's words.
 */
export function occasionOf(prev: string, own: string): string | undefined {
  const deed = deedMeant(deedsIn(prev), own, { leaning: true, conduct: false });
  const [verb = '', ...object] = deed?.clause.replace(leading, '').split(/\s+/) ?? [];
  const byVerb = actionsOf(termsOf(verb));
  const [only, ...others] =
    byVerb.size > 0 ? byVerb : actionsOf(termsOf(object.slice(0, mostObject).join(' ')));
  if (only === undefined || others.length > 0 || actionsOf(termsOf(own)).has(only)) return undefined;
  return names[only];
}

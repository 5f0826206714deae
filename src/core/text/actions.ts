/**
 * Steps of work that a rule can be about. The request before a mistake seldom shares words with the lesson ("ship
 * it" and "run the linter before you commit"), but both are about the same step.
 */
import { termsOf } from './terms.ts';

/** Words of each step, as people say them in requests and in lessons. */
const words = {
  commit: 'commit commits committed stage staged amend',
  push: 'push pushed upstream remote ship',
  'pull request': 'pr prs mr pull-request merge-request description',
  review: 'review reviewer feedback approve',
  test: 'test tests testing tdd jest vitest pytest mocha mock mocks fixture coverage assertion',
  branch: 'branch checkout merge rebase conflict worktree',
  task: 'task ticket issue backlog spec plan subtask todo',
  release: 'release deploy publish changelog tag version bump rollout',
  dependency: 'install dependency dependencies package npm pnpm yarn bun pip cargo upgrade lockfile',
  documentation: 'document documentation docs readme comment docstring adr',
  refactor: 'refactor rename move extract cleanup simplify',
  fix: 'fix bug error fail failing broken debug crash',
  style: 'lint linter eslint prettier format formatter typecheck types naming',
  interface: 'ui css layout button component screen page style design',
  data: 'migration database schema sql query table',
} as const;

export type Action = keyof typeof words;

let known: ReadonlyMap<string, readonly Action[]> | undefined;

/** Made at the first question: the start of a session needs none. */
function actionOfTerm(): ReadonlyMap<string, readonly Action[]> {
  if (known !== undefined) return known;
  const map = new Map<string, Action[]>();
  for (const action of Object.keys(words) as Action[]) {
    for (const term of termsOf(words[action]))
      map.set(term, [...new Set([...(map.get(term) ?? []), action])]);
  }
  known = map;
  return map;
}

/** The steps that the terms name. */
export function actionsOf(terms: Iterable<string>): ReadonlySet<Action> {
  const map = actionOfTerm();
  const actions = new Set<Action>();
  for (const term of terms) for (const action of map.get(term) ?? []) actions.add(action);
  return actions;
}

/** What people put before the verb when they ask for something. */
const courtesy =
  /^(?:(?:ok|okay|yes|yep|good|great|thanks|thank you|now|then|next|first|finally|also|please|just|so|go ahead and|let'?s|can you|could you|will you|would you|you can|we can|we should|i want you to|make sure to)\b[\s,]*)+/i;

/** A request is a few clauses; what comes after so many characters is material. */
const requestLength = 2_000;

/** The steps that are asked for: those named by the verb a clause begins with ("commit it", "and open a PR"). */
export function actionsAsked(text: string): ReadonlySet<Action> {
  const asked = new Set<Action>();
  for (const clause of text.slice(0, requestLength).split(/[.,;:!?\n]|\band\b|\bthen\b/i)) {
    const [verb, ...rest] = clause.trim().replace(courtesy, '').split(/\s+/);
    if (verb === undefined || verb === '') continue;
    const named = actionsOf(termsOf(verb));
    /* "open a pull request", "write the tests": the verb is general, its object names the step. */
    const object = makingVerbs.has(verb.toLowerCase())
      ? actionsOf(termsOf(rest.slice(0, 4).join(' ')))
      : named;
    for (const action of named.size > 0 ? named : object) asked.add(action);
  }
  return asked;
}

const makingVerbs: ReadonlySet<string> = new Set(
  'open make create write add do run start prepare submit finish update draft produce generate'.split(' '),
);

/** Index terms by which rules about a step are found. */
export function termsOfAction(action: Action): readonly string[] {
  return [...new Set(termsOf(words[action]))];
}

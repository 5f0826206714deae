/**
 * What a rule forbids, as far as an act can show it, and whether an act does it. See docs/decisions/084.
 */
import { isLesson, type Memory } from '../memory.ts';
import type { ReceiptCounts } from '../ports.ts';
import { actionsOf } from '../text/actions.ts';
import { termsOf } from '../text/terms.ts';
import { tunables } from '../tunables.ts';
import { termsOfLines, termsOfSteps } from './commandSteps.ts';

/** What an assistant is about to do, or has done. */
export interface Act {
  readonly command?: string | undefined;
  /** Written into a file of code. */
  readonly written?: string | undefined;
}

type Ruled = Pick<Memory, 'lesson'>;

const read = new WeakMap<Act, readonly ReadonlySet<string>[]>();
/** Terms of each step of the command and each written line; read once, as many rules are held against one act. */
function stepsOf(act: Act): readonly ReadonlySet<string>[] {
  const known = read.get(act);
  if (known !== undefined) return known;
  const steps = [...termsOfSteps(act.command ?? ''), ...termsOfLines(act.written ?? '')];
  read.set(act, steps);
  return steps;
}

/** "use npm", "running git push --force": what is done stands behind it. */
const carrier =
  /^(?:to\s+)?(?:us(?:e|ing)|run(?:ning)?|execut(?:e|ing)|call(?:ing)?|invok(?:e|ing))\s+(?=\S)/i;
const done = (words: string | undefined) => (words ?? '').replace(carrier, '');

/** Index terms of what is wrong; none where that was never said. */
const wrongTerms = ({ lesson }: Ruled): readonly string[] => termsOf(done(lesson.wrong));

/** All words of what is right are there: `pnpm install` for "pnpm, not npm". */
export function keeps({ lesson }: Ruled, terms: ReadonlySet<string>): boolean {
  const right = termsOf(done(lesson.right));
  return right.length > 0 && right.every((term) => terms.has(term));
}

/** One step of a command, or one line of what was written, does what the rule says not to do. */
export function isBrokenBy(rule: Ruled, act: Act): boolean {
  const wrong = wrongTerms(rule);
  if (wrong.length === 0) return false;
  return stepsOf(act).some((terms) => wrong.every((term) => terms.has(term)) && !keeps(rule, terms));
}

/** A name, an option, a path, a call: words that an act repeats as they are. */
const code =
  /(?:^|\s)-{1,2}\w|[_/\\`(){}=<>$@]|\w\.\w|[a-z][A-Z]|^(?:git|npm|npx|pnpm|yarn|bun|docker|kubectl|make|cargo|pip|sudo|rm)\s/;

/** What is wrong is said so that an act which does it repeats the words: then nothing else need be asked about. */
function isLiteral(rule: Ruled): boolean {
  const wrong = wrongTerms(rule);
  return wrong.length > 0 && (wrong.length <= 2 || code.test(done(rule.lesson.wrong)));
}

/**
 * Whether a guard asks before this is done. What can be told from the act is told from it; a rule in plain words ("never
 * mock the database") asks where its verb is done to what it is about; one about files asks before they are written.
 * @param fit 0..1: how well the rule fits the tool call.
 * @param writes the tool writes a file that the rule is about.
 */
export function wouldBreak(
  rule: Memory,
  act: Act,
  { fit, writes }: { readonly fit: number; readonly writes: boolean },
): boolean {
  if (isBrokenBy(rule, act)) return true;
  if (isLiteral(rule)) return false;
  if (rule.scope.level === 'path') return writes && fit > 0;
  if (fit < tunables.injection.toolScore) return false;
  const [verb] = wrongTerms(rule);
  const when = actionsOf(termsOf(rule.lesson.when ?? rule.text));
  const isOfIt = (terms: ReadonlySet<string>) =>
    verb === undefined ? [...actionsOf(terms)].some((action) => when.has(action)) : terms.has(verb);
  return stepsOf(act).some((terms) => isOfIt(terms) && !keeps(rule, terms));
}

/** Whether a guard of this rule could ever ask. */
const canBeGuarded = (rule: Memory): boolean =>
  isLiteral(rule) ||
  rule.scope.level === 'path' ||
  actionsOf(termsOf(`${rule.lesson.when ?? ''} ${done(rule.lesson.wrong)}`)).size > 0;

/** Told in vain so often that its owner may want to be asked before it is broken again. */
export function isWorthGuarding(rule: Memory, told: Pick<ReceiptCounts, 'obeyed' | 'violated'>): boolean {
  const { broken, share } = tunables.injection.guardOffer;
  return (
    isLesson(rule) &&
    rule.status === 'active' &&
    !rule.guard &&
    told.violated >= broken &&
    told.violated >= share * (told.violated + told.obeyed) &&
    canBeGuarded(rule)
  );
}

/** Words that fit no shape of a lesson: a thing named, a failure told, or the message's core sentence as it was said. */
import { asksFirst } from '../text/questions.ts';
import { type ExtractedLesson, type LessonInput, optional } from './lesson.ts';
import { withBeside } from './lessonBeside.ts';
import { isMachineLine, saysOnlyHow } from './lessonChaff.ts';
import { findsFault } from './lessonComplaint.ts';
import { instructs } from './lessonReading.ts';
import { undoneOrDone } from './lessonSides.ts';
import { readsAsThing } from './nounPhrase.ts';
import { lowered } from './nouns.ts';
import { asSentence, coreOf, trimmed } from './sentences.ts';
import { standsAlone } from './standsAlone.ts';
import { isImperativeVerb } from './verbs.ts';

const failureTalk =
  /\b(?:fail(?:s|ed|ing|ure)?|errors?|crash\w*|broken|(?:does|did|do|is|are|was)(?:n't|nt| not) (?:work\w*|run\w*|load\w*|show\w*|appear\w*|start\w*|compil\w*|updat\w*)|timeout|timed out|exception|warning|not working|hangs?|no longer works|still (?:an issue|seeing|see|getting|get|have|happening|not|no|failing|broken))\b/i;

/** Says that something fails; the name of a file says nothing. */
export const saysFailure = (text: string): boolean =>
  failureTalk.test(text.replace(/@[\w./-]+|(?:[\w-]+\/)*[\w-]+\.(?:mdc?|txt|json|ya?ml)\b/g, 'x'));

const finite =
  /\b(?:is|are|was|were|has|have|pass(?:es|ed)?|works?|worked|fails?|failed|looks?|seems?|sounds?|feels?|makes?|takes?|needs?|gets?|goes|comes|now)\b/i;

/** A word thrown in that tells how things stand, and names nothing. */
const says =
  /\b(?:still|again|nothing|something|anything|everything|none|both|same|stuck|better|worse|wrong|right|good|bad|complete|done|ready|finally|yet|yes|nope|hm+|(?!need|feed|seed|embed)\w{2,}ed|happened|didn'?t|isn'?t|don'?t|won'?t|can'?t|doesn'?t)\b/i;

/** Certainty of words that fit no shape, at most. */
export const sayingIsAll = 0.3;

/** The lesson of a message of which no sentence could be read. */
export function lessonAsSaid(
  input: LessonInput,
  sentences: readonly string[],
  failing: boolean,
): ExtractedLesson {
  const cores = sentences.map(coreOf).filter((core) => core.length > 3);
  const words = (cores[0] ?? '').split(/\s+/);
  /* A fragment thrown in answers what was just done: it names what was meant. */
  if (
    cores.length === 1 &&
    words.length <= 4 &&
    !finite.test(cores[0] ?? '') &&
    !says.test(cores[0] ?? '') &&
    !/^(?:it|that|this|there|they|these|those|we|he|she|i|you)(?:'\w+)?\b/i.test(cores[0] ?? '') &&
    !/\S (?:the|a|an|my|your|our|this|that) /i.test(cores[0] ?? '') &&
    !isImperativeVerb((cores[0] ?? '').split(/\s/)[0] ?? '') &&
    !/^(?:in|on|at|to|for|from|with|of|by|no|not|why|how|what|where|when)\b/i.test(cores[0] ?? '') &&
    /^[\x20-\x7e’]+$/.test(cores[0] ?? '') &&
    !failing &&
    input.label === 'correction' &&
    !/[?]$/.test(input.own.trim())
  ) {
    const thing = trimmed(cores[0] ?? '');
    const named = /^(?:the|a|an|my|our|your)\b|[`./_]|^[A-Z]/.test(thing) ? thing : `the ${thing}`;
    const statement = asSentence(`Use ${named}`);
    return {
      statement,
      ...optional('before', undoneOrDone(input, thing, {}, true)),
      right: thing,
      certainty: 0.4,
      taskBound: false,
      standing: false,
      alone: standsAlone(statement),
    };
  }
  if (failing) return failureAsSaid(input, cores);
  const core = byWeight(cores)[0] ?? trimmed(input.own) ?? input.quoted;
  const said = asSaid(core);
  const alone = standsAlone(said);
  const point = sentences.findIndex((sentence) => coreOf(sentence) === core);
  return {
    statement: alone || point < 0 ? said : withBeside(said, sentences, point, true),
    ...(input.label === 'correction' && findsFault(core)
      ? optional('wrong', core)
      : optional('before', undoneOrDone(input, undefined, {}, false))),
    certainty: 0.25,
    taskBound: false,
    standing: false,
    alone,
  };
}

/** "Still getting the timeout" is told of "the timeout". */
const met =
  /^(?:(?:i'm|we're|i am|we are|there's|there is|there are|here's|here is|here are) )?(?:(?:still|now|again|also) )*(?:(?:seeing|getting(?= (?:an?|the|this|these|those|\w+s)\b)|having|got|get|see|have) )?/i;
const nameOfFailure =
  /\b(?:errors?|fail\w*|crash\w*|bugs?|issues?|problems?|warnings?|exceptions?|time.?outs?|broken|leaks?|duplicates?|typos?|regressions?|conflicts?)\b/i;
/** A name that can stand after a verb: with its article, or of many. */
const withArticle =
  /^(?:the|an?|this|that|these|those|my|our|your|all|every|any|some|both|`)|^(?:[\w-]+ ){0,3}[a-z-]+[a-rt-z]s(?: (?:in|on|of|with|for|from|at)\b|$)/i;

/** What fails is to be put right where it has a name; an order beside it stays one, all else stays as it was said. */
function failureAsSaid(input: LessonInput, cores: readonly string[]): ExtractedLesson {
  const own = cores.filter((core) => !isMachineLine(core));
  const told =
    own.find((core) => saysFailure(core)) ??
    byWeight(own).find((core) => core.split(/\s+/).length >= 4 && !saysOnlyHow(core)) ??
    input.failure ??
    cores.find((core) => saysFailure(core)) ??
    cores[0] ??
    '';
  const what = trimmed(told.replace(met, ''));
  const asked = /^(?:and |but )?what about (.+)$/i.exec(what)?.[1];
  const thing = trimmed((asked ?? what).replace(/(?:,? (?:please|pls|plz|now|again))+$/i, ''));
  const named =
    (asked !== undefined || !asksFirst(what)) &&
    readsAsThing(thing) &&
    nameOfFailure.test(thing) &&
    withArticle.test(thing) &&
    !finite.test(thing) &&
    !/^\w+ing /i.test(thing);
  return {
    statement: named ? asSentence(`fix ${lowered(thing)}`) : asSaid(told),
    ...(instructs(what) && !/^not\b/i.test(what)
      ? optional('right', what)
      : optional('wrong', asked === undefined && /\?\s*$/.test(told) ? undefined : what)),
    certainty: sayingIsAll,
    taskBound: true,
    standing: false,
    alone: false,
  };
}

/** Words that could not be put into an order, as they were said: what was asked stays a question. */
const asSaid = (core: string): string =>
  /\?\s*$/.test(core) || asksFirst(core) ? asSentence(core).replace(/\.$/, '?') : asSentence(core);

const byWeight = (cores: readonly string[]): readonly string[] =>
  [...cores].sort((a, b) => weight(b) - weight(a));

/** Prefers a sentence of middling length that denies or demands something. */
function weight(core: string): number {
  const words = core.split(/\s+/).length;
  let score = words < 3 ? -2 : words > 40 ? -1 : 0;
  if (saysOnlyHow(core) || isMachineLine(core)) score -= 4;
  if (/\b(?:not|n't|never|always|should|must|instead|only|wrong|too|already|rather|want|need)\b/i.test(core))
    score += 2;
  if (/[?]$/.test(core)) score -= 1;
  return score;
}

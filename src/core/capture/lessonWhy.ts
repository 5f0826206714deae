/** Why a lesson holds and when: the clauses and sentences beside its order that say so. */
import { isImperative } from '../text/imperative.ts';
import { reasonBeside } from '../text/plainSpeech.ts';
import type { Reading } from './lessonReading.ts';
import { coreOf, trimmed } from './sentences.ts';

const whyClause =
  /^(.{6,}?)(?:,|;|\s[—–-])?\s+(?:(?:(?:it's |that's |this is )?(?:(?:just|only|simply|merely|mostly|partly) )?because|since(?! (?:the )?(?:last|then|yesterday|version))|as(?= (?:(?:it|they|there)(?:'\w+)? |(?:this|that|the \S+(?: \S+)?) (?:is|are|was|were|has|have|does|doesn't|will|would|can|can't|breaks?|makes?) |(?:we|i) (?:don't|already|have|need|use|can't|cannot|want) ))|due to|weil|porque|parce que|потому что)\s+|(?=(?:so that|otherwise)\s)|(?<!\bmake (?:it|this|that) )(?=so (?:i|we|you|they|it|others|people|users?) (?:can|could|don't|do not|won't|never|know|see)\b))(\S.{3,})$/iu;
/** "Keep it, i like the old one": what somebody likes or needs beside an order is why. */
const liking =
  /^((?:please )?(?:do not|don't|never|always|keep|leave|use|put) [^,;]{4,90}), (i(?:'d| would)? (?:really |still )?(?:like|love|want|wanna|need|prefer|hate|dislike) [^,;]+?)(?:, (?:but|and|or|so) .*)?$/i;
const whySentence =
  /^(?:(?:(?:it's|it is|that's|that is|this is) )?because|the reason(?: is| being)?(?: that)?|weil|porque|因为)\b[,:]?\s*(.+)$/iu;
/** What comes of the wrong, said in a sentence of its own. */
const consequence =
  /^(?:otherwise|(?:it|this|that) (?:breaks|causes|interferes|makes|means|leads to|would (?!be (?:nice|great|good|cool|better|helpful)\b)|will|can (?:break|cause|lead|lose)|(?:is|was) not (?:needed|necessary|what)|isn't (?:needed|necessary|what)|(?:only )?(?:clutters|confuses|hides|slows|duplicates|overwrites|wastes|costs|loses|defeats)))\b.{4,}$/i;
const whenClause =
  /^((?:when(?:ever)?|before|after|while|if|once|for|during|in|on) (?!(?:this|that|the|my|a) (?:reason|way|time|moment)\b|(?:fact|general|short|future)\b|it\b)[^,]{3,70}), (.{5,})$/i;
/** A condition at the end of an order. */
export const whenTail =
  /\b((?:when(?:ever)?|before|while) (?:you |we |i )?(?:\w+ing|creating|writing|are|re)\b[^,.;]{2,60}|(?:in|for) (?:unit |integration |e2e )?tests)$/i;

/** What the sentence after a lesson says of it ("it breaks …"), or of the very thing: "Use pnpm, not npm. npm writes a lock file." */
export function reasonNext(
  next: string,
  { wrong, right }: Pick<Reading, 'wrong' | 'right'>,
): string | undefined {
  const stated =
    whySentence.exec(next)?.[1] ?? (/\?\s*$/.test(next) ? undefined : consequence.exec(next)?.[0]);
  if (stated !== undefined) return stated;
  const [, thing, said] =
    /^(?:the |our |my )?(\S+(?: \S+){0,2}?) (?:(?:only|always|never|also|just) )?(?:\p{L}{2,}s|can(?:not|'t)?) (\S.{6,150})$/iu.exec(
      next,
    ) ?? [];
  if (thing === undefined || said === undefined || /\?/.test(said)) return undefined;
  const same = (side: string | undefined) => side !== undefined && bareName(side) === bareName(thing);
  return same(wrong) || same(right) ? trimmed(next) : undefined;
}

const bareName = (phrase: string) =>
  phrase
    .toLowerCase()
    .replace(/^(?:the|our|my|an?) /, '')
    .replace(/[`"']/g, '');

const happened =
  /^(?:when|after|while|once|in) (?:you|we|i) (?:just |first |last )*(?:did|made|ran|wrote|put|took|went|got|had|were|was|built|began|tried|\w{3,}ed)\b/i;

/** What people add once the point is made: a question about it, another choice, a word for the listener. */
const afterthought =
  /(?:,? so (?:how|why|what|where|which|when|who|please|(?:do not|don't|let's))\b|,? or (?:should|could|can|would|shall) (?:we|i|you|it)\b|,? (?:was|is|were|are) (?:that|this|it|they) (?:right|correct|ok|okay|intended|intentional|on purpose|necessary|wanted)$|,? (?:though|tho|though look|tho look|apparently)$|, right$|, (?:did|does|do|is|are|was|were)(?:n't)? (?:you|it|that|this|they) \w+$).*$/i;

function withoutAfterthought(sentence: string): string {
  const said = sentence.replace(/[?!.\s]+$/, '');
  const rest = said.replace(afterthought, '').trim();
  return rest === said || rest.split(/\s+/).length < 3 ? sentence : rest;
}

/** "Did you need to sand it, it is glass": what was done without need. */
const unneeded =
  /^(?:did (?:you|we) (?:really |even |actually )*(?:need|have)|(?:was|is) it (?:really |even )*necessary) to (?=[a-z]+ \S)/i;

/** A sentence without its reason and its condition. */
export function parts(sentence: string): { main: string; why?: string; when?: string } {
  let main = coreOf(sentence).replace(unneeded, 'do not ');
  let why: string | undefined;
  let when: string | undefined;
  const reason = whyClause.exec(main);
  if (reason?.[1] !== undefined && reason[2] !== undefined) {
    main = reason[1];
    why = trimmed(reason[2].replace(/^so (?!that\b)/i, 'so that '));
  }
  const [, kept, liked] = liking.exec(main) ?? [];
  if (kept !== undefined && liked !== undefined) {
    main = kept;
    why ??= trimmed(liked);
  }
  const beside = reasonBeside(main, isImperative);
  if (beside !== undefined) {
    main = beside.order;
    why ??= trimmed(beside.reason);
  }
  const condition = whenClause.exec(main);
  if (condition?.[1] !== undefined && condition[2] !== undefined) {
    /* "When you wrote the review" tells what happened once. */
    when = happened.test(condition[1]) ? undefined : condition[1];
    main = coreOf(condition[2]);
  }
  main = withoutAfterthought(main);
  return { main, ...(why === undefined ? {} : { why }), ...(when === undefined ? {} : { when }) };
}

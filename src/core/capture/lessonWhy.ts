/** Why a lesson holds and when: the clauses and sentences beside its order that say so. */
import { isImperative } from '../text/imperative.ts';
import { reasonBeside } from '../text/plainSpeech.ts';
import type { Reading } from './lessonReading.ts';
import { coreOf, trimmed } from './sentences.ts';

const whyClause =
  /^(.{6,}?)(?:,|;|\s[—–-])?\s+(?:because|since(?! (?:the )?(?:last|then|yesterday|version))|as (?=(?:it|this|that|we|they|the|there|you|i)\b)|so that|otherwise|due to|weil|porque|parce que|потому что)\s+(.{4,})$/iu;
const whySentence =
  /^(?:because|otherwise|that's because|the reason(?: is| being)?(?: that)?|it (?:breaks|causes|interferes|is (?:not )?(?:needed|necessary)|isn't)|this (?:is not necessary|breaks|causes|interferes|would|will)|that (?:breaks|causes|would|will)|weil|porque|因为)\b[,:]?\s*(.+)$/iu;
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
  const stated = whySentence.exec(next)?.[1];
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

/** A sentence without its reason and its condition. */
export function parts(sentence: string): { main: string; why?: string; when?: string } {
  let main = coreOf(sentence);
  let why: string | undefined;
  let when: string | undefined;
  const reason = whyClause.exec(main);
  if (reason?.[1] !== undefined && reason[2] !== undefined) {
    main = reason[1];
    why = trimmed(reason[2]);
  }
  const beside = reasonBeside(main, isImperative);
  if (beside !== undefined) {
    main = beside.order;
    why ??= trimmed(beside.reason);
  }
  const condition = whenClause.exec(main);
  if (condition?.[1] !== undefined && condition[2] !== undefined) {
    when = condition[1];
    main = coreOf(condition[2]);
  }
  return { main, ...(why === undefined ? {} : { why }), ...(when === undefined ? {} : { when }) };
}

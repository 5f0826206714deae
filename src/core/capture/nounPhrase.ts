/**
 * Whether some words name a thing, so that a sentence can be made around them. Where they do not, the sentence stays as
 * it was said: a clause taken for a name makes one that nobody would have written.
 */
import { isImperativeVerb } from './verbs.ts';

const mostWords = 12;
/** Of a name with a clause of its own: "every file that the build writes". */
const mostWordsWithClause = 14;

/** No name begins so: a question, an answer, a circumstance, a joint between clauses. */
const noBeginning =
  /^(?:is|are|am|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|may|might|must|(?:is|are|was|were|do|does|did|have|has|had|can|could|wo|would|should)n't|can't|won't|who|whom|whose|why|how|when|where|whether|if|unless|until|because|since|and|or|but|so|then|than|as|like|instead|except|in|on|at|for|from|to|with|without|of|by|about|before|after|during|here|there|there's|now|still|again|also|too|maybe|perhaps|probably|possibly|otherwise|yes|not|nope|yeah|ok|okay|hm+|well|oh|sorry|please|let's|better|just|really|already|soon|yet|i|i'd|i'm|i've|you|we)(?![\w-])|^(?:no|only|same)$/i;

/** "use the default way": an order, where "test names" is a thing. */
const ordered =
  /^(\p{L}+) (?:the|an?|my|our|your|this|that|these|those|it|them|me|us|all|any|some|@\S+)(?: |$)/iu;

/** A clause of its own, outside of what such a word opens. */
const finite =
  /\b(?:is|are|am|was|were|has|had|does|did|can|could|will|would|may|might|(?:is|are|was|were|has|have|had|do|does|did|ca|could|wo|would)n't|it's|that's|there's|i'd|i'm|i've|i'll|we're|you're|they're)\b/i;
const ofItsOwn = /\s(?:that|which|who|whose|where)\s/i;

/** What somebody says, and a clause that was broken off. */
const told =
  /\b(?:says?|said|thinks?|claims?|reports?|tells?|told|means?|suggests?) (?:that|there|it|he|she|they|we|i|you)\b/i;
const brokenOff = /(?:'ll|'d|'ve|'re|'m|\s(?:to|that|which|who|and|or|but|the|an?|we|you|i|they))$/i;

const joined = /[,;:!?|\n]|\.{2,}|…|\s[-–—=>]+\s|=>|->/;

/** Words that people add to a verb, left behind at the end of its subject. */
const adverbs =
  /(?:(?:^|\s)(?:still|also|really|just|then|now|only|already|probably|definitely|generally|actually|maybe|perhaps|ideally|certainly|obviously|clearly|always|never))+$/i;

/** A subject without the adverbs before its verb. */
export const withoutAdverbs = (subject: string): string => subject.replace(adverbs, '').trim();

export function readsAsThing(words: string): boolean {
  const plain = words.replace(/`[^`]*`|"[^"]*"|“[^”]*”|\([^()]*\)/g, 'x').trim();
  if (plain === '' || [joined, noBeginning, told, brokenOff].some((sign) => sign.test(plain))) return false;
  const verb = ordered.exec(plain)?.[1];
  if (verb !== undefined && isImperativeVerb(verb)) return false;
  const [named = '', clause] = plain.split(ofItsOwn);
  const count = plain.split(/\s+/).length;
  return !finite.test(named) && count <= (clause === undefined ? mostWords : mostWordsWithClause);
}

/** How a question begins in English: one list for everything that must tell a question from an order. */

/** Words that ask for a thing, a place, a reason. */
export const interrogatives: readonly string[] = 'who whom whose what when where which why how'.split(' ');

/** Verbs that stand before their subject in a question: "is it", "did you". */
export const inverting: readonly string[] =
  'is are was were do does did have has had can could will would should'.split(' ');

const verb = `(?:${inverting.join('|')})`;
/** "Do it" and "have a look" order; what persons or things at hand do is asked for. */
const mayOrder = '(?:do|have)';
const person = '(?:you|we|they|i|he|she|these|those|people|folks|others)';
const thing = '(?:it|the|all|our|an?|any|this|that)';

const asks = new RegExp(
  `^(?:why |(?:what|how|where|when|who|which)(?:'s)? ${verb}(?:n't)?\\b|(?!${mayOrder} )${verb} |${mayOrder} ${person} |${verb}n't (?:${person}|${thing}|these|those)\\b)`,
  'i',
);
const ofAThing = new RegExp(`^${mayOrder} ${thing} .*\\?\\s*$`, 'i');
/** "Do mocks ever reach …", "do most handlers …": of many, with a verb after them. */
const ofMany =
  /^do (?:people|folks|others|most|[a-z]{3,}s) (?:(?:\w{3,}ly|still|even|ever|often) (?!(?:on|in|to)\b)[a-z]+|have|need|want|use|like|know|think|make|get|work)\b/i;

/** Whether the sentence begins as a question; "do the …" and "have it …" only where its mark is there. */
export const asksFirst = (sentence: string): boolean =>
  asks.test(sentence) || ofAThing.test(sentence) || ofMany.test(sentence);

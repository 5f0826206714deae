/** One to four words thrown in that name a thing: said after work, they say what was meant. */
import { asciiOnly } from '../text/terms.ts';
import { functionWords } from './cues.ts';

/** So many words name a thing at most. */
export const mostWordsOfThing = 4;

const greeting =
  /^(?:hi|hello|hey|ping|test|done|stop|next|help|bye|wow|lol|haha|hm+|com+it?|clear|contin\w*|proce+d|added|pushed|fixed|merged|updated|[.?!]+|\d+)$/;

/** Words of a report or an answer rather than of a name. */
const saysVerb =
  /^(?:is|are|was|were|be|has|have|had|pass|passes|passed|passing|works?|worked|working|runs?|fails?|failed|failing|now|ok|good|green|see|got|looks?|seems?|complete|success\w*|succeeds?|ready|rocks?|\w{2,}ed)$/;

/** Words of an order, an answer or a tongue in which nobody knows what is a name. */
const pointing =
  /^(?:ple?a?s+e?|pls|plz|them|it|me|my|mine|us|yours?|this|these|that|here|mon|ma|mes|mi|este|esta|esto|el|los|las|un|una|voy|le|les|das|die|der|ein|eine|il|lo|o|os|um|uma|use|usa|go|let|run|show|i|im|i'm|we|you|youre|you're|ur|he|she|they|it's|its|that's|thats)$/;

/** Fewer words of the assistant do not tell which language is spoken. */
const fewestWords = 12;
/** Share of function words below which a text is not English. Running English has about .4, other languages under .1. */
const englishShare = 0.15;

/** Whether what was said is English, as far as one can tell: what names a thing is only known there. */
export function speaksEnglish(said: string, fewest = fewestWords): boolean {
  const words = said.toLowerCase().match(/\p{L}[\p{L}']*/gu) ?? [];
  if (words.length < fewest) return true;
  return words.filter((entry) => functionWords.has(entry)).length / words.length >= englishShare;
}

/** A file's name and nothing else answers which file is meant; one that is mentioned (`@rule.md`) points at what it says. */
export const barePath = /^(?!@)(?:[\w.-]+[\\/])*[\w-]+\.[a-z]{1,5}$|^(?!@)(?:[\w.-]+[\\/])+[\w.-]*$/i;

/** One to four words that name a thing and ask or order nothing: thrown in, they say what was meant. */
export function isThing(words: readonly string[], features: ReadonlyMap<string, number>): boolean {
  if (words.length === 0 || words.length > mostWordsOfThing || words.some((entry) => pointing.test(entry)))
    return false;
  if (features.has('barePath')) return false;
  if (
    [
      'approvalStart',
      'taskStart',
      'questionStart',
      'endsQuestion',
      'goAhead',
      'praise',
      'howDo',
      'commitTask',
      'iDid',
      'hostCommand',
      'shellLine',
      'volunteers',
    ].some((name) => features.has(name))
  )
    return false;
  return (
    (words.length > 1 || /[\d._-]/.test(words[0] ?? '')) &&
    !words.some((entry) => greeting.test(entry) || saysVerb.test(entry) || !asciiOnly.test(entry)) &&
    words.some((entry) => entry.length >= 4 && !functionWords.has(entry))
  );
}

/** What a sentence leaves out because the one before has said it: "Are you on the branch? You should be." */
import { isImperativeVerb } from './verbs.ts';

const elliptical =
  /^(?:(?:if not|because|well|then|so|and|but|no|yes),? )*(?:you|we|it|they|that|this|he|she) (should(?:n't| not)?|must(?:n't| not)?) ?(?:be|do|have|say(?: so)?)?[.!]*$/i;
const whether =
  /^(.*?)\b(?:(are|is|was|were)(?:n't)?|(?:does|did|do)(?:n't)?) ((?:you|we|it|they|the [\w-]+|th[aeio]s?[set]? [\w-]+|our [\w-]+|my [\w-]+)) (?:currently |already |still |now |even |actually |really |not )*(.{3,})\?\s*$/i;

/** "There are cracked lamps", "these should be mended first". */
const thereIs = /^(?:[^,;]*, )?there(?:'s| is| are) (?:still |also |now )*([^,;.!?]{3,50})[.!]*$/i;
const withinOne =
  /^(?:[^,;]*[,;] )?there(?:'s| is| are) (?:still |also |now )*([^,;.!?]{3,50}), (?:this|that|these|those|they|it) ((?:should|must|needs? to|ha(?:s|ve) to)\b.*)$/i;
const pointing = /^(this|that|these|those|they|it) (?:should|must|needs? to|ha(?:s|ve) to)\b/i;

/** "…? And then weigh it?": goes on with the order or the question before it. */
const goesOn =
  /^and (?:then |also )?(?=(?:at|in|on|for|when|only|never|not|after|before)\b|(\p{L}[\p{L}-]*)(?:\/\p{L}+)?\b)(?!(?:then )?(?:yes|no|so|now|i|you|we|it|this|that|there|the|an?|if|maybe|please|let|let's)\b)/iu;
const mostWords = 14;
/** "Yes, go ahead." is answered, and what comes after is another matter. */
const answers = /\b(?:go ahead|do (?:it|that|this|so)|yes|yeah|ok|okay|sure|great|good|thanks)\b/i;

/** What a rule says that "didn't that rule say to …? It should": the act itself. */
const ruleSays = /^(?:say|state|specify|require|tell (?:you|us|me)|ask)(?: (?:you|us|me))? to (.{4,})$/i;

const wordsIn = (text: string): number => text.trim().split(/\s+/).length;

/** Joined with the sentence before where it only goes on with it. */
function joined(sentences: readonly string[]): readonly string[] {
  const whole: string[] = [];
  for (const sentence of sentences) {
    const before = whole.at(-1);
    const going = goesOn.exec(sentence);
    const verb = going?.[1];
    if (
      before !== undefined &&
      going !== null &&
      (verb === undefined || isImperativeVerb(verb) || /^and then\b/i.test(sentence)) &&
      wordsIn(before) <= mostWords &&
      wordsIn(sentence) <= mostWords &&
      wordsIn(before) > 2 &&
      !answers.test(before)
    ) {
      const end = /[?!]\s*$/.exec(sentence)?.[0] ?? /[?!.]\s*$/.exec(before)?.[0] ?? '';
      whole[whole.length - 1] =
        `${before.replace(/[\s:,.?!]+$/, '')} ${sentence.replace(/^And\b/, 'and').replace(/[\s.?!]+$/, '')}${end}`;
    } else whole.push(sentence);
  }
  return whole;
}

/** The sentences, those completed that only say that what was asked about should be so, or go on with the one before. */
export function completed(said: readonly string[]): readonly string[] {
  const sentences = joined(said);
  return sentences.map((sentence, index) => {
    const should = elliptical.exec(sentence)?.[1];
    const [, , be, subject, rest] =
      should === undefined ? [] : (whether.exec(sentences[index - 1] ?? '') ?? []);
    const [, mentioned, duty] = withinOne.exec(sentence) ?? [];
    if (mentioned !== undefined) return `${mentioned} ${duty}`;
    const [, pointed] = pointing.exec(sentence) ?? [];
    const [, there] = pointed === undefined ? [] : (thereIs.exec(sentences[index - 1] ?? '') ?? []);
    if (pointed !== undefined && there !== undefined)
      return `${there}${sentence.slice(sentence.indexOf(pointed) + pointed.length)}`;
    if (should === undefined || subject === undefined || rest === undefined) return sentence;
    const act = /n't|not/i.test(should) ? undefined : ruleSays.exec(rest)?.[1];
    if (act !== undefined) return act;
    return `${subject} ${should} ${be === undefined ? '' : 'be '}${rest}`;
  });
}

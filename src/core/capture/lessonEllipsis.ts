/** What a sentence leaves out because the one before has said it: "Are you on the branch? You should be." */

const elliptical =
  /^(?:(?:if not|because|well|then|so|and|but|no|yes),? )*(?:you|we|it|they|that|this|he|she) (should(?:n't| not)?|must(?:n't| not)?) ?(?:be|do|have|say(?: so)?)?[.!]*$/i;
const whether =
  /^(.*?)\b(?:(are|is|was|were)(?:n't)?|(?:does|did|do)(?:n't)?) ((?:you|we|it|they|the [\w-]+|th[aeio]s?[set]? [\w-]+|our [\w-]+|my [\w-]+)) (?:currently |already |still |now |even |actually |really |not )*(.{3,})\?\s*$/i;

/** The sentences, those completed that only say that what was asked about should be so. */
export function completed(sentences: readonly string[]): readonly string[] {
  return sentences.map((sentence, index) => {
    const should = elliptical.exec(sentence)?.[1];
    const [, , be, subject, rest] =
      should === undefined ? [] : (whether.exec(sentences[index - 1] ?? '') ?? []);
    if (should === undefined || subject === undefined || rest === undefined) return sentence;
    return `${subject} ${should} ${be === undefined ? '' : 'be '}${rest}`;
  });
}

/** What a sentence leaves out because the one before has said it: "Are you on the branch? You should be." */

const elliptical =
  /^(?:(?:if not|because|well|then|so|and|but|no|yes),? )*(?:you|we|it|they|that|this|he|she) (should(?:n't| not)?|must(?:n't| not)?) ?(?:be|do|have|say(?: so)?)?[.!]*$/i;
const whether =
  /^(.*?)\b(?:(are|is|was|were)(?:n't)?|(?:does|did|do)(?:n't)?) ((?:you|we|it|they|the [\w-]+|th[aeio]s?[set]? [\w-]+|our [\w-]+|my [\w-]+)) (?:currently |already |still |now |even |actually |really |not )*(.{3,})\?\s*$/i;

/** "There are cracked lamps", "these should be mended first". */
const thereIs = /^(?:[^,;]*, )?there(?:'s| is| are) (?:still |also |now )*([^,;.!?]{3,50})[.!]*$/i;
const withinOne =
  /^(?:[^,;]*[,;] )?there(?:'s| is| are) (?:still |also |now )*([^,;.!?]{3,50}), (?:this|that|these|those|they|it) ((?:should|must|needs? to|ha(?:s|ve) to)\b.*)$/i;
const pointing = /^(this|that|these|those|they|it) (?:should|must|needs? to|ha(?:s|ve) to)\b/i;

/** The sentences, those completed that only say that what was asked about should be so. */
export function completed(sentences: readonly string[]): readonly string[] {
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
    return `${subject} ${should} ${be === undefined ? '' : 'be '}${rest}`;
  });
}

/** Words as the cues want to see them, and what stands before the point. */

/** Words beyond this do not change what kind of message it is. */
const readLength = 1500;

/** Lower case, plain apostrophes, single spaces, one line per line. */
export function plainLower(text: string): string {
  return text
    .slice(0, readLength)
    .toLowerCase()
    .replace(/[’‘ʼ]/g, "'")
    .replace(/(?<=\S)(?:[^\S\n]{2,}|[^\S\n ])(?=\S)/g, ' ');
}

/** What is this long is mostly a specification or a quotation. Characters. */
const longText = 700;
const headLength = 400;
const tailLength = 200;

/** Of a long text its beginning and its end: there a person says what the rest is for. */
export function framing(whole: string): string {
  const text = withoutMatter(whole);
  if (text.length <= longText) return text;
  return `${text.slice(0, headLength)}\n${text.slice(-tailLength)}`;
}

/** An order to carry out, or a question about, the list that follows. */
const pointsBelow =
  /^\W*(?:[^.!?\n]{0,40}\b)?(?:implement|build|work on|set (?:\w+ )?up|carry out|go through|do)(?: (?:this|these|the following|all of (?:this|these)|the (?:plan|list) below))?\s*:?\s*$|\b(?:this|these|following|below) (?:list|plan|ideas?|steps?|roadmap|proposals?|suggestions?)\b[^\n]{0,40}$/i;
const listBegins = /^\s*(?:#{1,5} |\d+[.)]\s|[-*•]\s)/;
/** So many lines are more than what was typed for it; characters that go with them. */
const fewestLines = 4;
const fewestCharacters = 150;

/** Without the list that an order points at: it is the matter of the task, and was mostly taken from elsewhere. */
export function withoutMatter(text: string): string {
  if (text.length < fewestCharacters) return text;
  const lines = text.split('\n');
  const filled = lines.flatMap((line, index) => (line.trim() === '' ? [] : [index]));
  for (const [at, index] of filled.slice(0, fewestLines).entries()) {
    const after = filled.slice(at + 1);
    if (after.length < fewestLines || !pointsBelow.test((lines[index] ?? '').trim())) continue;
    if (after.slice(0, 2).some((next) => listBegins.test(lines[next] ?? '')))
      return lines.slice(0, index + 1).join('\n');
  }
  return text;
}

/** Thanks, praise and consent that open a message which then goes on to something else. */
const pleasantry =
  /^[\s"'(*_-]*(?:(?:ok(?:ay)?|alright|yes|yeah|yep|great|good|nice|perfect|excellent|awesome|fantastic|wonderful|phenomenal|brilliant|amazing|lovely|beautiful|fabulous|terrific|superb|outstanding|impressive|neat|wow|cool|sweet|super|thanks|thank you|thx|fine|lgtm|got it|i see|(?:it|that|this|everything) (?:now )?(?:works?|worked|helps?|helped)(?: (?:now|great|fine|well|perfectly))?|works now|(?:looks?|sounds?) (?:very |pretty |really )?(?:good|great|fine|perfect)(?: to me)?|(?:good|great|nice|excellent) (?:job|work|catch|start|plan)|well done|i like it|love it)(?: (?:a lot|so much|very much|again|for (?:that|the explanation)))?(?:[,.!;:–—-]+\s*|\s+(?=(?:but|except|however|though)\b)|\s*\n+))+/;

/** The text after what is said for courtesy; the whole if nothing follows. */
export function afterPleasantry(text: string): string {
  const rest = text.replace(pleasantry, '');
  return /[\p{L}\p{N}]/u.test(rest) ? rest : text;
}

const mostSentences = 16;

/** Sentences and lines, plainly cut: good enough to see which of them a cue stands in. */
export function plainSentences(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?])\s+|(?<=[。！？])|\n+/u)
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
    .slice(0, mostSentences);
}

/** Files and names before the point; what a sentence is about stays: without it “#12 is wrong” would ask. */
const mentioned =
  /^\s*(?:[@#][\w./\\:-]+\s+)+(?=\S)(?!(?:is|are|was|were|has|have|does|do|did|can|could|should|would|will|must)(?:n't)?\s)/;

/** Without the marks of emphasis, and without files and names that are only mentioned before the point. */
export function withoutMarks(text: string): string {
  return text
    .replace(/(?<![\w*_])([*_]{1,3})([\p{L}\p{N}](?:[^*_\n]{0,80}[\p{L}\p{N}.!?])?)\1(?![\w*_])/gu, '$2')
    .replace(mentioned, '');
}

/** Faults that are not there: good news, whatever word it is told with. */
const noFaults =
  /(?<!\p{L})(?:no|without|zero|not any|aren't any|isn't any|don't see any|kein\w*|ohne|sin|ya no hay|no hay|sans|plus d'|sem|não tem mais|não há|senza|non ci sono(?: più)?|без) (?:more |further |other |new |longer |single |weitere |más |autres? |mais |altri )*(?:errors?|issues?|problems?|bugs?|warnings?|failures?|complaints?|exceptions?|crash\w*|fehler\w*|errore?s?|erreurs?|erros?|problem\w*|ошиб\S+)(?! (?:message|handling|page|state|code|text|log|boundar)\w*)|(?:没有|沒有|不再有?)(?:任何)?(?:错误|錯誤|问题|問題|报错)|ошибок (?:больше )?нет|plus d'(?:erreurs?|problèmes?)/gu;

/** Without the faults that are told not to be there. */
export const withoutNoFaults = (text: string): string => text.replace(noFaults, ' ');

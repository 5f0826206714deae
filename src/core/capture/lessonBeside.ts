/**
 * What stands beside an order that cannot be understood alone: "Escape them" says nothing without "zsh runs what is in
 * those backticks". It is told with it, as it was said. An order that stands alone stays one sentence: two wishes in one
 * are alike to neither when lessons are compared (decisions 035 and 166).
 */
import { asksFirst } from '../text/questions.ts';
import { shareOfTerms, termSetOf } from '../text/terms.ts';
import { isMachineLine, saysOnlyHow } from './lessonChaff.ts';
import { asSentence, coreOf } from './sentences.ts';

/** Sentences told beside the order, and characters of all that is told. */
const most = 2;
const longest = 260;
/** How far from the point somebody may speak of the same. */
const nearby = 2;
const fewestTerms = 2;
const mostWords = 36;
/** Share of a sentence's terms that was told already: then it says nothing more. */
const known = 0.6;

/** Meant for the listener of the moment. */
const talk =
  /^(?:(?:please|also|and|then|now|just|so|be|lets|let's) )*(?:explain|think|tell me|let me|summari[sz]e|describe|investigate|analy[sz]e|find out|figure|specific|go ahead|try again|continue|proceed|wait|look|see|answer|repeat|show me|help|thanks?|what|why|how)\b/i;

/** Code, an address, what was typed at a prompt or printed by a program. */
const noProse =
  /[{}=<>→|]|->|https?:|^["'(@\d]|^[\w.-]*[a-z]\w*Error\b|^error\b|^(?:npm|npx|pnpm|yarn|bun|node|git|python3?|pip|cargo|docker|make|cd|ls) (?:[a-z-]+ )*-/i;
const clause =
  /\b(?:is|are|was|were|be|has|have|had|do|does|did|can|could|should|must|will|would|need|needs|want|wants|may|i|we|you|it|they|there|that|this|not|never|always|only|got|gets|went|lost|made|makes|broke|(?<=\S )\w{4,}ed)\b|n't\b/i;
const praise =
  /\b(?:good|great|nice|cool|perfect|awesome|thanks?|thank you|fixed|works|working (?:now|well)|bye|hello)\b/i;

/** Asks for talk, and tells nothing of what is wrong. */
const curious =
  /^(?:why\b|what (?:happened|went|do you|now|else)|how (?:come|did|can you|will|is that)|(?:can|could|would) (?:you|we)\b|(?:is|are|was) (?:that|this|it) (?:true|right|correct|ok|okay)\b|does (?:that|this|it) (?:make|help)\b|any\b|right\b)/i;

/** A condition that holds for the order before it: "If you must use the lift, ring first." */
const exception =
  /^(?:but |and )?(?:(?:if|when|where) (?:you|we|it) (?:really |absolutely |do )*(?:must|have to|has to|need to|needs to|can't|cannot|can not|isn't possible|is not possible)\b|unless\b|except\b|the only exception\b|only if\b)/i;

/** The order with the exception made of it in the next sentence, where there is one. */
export function withException(statement: string, next: string | undefined): string {
  const core = next === undefined ? '' : coreOf(next);
  if (!exception.test(core) || core.split(/\s+/).length > mostWords || /[?？]\s*$/.test(core))
    return statement;
  const told = `${statement} ${asSentence(core)}`;
  return told.length > longest ? statement : told;
}

/**
 * The order and what is said beside it, nearest first.
 * @param asking questions beside it are told as well: of words that order nothing they may say what they are about.
 */
export function withBeside(
  statement: string,
  sentences: readonly string[],
  point: number,
  asking = false,
): string {
  let told = `${statement}\n${sentences[point] ?? ''}`;
  let length = statement.length;
  const beside: { readonly words: string; readonly index: number }[] = [];
  const near = sentences
    .map((sentence, index) => ({
      core: coreOf(sentence),
      sentence,
      distance: Math.abs(index - point),
      index,
    }))
    .filter(({ distance }) => distance > 0 && distance <= nearby)
    .sort((a, b) => a.distance - b.distance || a.index - b.index);
  for (const { core, sentence, index } of near) {
    if (beside.length >= most || !saysMore(core, sentence, told, asking)) continue;
    const words = /[?？]\s*$/.test(sentence) ? asSentence(core).replace(/\.$/, '?') : asSentence(core);
    if (length + words.length + 1 > longest) continue;
    beside.push({ words, index });
    length += words.length + 1;
    told = `${told}\n${words}`;
  }
  /* An order comes first; what orders nothing is told as the message told it. */
  const ordered = asking
    ? [...beside, { words: statement, index: point }].sort((a, b) => a.index - b.index)
    : [{ words: statement }, ...beside];
  return ordered.map(({ words }) => words).join(' ');
}

const saysMore = (core: string, sentence: string, told: string, asking: boolean): boolean =>
  core.split(/\s+/).length <= mostWords &&
  !isMachineLine(sentence) &&
  !noProse.test(core) &&
  clause.test(core) &&
  !praise.test(core) &&
  !saysOnlyHow(core) &&
  (asking
    ? !curious.test(core) && (asksFirst(core) || !talk.test(core))
    : !talk.test(core) && !/[?？]\s*$/.test(sentence) && !asksFirst(core)) &&
  termSetOf(core).size >= fewestTerms &&
  shareOfTerms(core, told) < known;

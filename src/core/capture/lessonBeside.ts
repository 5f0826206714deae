/**
 * What stands beside an order that cannot be understood alone: "Escape them" says nothing without "zsh runs what is in
 * those backticks". It is told with it, as it was said. An order that stands alone stays one sentence: two wishes in one
 * are alike to neither when lessons are compared (decisions 035 and 166).
 */
import { asksFirst } from '../text/questions.ts';
import { shareOfTerms, termSetOf } from '../text/terms.ts';
import { isMachineLine, saysOnlyHow } from './lessonAsSaid.ts';
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
  /\b(?:is|are|was|were|be|has|have|had|do|does|did|can|could|should|must|will|would|need|needs|want|wants|may|i|we|you|it|they|there|that|this|not|never|always|only)\b|n't\b/i;
const praise =
  /\b(?:good|great|nice|cool|perfect|awesome|thanks?|thank you|fixed|works|working (?:now|well)|bye|hello)\b/i;

/** The order and what is said beside it, in the order they were said in. */
export function withBeside(statement: string, sentences: readonly string[], point: number): string {
  let told = `${statement}\n${sentences[point] ?? ''}`;
  let length = statement.length;
  const beside: string[] = [];
  const near = sentences
    .map((sentence, index) => ({
      core: coreOf(sentence),
      sentence,
      distance: Math.abs(index - point),
      index,
    }))
    .filter(({ distance }) => distance > 0 && distance <= nearby)
    .sort((a, b) => a.distance - b.distance || a.index - b.index);
  for (const { core, sentence } of near) {
    if (beside.length >= most || !saysMore(core, sentence, told)) continue;
    const words = asSentence(core);
    if (length + words.length + 1 > longest) continue;
    beside.push(words);
    length += words.length + 1;
    told = `${told}\n${words}`;
  }
  return [statement, ...beside].join(' ');
}

const saysMore = (core: string, sentence: string, told: string): boolean =>
  core.split(/\s+/).length <= mostWords &&
  !isMachineLine(sentence) &&
  !noProse.test(core) &&
  clause.test(core) &&
  !praise.test(core) &&
  !saysOnlyHow(core) &&
  !talk.test(core) &&
  !/[?？]\s*$/.test(sentence) &&
  !asksFirst(core) &&
  termSetOf(core).size >= fewestTerms &&
  shareOfTerms(core, told) < known;

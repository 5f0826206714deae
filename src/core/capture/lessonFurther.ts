/**
 * The further orders of a message, told after its point: "Stack the crates in the shed. Print the list as a table." The
 * point alone is compared with other lessons (`text/point.ts`); the night reads every sentence of a message by itself.
 */
import { isErrand } from '../sleep/crystallization/errand.ts';
import { shareOfTerms, termSetOf } from '../text/terms.ts';
import type { Reading } from './lessonReading.ts';

/** A sentence read, as an order somebody could be given. */
export interface FurtherOrder {
  readonly reading: Reading;
  readonly statement: string;
  readonly alone: boolean;
  readonly standing: boolean;
  readonly index: number;
}

const most = 2;
const longest = 260;
const leastCertain = 0.45;
/** A message of more sentences is an errand, and its orders are the steps of it. */
const mostSentences = 6;
/** What leans on the rest of the message is told where the message is short, and says enough. */
const fewSentences = 4;
const fewestTerms = 3;
/** Share of an order's terms that was told already: then it says nothing more. */
const known = 0.6;

/** Wants talk, a record, or the work of the moment. */
const passing =
  /^(?:please |also |now |then |just )*(?:be (?:more |very |really )*(?:careful|specific|precise|thorough)(?:[.,]|$)|debug|resume|help me|remember|focus|show me|update (?:whichever|that|this|the|any) (?:[\w-]+ )?rules?\b|read and follow\.?$|explain|think|tell me|let me|summari[sz]e|analy[sz]e|describe|investigate|find out|continue|proceed|go ahead|try again|wait|answer|start|begin|switch|commit|push|merge|run|rerun|check whether|(?:record|document|note|save|write|make|add|create|update) (?:it|this|that|a rule|the rule|a note|a memory)\b)/i;

/** What shall be true of what is made is no errand here. */
const state = /^make sure\b/i;

/** The point with what else is to be done for good or in the same breath, in the order it was said in. */
export function withFurther(
  statement: string,
  point: FurtherOrder,
  found: readonly FurtherOrder[],
  sentences: number,
): string {
  let told = statement;
  let count = 0;
  for (const other of found) {
    if (other.index === point.index || count >= most) continue;
    const { reading, alone, standing } = other;
    if (!standing && (reading.certainty < leastCertain || sentences > mostSentences)) continue;
    if (!alone && (sentences > fewSentences || termSetOf(other.statement).size < fewestTerms)) continue;
    if (isErrand(other.statement) && !state.test(other.statement) && !isErrand(statement)) continue;
    if (reading.fault === true || reading.taskBound === true || passing.test(other.statement)) continue;
    if (shareOfTerms(other.statement, told) >= known) continue;
    const words = uncut(other.statement);
    if (told.length + words.length + 1 > longest) continue;
    told = `${told} ${words}`;
    count += 1;
  }
  return told;
}

/** A paper that the message holds the assistant to: "did you read @guide.md?", "as @guide.md says". */
const paper = /@[\w./-]+\.mdc?\b/g;
const heldTo =
  /\b(?:says?|said|tells?|told|would(?:'ve| have)|relevant|follow\w*|per|according|provided|given|why|specif\w+|requires?|see|read)\b/i;
const workedOn =
  /\b(?:updat|edit|add|creat|renam|mov|delet|remov|duplicat|condens|simplif|shorten|rewrit|chang|improv|includ|document|record)\w*\b/i;

/** An order that says little, with the one paper that is named beside it as what should have been followed. */
export function withPaper(statement: string, sentences: readonly string[]): string {
  const named = sentences.filter((sentence) => sentence.search(paper) >= 0);
  const papers = new Set(named.flatMap((sentence) => sentence.match(paper) ?? []));
  const [only] = papers;
  if (only === undefined || papers.size > 1 || statement.includes(only)) return statement;
  return named.every((sentence) => heldTo.test(sentence) && !workedOn.test(sentence))
    ? `${statement} See ${only}.`
    : statement;
}

/** Cut to length within brackets, it ends before them. */
const uncut = (statement: string): string =>
  statement.split('(').length === statement.split(')').length
    ? statement
    : `${statement.slice(0, statement.lastIndexOf(' ('))}.`;

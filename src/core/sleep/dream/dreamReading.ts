/** Reads which lesson schemas a memory shows, and in which of its words. */
import { coreOf, sentencesOf, withApostrophes } from '../../capture/sentences.ts';
import type { Memory } from '../../memory.ts';
import { ownWords } from '../../text/stance.ts';
import { termsOf } from '../../text/terms.ts';
import { standsAsRule } from '../crystallization/ruleSentence.ts';
import type { LessonSchema } from './dreamSchema.ts';
import { lessonSchemas } from './dreamSchemas.ts';

/** One schema in one memory. */
export interface Trace {
  readonly memory: Memory;
  readonly schema: LessonSchema;
  /** `problem` – it went wrong; `remedy` – what mends it is asked for; `reverse` – the opposite is asked for or allowed. */
  readonly side: 'problem' | 'remedy' | 'reverse';
  /** The owner's own sentence that shows it, as it can be quoted. */
  readonly quote: string;
  /** How well the quote tells it to somebody who was not there, 0..1. */
  readonly telling: number;
}

export const readingTable = {
  sentences: 16,
  /** A template is at most a third of the message it stands in. */
  templateShare: 3,
  /** Characters of a sentence that is read, and of a quote. */
  longestSentence: 280,
  longestQuote: 150,
  leastWords: 4,
  mostWords: 26,
  /** Quotes that tell less are not told. */
  telling: 0.5,
} as const;

const sentencesIn = (memory: Memory) =>
  sentencesOf(withApostrophes(ownWords(memory.text))).slice(0, readingTable.sentences);

/**
 * Sentences that stand word for word in several longer messages: output and templates pasted along, not said. The same
 * message kept twice counts once.
 */
export async function templatesIn(
  memories: readonly Memory[],
  breathe: () => Promise<void>,
): Promise<ReadonlySet<string>> {
  const found = new Map<string, string>();
  const templates = new Set<string>();
  for (const memory of memories) {
    if (memory.kind !== 'episode') continue;
    await breathe();
    for (const sentence of new Set(sentencesIn(memory))) {
      if (memory.text.length < sentence.length * readingTable.templateShare) continue;
      const first = found.get(sentence);
      if (first === undefined) found.set(sentence, memory.text);
      else if (first !== memory.text) templates.add(sentence);
    }
  }
  return templates;
}

/** The strongest trace of each schema that the memory shows. */
export function tracesOf(memory: Memory, templates: ReadonlySet<string> = new Set()): readonly Trace[] {
  const found = new Map<string, Trace>();
  const lesson = memory.kind !== 'episode';
  const sentences = lesson ? [withApostrophes(memory.text)] : sentencesIn(memory);
  for (const sentence of sentences) {
    if (sentence.length > readingTable.longestSentence || isPasted(sentence) || templates.has(sentence))
      continue;
    for (const schema of lessonSchemas) {
      const hit = sideOf(schema, sentence);
      if (hit === undefined) continue;
      const quote = lesson ? memory.text.replace(/[.\s]+$/, '') : quoteOf(sentence, hit.at);
      const telling = lesson ? tellingOfRule(memory) : tellingOf(quote, hit.words, memory);
      const known = found.get(schema.name);
      if (known === undefined || telling > known.telling)
        found.set(schema.name, { memory, schema, side: hit.side, quote, telling });
    }
  }
  return [...found.values()];
}

/**
 * Uses each pattern once, with a breath between: a pattern is compiled when it is first used, and all of them within the
 * first sentence would hold the thread for a tenth of a second.
 */
export async function readyPatterns(breathe: () => Promise<void>): Promise<void> {
  for (const { problems, remedies, reverses = [] } of lessonSchemas)
    for (const pattern of [...problems, ...remedies, ...reverses]) {
      await breathe();
      /* Twice: the first time V8 only interprets it. */
      pattern.exec('nothing');
      pattern.exec('nothing');
    }
}

interface Hit {
  readonly side: Trace['side'];
  readonly at: number;
  /** The words by which it was known. */
  readonly words: string;
}

/** What stands before forbids it. */
const forbidden =
  /(?:^|[,;:] |\b(?:please|must|should|we|also|and|but) )(?:never|don't|do not|avoid|no)\b[^,;]{0,30}$/i;
/** What stands before says that it is not so. */
const denied = /(?:\bnot|n't|\bnever|\bno|\bwithout)\b[^,;]{0,25}$/i;

/** What its owner did is told, not asked for: "I used a stub". */
const told =
  /^\W*(?:(?:ok(?:ay)?|so|well|and|but|then|yes|no|actually|before|earlier|yesterday)[\s,]+)*(?:i|we)(?:'ve| have| had)?(?: just| already| also| only| have)* (?:\p{L}{3,}ed|used|ran|did|put|made|took|went|got|left|kept|wrote|built|set|cut|let)\b/iu;

/** What is forbidden is not asked for: the reverse counts only where neither problem nor remedy is there. */
function sideOf(schema: LessonSchema, sentence: string): Hit | undefined {
  const sides = [
    ['problem', schema.problems],
    ['remedy', schema.remedies],
    ['reverse', schema.reverses ?? []],
  ] as const;
  for (const [side, patterns] of sides)
    for (const pattern of patterns) {
      const match = pattern.exec(sentence);
      if (match === null) continue;
      const before = sentence.slice(0, match.index);
      if (side === 'reverse' && (denied.test(before) || told.test(sentence))) continue;
      /* Trouble that is forbidden is a remedy. */
      return {
        side: side === 'problem' && forbidden.test(before) ? 'remedy' : side,
        at: match.index,
        words: match[0],
      };
    }
  return undefined;
}

/** Output of programs, paths, code and the headed points of a pasted plan rather than something said. */
const pasted =
  /^\W*\*\*[^*]{2,80}\*\*|^(?:error|warning|npm|at |fatal|traceback|exception|uncaught|info|debug|\W*\d{4}-\d\d|[A-Z]\w*Error\b|[$>#|+-])|[{}<>|]{2}|=>|\bat \S+:\d+|https?:\/\/\S{30}|\.\w+:\d+|:\/\/localhost|\b\d{3,} ?ms\b|exceeded\W*$/i;
const isPasted = (sentence: string) => pasted.test(sentence.trim());

/** The sentence without what is only talk; of a long one the part around the place where the schema shows. */
function quoteOf(sentence: string, at: number): string {
  const plain = (text: string) =>
    coreOf(text.replace(/\s+/g, ' ').replace(/[“”]/g, '"'))
      .replace(/^[\s,;:–—-]+|[\s,;:.!–—-]+$/gu, '')
      .trim();
  const whole = plain(sentence);
  if (whole.length <= readingTable.longestQuote) return whole;
  const breaks = /[,;:]\s|\s[–—-]\s/g;
  let [start, end] = [0, sentence.length];
  for (let found = breaks.exec(sentence); found !== null; found = breaks.exec(sentence)) {
    if (found.index < at) start = found.index + 1;
    else {
      end = found.index;
      break;
    }
  }
  return plain(sentence.slice(start, end));
}

/** Stems that tell nothing of what it is about. */
const vague: ReadonlySet<string> = new Set(
  `error issu problem thing stuff still see get work fail chang make do use file part way bit code time just now also
  again go let want need look try one two right wrong good think`.split(/\s+/),
);
const pointing = /\b(?:this|that|it|these|those|them|here|there|its|they|one|he|she)\b/gi;
const conduct = /\b(?:you|you're|why|always|never|must|should|we|let's|don't)\b/i;
/** A number, an address, a file deep in a tree: what only one place has. */
const tooNear = /#\d+|@?[\w.-]+(?:\/[\w.-]+){2,}|\btasks? \d+|\bline \d+|\b[0-9a-f]{8,}\b|https?:/i;

/** How well words tell their schema to somebody who was not there. */
function tellingOf(quote: string, cue: string, memory: Memory): number {
  const words = quote.split(/\s+/);
  const count = (sign: string) => quote.split(sign).length - 1;
  if (
    words.length < readingTable.leastWords ||
    quote.length > readingTable.longestQuote ||
    count('`') % 2 === 1 ||
    count('"') % 2 === 1 ||
    count('(') !== count(')') ||
    !/\p{L}/u.test(quote)
  )
    return 0;
  let telling = 0.6;
  if (conduct.test(quote)) telling += 0.2;
  if (memory.standing) telling += 0.1;
  if (words.length > readingTable.mostWords) telling -= 0.2;
  if (tooNear.test(quote)) telling -= 0.2;
  /* What it points at is not there any more, unless the words of the cue say it all. */
  const pointed = quote.replace(cue, ' ').match(pointing)?.length ?? 0;
  telling -= Math.min(0.3, 0.1 * pointed);
  const names = quote.match(/[`@][\w./-]+|\b\w+[A-Z]\w*\b|\w+\.\w{1,4}\b|\w+_\w+/g)?.length ?? 0;
  telling -= Math.min(0.2, 0.05 * names);
  const content = new Set(termsOf(quote).filter((term) => !vague.has(term))).size;
  telling -= Math.max(0, 0.15 * (3 - content));
  return Math.min(1, Math.max(0, telling));
}

const tellingOfRule = ({ text }: Memory) => (standsAsRule(text) ? 1 : 0.4);

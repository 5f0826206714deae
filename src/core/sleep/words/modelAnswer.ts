/**
 * The border at which a language model's answer becomes a wording, or does not. The answer is somebody else's text: it
 * is parsed by a schema, and what it says must be what the evidence said. A refused answer costs nothing, the lesson
 * keeps the words it was found with; a false one would be told to every assistant, so every doubt refuses.
 */
import { z } from 'zod/mini';
import type { Memory } from '../../memory.ts';
import type { ModelRefusal } from '../../model.ts';
import { isImperative } from '../../text/imperative.ts';
import { stopWords } from '../../text/stopWords.ts';
import { termSetOf, termsOf } from '../../text/terms.ts';
import { tunables } from '../../tunables.ts';
import { plainTerms } from '../crystallization/plainWords.ts';
import { changedMeaning, turnsRound } from './modelMeaning.ts';

const { model: limits } = tunables;

const part = z.optional(z.nullable(z.string()));
const ruleAnswer = z.object({ text: z.string(), why: part, when: part });
const dreamAnswer = z.object({ text: z.string() });

const nullable = { type: ['string', 'null'] } as const;
/** The same forms as JSON schemas, for models that can be held to one. */
export const ruleSchema = {
  type: 'object',
  properties: { text: { type: 'string' }, why: nullable, when: nullable },
  required: ['text', 'why', 'when'],
  additionalProperties: false,
} as const;
export const dreamSchema = {
  type: 'object',
  properties: { text: { type: 'string' } },
  required: ['text'],
  additionalProperties: false,
} as const;

export interface RuleWords {
  readonly text: string;
  readonly why?: string;
  readonly when?: string;
}

export type Judged<T> =
  | { readonly accepted: true; readonly words: T }
  | { readonly accepted: false; readonly why: ModelRefusal };

const refuse = (why: ModelRefusal): { readonly accepted: false; readonly why: ModelRefusal } => ({
  accepted: false,
  why,
});

/** The one JSON document of an answer; a code fence around the whole of it is habit and is taken off. */
function parse<T>(answer: string, schema: z.ZodMiniType<T>): Judged<T> {
  if (answer.length > limits.answerLength) return refuse('too-long');
  const bare = /^\s*```(?:json)?[ \t]*\n([\s\S]*?)\n?```\s*$/.exec(answer)?.[1] ?? answer;
  let value: unknown;
  try {
    value = JSON.parse(bare);
  } catch {
    return refuse('malformed');
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? { accepted: true, words: parsed.data } : refuse('wrong-form');
}

/** Control, format (bidi, zero-width, tags), private and unassigned characters, line ends, and fences. */
const unsafeSigns = /[\p{C}\p{Zl}\p{Zp}]|```|~~~|<!--|-->|<\/?[a-z]+|\]\(|\[\[|\{\{|\$\(|&&|\|/iu;

/** One line in plain signs, or undefined. Backticks around a name are taken off. */
function lineOf(text: string): string | undefined {
  const line = text.normalize('NFC').trim();
  if (unsafeSigns.test(line)) return undefined;
  const plain = line.replace(/`([^`]+)`/g, '$1').replace(/ {2,}/g, ' ');
  return plain.includes('`') ? undefined : plain;
}

/** What a wording may be made of. */
interface Said {
  /** Terms of all that the model was told the user said. */
  readonly terms: ReadonlySet<string>;
  /** Its words as they stand there, lower-cased: a name must be one of them, letter by letter. */
  readonly tokens: ReadonlySet<string>;
}

const edges = /^[\s"'“”‘’«»()[\]{},.:;!?…–—-]+|[\s"'“”‘’«»()[\]{},.:;!?…–—-]+$/gu;
const tokensOf = (text: string): readonly string[] =>
  text
    .replace(/`/g, ' ')
    .split(/\s+/)
    .map((token) => token.replace(edges, ''))
    .filter((token) => token !== '');

function saidIn(texts: readonly string[]): Said {
  const whole = texts.join('\n');
  return {
    terms: termSetOf(whole),
    tokens: new Set(tokensOf(whole).map((token) => token.toLowerCase())),
  };
}

const plainWord = /^\p{L}\p{Ll}*(?:['’]\p{Ll}+)?$/u;

/** Words of `text` that nobody said; undefined where one of them is more than an everyday word. */
function newTerms(text: string, said: Said): ReadonlySet<string> | undefined {
  const fresh = new Set<string>();
  for (const token of tokensOf(text)) {
    if (said.tokens.has(token.toLowerCase())) continue;
    for (const word of token.split(/[-–/]/).filter((one) => one !== '')) {
      /* A path, an option, a number, a name in capitals: as it was said, or not at all. */
      if (token.includes('/') || token.startsWith('--') || !plainWord.test(word)) return undefined;
      const terms = termsOf(word);
      /* "A" is no term; neither is a single letter, which could be an option or a drive. */
      if (terms.length === 0 && !stopWords.has(word.toLowerCase().replace(/['’]/g, '')) && word !== 'A')
        return undefined;
      for (const term of terms) {
        if (said.terms.has(term)) continue;
        if (!plainTerms.has(term)) return undefined;
        fresh.add(term);
      }
    }
  }
  return fresh;
}

/** Is `text` made of what was said, at least to `share` of its informative terms? */
function isFounded(text: string, said: Said, share: number): boolean {
  const fresh = newTerms(text, said);
  if (fresh === undefined) return false;
  const terms = termSetOf(text);
  return terms.size > 0 && fresh.size <= limits.mostNew && (terms.size - fresh.size) / terms.size >= share;
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const closed = (text: string) => (text.endsWith('.') ? text : `${text.replace(/[!;:,]+$/, '')}.`);

/** A reason or an occasion, where it is one line founded in what was said; else the one there was stays. */
function clauseOf(value: string | null | undefined, longest: number, said: Said): string | undefined {
  if (value === undefined || value === null || value.trim() === '') return undefined;
  const line = lineOf(value);
  if (line === undefined || line.length > longest || !isFounded(line, said, limits.dreamFromEvidence))
    return undefined;
  return line.replace(/\.$/, '');
}

/** Judges the answer to a question about `rule`, which rests on what was `told` (the evidence as it was sent). */
export function judgeRule(answer: string, rule: Memory, told: readonly string[]): Judged<RuleWords> {
  const parsed = parse(answer, ruleAnswer);
  if (!parsed.accepted) return parsed;
  const { text, why, when } = parsed.words;
  const line = lineOf(text);
  /* Unsafe anywhere is unsafe: such an answer is not to be picked from. */
  if (line === undefined || [why, when].some((one) => one && lineOf(one) === undefined))
    return refuse('unsafe');
  const order = closed(capitalised(line));
  const oneSentence = !/[.!?…][\s"'”)]+\S/u.test(order) && !/\?[\s"'”).]*$/u.test(order);
  if (order.length > limits.textLength || !oneSentence) return refuse('not-an-order');
  /* A language whose orders we cannot read is not held against it. */
  if (!isImperative(order) && isImperative(rule.text)) return refuse('not-an-order');
  const said = saidIn([...told, rule.text]);
  if (!isFounded(order, said, limits.fromEvidence)) return refuse('invented');
  const changed = changedMeaning(order, rule.text, told);
  if (changed !== undefined) return refuse(changed);
  const known = saidIn([...told, rule.text, rule.lesson.why ?? '', rule.lesson.when ?? '']);
  const reason = clauseOf(why, limits.whyLength, known);
  const occasion = clauseOf(when, limits.whenLength, known);
  const words: RuleWords = {
    text: order,
    ...(reason === undefined ? {} : { why: reason }),
    ...(occasion === undefined ? {} : { when: occasion }),
  };
  if (order === rule.text && (words.why ?? rule.lesson.why) === rule.lesson.why) return refuse('unchanged');
  return { accepted: true, words };
}

/** "In one you said “…”, in another “…”. ", which the model does not word: it is not told the projects. */
const sourcesOf = (dream: string) => /^.*”[^”]*?[.:]\s/s.exec(dream)?.[0] ?? '';

/** Judges the answer to a question about a dream that ties what two lessons say. */
export function judgeDream(answer: string, dream: Memory, told: readonly string[]): Judged<RuleWords> {
  const parsed = parse(answer, dreamAnswer);
  if (!parsed.accepted) return parsed;
  const line = lineOf(parsed.words.text);
  if (line === undefined) return refuse('unsafe');
  const text = closed(line);
  if (text.length > limits.dreamLength) return refuse('not-an-order');
  if (!isFounded(text, saidIn([...told, dream.text]), limits.dreamFromEvidence)) return refuse('invented');
  const terms = termSetOf(text);
  const ties = told.every((one) => {
    const others = termSetOf(told.filter((other) => other !== one).join('\n'));
    return termsOf(one).some((term) => terms.has(term) && !others.has(term));
  });
  if (!ties) return refuse('unlike');
  if (told.some((one) => turnsRound(text, one))) return refuse('opposite');
  const whole = `${sourcesOf(dream.text)}${text}`;
  if (whole === dream.text) return refuse('unchanged');
  return { accepted: true, words: { text: whole } };
}

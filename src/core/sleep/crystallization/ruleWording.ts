/**
 * The sentence of a rule, made of what its owner said. The best statement of the group is taken, not the first: the
 * one that is nearest to all others, names both what is wrong and what is right, stands on its own (no "this", no
 * task number, no file that only one of them names) and is short. Deterministic; a language model may improve it.
 */

import { eachNeeds, holdsForKind } from '../../capture/standingKinds.ts';
import type { Memory } from '../../memory.ts';
import type { Steps } from '../../steps.ts';
import { isImperative, ordersIn, sentence } from '../../text/imperative.ts';
import { areOpposite } from '../../text/opposition.ts';
import { type Comparable, mentionOf, profileOf } from '../../text/profile.ts';
import type { Corpus } from '../../text/similarity.ts';
import { stancesOf } from '../../text/stance.ts';
import { shareOfTerms, termsOf } from '../../text/terms.ts';
import { lastsInTongue, ordersInTongue, spaceless } from '../../text/tongues.ts';
import { dot, emptyVector, likenessWithin, plus, type Vector } from '../../text/vector.ts';
import { clusterTable } from './clusters.ts';
import { isErrand } from './errand.ts';
import { withItsForm } from './ruleContent.ts';
import { type Heard, heardIn, isEchoed } from './ruleEcho.ts';
import { inWrittenOrder } from './ruleOrder.ts';
import { withoutItsRecord } from './ruleRecord.ts';
import { ofAnything, standsAsRule } from './ruleSentence.ts';
import { type Sides, sidesOf } from './ruleSides.ts';

export interface Wording extends Sides {
  readonly statement: string;
  /** 0..1: how well the sentence stands on its own. Under `wordingTable.usable` it should not be told to anybody. */
  readonly quality: number;
  /** The sentence itself, not only the message around it, speaks of something lasting. */
  readonly lasting: boolean;
}

export const wordingTable = {
  /** Members whose words are looked at. */
  speakers: 60,
  /** Parts of a candidate's score. */
  central: 1,
  complete: 0.2,
  imperative: 0.12,
  /** Neither an order nor "X must be Y": a report, not a rule. */
  report: 0.25,
  /** "Make a rule for it": about writing the rule down, not what it says. */
  bookkeeping: 0.35,
  /** Among the words of somebody who said something lasting, the clause that says it. */
  standing: 0.15,
  lasting: 0.05,
  support: 0.5,
  /** Taken off for each defect. */
  deictic: 0.15,
  local: 0.2,
  question: 0.25,
  /** Words beyond this make a sentence a paragraph; under the least it says too little. */
  mostWords: 24,
  leastWords: 3,
  length: 0.02,
  /** A sentence was said by who said this share of its words. */
  allSaid: 0.8,
  usable: 0.45,
  /** A single statement must stand better on its own than a sentence that many said. */
  aloneUsable: 0.1,
  /** Sessions alone bring a rule into use only where its sentence is at least this good; else it is proposed. */
  activeUsable: 0.6,
} as const;

const deictic =
  /\b(?:this|that|these|those|it|here|there|above|below|them|he|she|i|my|(?<!\b(?:tell|ask|remind|show|give|let|wait for) )me|you|your)\b/gi;
const duty = new RegExp(
  `${/\b(?:should|must|always|never|needs? to|has to|have to|only|not|don'?t|instead of|rather than|prefer)\b/.source}|${eachNeeds.source}`,
  'i',
);
const strongDuty = /\b(?:should|must|always|never|only|has to|have to)\b/i;
const danglingPlace = /^\S+(?: (?!in |on |to |into |from |at )\S+)*, not (?:in|on|to|into|from|at)\b/i;
const aboutRules =
  /^(?:always )?(?:record|note|document|remember) what\b|^(?:always |never )?(?:make|add|create|write|update|improve|change|record) (?:a|an|the|that|this|whichever|or)\b.{0,24}\b(?:rule|rules|guideline|guidelines|document|doc|docs|convention|instructions)\b/i;
const local =
  /(?:#\s?\d+|\btask\s+#?\d+|\b\d{3,}\b|\b[0-9a-f]{7,40}\b|https?:\/\/|\bline \d+|\b(?:today|yesterday|tomorrow|earlier|previous(?:ly)?|last (?:time|one)|we just|just now)\b)/gi;
const fileName = /[\w-]+(?:\/[\w.-]+)+|\b[\w-]+\.(?:[a-z]{1,4})\b/gi;

/** "@agent …": to whom it is said, no mention of a file. */
const addressee = /^\s*@[\w-]+\s+(?=\S)/;

interface Candidate {
  readonly text: string;
  /** The words it is made of, where it was worded anew. */
  readonly heard?: string;
  readonly standing: boolean;
}

/** Thought aloud, or really asked: no order, whatever a reader made of it. */
const wondering =
  /\b(?:perhaps|maybe|possibly|i wonder|not sure|any (?:other )?ideas?)\b|^\W*(?:(?:ok(?:ay)?|so|and|but|also|wait|hm+)[\s,.!]+)*(?:should|shall|do|does|is|are|was|were|will|would it|how|what|where|when|which|who|why (?:do|does|is|are|can|should) (?!you))\b[^?]*\?/i;

/**
 * Candidate statements of one memory: its own lesson, and the orders that can be read out of its words. What is not to
 * be done yet is not forbidden for ever, but until it is asked for.
 */
function candidatesOf(memory: Memory): readonly Candidate[] {
  if (!memory.standing && wondering.test(memory.text)) return [];
  return onceEach(readCandidates(memory), memory.standing).map((read) => {
    const candidate = inOrder(unwrapped(read));
    const bare = candidate.text.replace(/(?: yet)?[.!]*$/i, '');
    if (!/\byet\b/i.test(memory.text) || !/^(?:do not|don't) /i.test(bare)) return candidate;
    return { ...candidate, text: `${bare} until asked.`, heard: `${bare}.` };
  });
}

function unwrapped(candidate: Candidate): Candidate {
  const text = withoutItsRecord(candidate.text);
  return text === candidate.text
    ? candidate
    : { ...candidate, text, heard: candidate.heard ?? candidate.text };
}

const inOrder = (candidate: Candidate): Candidate => {
  const text = inWrittenOrder(candidate.text);
  return text === candidate.text
    ? candidate
    : { ...candidate, text, heard: candidate.heard ?? candidate.text };
};

/** The same words from two readers are one candidate; the only one of a lasting statement is what was said to last. */
function onceEach(candidates: readonly Candidate[], standing: boolean): readonly Candidate[] {
  const merged = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = merged.get(candidate.text);
    merged.set(
      candidate.text,
      known === undefined ? candidate : { ...known, standing: known.standing || candidate.standing },
    );
  }
  const [only, ...more] = merged.values();
  return standing && only !== undefined && more.length === 0
    ? [{ ...only, standing: true }]
    : [...merged.values()];
}

function readCandidates(memory: Memory): readonly Candidate[] {
  // Read out of "@agent …", a statement would speak of the one it is said to.
  const own = addressee.test(memory.text) ? '' : memory.lesson.statement.trim();
  const isOwnWords =
    own === '' || memory.text.trim().startsWith(own.replace(/[.!?]$/, '')) || isWrapped(own, memory);
  const stated = isOwnWords ? [] : [{ text: sentence(own) ?? own, standing: duty.test(own) }];
  const made = [...stated, ...ordersIn(memory.text.replace(addressee, ''))];
  if (made.length === 0 && memory.text.length <= 160) {
    const line = memory.text.replace(/\s+/g, ' ');
    made.push({ text: sentence(line) ?? line, standing: false });
  }
  return made;
}

/** "hola" read as "Use the hola": the verb was never said, nor was anything turned down. */
const isWrapped = (own: string, { text, lesson }: Memory) =>
  /^use\b/i.test(own) && lesson.wrong === undefined && !/\b(?:us(?:e[ds]?|ing)|instead|not)\b/i.test(text);

/** Words the rule of a group of positions in `corpus`. Undefined where nothing was said that can be told (see ruleSentence.ts). */
export function* wordingSteps(corpus: Corpus<Memory>, group: readonly number[]): Steps<Wording | undefined> {
  const positions = centralOf(corpus, group);
  const members = positions.flatMap((at) => corpus.memories[at] ?? []);
  const vectors = positions
    .map((at) => corpus.vectors.at(at))
    .filter((vector): vector is Vector => vector !== undefined);
  const theme = sumOf(vectors);
  const square = dot(theme, theme);
  /* A skill names an error and what mends it. */
  const skill = members.every(({ label }) => label === 'fix');
  const heard = heardIn(corpus, positions);
  const said = termShares(heard.stances);
  const files = new Map<string, number>();
  for (const member of members) {
    for (const file of new Set(member.text.match(fileName) ?? []))
      files.set(file, (files.get(file) ?? 0) + 1);
  }
  /* What some said to be for a while only is not forbidden for ever. */
  const waiting = members.filter(({ text }) => /\byet\b/i.test(text)).length;
  const waits = waiting >= 2 || waiting * 4 >= members.length;
  const shared = (file: string) => members.length < 2 || (files.get(file) ?? 0) * 2 >= members.length;
  let best: { text: string; score: number; quality: number; lasting: boolean } | undefined;
  const seen = new Set<string>();
  for (const member of members) {
    yield;
    for (const { text, standing, heard: words = text } of candidatesOf(member)) {
      if (seen.has(text)) continue;
      seen.add(text);
      yield;
      if (!skill && !standsAsRule(text)) continue;
      const candidate = { text: words, lesson: { statement: words }, label: 'decision' as const };
      const cited = instructionFilesIn(words);
      /* What a file of instructions says is no errand: it holds whenever there is occasion. */
      const errand = cited.length === 0 && isErrand(text);
      const own = member.standing && standing && !errand;
      const alone = members.length < 2 && !errand;
      if (!skill && !own && !alone && !isEchoed(candidate, { errand, cited }, heard, corpus)) continue;
      const vector = corpus.vectorOf(candidate);
      if (areOpposite(vector, theme, corpus.background.poles)) continue;
      const lasting = member.standing ? (standing ? wordingTable.standing : -wordingTable.standing) : 0;
      const hasty = waits && /^do not\b/i.test(text) && !/\b(?:until|before|unless)\b/i.test(text);
      const form = formOf(text, shared) + lasting - (hasty ? wordingTable.report : 0);
      const score =
        likenessWithin(dot(vector, theme), dot(vector, vector) * square) * wordingTable.central +
        supportFor(candidate, said) * wordingTable.support +
        form;
      if (best === undefined || score > best.score)
        best = {
          text,
          score,
          quality: clamp(0.6 + form),
          lasting:
            (standing || duty.test(text) || ordersInTongue(text)) &&
            (isImperative(text) || strongDuty.test(text) || lastsInTongue(text) || holdsForKind(text)),
        };
    }
  }
  if (best === undefined) return undefined;
  const { text } = best;
  return {
    statement: withItsForm(text, members),
    quality: best.quality,
    /* The best sentence need not be the one that was said outright as lasting. */
    lasting: best.lasting || members.some((member) => member.standing && saysAll(text, member.text)),
    ...sidesOf(best.text, members),
  };
}

/** Of a very large group, those nearest to its theme speak for it; in their own order. */
export function centralOf(corpus: Corpus<Memory>, group: readonly number[]): readonly number[] {
  if (group.length <= wordingTable.speakers) return group;
  const theme = group
    .slice(0, wordingTable.speakers * 4)
    .reduce((sum, at) => plus(sum, corpus.vectors.at(at), clusterTable.theme), emptyVector);
  const near = new Map(group.map((at) => [at, dot(theme, corpus.vectors.at(at))]));
  return [...group]
    .sort((a, b) => (near.get(b) ?? 0) - (near.get(a) ?? 0) || a - b)
    .slice(0, wordingTable.speakers)
    .sort((a, b) => a - b);
}

const sumOf = (vectors: readonly Vector[]) => vectors.reduce((sum, vector) => plus(sum, vector), emptyVector);

/** Files that say how to work, as they are mentioned; their names as a profile keeps them. */
const instructionFile =
  /(?:@|\(see )((?:[\w.-]+\/)*(?:[\w-]+\.mdc|[\w.-]+\.instructions\.md|(?:agents|claude|gemini|contributing|conventions|copilot-instructions)\.md|\.cursorrules|\.windsurfrules))\b/gi;

const instructionFilesIn = (text: string): readonly string[] =>
  [...text.matchAll(instructionFile)].map(([, path = '']) => mentionOf(`@${path.toLowerCase()}`));

/** Share of the group that says each term. */
function termShares(stances: Heard['stances']): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const stance of stances) {
    for (const term of stance.keys()) shares.set(term, (shares.get(term) ?? 0) + 1 / stances.length);
  }
  return shares;
}

/** How much of the sentence the group as a whole says: words of one occasion do not belong into a rule. */
function supportFor(candidate: Comparable, said: ReadonlyMap<string, number>): number {
  let [sum, count] = [0, 0];
  for (const term of profileOf(candidate).stance.keys()) {
    if (term.includes(' ')) continue;
    sum += Math.sqrt(said.get(term) ?? 0);
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

/** Is the sentence of a rule that is there good enough to be told, by the measure that a new one must meet? */
export function mayComeIntoUse({ kind, text }: Pick<Memory, 'kind' | 'text'>): boolean {
  const quality = clamp(0.6 + formOf(text, () => true));
  return quality >= wordingTable.activeUsable && (kind === 'skill' || standsAsRule(text));
}

/** Are nearly all words of a sentence in what was said? Of small words alone ("do it yourself") all are. */
const saysAll = (sentence: string, said: string): boolean =>
  termsOf(sentence).length === 0 || shareOfTerms(sentence, said) >= wordingTable.allSaid;

/** How well a sentence stands on its own: > 0 better, < 0 worse than a plain one. */
function formOf(text: string, shared: (file: string) => boolean): number {
  const words = text.split(/\s+/).length;
  const signs = stancesOf(text, false).flatMap((stance) =>
    stance.words.filter(({ word }) => termsOf(word).length > 0).map(({ sign }) => sign),
  );
  let form = 0;
  if (signs.some((sign) => sign > 0.4) && signs.some((sign) => sign < -0.4)) form += wordingTable.complete;
  if (isImperative(text) || ordersInTongue(text) || holdsForKind(text)) form += wordingTable.imperative;
  else if (!duty.test(text)) form -= wordingTable.report;
  if (/^(?:fix|use it'?s)\b[: ]/i.test(text)) form -= wordingTable.report;
  if (danglingPlace.test(text)) form -= wordingTable.deictic;
  if (aboutRules.test(text)) form -= wordingTable.bookkeeping;
  if (/\b(?:always|never)\b/i.test(text) || lastsInTongue(text)) form += wordingTable.lasting;
  form -= wordingTable.deictic * Math.min(3, (ofAnything(text).match(deictic) ?? []).length);
  form -= wordingTable.local * Math.min(2, (text.match(local) ?? []).length);
  form -=
    wordingTable.local * Math.min(2, (text.match(fileName) ?? []).filter((file) => !shared(file)).length);
  if (/\?\s*$/.test(text)) form -= wordingTable.question;
  if (words > wordingTable.mostWords) form -= (words - wordingTable.mostWords) * wordingTable.length;
  if (words < wordingTable.leastWords && !spaceless.test(text)) form -= 0.3;
  return form;
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));

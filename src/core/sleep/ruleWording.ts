/**
 * The sentence of a rule, made of what its owner said. The best statement of the group is taken, not the first: the
 * one that is nearest to all others, names both what is wrong and what is right, stands on its own (no "this", no
 * task number, no file that only one of them names) and is short. Deterministic; a language model may improve it.
 */
import type { Memory } from '../memory.ts';
import { isImperative, ordersIn, sentence } from '../text/imperative.ts';
import { areOpposite, type Corpus, dot, type Vector } from '../text/similarity.ts';
import { stancesOf } from '../text/stance.ts';

export interface Wording {
  readonly statement: string;
  readonly wrong?: string;
  readonly right?: string;
  readonly why?: string;
  readonly when?: string;
  /** 0..1: how well the sentence stands on its own. Under `wordingTable.usable` it should not be told to anybody. */
  readonly quality: number;
}

export const wordingTable = {
  /** Parts of a candidate's score. */
  central: 1,
  complete: 0.12,
  imperative: 0.12,
  standing: 0.06,
  /** Taken off for each defect. */
  deictic: 0.15,
  local: 0.2,
  question: 0.25,
  /** Words beyond this make a sentence a paragraph; under the least it says too little. */
  mostWords: 24,
  leastWords: 3,
  length: 0.02,
  usable: 0.3,
} as const;

const deictic = /\b(?:this|that|these|those|it|here|there|above|below|them|he|she|i|my|me|you|your)\b/gi;
const local =
  /(?:#\s?\d+|\btask\s+#?\d+|\b\d{3,}\b|\b[0-9a-f]{7,40}\b|https?:\/\/|\bline \d+|\b(?:today|yesterday|tomorrow|earlier|previous(?:ly)?|last (?:time|one)|we just|just now)\b)/gi;
const fileName = /[\w-]+(?:\/[\w.-]+)+|\b[\w-]+\.(?:[a-z]{1,4})\b/gi;

/** Candidate statements of one memory: its own lesson, and the orders that can be read out of its words. */
function candidatesOf(memory: Memory): readonly string[] {
  const own = memory.lesson.statement;
  const made = ordersIn(memory.text);
  const stated = own !== '' && own.trim() !== memory.text.trim() ? [sentence(own) ?? own] : [];
  if (stated.length === 0 && made.length === 0 && memory.text.length <= 160)
    return [sentence(memory.text) ?? memory.text];
  return [...stated, ...made];
}

/** Words the rule of a group; `positions` point into `corpus`. */
export function wordRule(corpus: Corpus<Memory>, positions: readonly number[]): Wording | undefined {
  const members = positions.flatMap((at) => corpus.memories[at] ?? []);
  const vectors = positions
    .map((at) => corpus.vectors[at])
    .filter((vector): vector is Vector => vector !== undefined);
  const files = new Map<string, number>();
  for (const member of members) {
    for (const file of new Set(member.text.match(fileName) ?? []))
      files.set(file, (files.get(file) ?? 0) + 1);
  }
  const shared = (file: string) => (members.length < 2 ? true : (files.get(file) ?? 0) * 2 >= members.length);
  let best: { text: string; score: number; quality: number } | undefined;
  const seen = new Set<string>();
  for (const member of members) {
    for (const text of candidatesOf(member)) {
      if (seen.has(text)) continue;
      seen.add(text);
      const vector = corpus.vectorOf({ text, lesson: { statement: text }, label: 'decision' });
      if (vectors.some((other) => areOpposite(vector, other))) continue;
      const central = vectors.reduce((sum, other) => sum + dot(vector, other), 0) / vectors.length;
      const form = formOf(text, shared);
      const score = central * wordingTable.central + form;
      if (best === undefined || score > best.score) best = { text, score, quality: clamp(0.6 + form) };
    }
  }
  if (best === undefined) return undefined;
  const why =
    firstOf(members, (memory) => memory.lesson.why) ?? firstOf(members, (memory) => reasonIn(memory.text));
  const when = firstOf(members, (memory) => memory.lesson.when);
  const right = commonest(members.map((memory) => memory.lesson.right));
  const wrong = commonest(members.map((memory) => memory.lesson.wrong));
  return {
    statement: best.text,
    quality: best.quality,
    ...(right === undefined ? {} : { right }),
    ...(wrong === undefined ? {} : { wrong }),
    ...(why === undefined ? {} : { why }),
    ...(when === undefined ? {} : { when }),
  };
}

/** How well a sentence stands on its own: > 0 better, < 0 worse than a plain one. */
function formOf(text: string, shared: (file: string) => boolean): number {
  const words = text.split(/\s+/).length;
  const signs = stancesOf(text, false).flatMap((stance) => stance.words.map(({ sign }) => sign));
  let form = 0;
  if (signs.some((sign) => sign > 0.4) && signs.some((sign) => sign < -0.4)) form += wordingTable.complete;
  form += isImperative(text) ? wordingTable.imperative : -wordingTable.imperative;
  if (/\b(?:always|never)\b/i.test(text)) form += wordingTable.standing;
  form -= wordingTable.deictic * Math.min(3, (text.match(deictic) ?? []).length);
  form -= wordingTable.local * Math.min(2, (text.match(local) ?? []).length);
  form -=
    wordingTable.local * Math.min(2, (text.match(fileName) ?? []).filter((file) => !shared(file)).length);
  if (/\?\s*$/.test(text)) form -= wordingTable.question;
  if (words > wordingTable.mostWords) form -= (words - wordingTable.mostWords) * wordingTable.length;
  if (words < wordingTable.leastWords) form -= 0.3;
  return form;
}

/** A stated reason: "because …", "so that …", "otherwise …". */
function reasonIn(text: string): string | undefined {
  const found =
    /\b(?:because|since|so that|otherwise|as it|bc|weil|parce que|porque)\b\s+([^.;\n?!]{8,160})/i.exec(
      text,
    )?.[0];
  return found?.replace(/^bc\b/i, 'because').replace(/\s+/g, ' ').trim();
}

function firstOf(
  members: readonly Memory[],
  read: (memory: Memory) => string | undefined,
): string | undefined {
  const found = members
    .map(read)
    .filter((value): value is string => value !== undefined && value.trim() !== '');
  return found.sort((a, b) => Math.abs(a.length - 60) - Math.abs(b.length - 60))[0];
}

function commonest(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values)
    if (value !== undefined && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(
    (a, b) => b[1] - a[1] || a[0].length - b[0].length || (a[0] < b[0] ? -1 : 1),
  )[0]?.[0];
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));

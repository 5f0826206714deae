/**
 * What stands behind the sentence of a rule: what it sets against what, why, and when it holds. Only of those who said
 * what the sentence says: others of the group may have wanted something beside it.
 */
import { baseOfPast } from '../../capture/verbs.ts';
import type { Lesson, Memory } from '../../memory.ts';
import { termsOf } from '../../text/terms.ts';

export type Sides = Pick<Lesson, 'wrong' | 'right' | 'why' | 'when'>;

/** Somebody said what the sentence says if the shorter of the two has so many of its words in the other. */
const saysSo = 0.5;
/** Letters of a reason that tells enough and not too much. */
const fitting = 60;

export function sidesOf(statement: string, members: readonly Memory[]): Sides {
  const kin = members
    .map((memory) => ({ memory, weight: kinship(statement, saidBy(memory)) }))
    .filter(({ weight }) => weight >= saysSo);
  const heaviest = (read: (lesson: Lesson) => string | undefined) => {
    const weights = new Map<string, number>();
    for (const { memory, weight } of kin) {
      const value = read(memory.lesson);
      if (value !== undefined && value !== '') weights.set(value, (weights.get(value) ?? 0) + weight);
    }
    return [...weights].sort(
      (a, b) => b[1] - a[1] || a[0].length - b[0].length || (a[0] < b[0] ? -1 : 1),
    )[0]?.[0];
  };
  const reasons = kin.flatMap(({ memory }) => reasonsOf(memory)).filter(tellsReason);
  const sides: Sides = {
    wrong: heaviest(wrongOf),
    right: heaviest(({ right }) => right),
    why: reasons.sort((a, b) => Math.abs(a.length - fitting) - Math.abs(b.length - fitting))[0],
    when: heaviest(({ when }) => when),
  };
  return Object.fromEntries(Object.entries(sides).filter(([, value]) => value !== undefined));
}

/** A sentence of a message from which no lesson was read says what it says. */
const saidBy = ({ text, lesson }: Memory): Lesson =>
  lesson.statement === '' ? { ...lesson, statement: text } : lesson;

/** "pushed to main again" → "push to main", where that is what is not to be done; "left sidebar" stays. */
function wrongOf({ wrong, statement }: Lesson): string | undefined {
  if (wrong === undefined) return undefined;
  const did = wrong.replace(/(?:,? (?:again|anyway|already|still))+$/i, '');
  const [verb = '', ...rest] = did.split(' ');
  const base = baseOfPastOf(verb);
  const banned = /^(?:do not|never) (\S+)/i.exec(statement)?.[1]?.toLowerCase();
  return base !== undefined && base === banned ? [base, ...rest].join(' ') : did;
}

/** Undefined where the word is no past. */
function baseOfPastOf(word: string): string | undefined {
  const base = baseOfPast(word);
  return base === word.toLowerCase() ? undefined : base;
}

/** The terms of a sentence in which a path or a name made of words is one: who names the same file wants what he likes of it. */
const wordsSaid = (text: string): ReadonlySet<string> =>
  new Set(termsOf(text.replace(/\S*[\p{L}\d][./_]\S+/gu, (name) => name.replace(/[^\p{L}\d]+/gu, ''))));

/** 0..1. */
function kinship(statement: string, lesson: Lesson): number {
  const said = wordsSaid(statement);
  const share = (text: string) => {
    const terms = wordsSaid(text);
    const shared = [...terms].filter((term) => said.has(term)).length;
    return shared / Math.max(1, Math.min(terms.size, said.size));
  };
  return Math.max(share(lesson.statement), share(lesson.right ?? ''), share(lesson.wrong ?? ''));
}

/** What was read as the reason; else what follows "because". */
function reasonsOf({ text, lesson }: Memory): readonly string[] {
  if (lesson.why !== undefined && lesson.why.trim() !== '') return [lesson.why];
  const stated =
    /\b(?:because|since|so that|otherwise|as it|bc|weil|parce que|porque)\b\s+([^.;\n?!]{8,160})/i.exec(
      text,
    )?.[0];
  return stated === undefined ? [] : [stated.replace(/^bc\b/i, 'because').replace(/\s+/g, ' ').trim()];
}

const present =
  /^(?:\p{L}{2,}(?:s|ed)|is|are|was|were|has|have|had|can|cannot|can'?t|must|will|would|should|do|does|did|need|break|fail|get|make|take|cost|use|run|depend|belong|live|go|hold|contain|carry|leak|lack|block|hide|include|rely|expect|read|come|clash|conflict|cause)$/iu;
const subject =
  /^(?:(?:because|since|so that|otherwise|as) )?(?!(?:to|i|i'?d|i'?m|you(?:'re|re)?|my)\b)[\p{L}`\d]/iu;

/** "That was the right choice", "it's wrong": a verdict on the moment, and no reason for anything. */
const verdict =
  /^(?:(?:because|since|as) )?(?:that|this|it|these|those|which)(?:'s| is| was| are| were)(?: (?:just|really|so|a|an|the|not|very|much|all|what))* (?:right|wrong|correct|incorrect|good|bad|better|best|worse|fine|ok(?:ay)?|nice|great|perfect|broken|weird|odd|i|you|we)\b/i;

/** A reason has something that it is true of, and is true elsewhere too: half a sentence tells nobody why. */
function tellsReason(reason: string): boolean {
  if (!subject.test(reason) || /[?]/.test(reason)) return false;
  if (verdict.test(reason.replace(/’/g, "'"))) return false;
  if (/\b(?:here|this (?:one|file|line)|just now)\b/i.test(reason)) return false;
  const [, ...words] = reason.replace(/^(?:because|since|so that|otherwise|as) /i, '').split(/\s+/);
  /* The last word has nothing that it is done to or with. */
  return words.slice(0, -1).some((word) => present.test(word) || baseOfPastOf(word) !== undefined);
}

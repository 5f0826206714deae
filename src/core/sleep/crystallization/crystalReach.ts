/**
 * How far a lesson reaches: whether a group of utterances tells how to work, or is only about a thing at hand (a
 * quarrel about one artefact, a feature that was ordered, the way a conversation goes on). Repetition alone is no
 * lesson: features and "go on" are asked for every day.
 */
import type { Memory } from '../../memory.ts';
import { ordersInTongue } from '../../text/tongues.ts';
import { distinctUtterances, sessionOf } from './crystalEvidence.ts';
import { movesOn } from './ruleSentence.ts';

const points = {
  local: [
    /\bstill\b/i,
    /\btoo(?=\s*(?:[,.!?;)]|$))|\b(?:this one|that one|one of them|fix (?:them|it)|delete (?:it|them|that))\b/i,
    /#\d+|\btask\s+#?\d+/i,
    /\b(?:specifically|i mean|i meant|the (?:last|first|other|wrong) (?:one|part|line|section))\b/i,
    /\b(?:error|exception|traceback|stack trace|fails?|failing|crash(?:es|ed)?|broken|doesn'?t work|not working|hangs?|hanging)\b/i,
    /```|^\s+at \S+ \(|^❯|^\$ /m,
    /\b(?:the|that|this) (?:field|button|line|column|row|label|icon|popup|page|section|screen|dialog)\b/i,
  ],
  lasting: [
    /\b(?:always|never|ever|from now on|in (?:the )?future|going forward|every time|by default|as a rule|all cases)\b/i,
    /\b(?:again|told you|i said|already (?:said|told))\b/i,
    /\bwhy (?:did|didn'?t|are|aren'?t|do|don'?t) you\b/i,
    /\b(?:rule|convention|guideline|instructions?|preference)s?\b|@[\w./-]+\.md/i,
    /(?<!\b(?:i|it|they|we|still|also) )\b(?:don'?t|do not|should|must|instead of|rather than|not the)\b/i,
    /\byou(?:'re|re| are| did| were)\b/i,
  ],
} as const;

/** A lesson of two sessions was said in both; more than this share in one of them is that one's own affair. */
const mostInOneSitting = 0.7;

/** More about one thing at hand than about how to work. A standing statement never is. */
export function isLocal(all: readonly Memory[]): boolean {
  // Errors are what fixes are about.
  if (all.some((utterance) => utterance.standing || utterance.label === 'fix')) return false;
  const utterances = distinctUtterances(all);
  let balance = 0;
  for (const { text } of utterances) {
    balance += points.local.filter((pattern) => pattern.test(text)).length;
    balance -= points.lasting.filter((pattern) => pattern.test(text)).length;
  }
  const counts = new Map<string, number>();
  for (const utterance of utterances)
    counts.set(sessionOf(utterance), (counts.get(sessionOf(utterance)) ?? 0) + 1);
  const sessions = counts.size;
  if (sessions === 1 && utterances.length > 1) return balance >= 0;
  // The quarrel of one sitting, with one echo elsewhere.
  if (sessions === 2 && Math.max(...counts.values()) > utterances.length * mostInOneSitting) return true;
  return balance > utterances.length * 0.5;
}

/** What a lesson has and an order for the day has not. */
const marks: readonly RegExp[] = [
  /* It forbids, or sets one thing against another. */
  /\b(?:don'?t|do not|never|avoid|stop(?= \w+ing\b)|instead of|rather than|without|no (?:more|need)|not (?:need(?:ed)?|necessary|allowed))\b|,? not (?!sure\b|yet\b|found\b|working\b)/i,
  /* It holds whenever something is done. */
  /\b(?:always|every time|each time|whenever|from now on|going forward|in (?:the )?future|next time|by default|as a rule|as much as possible|in general|any time)\b/i,
  /\b(?:make sure|making sure|be sure|ensure|remember(?: to)?|must|should|shouldn'?t|need to be|has to be|have to be)\b/i,
  /\b(?:before|after|prior to|until) (?:you |we |i )?\w+ing\b|\bfirst\b|\bwhen (?:you |we )?\w+ing\b/i,
  /* It says what the assistant did or left undone. */
  /\byou(?:'re|re| are| were| did| didn'?t| forgot| missed| keep| just| should| shouldn'?t| need| have to|'ve)\b|\bwhy (?:did|didn'?t|are|aren'?t|do|don'?t|were|have|haven'?t|not)\b|\b(?:did|didn'?t|have|haven'?t) you\b|\byourself\b/i,
  /* It was said before, or is to be kept. */
  /\b(?:again|(?:as )?i (?:said|told|asked|mentioned)|told you|already (?:said|told|asked))\b/i,
  /\b(?:rules?|conventions?|guidelines?|instructions|memory|preferences?)\b|@[\w./-]+\.mdc?\b/i,
  /* It is to stay so. */
  /\bkeep (?:the|your|our|all|every|each|any|it|them|\w+s) \S+/i,
  /* It chooses a means. */
  /^(?:please |just |no,? |let'?s |we |i )*(?:use|prefer|run|stick (?:to|with)|go through)\b|\b(?:prefer|using|via|through|with the help of) \S+/i,
];

export const reachTable = {
  /** Of the utterances of a group, at least this share has a mark of a lesson … */
  marked: 0.5,
  /** … or it is asked for in so many sessions that it is a way of working. */
  habitSessions: 4,
  /** No more of them than this share only moves the conversation on. */
  flowing: 0.5,
} as const;

const hasMark = ({ text, lesson }: Memory) =>
  marks.some((pattern) => pattern.test(text)) ||
  ordersInTongue(text) ||
  byStep.test(lesson.statement) ||
  /* "No inline styles, utility classes": capture read both sides. */
  (lesson.wrong !== undefined && lesson.right !== undefined);
/** "When you commit, …": capture read it as a way of working. */
const byStep = /^when you \w+, /i;

/** Does the group tell how to work? A standing statement and a fix do. */
export function tellsHowToWork(all: readonly Memory[]): boolean {
  if (all.some(({ standing, label }) => standing || label === 'fix')) return true;
  const utterances = distinctUtterances(all);
  const flowing = utterances.filter(({ text }) => movesOn(text) && !hasStrongMark(text)).length;
  if (flowing > utterances.length * reachTable.flowing) return false;
  const marked = utterances.filter(hasMark).length;
  if (marked >= utterances.length * reachTable.marked) return true;
  return new Set(utterances.map(sessionOf)).size >= reachTable.habitSessions;
}

/** "Don't", "never", "always", "instead of": said as a lesson, whatever it begins with. */
const hasStrongMark = (text: string) =>
  marks.slice(0, 2).some((pattern) => pattern.test(text)) || ordersInTongue(text);

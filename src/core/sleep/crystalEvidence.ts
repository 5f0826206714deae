/** What counts as evidence for a rule, how much there is, and what is only a quarrel about one artefact. */
import type { Memory } from '../memory.ts';
import { tunables } from '../tunables.ts';

/** The user's own words, kept, and meant to last. Archived episodes still count: only their detail faded. */
export function mayCrystallize(memory: Memory): boolean {
  return (
    memory.kind === 'episode' &&
    memory.status !== 'retired' &&
    !memory.oneOff &&
    memory.label !== 'outcome' &&
    memory.obsoleteAt === undefined
  );
}

/** What evidence stands behind. */
export const isLesson = (memory: Memory) => memory.kind === 'rule' || memory.kind === 'skill';

/** One conversation; an episode of no known conversation stands for its own. */
export function sessionOf(memory: Memory | undefined): string {
  if (memory === undefined) return '';
  const { assistant, session } = memory.source;
  return session === undefined ? memory.id : `${assistant} ${session}`;
}

/** Longer than this, and the same words again are a copy (a conversation gone on with in another file). */
const copyWords = 5;
/** Characters of the assistant's answer before, by which a copy is known. */
const copyContext = 120;

/** The same message kept twice is one utterance; a terse order said again is another, and so is an error met again. */
export function distinctUtterances(episodes: readonly Memory[]): readonly Memory[] {
  const known = new Set<string>();
  return episodes.filter((episode) => {
    const words = episode.text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const { context } = episode;
    /* The same words after the same answer are a copy; after another answer they were said again. */
    const key =
      words.length > copyWords && episode.label !== 'fix' && context !== undefined
        ? `${words.join(' ')} ${context.slice(-copyContext)}`
        : `${sessionOf(episode)} ${words.join(' ')}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}

export interface Support {
  /** Distinct utterances, and the sessions they were made in. */
  readonly episodes: number;
  readonly sessions: number;
  readonly standing: boolean;
  readonly enough: boolean;
}

/** ≥ 3 episodes, or ≥ 2 sessions, or often recalled, or one explicit standing statement; a skill needs three fixes. */
export function supportOf(all: readonly Memory[]): Support {
  const table = tunables.crystallization;
  const episodes = distinctUtterances(all);
  const sessions = new Set(episodes.map(sessionOf)).size;
  const standing = episodes.some((episode) => episode.standing);
  const skill = episodes.every((episode) => episode.label === 'fix');
  const recalled = episodes.some((episode) => episode.accessCount >= table.minRecalls);
  const enough = skill
    ? episodes.length >= table.skillEpisodes
    : episodes.length >= table.minEpisodes || sessions >= table.minSessions || recalled || standing;
  return { episodes: episodes.length, sessions, standing, enough };
}

const points = {
  local: [
    /\bstill\b/i,
    /\b(?:too|this one|that one|one of them|fix (?:them|it)|delete (?:it|them|that))\b/i,
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
  if (all.some((episode) => episode.standing || episode.label === 'fix')) return false;
  const episodes = distinctUtterances(all);
  let balance = 0;
  for (const { text } of episodes) {
    balance += points.local.filter((pattern) => pattern.test(text)).length;
    balance -= points.lasting.filter((pattern) => pattern.test(text)).length;
  }
  const counts = new Map<string, number>();
  for (const episode of episodes) counts.set(sessionOf(episode), (counts.get(sessionOf(episode)) ?? 0) + 1);
  const sessions = counts.size;
  if (sessions === 1 && episodes.length > 1) return balance >= 0;
  // The quarrel of one sitting, with one echo elsewhere.
  if (sessions === 2 && Math.max(...counts.values()) > episodes.length * mostInOneSitting) return true;
  return balance > episodes.length * 0.5;
}

/** One sentence for the owner: why this rule is there. */
export function evidenceFor(episodes: readonly Memory[], rule: Memory): string {
  const { sessions, standing, episodes: times } = supportOf(episodes);
  const said =
    times === 1
      ? standing
        ? 'You said it outright as something lasting'
        : 'It was recalled again and again'
      : `You said it ${times} times in ${sessions} ${sessions === 1 ? 'session' : 'sessions'}${standing ? ', once outright as lasting' : ''}`;
  return rule.restates === undefined
    ? `${said}.`
    : `${said}, although ${rule.restates} says it already: the rule exists and was not obeyed.`;
}

/** What counts as evidence for a rule, and how much there is. */
import { saysOnce } from '../../capture/scope.ts';
import { keepLatest } from '../../latest.ts';
import type { Memory, MemoryId } from '../../memory.ts';
import type { Breathe } from '../../steps.ts';
import { tunables } from '../../tunables.ts';

/**
 * The user's own words, kept. Archived episodes still count: only their detail faded. What holds for one time only
 * founds no rule, but is a sign of how often a rule had to be said.
 */
export function mayCrystallize(memory: Memory): boolean {
  return (
    memory.kind === 'episode' &&
    memory.status !== 'retired' &&
    memory.label !== 'outcome' &&
    memory.obsoleteAt === undefined
  );
}

/** One conversation; an episode of no known conversation stands for its own. */
export function sessionOf(memory: Memory | undefined): string {
  if (memory === undefined) return '';
  const { assistant, session } = memory.source;
  return session === undefined ? memory.id : `${assistant} ${session}`;
}

/** Longer than this, and the same words after the same answer are a copy (a conversation gone on with in another file). */
const copyWords = 5;
/** Characters of the assistant's answer before, by which a copy is known. */
const copyContext = 120;
/** Nobody says so many words again to the letter: they were pasted, or a button of the editor wrote them. */
const pastedWords = 9;
/** The same words in two conversations within this time: one conversation, written to two files. Milliseconds. */
const copyTime = 10 * 60_000;

interface Sound {
  readonly session: string;
  /** The words alone, and where they hold. */
  readonly spoken: string;
  /** Of two utterances with the same, one is a copy. */
  readonly key: string;
}

/** What a copy is known by. Those behind a lesson are counted again with each that joins them. */
const soundOf = keepLatest(4000, (utterance: Memory): Sound => {
  const { context, label, scope, text } = utterance;
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const spoken = `${scope.level === 'user' ? '' : scope.project} ${words.join(' ')}`;
  const session = sessionOf(utterance);
  /* The same words after the same answer are a copy; after another answer they were said again. */
  const key =
    label === 'fix'
      ? `${session} ${spoken}`
      : words.length > pastedWords
        ? spoken
        : words.length > copyWords && context !== undefined
          ? `${spoken} ${context.slice(-copyContext)}`
          : `${session} ${spoken}`;
  return { session, spoken, key };
});

/**
 * What was said several times, each time once. The same message kept twice is one utterance; a terse order said again
 * is another, and so is an error met again.
 */
export function distinctUtterances(utterances: readonly Memory[]): readonly Memory[] {
  return utterances.filter(createCounting());
}

/** Those that are no copies of earlier ones. */
export async function originalsAmong(
  episodes: readonly Memory[],
  breathe: Breathe,
): Promise<ReadonlySet<MemoryId>> {
  const isOriginal = createCounting();
  const originals = new Set<MemoryId>();
  for (const episode of episodes) {
    await breathe();
    if (isOriginal(episode)) originals.add(episode.id);
  }
  return originals;
}

/** One after the other: is this utterance none of those before? */
function createCounting(): (utterance: Memory) => boolean {
  const ids = new Set<string>();
  const known = new Set<string>();
  /* By time; mostly they come in that order. */
  const times = new Map<string, { readonly session: string; readonly at: number }[]>();
  return (utterance) => {
    const { id, createdAt: at, label } = utterance;
    if (ids.has(id)) return false;
    const { session, spoken, key } = soundOf(utterance);
    const before = times.get(spoken) ?? [];
    if (before.length === 0) times.set(spoken, before);
    if (label !== 'fix') {
      for (let near = before.length - 1; near >= 0; near -= 1) {
        const other = before[near] as (typeof before)[number];
        if (other.at < at - copyTime) break;
        if (other.session !== session && other.at - at <= copyTime) return false;
      }
    }
    if (known.has(key)) return false;
    known.add(key);
    ids.add(id);
    const place = before.findLastIndex((other) => other.at <= at) + 1;
    before.splice(place, 0, { session, at });
    return true;
  };
}

export interface Support {
  /** Distinct utterances, and the sessions they were made in. */
  readonly episodes: number;
  readonly sessions: number;
  readonly standing: boolean;
  readonly enough: boolean;
  /** Enough for the slow tier at any time: from two sessions, or said outright as lasting; skills are not of that tier. */
  readonly strong: boolean;
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
  const strong = skill || standing || sessions >= table.minSessions;
  return { episodes: episodes.length, sessions, standing, enough, strong };
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

/**
 * What of a group was meant to last. That something holds once only is a guess, unless it was said so, and right half of the
 * time: what comes again in three conversations, or in two of which as many were meant to last, proves it wrong. Enough to ask the
 * owner, and no more than that.
 */
export function meantIn(group: readonly Memory[]): readonly Memory[] {
  const lasting = group.filter(({ oneOff }) => !oneOff);
  if (lasting.length === group.length) return lasting;
  const maybe = group.filter((memory) => !memory.oneOff || !saysOnce(memory.text));
  const { sessions } = supportOf(maybe);
  const { activeSessions, minSessions } = tunables.crystallization;
  const outweighed = lasting.length * 2 < maybe.length;
  return sessions >= (outweighed ? activeSessions : minSessions) ? maybe : lasting;
}

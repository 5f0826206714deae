/** What a group of episodes becomes: a rule or a skill with its scope, status, tags and citations. */
import type { Memory, MemoryId, Scope } from '../../memory.ts';
import type { Corpus } from '../../text/similarity.ts';
import { tunables } from '../../tunables.ts';
import type { PhaseContext } from '../phase.ts';
import { couldName, namesThing, spelledIn } from '../topicNames.ts';
import { type Support, supportOf } from './crystalEvidence.ts';
import type { KnownInstructions } from './crystalInstructions.ts';
import { centralOf, type Wording, wordingTable } from './ruleWording.ts';

export const crystallizationTable = {
  /** Likeness of an episode to the theme of the evidence of a rule at which it supports the rule. */
  attach: 0.32,
  /** Likeness of the themes of a group and of a rule's evidence at which the group says the rule over again. */
  twin: 0.44,
  /** A group must hold together by at least this much on average, by size: two, three, more. */
  cohesion: [0.27, 0.22, 0.18],
  /** The rule's own sentence must be this like half of those it came of: as like as two must be to come together. */
  heldOut: 0.24,
  /** It is evidence for what the rule says from this likeness to its sentence on, and brings it into use from that on. */
  spokenOf: 0.15,
  clearlySpokenOf: 0.25,
  /** Confidence of a rule by distinct sessions behind it: `1 − base^sessions`, at most `most`; standing counts as two. */
  confidenceBase: 0.55,
  confidenceMost: 0.97,
  confidenceGain: 0.04,
  /** One lasting statement brings a rule into use only where it was read with this confidence. */
  sure: 0.6,
  /** A message says a lesson twice where its other sentence has this share of the lesson's terms. */
  again: 0.5,
  /** Lessons an episode is compared with. */
  candidates: 12,
  rounds: 6,
} as const;

/** How sure a night is of a lesson that so many conversations stand behind, 0..1. */
export const confidenceOf = ({ sessions, standing }: Pick<Support, 'sessions' | 'standing'>): number =>
  Math.min(
    crystallizationTable.confidenceMost,
    1 - crystallizationTable.confidenceBase ** (sessions + (standing ? 1 : 0)),
  );

/** The rule or skill that a group of episodes becomes. */
export function lessonFrom(
  corpus: Corpus<Memory>,
  members: readonly number[],
  {
    episodes,
    meant,
    clearly,
  }: {
    readonly episodes: readonly Memory[];
    /** Without copies: what was said, each time once. */
    readonly meant: readonly Memory[];
    /** Of whom the sentence clearly speaks. */
    readonly clearly: ReadonlySet<Memory>;
  },
  wording: Wording,
  instructions: KnownInstructions,
  context: PhaseContext,
): Memory {
  const skill = episodes.every((episode) => episode.label === 'fix');
  const support = supportOf(meant);
  const scope = prevailingScope(episodes);
  const sure = episodes.some(
    ({ standing, confidence }) => standing && confidence >= crystallizationTable.sure,
  );
  const lasting = supportOf(meant.filter((memory) => !memory.oneOff && clearly.has(memory)));
  const said =
    wording.quality >= wordingTable.activeUsable &&
    ((wording.lasting && sure) || lasting.sessions >= tunables.crystallization.activeSessions);
  const status =
    context.approval === 'auto' || (context.approval === 'balanced' && said) ? 'active' : 'proposed';
  const start = skill ? tunables.start.skill : tunables.start.rule;
  const salience = episodes.reduce(
    (best, episode) => (episode.salience.total > best.total ? episode.salience : best),
    episodes[0]?.salience ?? emptySalience,
  );
  const { quality: _, lasting: __, ...lesson } = wording;
  const restates = instructions.restatedBy({ text: wording.statement, lesson }, scope, members);
  const prefix = skill ? 's' : 'r';
  return {
    id: identityOf(prefix, episodes, wording.statement, context),
    kind: skill ? 'skill' : 'rule',
    label: prevailing(episodes.map((episode) => episode.label)) ?? 'correction',
    status,
    tier: skill ? 'mid' : 'slow',
    scope,
    text: wording.statement,
    lesson,
    source: episodes[0]?.source ?? { assistant: 'sleep' },
    strength: start.strength,
    rate: start.rate,
    salience,
    confidence: confidenceOf(support),
    alpha: 1,
    beta: 1,
    pinned: false,
    guard: false,
    standing: support.standing,
    oneOff: false,
    topic: prevailing(episodes.map((episode) => episode.topic).filter((topic) => topic !== '')) ?? '',
    tags: tagsOf(corpus, members, episodes),
    cues: [],
    citations: sharedCitations(episodes),
    tokens: context.tokenizer.count(
      wording.why === undefined ? wording.statement : `${wording.statement} ${wording.why}`,
    ),
    createdAt: context.now,
    lastAccessedAt: context.now,
    accessCount: 0,
    ...(restates === undefined ? {} : { restates }),
  };
}

/**
 * Born of the same messages it is the same lesson, however it is worded; what they say besides their point is told apart by
 * its sentence: a list of rules given in one message is several lessons.
 */
function identityOf(
  prefix: 's' | 'r',
  episodes: readonly Memory[],
  statement: string,
  { ids }: PhaseContext,
): MemoryId {
  const messages = [...new Set(episodes.map(({ id }) => id))].sort();
  const besides = episodes.every(({ lesson }) => lesson.statement === '');
  return ids.derive(prefix, ...messages, ...(besides ? [statement] : [])) as MemoryId;
}

const emptySalience = { surprise: 0, novelty: 0, arousal: 0, reward: 0, conflict: 0, total: 0 } as const;

function prevailing<T extends string>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
}

/** The scope most members have; a path only where nearly all name the same one. */
function prevailingScope(episodes: readonly Memory[]): Scope {
  const keyed = new Map<string, { scope: Scope; count: number }>();
  for (const { scope } of episodes) {
    const key = JSON.stringify(scope);
    keyed.set(key, { scope, count: (keyed.get(key)?.count ?? 0) + 1 });
  }
  const [best] = [...keyed]
    .sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1))
    .map(([, value]) => value);
  if (best === undefined) return { level: 'user' };
  if (best.scope.level === 'path' && best.count * 5 < episodes.length * 4)
    return { level: 'project', project: best.scope.project };
  return best.scope;
}

const mostTags = 5;

/** Up to five things the members speak of, rarest first, after the members' own shared tags. */
function tagsOf(
  corpus: Corpus<Memory>,
  group: readonly number[],
  episodes: readonly Memory[],
): readonly string[] {
  const members = centralOf(corpus, group);
  const own = new Map<string, number>();
  for (const episode of episodes)
    for (const tag of new Set(episode.tags)) own.set(tag, (own.get(tag) ?? 0) + 1);
  const kept = [...own].filter(([, count]) => count * 2 >= episodes.length).map(([tag]) => tag);
  const terms = new Map<string, number>();
  for (const at of members) {
    for (const term of corpus.profile(at)?.stance.keys() ?? [])
      if (!term.includes(' ')) terms.set(term, (terms.get(term) ?? 0) + 1);
  }
  const shared = [...terms]
    .filter(([, count]) => count * 2 >= members.length)
    .sort(
      (a, b) =>
        b[1] * corpus.background.rarity(b[0]) - a[1] * corpus.background.rarity(a[0]) ||
        (a[0] < b[0] ? -1 : 1),
    )
    .map(([term]) => term);
  const things: string[] = [];
  for (const term of shared) {
    if (things.length === mostTags) break;
    if (couldName(term) && namesThing(term, episodes)) things.push(term);
  }
  return [...new Set([...kept, ...spelledIn(episodes, things)])].slice(0, mostTags);
}

function sharedCitations(episodes: readonly Memory[]): Memory['citations'] {
  const cited = new Map<string, (string | undefined)[]>();
  for (const episode of episodes) {
    for (const { path, blob } of episode.citations) cited.set(path, [...(cited.get(path) ?? []), blob]);
  }
  return [...cited]
    .filter(([, blobs]) => blobs.length * 2 >= episodes.length)
    .map(([path, blobs]) => {
      const [blob, ...others] = new Set(blobs.filter((one) => one !== undefined));
      /* Said again when the file had changed, it does not hang on what the file holds. */
      return blob !== undefined && others.length === 0 ? { path, blob } : { path };
    });
}

/** Memories and nights as the sidebar shows them. */
import { isWorthGuarding } from '../core/injection/breach.ts';
import { effectiveStrength, type Memory, type ProjectId, precisionOf, projectOf } from '../core/memory.ts';
import type { ReceiptCounts } from '../core/ports.ts';
import type { DreamCard, EpisodeCard, MemoryCard, Moment, NightCard, ScopeCard } from '../core/protocol.ts';
import type { Night } from '../core/sleep/night/store.ts';
import { tunables } from '../core/tunables.ts';

/** Characters of an episode that travel to the sidebar: it shows less, and a pasted log would travel with each page. */
const longestEpisode = 4_000;
/** A dream shows what it brings together: one or two moments of each side. */
const shownSources = 4;

const unit = (value: number) => Math.min(1, Math.max(0, value));

function bandOf(effective: number): MemoryCard['band'] {
  const { strong, moderate, weak } = tunables.bands;
  if (effective > strong) return 'strong';
  if (effective >= moderate) return 'moderate';
  return effective >= weak ? 'weak' : 'fading';
}

function scopeOf({ scope }: Memory): ScopeCard {
  switch (scope.level) {
    case 'user':
      return { level: 'user' };
    case 'project':
      return { level: 'project', project: scope.project };
    case 'path':
      return { level: 'path', project: scope.project, glob: scope.glob };
  }
}

export function momentOf(episode: Memory): Moment {
  const { source, context } = episode;
  const project = source.project ?? (episode.scope.level === 'user' ? undefined : episode.scope.project);
  return {
    id: episode.id,
    label: episode.label,
    text: episode.text.slice(0, longestEpisode),
    ...(context === undefined ? {} : { context }),
    assistant: source.assistant,
    ...(project === undefined ? {} : { project }),
    ...(source.session === undefined ? {} : { session: source.session }),
    at: episode.createdAt,
  };
}

export function episodeOf(episode: Memory): EpisodeCard {
  return {
    ...momentOf(episode),
    status: episode.status,
    ...(episode.replacedBy === undefined ? {} : { merged: episode.replacedBy }),
    salience: unit(episode.salience.total),
  };
}

/** @param evidence the episodes behind it, oldest first. */
export function memoryCardOf(
  memory: Memory,
  evidence: readonly Memory[],
  receipts: ReceiptCounts,
  now: number,
): MemoryCard {
  const effective = unit(effectiveStrength(memory, now));
  const { why } = memory.lesson;
  const kind = memory.kind === 'skill' || memory.kind === 'insight' ? memory.kind : 'rule';
  return {
    id: memory.id,
    kind,
    label: memory.label,
    status: memory.status,
    text: memory.text,
    ...(why === undefined || why === '' ? {} : { why }),
    scope: scopeOf(memory),
    effective,
    band: bandOf(effective),
    precision: precisionOf(memory),
    pinned: memory.pinned,
    guard: memory.guard,
    offerGuard: isWorthGuarding(memory, receipts),
    standing: memory.standing,
    contradicted: memory.contradictedBy !== undefined,
    obsolete: memory.obsoleteAt !== undefined,
    ...(memory.restates === undefined ? {} : { restates: memory.restates }),
    createdAt: memory.createdAt,
    episodes: evidence.length,
    sessions: new Set(evidence.map(({ source, id }) => `${source.assistant} ${source.session ?? id}`)).size,
    receipts,
    ...(kind === 'insight' ? { sources: sourcesOf(evidence).map(momentOf), dream: dreamOf(memory) } : {}),
  };
}

/** As many from each project that a dream ties: neither is to crowd out the other. */
function sourcesOf(evidence: readonly Memory[]): readonly Memory[] {
  const homes = new Map<ProjectId | undefined, Memory[]>();
  for (const episode of evidence) {
    const home = projectOf(episode) ?? episode.source.project;
    homes.set(home, [...(homes.get(home) ?? []), episode]);
  }
  return [...homes.values()].flatMap((own) => own.slice(-Math.ceil(shownSources / homes.size)));
}

function dreamOf({ salience, lesson, text }: Memory): DreamCard {
  return {
    score: unit(salience.total),
    novelty: unit(salience.novelty),
    utility: unit(salience.reward),
    surprise: unit(salience.surprise),
    proposal: lesson.statement === text ? '' : lesson.statement,
  };
}

export function nightOf(night: Night): NightCard {
  const { report } = night;
  return {
    id: night.id,
    number: night.number,
    startedAt: night.startedAt,
    ...(night.finishedAt === undefined ? {} : { finishedAt: night.finishedAt }),
    state: night.state,
    ...(night.scope === undefined ? {} : { scope: night.scope }),
    summary: report.summary,
    stages: report.stages,
    changes: report.changes,
  };
}

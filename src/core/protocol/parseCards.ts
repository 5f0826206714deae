/** Parsers of what the sidebar is shown: each as strict as its shape in cards.ts, which the compiler holds it to. */
import { type MemoryId, memoryLabels, memoryStatuses, type NightId, type ProjectId } from '../memory.ts';
import type { ReceiptCounts } from '../ports.ts';
import { type PhaseReport, phaseNames } from '../sleep/phase.ts';
import { expertiseBands } from '../sleep/stock/expertiseFacts.ts';
import type {
  AreaCard,
  DreamCard,
  DueReview,
  EpisodeCard,
  EpisodePage,
  MemoryCard,
  Moment,
  Mood,
  NightCard,
  NightChange,
  ScopeCard,
  Snapshot,
} from './cards.ts';
import {
  count,
  flag,
  identity,
  list,
  measures,
  name,
  number,
  oneOf,
  optional,
  type Parse,
  record,
  share,
  tagged,
  text,
} from './guards.ts';

const stages = ['N1', 'N2', 'N3', 'REM'] as const;
const label = oneOf(memoryLabels);
const status = oneOf(memoryStatuses);

const restful = { pressure: share, unslept: count() };
export const parseMood: Parse<Mood> = tagged<Mood>('state', {
  awake: record<Extract<Mood, { state: 'awake' }>>({ state: oneOf(['awake']), ...restful }),
  drowsy: record<Extract<Mood, { state: 'drowsy' }>>({ state: oneOf(['drowsy']), ...restful }),
  asleep: record<Extract<Mood, { state: 'asleep' }>>({
    state: oneOf(['asleep']),
    stage: oneOf(stages),
    phase: optional(oneOf(phaseNames)),
    since: number,
    progress: optional(share),
  }),
  paused: record<Extract<Mood, { state: 'paused' }>>({
    state: oneOf(['paused']),
    where: oneOf(['everywhere', 'this-session']),
  }),
});

const scope: Parse<ScopeCard> = record<ScopeCard>({
  level: oneOf(['user', 'project', 'path']),
  project: optional(name<ProjectId>()),
  glob: optional(text),
});

const momentFields = {
  id: identity<MemoryId>(),
  label,
  text,
  context: optional(text),
  assistant: text,
  project: optional(name<ProjectId>()),
  session: optional(text),
  at: number,
};
export const parseMoment: Parse<Moment> = record<Moment>(momentFields);

export const parseEpisode: Parse<EpisodeCard> = record<EpisodeCard>({
  ...momentFields,
  status,
  merged: optional(identity<MemoryId>()),
  salience: share,
});

export const parseMemory: Parse<MemoryCard> = record<MemoryCard>({
  id: identity<MemoryId>(),
  kind: oneOf(['rule', 'skill', 'insight']),
  label,
  status,
  text,
  why: optional(text),
  scope,
  effective: share,
  band: oneOf(['strong', 'moderate', 'weak', 'fading']),
  precision: share,
  pinned: flag,
  guard: flag,
  offerGuard: flag,
  standing: flag,
  contradicted: flag,
  obsolete: flag,
  restates: optional(text),
  createdAt: number,
  episodes: count(),
  sessions: count(),
  receipts: record<ReceiptCounts>({
    injected: count(),
    obeyed: count(),
    violated: count(),
    irrelevant: count(),
  }),
  sources: optional(list(parseMoment)),
  dream: optional(
    record<DreamCard>({ score: share, novelty: share, utility: share, surprise: share, proposal: text }),
  ),
});

const phaseReport: Parse<PhaseReport> = record<PhaseReport>({
  stage: oneOf(stages),
  phase: oneOf(phaseNames),
  cycle: count(),
  started: number,
  ms: number,
  read: count(),
  changed: count(),
  detail: text,
  measures,
});

export const parseNight: Parse<NightCard> = record<NightCard>({
  id: identity<NightId>(),
  number: count(),
  startedAt: number,
  finishedAt: optional(number),
  state: oneOf(['running', 'complete', 'interrupted', 'undone']),
  scope: optional(text),
  summary: text,
  stages: list(phaseReport),
  changes: count(),
});

export const parseChange: Parse<NightChange> = record<NightChange>({
  entry: identity(),
  phase: text,
  what: oneOf(['born', 'changed', 'linked', 'other']),
  subject: optional(text),
  why: text,
  undone: flag,
});

export const parseArea: Parse<AreaCard> = record<AreaCard>({
  kind: oneOf(['project', 'language', 'topic']),
  area: text,
  project: optional(name<ProjectId>()),
  score: share,
  band: oneOf(expertiseBands),
  memories: count(),
  conclusions: count(),
  known: list(record<AreaCard['known'][number]>({ id: identity<MemoryId>(), text })),
  gaps: list(text),
});

export const parseDue: Parse<DueReview> = record<DueReview>({ id: identity<MemoryId>(), why: text });

export const parseSnapshot: Parse<Snapshot> = record<Snapshot>({
  now: number,
  mood: parseMood,
  writable: flag,
  notices: list(text),
  here: list(name<ProjectId>()),
  memories: list(parseMemory),
  nights: list(parseNight),
  areas: list(parseArea),
  due: list(parseDue),
  episodes: record<Snapshot['episodes']>({ total: count(), epoch: text }),
});

export const parsePage: Parse<EpisodePage> = record<EpisodePage>({
  episodes: list(parseEpisode),
  total: count(),
  epoch: text,
});

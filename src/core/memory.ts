/**
 * The vocabulary of Reverie: what a memory is. Plain, readonly values; no behaviour that needs the outside.
 * Times are epoch milliseconds (UTC). Weights, strengths, saliences and confidences are in 0..1.
 */

declare const brand: unique symbol;
/** Identity of a memory: one letter for its kind, an underscore, twelve base-32 characters (`e_…`, `r_…`). */
export type MemoryId = string & { readonly [brand]: 'MemoryId' };
/** Identity of one night's sleep: `n_` and twelve base-32 characters. */
export type NightId = string & { readonly [brand]: 'NightId' };
/**
 * Identity of a project: the absolute, real path of its root with forward slashes where one is known,
 * else the name its owner gave it (`--project NAME`, a transcript's folder).
 */
export type ProjectId = string & { readonly [brand]: 'ProjectId' };

export const memoryKinds = ['episode', 'merged', 'rule', 'skill', 'insight'] as const;
/**
 * `episode` – something that happened, in the user's words; `merged` – several weak episodes made one by
 * consolidation; `rule` – semantic; `skill` – procedural (a repeated error → fix); `insight` – a dream.
 */
export type MemoryKind = (typeof memoryKinds)[number];

export const memoryLabels = ['correction', 'decision', 'preference', 'fix', 'outcome'] as const;
/** What kind of event an episode records. Rules, skills and insights keep the prevailing label of their evidence. */
export type MemoryLabel = (typeof memoryLabels)[number];

export const memoryStatuses = ['active', 'proposed', 'retired', 'archived'] as const;
/**
 * `active` – in use; `proposed` – a rule, skill or insight waiting for its owner's verdict; `retired` – taken out
 * of use by its owner, or superseded; `archived` – faded or merged: found only as a fallback, restorable.
 */
export type MemoryStatus = (typeof memoryStatuses)[number];

/** Write frequency in the continuum memory system: every event, once a sleep, only on evidence of ≥ 2 sessions. */
export type MemoryTier = 'fast' | 'mid' | 'slow';

/** Where a memory holds. `path` holds for files matching `glob` inside `project`. */
export type Scope =
  | { readonly level: 'user' }
  | { readonly level: 'project'; readonly project: ProjectId }
  | { readonly level: 'path'; readonly project: ProjectId; readonly glob: string };

/** SNARC: five dimensions and their weighted mean, each 0..1. */
export interface Salience {
  readonly surprise: number;
  readonly novelty: number;
  readonly arousal: number;
  readonly reward: number;
  readonly conflict: number;
  readonly total: number;
}

/** Where a memory came from: enough to show its owner the moment itself. */
export interface Source {
  /** The assistant or way in: `claude-code`, `copilot`, `specstory`, `jsonl`, `command`, `editor`, `mcp`, `hook`… */
  readonly assistant: string;
  readonly project?: ProjectId;
  /** The conversation's identity, unique within its assistant. */
  readonly session?: string;
  /** The message's own identity, or its ordinal in the session as text. */
  readonly message?: string;
  /** The transcript file it was read from; absent for live capture. */
  readonly file?: string;
  /** The `id` of an imported `jsonl` row. Survives merging: a rule lists every row it came from. */
  readonly externalId?: string;
}

/** A workspace file that a memory cites, with the blob it had then; a changed blob makes the memory stale. */
export interface Citation {
  /** Relative to the project's root, forward slashes. */
  readonly path: string;
  /** Git blob id (SHA-1 hex) at capture; absent if the file could not be read. */
  readonly blob?: string;
}

/** The lesson of a memory, as far as it could be read out of the words. */
export interface Lesson {
  /** One imperative sentence: what to do. */
  readonly statement: string;
  readonly wrong?: string;
  readonly right?: string;
  readonly why?: string;
  /** The situation it applies in ("when fixing a bug", "tests"), for knowing *when* to say it. */
  readonly when?: string;
}

export interface Memory {
  readonly id: MemoryId;
  readonly kind: MemoryKind;
  readonly label: MemoryLabel;
  readonly status: MemoryStatus;
  readonly tier: MemoryTier;
  readonly scope: Scope;
  /** What an assistant would be told, or the user's words for an episode. Redacted before it got here. */
  readonly text: string;
  readonly lesson: Lesson;
  /** Tail of what the assistant had said just before, redacted, ≤ 600 characters. */
  readonly context?: string;
  readonly source: Source;
  /** Strength at `lastAccessedAt`; see {@link effectiveStrength}. */
  readonly strength: number;
  /** Share of strength kept per day without access, (0, 1]. */
  readonly rate: number;
  readonly salience: Salience;
  /** How sure the reading of this memory is. Floor .1. */
  readonly confidence: number;
  /** Beta counts of being confirmed (α) and contradicted (β); both start at 1. */
  readonly alpha: number;
  readonly beta: number;
  readonly pinned: boolean;
  /** The user marked the rule as a guard: an assistant is asked before it breaks it. */
  readonly guard: boolean;
  /** Said outright as lasting ("always", "never", "from now on", "we use X here"). */
  readonly standing: boolean;
  /** Holds for one task only: never becomes a rule. */
  readonly oneOff: boolean;
  /** Slash-separated topic path, deepened by the Reorganize phase; empty = unsorted. */
  readonly topic: string;
  readonly tags: readonly string[];
  /** Other words in which it may be asked for, made by generative replay; indexed for recall, never shown as text. */
  readonly cues: readonly string[];
  readonly citations: readonly Citation[];
  /** Tokens of `text` plus `lesson.why` (o200k_base), counted when written so that a hook need not. */
  readonly tokens: number;
  readonly createdAt: number;
  readonly lastAccessedAt: number;
  readonly accessCount: number;
  /** When phase 1 last replayed it; absent = not slept on yet. */
  readonly sleptAt?: number;
  /** The memory that replaced it (merge, supersession). */
  readonly replacedBy?: MemoryId;
  /** Newer information contradicts it; waiting for the user. */
  readonly contradictedBy?: MemoryId;
  /** Newer information made it outdated. */
  readonly obsoleteAt?: number;
  /** The team's own instruction line that already says this: `file:line`, so that it is not restated. */
  readonly restates?: string;
}

/** `memory` (a rule, skill, insight or merged memory) came from `episode`. Episodes have themselves as source. */
export interface Evidence {
  readonly memory: MemoryId;
  readonly episode: MemoryId;
}

export const linkKinds = ['related', 'contradicts', 'supersedes', 'enriches', 'analogy', 'follows'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** A directed association. Weight decays by {@link tunables}.link.rate per day since `usedAt`. */
export interface Link {
  readonly from: MemoryId;
  readonly to: MemoryId;
  readonly kind: LinkKind;
  readonly weight: number;
  readonly createdAt: number;
  readonly usedAt: number;
}

export type Verdict = 'obeyed' | 'violated' | 'irrelevant' | 'unknown';

/** One rule told to one assistant at one moment, and what came of it. */
export interface Receipt {
  readonly id: string;
  readonly memory: MemoryId;
  readonly event: string;
  readonly session: string;
  readonly project?: ProjectId;
  /** Hash of the prompt it was told with; never the prompt. */
  readonly promptHash: string;
  readonly tokens: number;
  readonly at: number;
  readonly verdict: Verdict;
  /** True once a night has fed the verdict into α/β, so that no night counts it twice. */
  readonly counted: boolean;
}

export const dayMs = 86_400_000;

/**
 * Strength now: `strength × rate^days since last access`; pinned memories do not decay. Derived, never stored, so
 * forgetting cannot depend on how often sleep runs. A clock that jumped back counts as no time passed.
 */
export function effectiveStrength(
  memory: Pick<Memory, 'strength' | 'rate' | 'lastAccessedAt' | 'pinned'>,
  now: number,
): number {
  if (memory.pinned) return memory.strength;
  const days = Math.max(0, now - memory.lastAccessedAt) / dayMs;
  return memory.strength * memory.rate ** days;
}

/** Rules and skills: what crystallization concludes from episodes. */
export function isLesson({ kind }: Pick<Memory, 'kind'>): boolean {
  return kind === 'rule' || kind === 'skill';
}

/** Lessons and insights: what was concluded, against what happened. */
export function isKnowledge(memory: Pick<Memory, 'kind'>): boolean {
  return isLesson(memory) || memory.kind === 'insight';
}

/** α / (α + β): how reliable the memory has proved. */
export function precisionOf(memory: Pick<Memory, 'alpha' | 'beta'>): number {
  return memory.alpha / (memory.alpha + memory.beta);
}

/**
 * The words an assistant is told. A rule says itself; of an episode it is the lesson and not the message, of an insight
 * what follows from it and not the dream, which quotes two projects. Empty where nothing follows.
 */
export function toldWords(memory: Pick<Memory, 'kind' | 'text' | 'lesson'>): string {
  return memory.kind === 'episode' || memory.kind === 'insight' ? memory.lesson.statement : memory.text;
}

/** The project a memory belongs to by scope, else by origin; undefined for the user's own. */
export function projectOf(memory: Pick<Memory, 'scope' | 'source'>): ProjectId | undefined {
  return memory.scope.level === 'user' ? undefined : memory.scope.project;
}

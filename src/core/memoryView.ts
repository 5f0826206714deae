/** A memory as others see it: the JSON of the command line, the API of the extension and MCP. */
import { isWorthGuarding } from './injection/breach.ts';
import {
  effectiveStrength,
  type Memory,
  type MemoryId,
  precisionOf,
  projectOf,
  type Salience,
  type Scope,
} from './memory.ts';
import type { MemoryStore, ReceiptCounts, ReceiptStore } from './ports.ts';

export interface EvidenceView {
  readonly episode: string;
  readonly externalId?: string;
  readonly source: string;
  readonly project?: string;
  readonly session?: string;
  readonly message?: string;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
}

/** Field meanings as in {@link Memory}; times are ISO 8601, `precision` is α / (α + β). */
export interface MemoryView {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly text: string;
  readonly why?: string;
  readonly when?: string;
  readonly wrong?: string;
  readonly right?: string;
  readonly statement: string;
  readonly status: string;
  readonly scope: { readonly level: Scope['level']; readonly project?: string; readonly glob?: string };
  readonly project?: string;
  readonly strength: number;
  readonly effective: number;
  readonly salience: Salience;
  readonly confidence: number;
  readonly precision: number;
  readonly tier: string;
  readonly pinned: boolean;
  readonly guard: boolean;
  /** Broken so often although told that its owner is offered to be asked first; absent otherwise. */
  readonly guardOffered?: true;
  readonly standing: boolean;
  readonly oneOff: boolean;
  readonly topic: string;
  readonly tags: readonly string[];
  readonly createdAt: string;
  readonly lastAccessedAt: string;
  readonly accessCount: number;
  readonly externalId?: string;
  readonly restates?: string;
  readonly contradictedBy?: string;
  readonly replacedBy?: string;
  readonly obsoleteAt?: string;
  readonly evidence: readonly EvidenceView[];
  readonly receipts?: ReceiptCounts;
}

const iso = (at: number) => new Date(at).toISOString();

function evidenceView(episode: Memory): EvidenceView {
  const { source } = episode;
  return {
    episode: episode.id,
    ...(source.externalId === undefined ? {} : { externalId: source.externalId }),
    source: source.assistant,
    ...present({ project: projectOf(episode) ?? source.project }),
    ...(source.session === undefined ? {} : { session: source.session }),
    ...(source.message === undefined ? {} : { message: source.message }),
    at: iso(episode.createdAt),
    text: episode.text,
  };
}

/** Optional fields that are absent stay absent, so that the JSON says nothing it does not know. */
function present<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function scopeView(scope: Scope): MemoryView['scope'] {
  switch (scope.level) {
    case 'user':
      return { level: 'user' };
    case 'project':
      return { level: 'project', project: scope.project };
    case 'path':
      return { level: 'path', project: scope.project, glob: scope.glob };
  }
}

/** @param evidence the episodes behind the memory, oldest first; @param now epoch ms for `effective`. */
export function viewOf(
  memory: Memory,
  evidence: readonly Memory[],
  now: number,
  receipts?: ReceiptCounts,
): MemoryView {
  const { lesson } = memory;
  return {
    id: memory.id,
    kind: memory.kind,
    label: memory.label,
    text: memory.text,
    statement: lesson.statement,
    ...present({ why: lesson.why, when: lesson.when, wrong: lesson.wrong, right: lesson.right }),
    status: memory.status,
    scope: scopeView(memory.scope),
    ...present({ project: projectOf(memory) ?? memory.source.project }),
    strength: memory.strength,
    effective: effectiveStrength(memory, now),
    salience: memory.salience,
    confidence: memory.confidence,
    precision: precisionOf(memory),
    tier: memory.tier,
    pinned: memory.pinned,
    guard: memory.guard,
    ...(receipts !== undefined && isWorthGuarding(memory, receipts) ? { guardOffered: true } : {}),
    standing: memory.standing,
    oneOff: memory.oneOff,
    topic: memory.topic,
    tags: memory.tags,
    createdAt: iso(memory.createdAt),
    lastAccessedAt: iso(memory.lastAccessedAt),
    accessCount: memory.accessCount,
    ...present({
      externalId: memory.source.externalId,
      restates: memory.restates,
      contradictedBy: memory.contradictedBy,
      replacedBy: memory.replacedBy,
      obsoleteAt: memory.obsoleteAt === undefined ? undefined : iso(memory.obsoleteAt),
      receipts,
    }),
    evidence: (evidence.length > 0 || memory.kind !== 'episode' ? evidence : [memory]).map(evidenceView),
  };
}

/** Views of many memories with one question each to the store. */
export async function viewsOf(
  memories: readonly Memory[],
  from: { readonly memories: MemoryStore; readonly receipts: ReceiptStore },
  now: number,
): Promise<readonly MemoryView[]> {
  const ids: readonly MemoryId[] = memories.map((memory) => memory.id);
  const [evidence, receipts] = await Promise.all([
    from.memories.evidenceOf(ids),
    from.receipts.receiptCounts(ids),
  ]);
  return memories.map((memory) =>
    viewOf(memory, evidence.get(memory.id) ?? [], now, receipts.get(memory.id)),
  );
}

/** How it was heeded; how precise it proved only where that was ever seen. Nothing of what is neither told nor in use. */
export function recordWords({
  status,
  receipts,
  precision,
}: Pick<MemoryView, 'status' | 'receipts' | 'precision'>): readonly string[] {
  if (receipts === undefined || receipts.injected === 0) return status === 'active' ? ['not told yet'] : [];
  const { injected, obeyed, violated } = receipts;
  return [
    `told ${injected}×, obeyed ${obeyed}, broken ${violated}`,
    ...(obeyed + violated > 0 ? [`precision ${precision.toFixed(2)}`] : []),
  ];
}

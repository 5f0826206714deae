/** Where the user is in the sidebar. Survives the page; holds nothing of the memory but ids. */
import { type MemoryLabel, memoryLabels } from '../src/core/memory.ts';
import { type MemoryCard, type SidebarView, sidebarViews } from '../src/core/protocol.ts';
import type { HostStorage } from './host.ts';

export const ruleFilters = ['active', 'proposed', 'due', 'retired'] as const;
export type RuleFilter = (typeof ruleFilters)[number];

export interface UiState {
  readonly view: SidebarView;
  readonly ruleFilter: RuleFilter;
  /** Empty = all. */
  readonly labels: readonly MemoryLabel[];
  /** Ids of opened rows, at most {@link maxExpanded}, oldest first. */
  readonly expanded: readonly string[];
  /** The first row in sight, by view. */
  readonly top: Readonly<Partial<Record<SidebarView, string>>>;
  /** Offers to make a rule a guard that were put off: how often it was broken by then, by its id. */
  readonly putOff: Readonly<Record<string, number>>;
}

const maxExpanded = 100;
export const firstState: UiState = {
  view: 'rules',
  ruleFilter: 'active',
  labels: [],
  expanded: [],
  top: {},
  putOff: {},
};

/** What was stored by whatever version; anything unknown falls back to the first state. */
export function parseUiState(value: unknown): UiState {
  if (typeof value !== 'object' || value === null) return firstState;
  const stored = value as Readonly<Record<string, unknown>>;
  const texts = (list: unknown) =>
    Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : [];
  const putOff = typeof stored['putOff'] === 'object' && stored['putOff'] !== null ? stored['putOff'] : {};
  const top = typeof stored['top'] === 'object' && stored['top'] !== null ? stored['top'] : {};
  return {
    view: sidebarViews.find((view) => view === stored['view']) ?? firstState.view,
    ruleFilter: ruleFilters.find((filter) => filter === stored['ruleFilter']) ?? firstState.ruleFilter,
    labels: memoryLabels.filter((label) => texts(stored['labels']).includes(label)),
    expanded: texts(stored['expanded']).slice(-maxExpanded),
    top: Object.fromEntries(
      Object.entries(top).filter(
        ([view, key]) => (sidebarViews as readonly string[]).includes(view) && typeof key === 'string',
      ),
    ),
    putOff: Object.fromEntries(
      Object.entries(putOff)
        .filter(([, count]) => typeof count === 'number')
        .slice(-maxExpanded),
    ),
  };
}

export interface UiStateStore {
  readonly value: UiState;
  change(patch: Partial<UiState>): void;
  toggle(id: string, open?: boolean): void;
}

/** Saves at most every few hundred milliseconds: scrolling changes the state at every frame. */
export function createUiState(storage: HostStorage, changed: () => void): UiStateStore {
  let value = parseUiState(storage.load());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const change = (patch: Partial<UiState>) => {
    value = { ...value, ...patch };
    if (timer === undefined) {
      timer = setTimeout(() => {
        timer = undefined;
        storage.save(value);
      }, 300);
    }
    changed();
  };
  return {
    get value() {
      return value;
    },
    change,
    toggle(id, open = !value.expanded.includes(id)) {
      const others = value.expanded.filter((other) => other !== id);
      change({ expanded: open ? [...others, id].slice(-maxExpanded) : others });
    },
  };
}

/** Whether its owner is asked to make it a guard; put off, only once it was broken twice as often. */
export const isOffered = (
  { id, offerGuard, receipts }: Pick<MemoryCard, 'id' | 'offerGuard' | 'receipts'>,
  { putOff }: UiState,
): boolean => offerGuard && receipts.violated >= 2 * (putOff[id] ?? 0);

/** The stream of events of each project, as surprise needs it: the last kind, and what followed what. */
import type { ProjectId } from '../memory.ts';
import type { EventKind, Transitions } from '../salience/signals.ts';

export const streamsFact = 'capture.streams';
export const gateFact = 'gate.state';

export interface EventStream {
  readonly last?: EventKind | undefined;
  readonly transitions: Transitions;
}

/** Projects not seen for longest are forgotten beyond this. */
const mostProjects = 200;

export interface Streams {
  of(project: ProjectId): EventStream;
  set(project: ProjectId, stream: EventStream): void;
  /** A plain JSON value. */
  state(): Readonly<Record<string, EventStream>>;
}

/** @param stored what {@link Streams.state} gave before; anything else begins anew. */
export function createStreams(stored: unknown): Streams {
  const streams = new Map<string, EventStream>();
  if (typeof stored === 'object' && stored !== null) {
    for (const [project, value] of Object.entries(stored)) if (isStream(value)) streams.set(project, value);
  }
  return {
    of: (project) => streams.get(project) ?? { transitions: {} },
    set(project, stream) {
      streams.delete(project);
      streams.set(project, stream);
      if (streams.size > mostProjects) {
        const oldest = streams.keys().next().value;
        if (oldest !== undefined) streams.delete(oldest);
      }
    },
    state: () => Object.fromEntries(streams),
  };
}

function isStream(value: unknown): value is EventStream {
  if (typeof value !== 'object' || value === null || !('transitions' in value)) return false;
  const { transitions } = value;
  if (typeof transitions !== 'object' || transitions === null) return false;
  return Object.values(transitions).every(
    (row) =>
      typeof row === 'object' &&
      row !== null &&
      Object.values(row).every((count) => typeof count === 'number'),
  );
}

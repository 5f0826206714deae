/** What the five dimensions of salience are judged by: signals that really exist in coding sessions. */
import type { MessageSignal } from '../capture/message.ts';
import type { MemoryLabel } from '../memory.ts';

/** What happened, as a step in the stream of a project's events. */
export type EventKind = MemoryLabel | 'neither';

export interface SalienceInput {
  /** The user's own words. */
  readonly text: string;
  readonly kind: EventKind;
  /** How likely the message is worth remembering at all, 0..1. */
  readonly memorable: number;
  readonly standing: boolean;
  readonly signals: readonly MessageSignal[];
  /** The kind of the previous event in this project; undefined at its first. */
  readonly previousKind?: EventKind | undefined;
  /** How often each kind followed each kind in this project. */
  readonly transitions: Transitions;
  /** Index terms of the text, and how many of `known.total` memories of the same scope hold each. */
  readonly terms: readonly string[];
  readonly known: { readonly total: number; readonly counts: ReadonlyMap<string, number> };
  /** True if it negates a memory that exists. */
  readonly contradictsMemory?: boolean | undefined;
  /** True if a failure was pasted. */
  readonly showsFailure: boolean;
}

/** `transitions[before][after]` = count. A plain JSON value. */
export type Transitions = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** One dimension: its value and, where it is worth saying, why. */
export interface Dimension {
  /** 0..1. */
  readonly value: number;
  readonly reason?: string;
}

export const clamp01 = (value: number): number => Math.max(0, Math.min(1, value));

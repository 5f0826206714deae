/** What recall is asked and what it answers. */
import type { Memory, MemoryId, ProjectId } from '../memory.ts';

export interface RecallRequest {
  readonly text: string;
  /** Memories of this project and the user's own; undefined = only the user's own; 'any' = all (the owner looking). */
  readonly project: ProjectId | 'any' | undefined;
  /** The file in hand, relative to the project, forward slashes. */
  readonly path?: string;
  /** At most so many results. */
  readonly k?: number;
  /** At most so many tokens over all results. */
  readonly budget?: number;
  /** What was said just before the question: its words count a little. */
  readonly neighbours?: readonly string[];
  /** Already known in this session: left out. */
  readonly sessionSeen?: ReadonlySet<MemoryId>;
  /** Strengthen what is recalled, and its associations. */
  readonly reinforce?: boolean;
}

export interface RecallResult {
  readonly memory: Memory;
  /** 0..1, comparable only within one answer. */
  readonly score: number;
  /** One short line for a person. */
  readonly why: string;
}

export interface RecallAnswer {
  readonly results: readonly RecallResult[];
  /** Sum of the results' tokens. */
  readonly tokens: number;
  /** True where nothing remembered fits well enough; `results` is empty then. */
  readonly abstained: boolean;
}

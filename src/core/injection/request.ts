/** An occasion at which an assistant can be told something. */
import type { ProjectId } from '../memory.ts';

export const injectionEvents = ['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse'] as const;
export type InjectionEvent = (typeof injectionEvents)[number];

/** Just in time: before or after a tool is used. */
export const isToolEvent = (event: string) => event === 'PreToolUse' || event === 'PostToolUse';

export interface InjectionRequest {
  readonly event: InjectionEvent;
  readonly prompt?: string;
  /** The file a tool is about, relative to the project, forward slashes. */
  readonly path?: string;
  /** Further files of the same project that it is about. */
  readonly otherPaths?: readonly string[];
  readonly tool?: string;
  readonly command?: string;
  /** What a tool wrote, or is to write, into a file of code. */
  readonly written?: string;
  /** The tool writes the file; else it only looks at it. */
  readonly writes?: boolean;
  /** What a failed tool said. */
  readonly error?: string;
  readonly project: ProjectId | undefined;
  /** Other projects open in the same window: what holds in one of them is told with its name. */
  readonly beside?: readonly ProjectId[];
  readonly session?: string;
  /** The assistant's context starts anew in this session (after `clear` or `compact`): what was told is gone. */
  readonly fresh?: boolean;
  /** Whether what was said once or twice and is no rule yet may be told as such; by default it may. */
  readonly recollections?: boolean;
  /** Tokens; by default those of the event. */
  readonly budget?: number;
  readonly leaveReceipt: boolean;
}

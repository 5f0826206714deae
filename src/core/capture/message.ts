/** What a transcript reader hands to capture: typed messages of a conversation, in order. */
import type { ProjectId } from '../memory.ts';

export type TranscriptFormat =
  | 'claude-code'
  | 'copilot'
  | 'codex'
  | 'copilot-cli'
  | 'gemini'
  | 'cline'
  | 'continue'
  | 'cursor'
  | 'opencode'
  | 'aider'
  | 'specstory'
  | 'jsonl';

/** Events beside plain words that say the user was or was not content. */
export type MessageSignal =
  /** The user refused a tool call; `text` is the reason given, possibly empty. */
  | { readonly type: 'tool-rejected'; readonly tool?: string }
  /** The user stopped the assistant in the middle. */
  | { readonly type: 'interrupted' }
  | { readonly type: 'vote'; readonly up: boolean; readonly reason?: string }
  /** A tool or command failed or succeeded just before this message. */
  | {
      readonly type: 'command';
      readonly failed: boolean;
      readonly command?: string;
      readonly output?: string;
    }
  /** A command had failed with this error, and then did not: after others, or with another in its place. */
  | {
      readonly type: 'fixed';
      readonly command: string;
      readonly error: string;
      readonly commands: readonly string[];
      readonly instead?: string;
    }
  /** What became of an assistant's edit of a file. */
  | { readonly type: 'edit'; readonly outcome: 'kept' | 'undone' | 'modified'; readonly path?: string };

/** One message as it was typed or said. */
export interface TranscriptMessage {
  readonly format: TranscriptFormat;
  readonly role: 'user' | 'assistant';
  /** Raw text; capture strips what is not the user's own. Empty if only `signals` are told (a vote on the last answer). */
  readonly text: string;
  readonly session: string;
  /** The conversation's own identity, where `session` is but the name of a copy of it: one conversation can be exported twice. */
  readonly conversation?: string;
  /**
   * Own identity where the format has one, else something as stable: the ordinal of the message in its session, or
   * `@` and its byte offset in an append-only file.
   */
  readonly message: string;
  /** Epoch ms; undefined where the transcript does not say. */
  readonly at?: number;
  /** The working directory or project root the transcript names. */
  readonly cwd?: string;
  readonly project?: ProjectId;
  readonly path?: string;
  readonly file?: string;
  /** The git branch the session was on. */
  readonly branch?: string;
  /** What happened since the previous user message; on assistant messages always empty. */
  readonly signals: readonly MessageSignal[];
  /** Only `jsonl`: the row's own id, and the label or kind it was given. */
  readonly externalId?: string;
  readonly givenKind?: string;
}

/** Something that could not be read; counted and reported, never fatal. `reason` never quotes the text. */
export interface SkippedPart {
  readonly path: string;
  readonly reason: string;
  /** Byte offset or line, where known. */
  readonly at?: number;
  /** How many such parts this stands for; absent = 1. */
  readonly count?: number;
}

export type TranscriptEvent =
  /** `offset`: where in the file the message begins, for formats that are read from a cursor. */
  | { readonly type: 'message'; readonly message: TranscriptMessage; readonly offset?: number }
  | { readonly type: 'skipped'; readonly part: SkippedPart }
  /** A safe place to go on from: all before `offset` was handed over. */
  | { readonly type: 'cursor'; readonly offset: number };

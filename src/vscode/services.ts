/** What the commands, tools and the API of the extension work with. Built once in `extension.ts`. */
import type { MemoryLabel, ProjectId } from '../core/memory.ts';
import type { FileBlob, Log } from '../core/ports.ts';
import type { MemoryAccess } from './memoryAccess.ts';
import type { MoodState } from './moodState.ts';
import type { Sidebar } from './sidebar.ts';
import type { Sleeping } from './sleeping.ts';
import type { Worker } from './worker.ts';

export interface RememberOptions {
  readonly kind?: MemoryLabel;
  readonly scope?: 'user' | 'project';
  /** Only for files of the project that match. */
  readonly glob?: string;
}

/** What was kept, as far as the asker needs to know. */
export interface Remembered {
  readonly id: string;
  readonly text: string;
}

export interface Services {
  readonly access: MemoryAccess;
  readonly worker: Worker;
  readonly moods: MoodState;
  readonly sleeping: Sleeping;
  readonly sidebar: Sidebar;
  readonly log: Log;
  readonly databaseFile: string;
  readonly showLog: () => void;
  /** Deletes what lies beside the database: what connected assistants' files held, logs of hooks and model requests. */
  readonly removeTraces: () => void;
  /** What a cited file holds now. */
  readonly fileBlob: FileBlob;
  /** The project of a file, else of the active editor, else of the first folder; undefined without a folder. */
  project(file?: string): ProjectId | undefined;
  /** Keeps one explicit memory, secrets redacted. Rejects with ReverieError while paused. */
  remember(text: string, options?: RememberOptions): Promise<Remembered>;
}

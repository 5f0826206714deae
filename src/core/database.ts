/** The one database of a machine, as the composition roots see it. */
import type { CursorStore, MemoryStore, ReceiptStore } from './ports.ts';
import type { SleepStore } from './sleep/night/store.ts';

/** What a complete database offers. */
export interface Database {
  readonly memories: MemoryStore;
  readonly receipts: ReceiptStore;
  readonly cursors: CursorStore;
  readonly sleep: SleepStore;
  /** Free key/value facts of this database (`capture.paused`, `gate.state`, `expertise`…), JSON values. */
  getFact(key: string): Promise<unknown>;
  /** Those whose key begins so, by key. */
  getFacts(beginning: string): Promise<ReadonlyMap<string, unknown>>;
  setFact(key: string, value: unknown): Promise<void>;
  /** Whether this process may write, and why not. */
  readonly writable: true | { readonly reason: 'database-from-future' | 'database-read-only' };
  /** Set when a damaged file was set aside at opening: its new path. */
  readonly setAside?: string;
  /** `PRAGMA integrity_check` and foreign-key check; empty = sound. */
  check(): Promise<readonly string[]>;
  /** A complete copy of the database at `file` (must not exist). */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * What core needs from outside, as interfaces. Adapters live in `sqlite/`, `redaction/`, `models/`, `transcripts/`,
 * `vscode/`; tests have seeded twins in `test/support/`.
 */
import type {
  Link,
  Memory,
  MemoryId,
  MemoryKind,
  MemoryStatus,
  ProjectId,
  Receipt,
  Verdict,
} from './memory.ts';
import type { RecallIndex } from './recall/recallIndex.ts';

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

/** Seeded randomness: the same seed gives the same sequence. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}

/** Identities derived from content, so that the same input gives the same identity. */
export interface Ids {
  /** Prefix and twelve base-32 characters of a cryptographic hash over `parts`. */
  derive(prefix: string, ...parts: readonly string[]): string;
}

/** What {@link FileBlob} answers for a file that is not there. */
export const missingFile = 'missing';

/**
 * Git's name for what a project's file holds now (SHA-1 hex), `missing`, or undefined where that cannot be told.
 * @param path relative to the project's root, forward slashes.
 */
export type FileBlob = (project: ProjectId, path: string) => string | undefined;

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Counts tokens as the large assistants do (o200k_base). May be slow to load: not used in the hook. */
export interface Tokenizer {
  count(text: string): number;
}

export interface RedactedText {
  readonly text: string;
  /** How many secrets were replaced, by name of the detector's rule. Never the secrets. */
  readonly found: ReadonlyMap<string, number>;
}

/** Replaces secrets by `[redacted: NAME]` before anything is written. Never fails open: on trouble it throws. */
export interface Redactor {
  redact(text: string): Promise<RedactedText>;
}

export interface MemoryFilter {
  readonly kinds?: readonly MemoryKind[];
  readonly statuses?: readonly MemoryStatus[];
  /** Memories of this project and the user's own. */
  readonly project?: ProjectId;
  readonly since?: number;
  readonly until?: number;
  /** Only what is marked as a guard. */
  readonly guards?: true;
  /** Newest first by default. */
  readonly order?: 'newest' | 'oldest' | 'strongest';
  readonly limit?: number;
  readonly offset?: number;
  /** In lists: of those that `limit` and `offset` leave, only what was said as lasting or decided and no night has looked at yet. */
  readonly fresh?: true;
}

/** A free-text question against the index. `terms` come from `core/text/terms.ts`. */
export interface IndexQuery {
  readonly terms: readonly string[];
  /** Memories of this project and the user's own; undefined = only the user's own; 'any' = all (the owner looking). */
  readonly project: ProjectId | 'any' | undefined;
  readonly statuses: readonly MemoryStatus[];
  readonly kinds?: readonly MemoryKind[];
  readonly limit: number;
}

/** The terms of a memory as the index has them (`core/indexedTexts.ts`), in order, repetitions kept. */
export interface IndexedTerms {
  readonly words: readonly string[];
  readonly cues: readonly string[];
  readonly tags: readonly string[];
}

export interface Candidate {
  readonly memory: Memory;
  /** Absent where the store keeps none: then they are to be made of the memory. */
  readonly terms?: IndexedTerms;
  /** Higher is better; ≥ 0; comparable only within one answer. */
  readonly relevance: number;
}

/** What was said around an episode, nearest first. */
export interface Neighbours {
  readonly before: readonly Memory[];
  readonly after: readonly Memory[];
}

/** A new memory together with the episodes it came from (none for an episode). */
export interface NewMemory {
  readonly memory: Memory;
  readonly evidence?: readonly MemoryId[];
}

export interface AddedMemory extends NewMemory {
  readonly identity?: string;
  readonly unless?: (stored: Memory) => boolean;
}

/** Fields of a memory that may change after birth. Absent = unchanged; `null` clears an optional field. */
export type MemoryPatch = {
  readonly [K in keyof Omit<Memory, 'id' | 'createdAt' | 'source'>]?:
    | Memory[K]
    | (undefined extends Memory[K] ? null : never);
};

/** Reading and writing memories while awake. All writes are journalled under the act's name and can be undone. */
export interface MemoryStore {
  get(id: MemoryId): Promise<Memory | undefined>;
  getMany(ids: readonly MemoryId[]): Promise<readonly Memory[]>;
  list(filter: MemoryFilter): Promise<readonly Memory[]>;
  count(filter: MemoryFilter): Promise<number>;
  /** How many episodes stand behind each; those with none are left out. */
  evidenceCounts(ids: readonly MemoryId[]): Promise<ReadonlyMap<MemoryId, number>>;
  /** The episodes behind each memory, oldest first; an episode's evidence is itself. */
  evidenceOf(ids: readonly MemoryId[]): Promise<ReadonlyMap<MemoryId, readonly Memory[]>>;
  /** Those of the episodes that stand behind a rule or skill, whatever became of it. */
  behindRules(episodes: readonly MemoryId[]): Promise<ReadonlySet<MemoryId>>;
  linksOf(ids: readonly MemoryId[]): Promise<readonly Link[]>;
  /** The rules and skills in use that stand on each of the episodes; those that stand behind none are left out. */
  lessonsFrom(episodes: readonly MemoryId[]): Promise<ReadonlyMap<MemoryId, readonly MemoryId[]>>;
  search(query: IndexQuery): Promise<readonly Candidate[]>;
  /** The index that recall ranks with, as of the last committed write of any process. Made at the first call. */
  recallIndex(): Promise<RecallIndex>;
  /** The words of memories; what is not there is left out. */
  textsOf(ids: readonly MemoryId[]): Promise<ReadonlyMap<MemoryId, string>>;
  /**
   * Episodes of the same conversation (assistant, project and session) just before and after each, nearest first,
   * at most `radius` on either side; ordered by `createdAt`, then by when they were stored. Memories without a
   * session are left out of the answer.
   */
  neighboursOf(ids: readonly MemoryId[], radius: number): Promise<ReadonlyMap<MemoryId, Neighbours>>;
  /** How many memories of the given project (and the user's own) contain each term: for idf and novelty. */
  termCounts(
    terms: readonly string[],
    project: ProjectId | 'any' | undefined,
  ): Promise<{ readonly total: number; readonly counts: ReadonlyMap<string, number> }>;
  /** Episodes whose normalised text hashes to `identity`, newest first. */
  findByIdentity(identity: string): Promise<readonly Memory[]>;
  findByExternalId(externalId: string): Promise<readonly Memory[]>;
  /**
   * Adds in one transaction; `identity` (see `core/capture/identity.ts`) is stored beside each episode. Another process
   * may have kept the same event since it was looked for: `unless` is asked of what stands under the identity by then,
   * and where it says yes the memory is passed over. Answers which were added.
   */
  add(memories: readonly AddedMemory[], act: string): Promise<readonly MemoryId[]>;
  /** Adds links, or replaces those with the same ends and kind; links to what is not here are passed over. */
  addLinks(links: readonly Link[], act: string): Promise<void>;
  /** Changes one memory; answers the memory as it is then. Throws `not-found`. */
  update(id: MemoryId, patch: MemoryPatch, act: string): Promise<Memory>;
  /** Reinforces what was recalled and the links between what was recalled together. Not journalled. */
  reinforce(ids: readonly MemoryId[], now: number): Promise<void>;
  /** Removes a memory for good, with its evidence, links, receipts and journal texts. Not undoable. */
  forget(id: MemoryId): Promise<void>;
  /** Everything is removed for good. */
  forgetEverything(): Promise<void>;
  /** Distinct projects seen, with counts. */
  projects(): Promise<readonly { readonly id: ProjectId; readonly memories: number }[]>;
  /** Grows by one with each committed write from any process: for cheap coherence checks. */
  dataVersion(): Promise<number>;
}

export interface ReceiptCounts {
  readonly injected: number;
  readonly obeyed: number;
  readonly violated: number;
  readonly irrelevant: number;
}

export interface ReceiptStore {
  /**
   * Keeps them and answers those it kept. With `known`, the receipts its caller had seen of the session: what another
   * process told that session meanwhile is passed over, so that of two who tell at once only one does.
   */
  addReceipts(receipts: readonly Receipt[], known?: ReadonlySet<string>): Promise<readonly Receipt[]>;
  receiptsOfSession(session: string): Promise<readonly Receipt[]>;
  receiptCounts(ids: readonly MemoryId[]): Promise<ReadonlyMap<MemoryId, ReceiptCounts>>;
  setVerdict(id: string, verdict: Verdict): Promise<void>;
  /** Sessions with receipts still unknown, told nothing since `before`; the latest first. */
  openSessions(before: number, limit: number): Promise<readonly string[]>;
}

/** Remembers how far each transcript was read. `fingerprint` notices a file that was replaced or truncated. */
export interface ImportCursor {
  readonly file: string;
  readonly offset: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly fingerprint: string;
}

export interface CursorStore {
  cursor(file: string): Promise<ImportCursor | undefined>;
  /** Those of all files, by file: for whoever would ask for many. */
  cursors(): Promise<ReadonlyMap<string, ImportCursor>>;
  /** All of them or none. */
  saveCursors(cursors: readonly ImportCursor[]): Promise<void>;
}

/**
 * Words what the engine found. Off until its owner chose it; every answer is parsed at the border. Rejects with
 * `ModelFailure` (`model.ts`), also when `signal` is heard.
 */
export interface LanguageModel {
  readonly name: string;
  complete(request: {
    readonly system: string;
    readonly prompt: string;
    readonly maxTokens: number;
    readonly signal: AbortSignal;
    /** The form of the answer as a JSON schema, for models that can be held to one. */
    readonly schema?: Readonly<Record<string, unknown>>;
    /** Called each time the request leaves this process: more than once where it is tried in another form. */
    readonly sent?: () => void;
  }): Promise<string>;
}

/** What recall reads of a memory in order to rank it: its terms by field and the facts of its prior, not its words. */
import { indexedText } from '../indexedTexts.ts';
import type { Memory, MemoryId, MemoryKind, MemoryStatus, ProjectId } from '../memory.ts';
import { termsOf } from '../text/terms.ts';

export interface RecallEntry {
  /** Order of storing, ≥ 1. */
  readonly seq: number;
  readonly id: MemoryId;
  readonly kind: MemoryKind;
  readonly status: MemoryStatus;
  /** By scope; undefined = holds everywhere. */
  readonly project: ProjectId | undefined;
  /** The conversation, unique over assistants and projects; only of episodes. */
  readonly session: string | undefined;
  readonly createdAt: number;
  /** When what it remembers was said, ms: an episode's own time, of what was learnt the latest moment it came from. */
  readonly saidAt: number;
  readonly lastAccessedAt: number;
  readonly strength: number;
  readonly rate: number;
  readonly pinned: boolean;
  /** How surely what was learnt holds, 0..1; of an episode, which happened, one half. Not how well it is heeded. */
  readonly confidence: number;
  readonly salience: number;
  readonly replacedBy: MemoryId | undefined;
  /** Its first characters ({@link headLength}) and its last: who speaks, in what tone, and whether it asks. */
  readonly head: string;
  readonly tail: string;
  /** Index terms by field, space-separated, in the order in which they were said. */
  readonly words: string;
  readonly lesson: string;
  readonly cues: string;
  readonly topic: string;
  readonly context: string;
}

export const headLength = 160;
export const tailLength = 4;

/** The terms of the index's columns that a ranking reads, as a store keeps them. */
function termFields(memory: Memory): Pick<RecallEntry, 'words' | 'lesson' | 'cues' | 'topic' | 'context'> {
  const terms = (text: string) => termsOf(text).join(' ');
  return {
    words: terms(indexedText.words(memory)),
    lesson: terms(indexedText.lesson(memory)),
    cues: terms(indexedText.cues(memory)),
    topic: terms(indexedText.tags(memory)),
    context: terms(indexedText.context(memory)),
  };
}

/** An episode's confidence says how surely its words were read, which makes it neither more nor less wanted. */
export const certaintyOf = (kind: MemoryKind, confidence: number): number =>
  kind === 'episode' || kind === 'merged' ? 0.5 : confidence;

/** Of a memory that nothing stands behind: it was said when it was made. */
export function entryOf(memory: Memory, seq: number): RecallEntry {
  const { source } = memory;
  return {
    seq,
    id: memory.id,
    kind: memory.kind,
    status: memory.status,
    project: memory.scope.level === 'user' ? undefined : memory.scope.project,
    session:
      memory.kind === 'episode' && source.session !== undefined
        ? sessionKey(source.assistant, source.project, source.session)
        : undefined,
    createdAt: memory.createdAt,
    saidAt: memory.createdAt,
    lastAccessedAt: memory.lastAccessedAt,
    strength: memory.strength,
    rate: memory.rate,
    pinned: memory.pinned,
    confidence: certaintyOf(memory.kind, memory.confidence),
    salience: memory.salience.total,
    replacedBy: memory.replacedBy,
    head: memory.text.slice(0, headLength),
    tail: memory.text.slice(-tailLength),
    ...termFields(memory),
  };
}

export const sessionKey = (assistant: string, project: string | undefined, session: string) =>
  `${assistant}\n${project ?? ''}\n${session}`;

/** What an import came to: counted while it goes on, told at its end. */
import type { Memory, MemoryLabel } from '../memory.ts';
import { memoryLabels } from '../memory.ts';
import { pointOf } from '../text/point.ts';
import type { CaptureSummary, ShownMoment } from './capture.ts';
import type { TranscriptMessage } from './message.ts';
import { standsAlone } from './standsAlone.ts';

const exampleCount = 5;

interface AssistantTally {
  readonly sessions: Set<string>;
  messages: number;
  episodes: number;
}

export interface Tally {
  messages: number;
  duplicates: number;
  redacted: number;
  belowGate: number;
  readonly episodes: number;
  /** A message of any speaker is looked at. Answers the key of its conversation. */
  saw(message: TranscriptMessage): string;
  /** A message of a user counts. */
  heard(message: TranscriptMessage): void;
  /** An episode was kept. */
  kept(memory: Memory, message: TranscriptMessage): void;
  /** What was counted as kept had been kept meanwhile by another process. */
  keptElsewhere(memory: Memory): void;
  skip(path: string, reason: string, count: number): void;
  summary(): CaptureSummary;
}

export function createTally(): Tally {
  const files = new Set<string>();
  const sessions = new Set<string>();
  const assistants = new Map<string, AssistantTally>();
  const skipped = new Map<string, { path: string; reason: string; count: number }>();
  const kinds = new Map<MemoryLabel, number>();
  let moments: readonly (ShownMoment & { readonly salience: number })[] = [];
  let episodes = 0;
  let file: string | undefined;
  let session: string | undefined;
  let key = '';

  const assistantOf = ({ format }: TranscriptMessage): AssistantTally => {
    const known = assistants.get(format);
    if (known !== undefined) return known;
    const fresh = { sessions: new Set<string>(), messages: 0, episodes: 0 };
    assistants.set(format, fresh);
    return fresh;
  };

  return {
    messages: 0,
    duplicates: 0,
    redacted: 0,
    belowGate: 0,
    get episodes() {
      return episodes;
    },
    saw(message) {
      /* Conversations come one after the other: most messages are of the one before. */
      if (message.file !== file && message.file !== undefined) files.add(message.file);
      if (message.file !== file || message.session !== session || key === '') {
        key = `${message.format}\n${message.session}`;
        sessions.add(key);
        assistantOf(message).sessions.add(message.session);
      }
      ({ file, session } = message);
      return key;
    },
    heard(message) {
      this.messages += 1;
      assistantOf(message).messages += 1;
    },
    kept(memory, message) {
      episodes += 1;
      assistantOf(message).episodes += 1;
      kinds.set(memory.label, (kinds.get(memory.label) ?? 0) + 1);
      const salience = memory.salience.total;
      const least = moments.at(-1);
      if (moments.length === exampleCount && least !== undefined && salience <= least.salience) return;
      if (memory.oneOff || !standsAlone(pointOf(memory.lesson.statement))) return;
      const { label: kind, source, lesson, createdAt: at } = memory;
      const moment = { kind, statement: lesson.statement, assistant: source.assistant, at, salience };
      moments = [...moments, source.project === undefined ? moment : { ...moment, project: source.project }]
        .sort((a, b) => b.salience - a.salience)
        .slice(0, exampleCount);
    },
    keptElsewhere({ label, source }) {
      episodes -= 1;
      this.duplicates += 1;
      kinds.set(label, (kinds.get(label) ?? 1) - 1);
      const assistant = assistants.get(source.assistant);
      if (assistant !== undefined) assistant.episodes -= 1;
    },
    skip(path, reason, count) {
      const at = `${path}\n${reason}`;
      skipped.set(at, { path, reason, count: (skipped.get(at)?.count ?? 0) + count });
    },
    summary() {
      return {
        files: files.size,
        sessions: sessions.size,
        messages: this.messages,
        episodes,
        duplicates: this.duplicates,
        redacted: this.redacted,
        belowGate: this.belowGate,
        kinds: Object.fromEntries(
          memoryLabels.flatMap((label) => {
            const count = kinds.get(label);
            return count === undefined || count === 0 ? [] : [[label, count]];
          }),
        ),
        assistants: [...assistants].map(([assistant, one]) => ({
          assistant,
          sessions: one.sessions.size,
          messages: one.messages,
          episodes: one.episodes,
        })),
        skipped: [...skipped.values()].map(({ path, reason, count }) => ({
          path,
          reason,
          ...(count > 1 ? { count } : {}),
        })),
        examples: moments.map(({ statement }) => statement),
        moments: moments.map(({ salience: _salience, ...moment }) => moment),
      };
    },
  };
}

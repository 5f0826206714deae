/** Material for measuring recall, from outside the project: conversations with questions, and messages that repeat. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RecallQuestion {
  readonly project: string;
  readonly text: string;
  readonly evidence: readonly string[];
}

export interface RecallRow {
  readonly id: string;
  readonly text: string;
  readonly project: string;
  readonly session: string;
  readonly at: string;
  readonly prev?: string;
}

interface Turn {
  readonly speaker: string;
  readonly dia_id: string;
  readonly text: string;
}
interface Conversation {
  readonly conversation: Readonly<Record<string, string | readonly Turn[]>>;
  readonly qa: readonly {
    readonly question: string;
    readonly evidence?: readonly string[];
    readonly category: number;
  }[];
}

/** "1:56 pm on 8 May, 2023". */
function timeIn(text: unknown): number {
  const parts = /(\d+):(\d+) (am|pm) on (\d+) (\w+), (\d+)/.exec(String(text));
  if (parts === null) return Date.UTC(2023, 0, 1);
  const [, hour = '0', minute = '0', half, day, month, year] = parts;
  const date = Date.parse(`${day} ${month} ${year} 00:00:00Z`);
  return date + ((Number(hour) % 12) + (half === 'pm' ? 12 : 0)) * 3_600_000 + Number(minute) * 60_000;
}

export interface Locomo {
  readonly projects: readonly string[];
  readonly rows: readonly RecallRow[];
  readonly questions: readonly RecallQuestion[];
}

/** Each turn a row, each conversation a project; questions of category 5 have no answer in it and are left out. */
export function readLocomo(data: string, file = 'locomo/locomo-first5.json'): Locomo {
  const conversations: readonly Conversation[] = JSON.parse(readFileSync(join(data, file), 'utf8'));
  const rows: RecallRow[] = [];
  const questions: RecallQuestion[] = [];
  conversations.forEach(({ conversation, qa }, index) => {
    const project = `conversation-${index + 1}`;
    const idOf = (turn: string) => `${project}/${turn}`;
    const ids = new Set<string>();
    for (const [session, turns] of Object.entries(conversation)) {
      if (!Array.isArray(turns)) continue;
      const began = timeIn(conversation[`${session}_date_time`]);
      turns.forEach((turn: Turn, place) => {
        ids.add(idOf(turn.dia_id));
        rows.push({
          id: idOf(turn.dia_id),
          text: `${turn.speaker}: ${turn.text}`,
          project,
          session: `${project}-${session}`,
          at: new Date(began + place * 30_000).toISOString(),
        });
      });
    }
    for (const { question, evidence = [], category } of qa) {
      const turns = evidence.flatMap((id) => id.split(/[;,\s]+/)).map(idOf);
      if (category !== 5 && turns.some((id) => ids.has(id)))
        questions.push({ project, text: question, evidence: turns });
    }
  });
  return { projects: conversations.map((_, index) => `conversation-${index + 1}`), rows, questions };
}

interface Message {
  readonly repo: string;
  readonly session: string;
  readonly i: number;
  readonly ts: string;
  readonly text: string;
  readonly prev: string;
}
interface Cluster {
  readonly id: string;
  readonly messages: readonly { readonly session: string; readonly i: number }[];
}

export interface Repeats {
  /** In the order of time. */
  readonly rows: readonly RecallRow[];
  /** The cluster of those messages that ask for what others ask for too. */
  readonly clusterOf: ReadonlyMap<string, string>;
}

export function readRepeats(data: string): Repeats {
  const lines = <T>(file: string): T[] =>
    readFileSync(join(data, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): T => JSON.parse(line));
  /* SpecStory names its file after the moment; other sources say the time. */
  const timeOf = ({ session, ts }: Message) =>
    /\d{4}-\d\d-\d\d_\d\d-\d\d/.exec(session)?.[0] ?? ts.replace('T', '_').replace(':', '-');
  const keyOf = ({ session, i }: { readonly session: string; readonly i: number }) => `${session}#${i}`;
  const rows = lines<Message>('messages.jsonl')
    .map((message, index) => ({ message, index }))
    .sort((one, other) => timeOf(one.message).localeCompare(timeOf(other.message)) || one.index - other.index)
    .map(({ message }, index): RecallRow => {
      const day = Date.parse(timeOf(message).slice(0, 10));
      return {
        id: keyOf(message),
        text: message.text,
        project: message.repo,
        session: message.session,
        at: new Date(day + index * 60_000).toISOString(),
        ...(message.prev === '' ? {} : { prev: message.prev }),
      };
    });
  const clusterOf = new Map<string, string>();
  for (const cluster of lines<Cluster>('clusters.jsonl'))
    for (const message of cluster.messages) clusterOf.set(keyOf(message), cluster.id);
  return { rows, clusterOf };
}

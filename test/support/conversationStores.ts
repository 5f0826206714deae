/** Conversations in the databases and trees of files of assistants that keep no transcript of one file each. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { openConnection } from '../../src/sqlite/connection.ts';
import { type Conversation, opencodeMessages } from './conversations.ts';

type Statement = readonly [sql: string, ...parameters: (string | number | null)[]];

/** Runs the statements on the database at `file`, which is made where there is none. */
export async function runOn(file: string, statements: readonly Statement[]): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const connection = await openConnection({ file, readOnly: false, busyMs: 5000 });
  try {
    await connection.plain(async (sql) => {
      for (const [statement, ...parameters] of statements) await sql.run(statement, parameters);
    });
  } finally {
    await connection.close();
  }
}

export const cursorTables: readonly Statement[] = [
  ['PRAGMA journal_mode = WAL'],
  ['CREATE TABLE IF NOT EXISTS ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)'],
  ['CREATE TABLE IF NOT EXISTS cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)'],
];

export const cursorRow = (key: string, value: unknown): Statement => [
  'INSERT INTO cursorDiskKV (key, value) VALUES (?, ?)',
  key,
  typeof value === 'string' ? value : JSON.stringify(value),
];

/** A conversation as Cursor keeps it since messages have rows of their own. */
export function cursorRows(conversation: Conversation, more: object = {}): readonly Statement[] {
  const { id, cwd, at, turns, noise } = conversation;
  const bubbles = turns.map((turn, index) => ({
    bubbleId: `${id}-${String(index).padStart(3, '0')}`,
    type: turn.role === 'user' ? 1 : 2,
    text: turn.text,
    createdAt: new Date(at + index * 60_000).toISOString(),
    ...(turn.role === 'assistant' && noise !== undefined
      ? {
          toolFormerData: {
            name: 'read_file',
            status: 'completed',
            result: JSON.stringify({ contents: noise }),
          },
        }
      : {}),
  }));
  return [
    cursorRow(`composerData:${id}`, {
      composerId: id,
      _v: 3,
      createdAt: at,
      lastUpdatedAt: at + turns.length * 60_000,
      fullConversationHeadersOnly: bubbles.map(({ bubbleId, type }) => ({ bubbleId, type })),
      workspaceIdentifier: { id: 'w', uri: { fsPath: cwd } },
      ...more,
    }),
    ...bubbles.map((bubble) => cursorRow(`bubbleId:${id}:${bubble.bubbleId}`, bubble)),
  ];
}

export const opencodeTables: readonly Statement[] = [
  ['PRAGMA journal_mode = WAL'],
  [
    `CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, project_id TEXT, parent_id TEXT, directory TEXT, title TEXT,
      time_created INTEGER, time_updated INTEGER)`,
  ],
  [
    'CREATE TABLE IF NOT EXISTS message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, data TEXT)',
  ],
  [
    'CREATE TABLE IF NOT EXISTS part (id TEXT PRIMARY KEY, message_id TEXT, session_id TEXT, time_created INTEGER, data TEXT)',
  ],
];

/** A session as OpenCode keeps it in its database. */
export function opencodeRows(conversation: Conversation, parent: string | null = null): readonly Statement[] {
  const { id, cwd, at, turns } = conversation;
  return [
    [
      'INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      'global',
      parent,
      cwd,
      'Chat',
      at,
      at + (turns.length - 1) * 60_000,
    ],
    ...opencodeMessages(conversation).flatMap(({ info, parts }): readonly Statement[] => [
      [
        'INSERT OR REPLACE INTO message VALUES (?, ?, ?, ?)',
        info.id,
        id,
        info.time.created,
        JSON.stringify(info),
      ],
      ...parts.map(
        (part): Statement => [
          'INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?)',
          part.id,
          info.id,
          id,
          info.time.created,
          JSON.stringify(part),
        ],
      ),
    ]),
  ];
}

/** A session as OpenCode kept it before, by path below its folder. */
export function opencodeTree(conversation: Conversation): Readonly<Record<string, string>> {
  const { id, cwd, at } = conversation;
  const files: Record<string, string> = {
    [`storage/session/global/${id}.json`]: JSON.stringify({
      id,
      directory: cwd,
      time: { created: at, updated: at },
    }),
  };
  for (const { info, parts } of opencodeMessages(conversation)) {
    files[`storage/message/${id}/${info.id}.json`] = JSON.stringify(info);
    for (const part of parts) files[`storage/part/${info.id}/${part.id}.json`] = JSON.stringify(part);
  }
  return files;
}

/** A conversation that nobody closes is judged once it has been quiet for hours, when another one speaks. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ProjectId } from '../../src/core/memory.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { buildMemory, buildReceipt, silentLog } from '../support/builders.ts';
import { reverie } from '../support/commandLine.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 5, 10, 18);

describe('quiet conversations', () => {
  let folder = '';
  let project = '';
  let db: readonly string[] = [];
  const pnpm = () =>
    buildMemory({
      text: 'Use pnpm, not npm, to install packages.',
      lesson: { wrong: 'npm install', right: 'pnpm' },
      scope: { level: 'project', project: project as ProjectId },
    });

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'reverie-quiet-')));
    project = join(folder, 'shop');
    await mkdir(project);
    db = ['--db', join(folder, 'memory.db')];
    const database = await openDatabase({ file: join(folder, 'memory.db'), log: silentLog });
    const rule = pnpm();
    await database.memories.add([{ memory: rule }], 'import');
    const receipt = (session: string, hours: number) =>
      buildReceipt(rule.id, { session, project: project as ProjectId, at: now - hours * hour });
    await database.receipts.addReceipts([
      receipt('obeyed', 8),
      receipt('corrected', 9),
      receipt('aside', 10),
      receipt('fresh', 2),
      receipt('nowhere', 11),
      /* Conversations of other projects, whose transcripts lie elsewhere, may all be newer. */
      ...Array.from({ length: 20 }, (_, index) => receipt(`elsewhere-${index}`, 7)),
    ]);
    await database.close();
  });
  after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  /** A transcript as VS Code's agent keeps it; one exchange, so many hours ago. */
  async function transcript(session: string, hours: number, ...exchange: readonly string[]): Promise<string> {
    const file = join(folder, `${session}.jsonl`);
    const at = (minutes: number) => new Date(now - hours * hour + minutes * 60_000).toISOString();
    const lines = [
      { type: 'session.start', data: { sessionId: session }, timestamp: at(0) },
      ...exchange.map((content, index) => ({
        type: index % 2 === 0 ? 'user.message' : 'assistant.message',
        data: { content },
        id: `${session} ${index}`,
        timestamp: at(index + 1),
      })),
    ];
    await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    return file;
  }

  async function verdicts(): Promise<Readonly<Record<string, string>>> {
    const database = await openDatabase({ file: join(folder, 'memory.db'), log: silentLog });
    const sessions = ['obeyed', 'corrected', 'aside', 'fresh', 'nowhere'];
    const receipts = await Promise.all(sessions.map((one) => database.receipts.receiptsOfSession(one)));
    await database.close();
    return Object.fromEntries(receipts.flat().map(({ session, verdict }) => [session, verdict]));
  }

  it('are read as a whole and judged; one that goes on, or that nobody can read, is not', async () => {
    await transcript(
      'obeyed',
      8,
      'Install packages for dates with pnpm or npm.',
      'Done with pnpm.',
      'Thanks.',
    );
    await transcript('corrected', 9, 'Add lodash.', 'I ran npm install lodash.', 'No, use pnpm, not npm!');
    await transcript('aside', 10, 'Draw the harbour at night.', 'Here is a sketch.', 'Lovely.');
    await transcript('fresh', 2, 'Add lodash.', 'I ran npm install lodash.', 'No, use pnpm, not npm!');
    const speaking = await transcript('speaking', 0, 'What is left to do?');
    const input = (prompt: string) =>
      JSON.stringify({
        event: 'UserPromptSubmit',
        session: 'speaking',
        transcript: speaking,
        prompt,
        cwd: project,
        timestamp: new Date(now).toISOString(),
      });
    const clock = ['--now', new Date(now).toISOString()];
    /* A few at a time, the oldest or the newest first: the next word takes the rest. */
    for (const words of ['What is left to do?', 'And then?', 'And after that?']) {
      const told = await reverie(['notice', ...db, ...clock], { input: input(words) });
      assert.equal(told.code, 0, told.stderr);
    }
    assert.deepEqual(await verdicts(), {
      obeyed: 'obeyed',
      corrected: 'violated',
      aside: 'irrelevant',
      fresh: 'unknown',
      nowhere: 'unknown',
    });
  });
});

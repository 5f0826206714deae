/**
 * How fast history is imported, and in how much memory: `reverie import` as a process of its own.
 *
 *   npm run build && npm run bench -- import --data DIR [--megabytes N] [--only WORD] [--profile]
 *
 * `DIR/transcripts` is searched for transcripts of any known format. They are copied, with identities of their own for
 * each copy, until each format fills N megabytes (default 100): that is what is timed, so that the start of a process
 * does not count for much; and once more without copies, for what was judged before is quicker to judge again. Then the
 * same conversations are written in every other form an assistant has, once with as much tool output as is typical of
 * Claude Code's own logs (“typical”, what the given logs have per turn), once without any (“dense”: nothing but words). Printed: bytes, CPU seconds (user and system, all threads), megabytes a second,
 * peak resident memory. `--profile` leaves a CPU profile of each run in `out/bench`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { TranscriptFormat } from '../../src/core/capture/message.ts';
import { readTranscripts } from '../../src/transcripts/files.ts';
import { type Conversation, type Turn, writers } from '../support/conversations.ts';
import { report } from './table.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    megabytes: { type: 'string', default: '100' },
    only: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
});
if (values.data === undefined) throw new Error('--data DIR: a folder with transcripts/ in it');
const wanted = Number(values.megabytes) * 1e6;

interface Given {
  readonly path: string;
  readonly format: TranscriptFormat;
  readonly turns: Turn[];
}

/** What is given, by file: its format, and what was said in it. */
async function readGiven(folder: string): Promise<readonly Given[]> {
  const files = new Map<string, Given>();
  for await (const event of readTranscripts([folder])) {
    if (event.type === 'opened') files.set(event.file, { path: event.file, format: event.format, turns: [] });
    if (event.type === 'message')
      files.get(event.file)?.turns.push({ role: event.message.role, text: event.message.text });
  }
  return [...files.values()];
}

/** Hexadecimal identities and file names are changed alike in the whole copy, so that what belongs together does. */
function varied(content: string, copy: number): string {
  const mark = copy.toString(16).padStart(4, '0');
  return content.replace(
    /\b([0-9a-f]{8})-[0-9a-f]{4}(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/g,
    `$1-${mark}$2`,
  );
}

/** Fills `folder` with at most `most` copies; answers how many bytes there are. */
function fill(
  folder: string,
  copies: (copy: number) => readonly { path: string; content: string }[],
  most: number,
): number {
  let bytes = 0;
  for (let copy = 0; bytes < wanted && copy < most; copy += 1) {
    for (const { path, content } of copies(copy)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      bytes += Buffer.byteLength(content);
      if (bytes >= wanted) break;
    }
  }
  return bytes;
}

interface Measured {
  readonly cpu: number;
  readonly megabytes: number;
  readonly summary: { readonly messages: number; readonly episodes: number; readonly duplicates: number };
}

const scratch = mkdtempSync(join(tmpdir(), 'reverie-import-'));
const counter = join(scratch, 'count.cjs');
writeFileSync(
  counter,
  `process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    require('fs').writeFileSync(process.env.REVERIE_COUNTED,
      JSON.stringify({ cpu: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }));
  });`,
);

function measure(name: string, folder: string): Measured {
  const database = join(scratch, 'memory', 'memory.db');
  rmSync(dirname(database), { recursive: true, force: true });
  mkdirSync(dirname(database));
  const counted = join(scratch, 'counted.json');
  const profile = ['--cpu-prof', '--cpu-prof-dir=out/bench', `--cpu-prof-name=import-${name}.cpuprofile`];
  const run = spawnSync(
    process.execPath,
    [
      ...(values.profile ? profile : []),
      '--require',
      counter,
      resolve('dist/cli.js'),
      'import',
      folder,
      '--json',
      '--db',
      database,
    ],
    { encoding: 'utf8', maxBuffer: 1e9, env: { ...process.env, REVERIE_COUNTED: counted } },
  );
  if (run.status !== 0) throw new Error(`${name}: ${run.stderr}`);
  return { ...JSON.parse(readFileSync(counted, 'utf8')), summary: JSON.parse(run.stdout) };
}

const told: (string | number)[][] = [];

function tell(name: string, bytes: number, { cpu, megabytes, summary }: Measured): void {
  const columns = [
    name.padEnd(34),
    (bytes / 1e6).toFixed(1).padStart(7),
    cpu.toFixed(2).padStart(8),
    (bytes / 1e6 / cpu).toFixed(1).padStart(7),
    megabytes.toFixed(0).padStart(9),
    String(summary.messages).padStart(9),
    String(summary.episodes).padStart(9),
    ((cpu * 1e6) / Math.max(1, summary.messages)).toFixed(0).padStart(8),
  ];
  console.log(columns.join(' '));
  const cells = columns.map((column) => column.trim());
  told.push(summary.messages > 0 ? cells : cells.map((cell, at) => (at === 3 || at === 7 ? '–' : cell)));
}

const selected = (name: string): boolean => values.only === undefined || name.includes(values.only);
const fileName = (name: string): string => name.replace(/[^a-z0-9]+/gi, '-');

function timeFolder(name: string, copies: Parameters<typeof fill>[1], most = Number.POSITIVE_INFINITY): void {
  if (!selected(name)) return;
  const folder = join(scratch, 'corpus');
  try {
    const bytes = fill(folder, copies, most);
    tell(name, bytes, measure(fileName(name), folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const given = await readGiven(join(values.data, 'transcripts'));
try {
  console.log(
    `${'what'.padEnd(34)} ${['MB', 'CPU s', 'MB/s', 'peak MB', 'messages', 'episodes', 'µs/msg'].map((head, index) => head.padStart([7, 8, 7, 9, 9, 9, 8][index] ?? 8)).join(' ')}`,
  );
  const nothing = join(scratch, 'nothing');
  mkdirSync(nothing);
  tell('start (an empty folder)', 0, measure('start', nothing));

  for (const format of new Set(given.map((file) => file.format))) {
    const own = given.filter((file) => file.format === format);
    const copies = (copy: number) =>
      own.map(({ path }, index) => ({
        path: join(
          String(copy),
          String(index),
          varied(basename(path).replace(/(\.\w+)$/, `-copy${copy}$1`), copy),
        ),
        content: varied(readFileSync(path, 'utf8'), copy),
      }));
    timeFolder(`given ${format}`, copies);
    timeFolder(`given ${format}, each once`, copies, 1);
  }

  const spoken = given.filter(({ turns }) => turns.some(({ role }) => role === 'user'));
  const claude = given.filter(({ format }) => format === 'claude-code');
  const bytes = claude.reduce((sum, { path }) => sum + statSync(path).size, 0);
  const words = claude.reduce(
    (sum, { turns }) => sum + turns.reduce((all, { text }) => all + text.length, 0),
    0,
  );
  const answers = claude.reduce(
    (sum, { turns }) => sum + turns.filter(({ role }) => role === 'assistant').length,
    0,
  );
  const noiseBytes = Math.round((bytes - words) / Math.max(1, answers));
  const line = 'export const retries = 3; // as agreed, see the notes beside the queue\n';
  const noise = line.repeat(Math.ceil(noiseBytes / line.length));
  for (const writer of writers) {
    for (const kind of ['typical', 'dense'] as const) {
      timeFolder(`${writer.name}, ${kind}`, (copy) =>
        spoken.map(({ turns }, index) => {
          const conversation: Conversation = {
            id: `${index.toString(16).padStart(8, '0')}-${copy.toString(16).padStart(4, '0')}-4000-8000-000000000000`,
            cwd: `/srv/app-${index % 7}-${copy}-${index}`,
            at: Date.UTC(2026, 0, 1) + (copy * spoken.length + index) * 3_600_000,
            turns,
            ...(kind === 'typical' ? { noise } : {}),
          };
          return writer.write(conversation);
        }),
      );
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
report({
  title: 'Import',
  columns: ['', 'MB', 'CPU s', 'MB/s', 'peak MB', 'messages', 'episodes', 'µs a message'],
  rows: told,
  notes: [
    'Each a whole process. Given: real logs, copied until there is enough. Typical: the same words with as much tool output as real logs have; dense: nothing but words.',
  ],
});

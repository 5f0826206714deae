/** History as a first-class moment: what is there, what was chosen of it, how far it is, what it came to. */
import { createInterface } from 'node:readline/promises';
import type { CaptureSummary } from '../core/capture/capture.ts';
import { ReverieError } from '../core/errors.ts';
import type { FoundTranscripts } from '../transcripts/discovery.ts';
import type { Progress } from './progress.ts';
import { clip } from './text.ts';

/** Words an assistant is chosen by: its name as `discover` tells it, or its short name. */
export function chosenFrom(
  found: readonly FoundTranscripts[],
  words: readonly string[],
): readonly FoundTranscripts[] {
  for (const word of words) {
    if (!found.some((one) => isNamed(one, word)))
      throw new ReverieError(
        'usage',
        `No conversations of “${word}” were found. There are: ${found.map(({ name }) => name).join(', ') || 'none'}.`,
      );
  }
  return found.filter((one) => words.some((word) => isNamed(one, word)));
}

const isNamed = ({ assistant, name }: FoundTranscripts, word: string): boolean =>
  [assistant, name.toLowerCase()].includes(word.trim().toLowerCase());

/** What stands here, a line each; dates are those of the files. */
export function foundLines(found: readonly FoundTranscripts[]): readonly string[] {
  const names = found.map(({ name }) => name.length);
  const width = Math.max(0, ...names);
  return found.map(({ name, conversations, files, from, to }, index) => {
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    const count = `${conversations} conversation${conversations === 1 ? '' : 's'}`;
    return `${String(index + 1).padStart(3)}  ${name.padEnd(width)}  ${count.padEnd(18)} ${(bytes / 1e6).toFixed(1).padStart(8)} MB  ${dayOf(from)} – ${dayOf(to)}`;
  });
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Shows what was found, and asks at a terminal which of it to read; everywhere else all of it is chosen. */
export async function askWhich(found: readonly FoundTranscripts[]): Promise<readonly FoundTranscripts[]> {
  if (found.length === 0 || !process.stdin.isTTY || !process.stderr.isTTY) return found;
  process.stderr.write(
    `Found on this machine, and nothing of it read yet:\n${foundLines(found).join('\n')}\n`,
  );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('Read which? Numbers, or Enter for all, n for none: ');
    const words = answer.trim().toLowerCase();
    if (words === '' || words === 'all') return found;
    const numbers = words.split(/[\s,]+/).map(Number);
    return found.filter((_one, index) => numbers.includes(index + 1));
  } finally {
    terminal.close();
  }
}

/** Tells how far an import is, assistant by assistant. */
export interface ImportWatch {
  /** A file's turn has come, whether or not there is something new in it. */
  onFile(path: string, size: number): void;
  /** What was kept so far. */
  onKept(episodes: number): void;
}

export function watchImport(
  chosen: readonly FoundTranscripts[],
  report: (progress: Progress) => void,
): ImportWatch {
  const sources = new Map<string, { readonly name: string; readonly total: number; done: number }>();
  let bytes = 0;
  for (const { name, files } of chosen) {
    const source = { name, total: files.length, done: 0 };
    for (const { path, size } of files) {
      sources.set(path, source);
      bytes += size;
    }
  }
  let read = 0;
  let episodes = 0;
  let last: { readonly name: string; readonly total?: number; readonly done: number } = {
    name: 'import',
    done: 0,
  };
  const tell = () =>
    report({
      stage: last.name,
      done: last.done,
      ...(last.total === undefined ? {} : { total: last.total }),
      detail: `${episodes} moments kept`,
      ...(bytes === 0 ? {} : { share: Math.min(1, read / bytes) }),
    });
  return {
    onFile(path, size) {
      const source = sources.get(path);
      if (source === undefined) last = { name: 'files', done: last.name === 'files' ? last.done + 1 : 1 };
      else {
        source.done += 1;
        last = source;
      }
      tell();
      read += size;
    },
    onKept(count) {
      episodes = count;
      tell();
    },
  };
}

/** What an import came to, with whether it was stopped before its end, and the files in which nothing was new. */
export type ImportSummary = CaptureSummary & { readonly stopped: boolean; readonly unchanged: number };

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** In words. */
export function summaryLines(summary: ImportSummary): string {
  const { assistants, kinds, moments } = summary;
  const lines = [
    `Read ${plural(summary.messages, 'message')} in ${plural(summary.sessions, 'conversation')} of ${plural(summary.files, 'file')}.`,
    ...assistants.map(
      ({ assistant, sessions, messages, episodes }) =>
        `  ${assistant}: ${plural(sessions, 'conversation')}, ${plural(messages, 'message')}, ${episodes} kept`,
    ),
    `Kept ${plural(summary.episodes, 'moment')}${summary.episodes === 0 ? '' : `: ${kindWords(kinds)}`}.`,
    `${summary.duplicates} known already, ${summary.belowGate} said too little to keep, ${plural(summary.redacted, 'secret')} left out.`,
  ];
  if (summary.unchanged > 0) lines.push(`${plural(summary.unchanged, 'file')} had nothing new.`);
  if (summary.skipped.length > 0) {
    const byReason = new Map<string, number>();
    for (const { reason, count } of summary.skipped)
      byReason.set(reason, (byReason.get(reason) ?? 0) + (count ?? 1));
    lines.push('Not read:', ...[...byReason].map(([reason, count]) => `  ${count}× ${reason}`));
  }
  if (moments.length > 0)
    lines.push(
      'For example:',
      ...moments.map(({ kind, statement, at }) => `  ${dayOf(at)} ${kind}: “${clip(statement, 90)}”`),
    );
  if (summary.stopped) lines.push('Stopped. What was read is kept; the same command goes on from there.');
  return lines.join('\n');
}

function kindWords(kinds: ImportSummary['kinds']): string {
  return Object.entries(kinds)
    .map(([kind, count]) => (kind === 'fix' && count !== 1 ? `${count} fixes` : plural(count, kind)))
    .join(', ');
}

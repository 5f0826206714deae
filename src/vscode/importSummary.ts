/** What an import came to, as a page to read. */
import { z } from 'zod/mini';

/** The summary of the command line, as far as it is shown. */
export const imported = z.object({
  sessions: z.number(),
  messages: z.number(),
  episodes: z.number(),
  duplicates: z.number(),
  redacted: z.number(),
  belowGate: z.number(),
  unchanged: z.number(),
  stopped: z.boolean(),
  kinds: z.record(z.string(), z.number()),
  assistants: z.array(
    z.object({
      assistant: z.string(),
      sessions: z.number(),
      messages: z.number(),
      episodes: z.number(),
    }),
  ),
  moments: z.array(
    z.object({
      kind: z.string(),
      statement: z.string(),
      assistant: z.string(),
      project: z.optional(z.string()),
      at: z.number(),
    }),
  ),
  skipped: z.array(z.object({ path: z.string(), reason: z.string(), count: z.optional(z.number()) })),
});
export type Imported = z.infer<typeof imported>;

const times = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** Names of files in words of their own, and nothing a person wrote may be read as markup. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&').replace(/\s+/g, ' ');
/** Reasons are told with so many files by name. */
const mostFiles = 10;

export function importSummaryText(summary: Imported): string {
  const lines = [
    summary.stopped ? '# Past conversations, as far as they were read' : '# Past conversations',
    '',
    `Read ${times(summary.messages, 'message')} in ${times(summary.sessions, 'conversation')}; kept **${times(summary.episodes, 'moment')}**.`,
    `${summary.duplicates} known already, ${summary.belowGate} said too little to keep, ${times(summary.redacted, 'secret')} left out${summary.unchanged === 0 ? '' : `, nothing new in ${times(summary.unchanged, 'file')}`}.`,
  ];
  if (summary.assistants.length > 0)
    lines.push(
      '',
      '| assistant | conversations | messages | kept |',
      '|---|---:|---:|---:|',
      ...summary.assistants.map(
        ({ assistant, sessions, messages, episodes }) =>
          `| ${plain(assistant)} | ${sessions} | ${messages} | ${episodes} |`,
      ),
    );
  const kinds = Object.entries(summary.kinds);
  if (kinds.length > 0)
    lines.push(
      '',
      '| kind | kept |',
      '|---|---:|',
      ...kinds.map(([kind, count]) => `| ${kind} | ${count} |`),
    );
  if (summary.moments.length > 0)
    lines.push(
      '',
      '## For example',
      '',
      ...summary.moments.map(
        ({ kind, statement, assistant, at }) => `- ${plain(statement)} *(${kind}, ${assistant}, ${day(at)})*`,
      ),
    );
  if (summary.skipped.length > 0) {
    lines.push('', '## What could not be read', '');
    const byReason = new Map<string, { count: number; readonly paths: string[] }>();
    for (const { path, reason, count } of summary.skipped) {
      const known = byReason.get(reason) ?? { count: 0, paths: [] };
      byReason.set(reason, known);
      known.count += count ?? 1;
      known.paths.push(path);
    }
    for (const [reason, { count, paths }] of byReason) {
      lines.push(`- ${count} × ${reason}`);
      for (const path of paths.slice(0, mostFiles)) lines.push(`  - ${plain(path)}`);
      if (paths.length > mostFiles) lines.push(`  - and ${paths.length - mostFiles} more`);
    }
  }
  lines.push(
    '',
    summary.stopped
      ? 'Stopped: “Reverie: Import Past Conversations…” goes on from there.'
      : 'Moments become rules in sleep: “Reverie: Sleep Now”.',
    '',
  );
  return lines.join('\n');
}

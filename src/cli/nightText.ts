/** A night, worded for a terminal. */
import type { NightReport, Stage } from '../core/sleep/phase.ts';
import { wrap } from './text.ts';

const depth: readonly Stage[] = ['REM', 'N1', 'N2', 'N3'];

/** The hypnogram as four rows, one column a phase run. */
function hypnogram(report: NightReport): readonly string[] {
  return depth.map(
    (stage) =>
      `  ${stage.padEnd(4)}${report.stages.map((one) => (one.stage === stage ? '▇▇' : '  ')).join('')}`,
  );
}

/** Header, hypnogram, a line a phase that changed something, the rules and dreams, and the summary. */
export function nightLines(report: NightReport): string {
  const when = new Date(report.startedAt).toISOString().slice(0, 16).replace('T', ' ');
  const seconds = ((report.finishedAt - report.startedAt) / 1000).toFixed(1);
  const busy = report.stages.filter((stage) => stage.changed > 0 || stage.cycle === 0);
  return [
    `Night ${report.number} · ${when} · ${report.state} · ${report.changes} changes · ${seconds} s · ${report.id}`,
    ...hypnogram(report),
    ...busy.map(
      (stage) => `  ${stage.stage.padEnd(4)}${stage.phase.padEnd(16)}${wrap(stage.detail, 76, 22)}`,
    ),
    ...(report.rules.length > 0
      ? [
          '',
          'Rules',
          ...report.rules.map(
            (rule) => `  ${rule.change === 'new' ? '+' : '~'} [${rule.status}] ${wrap(rule.text, 84, 4)}`,
          ),
        ]
      : []),
    ...(report.dreams.length > 0
      ? ['', 'Dreams', ...report.dreams.map((dream) => `  ☾ ${wrap(dream.text, 84, 4)}`)]
      : []),
    '',
    wrap(report.summary, 96),
  ].join('\n');
}

/**
 * False alarms of the editor as witness, over scripted editing: episodes where nobody rewrote what an assistant wrote.
 *
 *   npm run bench -- witness [EDITS] [--seeds N]
 *
 * Three kinds of days: one without any assistant; one on which an assistant's text is only gone on with; one on which
 * it is also rewritten, which tells how much is noticed. The rate is given with its 95 % upper bound (Poisson).
 */
import { parseArgs } from 'node:util';
import type { Alarm } from '../support/editingWorld.ts';
import { scriptedEditing } from '../support/scriptedEditing.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string', default: '5' } },
});
const wanted = Number(positionals[0] ?? 20_000);
const seeds = Number(values.seeds);

/** Upper end of the exact 95 % interval of a Poisson count (half the 97.5 % quantile of χ² with 2(n+1) degrees, Wilson–Hilferty). */
function upper(count: number): number {
  if (count === 0) return 3;
  const degrees = 2 * (count + 1);
  const z = 1.96;
  return (degrees / 2) * (1 - 2 / (9 * degrees) + z * Math.sqrt(2 / (9 * degrees))) ** 3;
}

for (const [what, assistant, rewrites] of [
  ['no assistant', false, false],
  ['an assistant’s text gone on with', true, false],
  ['and rewritten', true, true],
] as const) {
  let edits = 0;
  let ms = 0;
  const alarms: Alarm[] = [];
  const found = new Map<string, { made: number; seen: number }>();
  for (let seed = 0; seed < seeds; seed += 1) {
    const before = process.cpuUsage();
    const report = scriptedEditing({ seed: `${what} ${seed}`, edits: wanted / seeds, assistant, rewrites });
    const { user, system } = process.cpuUsage(before);
    ms += (user + system) / 1000;
    edits += report.edits;
    alarms.push(...report.alarms);
    for (const [kind, { made, seen }] of report.rewrites) {
      const known = found.get(kind) ?? { made: 0, seen: 0 };
      found.set(kind, { made: known.made + made, seen: known.seen + seen });
    }
  }
  const per = (count: number) => ((1000 * count) / edits).toFixed(3);
  console.log(
    `${what}: ${edits} edits, ${alarms.length} false alarms = ${per(alarms.length)} per 1,000 (at most ${per(upper(alarms.length))}); ${(ms / edits).toFixed(3)} ms of CPU an edit, the script's own work included`,
  );
  const causes = new Map<string, number>();
  for (const { after, lesson } of alarms) {
    const cause = `${lesson.kind} after ${after}`;
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  for (const [cause, count] of [...causes].sort((a, b) => b[1] - a[1]).slice(0, 12))
    console.log(`    ${count}× ${cause}`);
  for (const [kind, { made, seen }] of found) console.log(`    the user ${kind}: ${seen} of ${made} noticed`);
}

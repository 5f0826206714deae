/**
 * What a night amounts to, in numbers: each stage of each cycle with what it is there for, what was learned by type,
 * and the memory before and after. All of it is read off the phases' own measures, so that a night that was
 * interrupted and gone on with tells the same as an unbroken one.
 */
import { effectiveStrength, isLesson } from '../../memory.ts';
import { allSteps, eachStep, type Steps } from '../../steps.ts';
import {
  type Learned,
  type NightMeasures,
  type PhaseReport,
  type SleepSnapshot,
  type StageAccount,
  stages,
} from '../phase.ts';
import { pressureOf } from './drive.ts';
import { isLiving, isUnslept } from './living.ts';

const round = (value: number) => Math.round(value * 10_000) / 10_000;

/** What {@link measureSteps} finds, at once. */
export const measuresOf = (snapshot: SleepSnapshot, now: number): NightMeasures =>
  allSteps(measureSteps(snapshot, now));

/** The memory as it is now, in pieces: a hundred thousand memories take their time. */
export function* measureSteps(snapshot: SleepSnapshot, now: number): Steps<NightMeasures> {
  let [memories, rules, sum, salience, unslept] = [0, 0, 0, 0, 0];
  yield* eachStep(snapshot.memories, (memory) => {
    if (!isLiving(memory)) return;
    memories++;
    sum += effectiveStrength(memory, now);
    if (isLesson(memory) && memory.status === 'active') rules++;
    if (!isUnslept(memory)) return;
    salience += memory.salience.total;
    unslept++;
  });
  return {
    memories,
    rules,
    strength: memories === 0 ? 0 : round(sum / memories),
    unslept,
    pressure: round(pressureOf(salience)),
  };
}

const prefix = 'before.';
const measureNames = [
  'memories',
  'rules',
  'strength',
  'unslept',
  'pressure',
] as const satisfies readonly (keyof NightMeasures)[];

/** The memory at nightfall as measures: the first phase of a night carries them, so that they outlive a killed process. */
export function asFirstMeasures(before: NightMeasures): Readonly<Record<string, number>> {
  return Object.fromEntries(measureNames.map((name) => [`${prefix}${name}`, before[name]]));
}

/** Undefined for a night whose first phase does not carry them. */
export function beforeIn([first]: readonly PhaseReport[]): NightMeasures | undefined {
  if (first === undefined || !(`${prefix}memories` in first.measures)) return undefined;
  const read = (name: keyof NightMeasures) => first.measures[`${prefix}${name}`] ?? 0;
  return {
    memories: read('memories'),
    rules: read('rules'),
    strength: read('strength'),
    unslept: read('unslept'),
    pressure: read('pressure'),
  };
}

const summed = (reports: readonly PhaseReport[], ...names: readonly string[]) =>
  reports.reduce(
    (sum, { measures }) => sum + names.reduce((part, name) => part + (measures[name] ?? 0), 0),
    0,
  );

/** The bars of the hypnogram, cycle by cycle, N1 to REM. */
export function hypnogramOf(reports: readonly PhaseReport[]): readonly StageAccount[] {
  const cycles = [...new Set(reports.map(({ cycle }) => cycle))].sort((a, b) => a - b);
  return cycles.flatMap((cycle) =>
    stages.flatMap((stage) => {
      const own = reports.filter((report) => report.cycle === cycle && report.stage === stage);
      const [first] = own;
      return first === undefined ? [] : [accountOf(first, own)];
    }),
  );
}

function accountOf(first: PhaseReport, own: readonly PhaseReport[]): StageAccount {
  const done = summed(own, 'replayed', 'merged', 'archived');
  const left = summed(own, 'unslept', 'left');
  return {
    cycle: first.cycle,
    stage: first.stage,
    started: first.started,
    ms: own.reduce((sum, { ms }) => sum + ms, 0),
    changed: own.reduce((sum, { changed }) => sum + changed, 0),
    replayed: summed(own, 'replayed', 'old'),
    progress: left === 0 ? 1 : round(done / (done + left)),
    precision: summed(own, 'receipts', 'contradictions', 'validated'),
    dreams: summed(own, 'dreams'),
    relieved: summed(own, 'relieved'),
    creative: summed(own, 'analogies'),
  };
}

export function learnedIn(reports: readonly PhaseReport[]): Learned {
  return {
    declarative: {
      decisions: summed(reports, 'decisions'),
      rules: summed(
        reports.filter(({ phase }) => phase === 'crystallization'),
        'rules',
      ),
      confirmed: summed(reports, 'validated'),
    },
    procedural: { skills: summed(reports, 'skills') },
    emotional: { relieved: summed(reports, 'relieved') },
    insight: { dreams: summed(reports, 'dreams') },
  };
}

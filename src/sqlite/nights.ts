/** Nights and their phases as rows. */
import type { NightId } from '../core/memory.ts';
import type { Night, NightState } from '../core/sleep/night/store.ts';
import { type NightReport, type PastNight, type PhaseReport, phaseNames } from '../core/sleep/phase.ts';
import { keys } from './bulk.ts';
import { jsonAt, numberAt, oneOfAt, optionalNumberAt, optionalTextAt, storable, textAt } from './columns.ts';
import type { Row, Session } from './connection.ts';

const states = ['running', 'complete', 'interrupted', 'undone'] as const satisfies readonly NightState[];
const stages = ['N1', 'N2', 'N3', 'REM'] as const;

export async function insertPhase(sql: Session, night: NightId, report: PhaseReport): Promise<void> {
  await sql.run(
    `INSERT INTO phases (night, ordinal, stage, phase, cycle, started_at, ms, read, changed, detail, measures)
     SELECT ?1, coalesce(max(ordinal) + 1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM phases WHERE night = ?1`,
    [
      night,
      report.stage,
      report.phase,
      report.cycle,
      report.started,
      report.ms,
      report.read,
      report.changed,
      storable(report.detail),
      JSON.stringify(report.measures),
    ],
  );
}

const decodePhase = (row: Row): PhaseReport => ({
  stage: oneOfAt(row, 'stage', stages),
  phase: oneOfAt(row, 'phase', phaseNames),
  cycle: numberAt(row, 'cycle'),
  started: numberAt(row, 'started_at'),
  ms: numberAt(row, 'ms'),
  read: numberAt(row, 'read'),
  changed: numberAt(row, 'changed'),
  detail: textAt(row, 'detail'),
  measures: jsonAt(row, 'measures') as PhaseReport['measures'],
});

/** Phases of each night, in the order they were committed. */
async function phasesOf(
  sql: Session,
  nights: readonly Row[],
): Promise<ReadonlyMap<string, readonly PhaseReport[]>> {
  const found = new Map<string, PhaseReport[]>(nights.map((row) => [textAt(row, 'id'), []]));
  const rows = await sql.all(
    'SELECT * FROM phases WHERE night IN (SELECT value FROM json_each(?)) ORDER BY night, ordinal',
    [keys(found.keys())],
  );
  for (const row of rows) found.get(textAt(row, 'night'))?.push(decodePhase(row));
  return found;
}

/** Nights of `rows` of the table, with the report as far as it is known: while a night runs, its phases. */
export async function decodeNights(sql: Session, rows: readonly Row[]): Promise<readonly Night[]> {
  const phases = await phasesOf(sql, rows);
  return rows.map((row) => {
    const id = textAt(row, 'id') as NightId;
    const number = numberAt(row, 'number');
    const startedAt = numberAt(row, 'started_at');
    const finishedAt = optionalNumberAt(row, 'finished_at');
    const state = oneOfAt(row, 'state', states);
    const scope = optionalTextAt(row, 'scope');
    const committed = phases.get(id) ?? [];
    const told = row['report'] === null ? undefined : (jsonAt(row, 'report') as NightReport);
    const report: NightReport = told
      ? { ...told, state }
      : {
          id,
          number,
          startedAt,
          finishedAt: finishedAt ?? startedAt,
          state,
          stages: committed,
          rules: [],
          dreams: [],
          changes: committed.reduce((sum, phase) => sum + phase.changed, 0),
          summary: '',
        };
    return {
      id,
      number,
      startedAt,
      ...(finishedAt !== undefined && { finishedAt }),
      state,
      ...(scope !== undefined && { scope }),
      seed: textAt(row, 'seed'),
      report,
    };
  });
}

/** Nights that came to an end and were not taken back, newest first, at most `limit`. */
export async function pastNights(sql: Session, limit: number): Promise<readonly PastNight[]> {
  const rows = await sql.all(
    `SELECT * FROM nights WHERE state = 'complete' AND finished_at IS NOT NULL ORDER BY number DESC LIMIT ?`,
    [limit],
  );
  const phases = await phasesOf(sql, rows);
  return rows.map((row) => ({
    id: textAt(row, 'id') as NightId,
    number: numberAt(row, 'number'),
    startedAt: numberAt(row, 'started_at'),
    finishedAt: numberAt(row, 'finished_at'),
    state: textAt(row, 'state'),
    stages: phases.get(textAt(row, 'id')) ?? [],
  }));
}

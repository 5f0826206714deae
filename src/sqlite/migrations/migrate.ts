/** Brings a database to the newest schema: each step in a transaction of its own, its version set inside. */
import type { Log } from '../../core/ports.ts';
import type { Connection, Session } from '../connection.ts';
import { m001 } from './m001.ts';
import { m002 } from './m002.ts';
import { m003 } from './m003.ts';
import { m004 } from './m004.ts';
import { m005 } from './m005.ts';
import type { Migration } from './migration.ts';

/** In order, append-only. */
export const migrations: readonly Migration[] = [m001, m002, m003, m004, m005];

/** `RVRI`: says that a SQLite file is ours. */
export const applicationId = 0x52565249;

export const newestVersion = (steps: readonly Migration[] = migrations) => steps.at(-1)?.version ?? 0;

/** Throws where a step is missing or out of order: a mistake of the programmer, found by every test. */
export function checkOrder(steps: readonly Migration[]): void {
  steps.forEach((step, index) => {
    if (step.version !== index + 1) {
      throw new Error(`Migration ${step.version} stands at place ${index + 1}.`);
    }
  });
}

export async function versionOf(sql: Session): Promise<number> {
  const value = (await sql.all('PRAGMA user_version'))[0]?.['user_version'];
  return typeof value === 'number' ? value : 0;
}

/** Idempotent, and safe while other processes do the same: the version is read again under the write lock. */
export async function migrate(
  connection: Connection,
  log: Log,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  checkOrder(steps);
  for (const step of steps) {
    const done = await connection.write(
      async (sql) => {
        if ((await versionOf(sql)) >= step.version) return false;
        if (step.version === 1) await sql.run(`PRAGMA application_id = ${applicationId}`);
        for (const statement of step.statements) await sql.run(statement);
        await sql.run(`PRAGMA user_version = ${step.version}`);
        return true;
      },
      { counted: false },
    );
    if (done) log.info(`The database is now of version ${step.version}: ${step.name}.`);
  }
}

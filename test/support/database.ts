/** Databases for tests: in a folder of their own that goes away with the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Database } from '../../src/core/database.ts';
import type { Clock } from '../../src/core/ports.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { silentLog } from './builders.ts';

/** The path of a database that does not exist yet. */
export function freshFile(test: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-store-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'home', 'memory.db');
}

export async function freshDatabase(
  test: Pick<TestContext, 'after'>,
  clock?: Clock,
): Promise<Database & { readonly file: string }> {
  const file = freshFile(test);
  const database = await openDatabase({ file, log: silentLog, ...(clock && { clock }) });
  test.after(() => database.close());
  return { ...database, file };
}

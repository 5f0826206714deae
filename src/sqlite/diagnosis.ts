/** Is the file a sound database of ours? Cheap at each start, thorough only where there is reason for doubt. */
import { ReverieError } from '../core/errors.ts';
import { numberAt, textAt } from './columns.ts';
import { type Connection, openConnection, type Session } from './connection.ts';
import { isSuspect, sizeOf } from './files.ts';
import { applicationId, migrations, newestVersion } from './migrations/migrate.ts';

export type Finding =
  | { readonly state: 'empty' }
  | { readonly state: 'ours'; readonly version: number }
  /** Ours, of a version that this program does not know. */
  | { readonly state: 'future'; readonly version: number }
  /** A sound database of some other program. */
  | { readonly state: 'foreign' }
  | { readonly state: 'damaged' };

/** Reads through `connection`; a lock is waited for, never taken for damage. */
export async function diagnose(file: string, connection: Connection): Promise<Finding> {
  const size = sizeOf(file) ?? 0;
  if (size === 0) {
    /* SQLite would throw the log of an empty file away, and with it what was written last. */
    return (sizeOf(`${file}-wal`) ?? 0) > 0 ? { state: 'damaged' } : { state: 'empty' };
  }
  try {
    const head = await connection.plain(headOf);
    const finding = findingOf(head);
    const missing = head.bytes - size;
    const doubtful = isSuspect(file) || (missing > 0 && !mayBringBack(file, missing, head));
    if (finding.state !== 'foreign' && doubtful && !(await connection.read(isSound)))
      return { state: 'damaged' };
    if (finding.state === 'ours' && finding.version > 0) await connection.plain(touchTables);
    return finding;
  } catch (error) {
    if (ReverieError.is(error, 'database-damaged')) return { state: 'damaged' };
    throw error;
  }
}

/** What stands in the first page. */
interface Head {
  readonly version: number;
  readonly application: number;
  readonly hasTables: boolean;
  /**
   * A file shorter than its pages was cut off. With a log beside it that holds as many, it is only waiting for them, as
   * it does whenever memories were added and the log was not folded in yet: then a look at every page, which takes seconds
   * on a large memory, is not worth it at every start of a hook; what is missing all the same is found when it is read, and
   * the file is suspect from then on. With a shorter log a look at every page decides. Asked of SQLite and never read from
   * the file itself: closing any handle of this process on the file would drop SQLite's locks on it
   * (https://www.sqlite.org/howtocorrupt.html, 2.2), and the next process to close would throw away the log under us.
   */
  readonly bytes: number;
  readonly page: number;
}

/**
 * In one statement, so of one moment: another process may be making the tables just now, and a version from before them
 * beside tables from after would be the mark of a foreign file.
 */
async function headOf(sql: Session): Promise<Head> {
  const [row] = await sql.all(
    `SELECT user_version AS version, application_id AS application, EXISTS (SELECT 1 FROM sqlite_schema) AS has_tables,
       page_count * page_size AS bytes, page_size AS page
     FROM pragma_user_version, pragma_application_id, pragma_page_count, pragma_page_size`,
  );
  return row === undefined
    ? { version: 0, application: 0, hasTables: false, bytes: Number.POSITIVE_INFINITY, page: 1 }
    : {
        version: numberAt(row, 'version'),
        application: numberAt(row, 'application'),
        hasTables: numberAt(row, 'has_tables') === 1,
        bytes: numberAt(row, 'bytes'),
        page: numberAt(row, 'page'),
      };
}

/** Of the log: https://www.sqlite.org/walformat.html. Bytes. */
const logHead = 32;
const frameHead = 24;

/** Could the log hold so many bytes of pages? */
function mayBringBack(file: string, bytes: number, { page }: Pick<Head, 'page'>): boolean {
  const log = sizeOf(`${file}-wal`) ?? 0;
  return Math.floor((log - logHead) / (page + frameHead)) * page >= bytes;
}

function findingOf({ version, application, hasTables }: Head): Finding {
  if (application === applicationId)
    return version > newestVersion() ? { state: 'future', version } : { state: 'ours', version };
  return version === 0 && application === 0 && !hasTables ? { state: 'empty' } : { state: 'foreign' };
}

async function isSound(sql: Session): Promise<boolean> {
  const rows = await sql.all('PRAGMA quick_check(1)');
  return rows.length === 1 && rows[0] !== undefined && textAt(rows[0], 'quick_check') === 'ok';
}

/** The roots of the tables that everything depends on can be read. */
async function touchTables(sql: Session): Promise<void> {
  await sql.all('SELECT data_version, (SELECT id FROM memories ORDER BY seq DESC LIMIT 1) FROM coherence');
}

/** Opens, looks and closes again. */
export async function diagnoseFile(file: string, busyMs: number): Promise<Finding> {
  let connection: Connection | undefined;
  try {
    connection = await openConnection({ file, readOnly: false, busyMs });
    return await diagnose(file, connection);
  } catch (error) {
    if (ReverieError.is(error, 'database-damaged')) return { state: 'damaged' };
    throw error;
  } finally {
    await connection?.close();
  }
}

export const isCurrent = (finding: Finding): boolean =>
  finding.state === 'ours' && finding.version === newestVersion(migrations);

/** How far each transcript was read. */
import type { CursorStore, ImportCursor } from '../core/ports.ts';
import { runMany } from './bulk.ts';
import { numberAt, textAt } from './columns.ts';
import type { Connection, Row } from './connection.ts';

const decodeCursor = (row: Row): ImportCursor => ({
  file: textAt(row, 'file'),
  offset: numberAt(row, 'offset'),
  size: numberAt(row, 'size'),
  mtimeMs: numberAt(row, 'mtime_ms'),
  fingerprint: textAt(row, 'fingerprint'),
});

export function createCursorStore(connection: Connection, mayWrite: () => void): CursorStore {
  return {
    /* One statement sees one state of the file by itself: no transaction around it. */
    cursor: (file) =>
      connection.plain(async (sql) => {
        const [row] = await sql.all('SELECT * FROM cursors WHERE file = ?', [file]);
        return row === undefined ? undefined : decodeCursor(row);
      }),
    cursors: () =>
      connection.plain(async (sql) => {
        const rows = await sql.all('SELECT * FROM cursors');
        return new Map(rows.map(decodeCursor).map((cursor) => [cursor.file, cursor]));
      }),
    async saveCursors(reached) {
      if (reached.length === 0) return;
      mayWrite();
      /* No change of the memory: what others hold of it stays true. */
      await connection.write(
        async (sql) => {
          await runMany(
            sql,
            reached.map(({ file, offset, size, mtimeMs, fingerprint }) => [
              file,
              offset,
              size,
              mtimeMs,
              fingerprint,
            ]),
            5,
            (values) =>
              `INSERT INTO cursors (file, offset, size, mtime_ms, fingerprint) VALUES ${values}
               ON CONFLICT (file) DO UPDATE SET offset = excluded.offset, size = excluded.size,
                 mtime_ms = excluded.mtime_ms, fingerprint = excluded.fingerprint`,
          );
        },
        { counted: false },
      );
    },
  };
}

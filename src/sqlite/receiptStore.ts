/** What was told to whom, and what came of it. */
import { ReverieError } from '../core/errors.ts';
import type { MemoryId, ProjectId, Receipt, Verdict } from '../core/memory.ts';
import type { ReceiptCounts, ReceiptStore } from '../core/ports.ts';
import { keys } from './bulk.ts';
import {
  flag,
  flagAt,
  numberAt,
  oneOfAt,
  optionalTextAt,
  storable,
  storableOrNull,
  textAt,
} from './columns.ts';
import type { Connection, Row, Session } from './connection.ts';

const verdicts = ['obeyed', 'violated', 'irrelevant', 'unknown'] as const satisfies readonly Verdict[];

export function decodeReceipt(row: Row): Receipt {
  const project = optionalTextAt(row, 'project') as ProjectId | undefined;
  return {
    id: textAt(row, 'id'),
    memory: textAt(row, 'memory') as MemoryId,
    event: textAt(row, 'event'),
    session: textAt(row, 'session'),
    ...(project !== undefined && { project }),
    promptHash: textAt(row, 'prompt_hash'),
    tokens: numberAt(row, 'tokens'),
    at: numberAt(row, 'at'),
    verdict: oneOfAt(row, 'verdict', verdicts),
    counted: flagAt(row, 'counted'),
  };
}

/** Those whose memory their session was not told of since `known` were all its receipts. */
async function untold(
  sql: Session,
  receipts: readonly Receipt[],
  known: ReadonlySet<string>,
): Promise<readonly Receipt[]> {
  const meanwhile = new Set<string>();
  for (const session of new Set(receipts.map((receipt) => receipt.session))) {
    for (const row of await sql.all('SELECT id, memory FROM receipts WHERE session = ?', [session])) {
      if (!known.has(textAt(row, 'id'))) meanwhile.add(`${textAt(row, 'memory')} ${session}`);
    }
  }
  return receipts.filter(({ memory, session }) => !meanwhile.has(`${memory} ${session}`));
}

/** A conversation that was told a rule twice kept or broke it once. */
const conversationsThat = (verdict: Verdict): string =>
  `count(DISTINCT iif(verdict = '${verdict}', iif(session = '', id, session), NULL))`;

export function createReceiptStore(connection: Connection, mayWrite: () => void): ReceiptStore {
  return {
    /** A receipt that is there already stays as it is; one about a memory that is gone is passed over. */
    async addReceipts(receipts, known) {
      mayWrite();
      if (receipts.length === 0) return [];
      return connection.write(async (sql) => {
        const kept = known === undefined ? receipts : await untold(sql, receipts, known);
        /* One statement for all of them, as each is a call that the hook waits for. */
        if (kept.length > 0)
          await sql.run(
            `INSERT OR IGNORE INTO receipts
               (id, memory, event, session, project, prompt_hash, tokens, at, verdict, counted)
             SELECT r.value ->> 0, m.id, r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4,
               r.value ->> 5, r.value ->> 6, r.value ->> 7, r.value ->> 8
             FROM json_each(?) r CROSS JOIN memories m ON m.id = r.value ->> 9`,
            [
              JSON.stringify(
                kept.map((receipt) => [
                  receipt.id,
                  receipt.event,
                  storable(receipt.session),
                  storableOrNull(receipt.project),
                  receipt.promptHash,
                  receipt.tokens,
                  receipt.at,
                  receipt.verdict,
                  flag(receipt.counted),
                  receipt.memory,
                ]),
              ),
            ],
          );
        return kept;
      });
    },
    receiptsOfSession: (session) =>
      connection.plain(async (sql) =>
        (await sql.all('SELECT * FROM receipts WHERE session = ? ORDER BY at, id', [session])).map(
          decodeReceipt,
        ),
      ),
    receiptCounts: (ids) =>
      connection.plain(async (sql) => {
        const rows = await sql.all(
          `SELECT memory, count(*) AS injected, ${conversationsThat('obeyed')} AS obeyed,
             ${conversationsThat('violated')} AS violated, ${conversationsThat('irrelevant')} AS irrelevant
           FROM receipts WHERE memory IN (SELECT value FROM json_each(?)) GROUP BY memory`,
          [keys(ids)],
        );
        const none: ReceiptCounts = { injected: 0, obeyed: 0, violated: 0, irrelevant: 0 };
        const counts = new Map<MemoryId, ReceiptCounts>(ids.map((id) => [id, none]));
        for (const row of rows) {
          counts.set(textAt(row, 'memory') as MemoryId, {
            injected: numberAt(row, 'injected'),
            obeyed: numberAt(row, 'obeyed'),
            violated: numberAt(row, 'violated'),
            irrelevant: numberAt(row, 'irrelevant'),
          });
        }
        return counts;
      }),
    openSessions: (before, limit) =>
      connection.plain(async (sql) =>
        (
          await sql.all(
            `SELECT session, max(at) AS latest FROM receipts WHERE verdict = 'unknown' AND session <> ''
             GROUP BY session HAVING latest < ? ORDER BY latest DESC LIMIT ?`,
            [before, limit],
          )
        ).map((row) => textAt(row, 'session')),
      ),
    async setVerdict(id, verdict) {
      mayWrite();
      await connection.write(async (sql) => {
        const changed = await sql.run('UPDATE receipts SET verdict = ? WHERE id = ?', [verdict, id]);
        if (changed === 0) throw new ReverieError('not-found', `There is no receipt ${id}.`);
      });
    },
  };
}

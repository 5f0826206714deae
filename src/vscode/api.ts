/** What `activate` returns: for other extensions. Additions keep `version`; anything else raises it. */
import type * as vscode from 'vscode';
import { createRecall } from '../core/recall/recall.ts';
import type { Remembered, RememberOptions, Services } from './services.ts';
import type { NightSummary } from './sleeping.ts';
import type { Workload, WorkloadReport } from './witness/workload.ts';

export interface Recalled {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  /** 0..1, comparable only within one answer. */
  readonly score: number;
  readonly why: string;
}

export interface ReverieApi {
  readonly version: 1;
  /** Keeps one explicit memory of the project in hand. Rejects while paused. */
  remember(text: string, options?: RememberOptions): Promise<Remembered>;
  /** Best first; empty where nothing is known. */
  recall(
    query: string,
    options?: { readonly k?: number; readonly path?: string },
  ): Promise<readonly Recalled[]>;
  /** One night now; undefined if the user stopped it. */
  sleep(): Promise<NightSummary | undefined>;
  readonly onDidSleep: vscode.Event<NightSummary>;
  /** How long Reverie's own handlers held up the extension host since it started; `reset` begins anew. */
  workload(reset?: boolean): WorkloadReport;
  /** Hands over what was witnessed so far, without waiting for a rest. */
  flush(): Promise<void>;
}

export function createApi(
  services: Services,
  witness: { readonly workload: Workload; readonly flush: () => Promise<void> },
): ReverieApi {
  return {
    version: 1,
    remember: (text, options) => services.remember(text, options),
    async recall(query, { k = 5, path } = {}) {
      const database = await services.access.open();
      const { recall } = createRecall({ memories: database.memories, clock: { now: () => Date.now() } });
      const answer = await recall({
        text: query,
        project: services.project(),
        k,
        ...(path === undefined ? {} : { path }),
      });
      return answer.results.map(({ memory, score, why }) => ({
        id: memory.id,
        kind: memory.kind,
        text: memory.text,
        score,
        why,
      }));
    },
    sleep: () => services.sleeping.sleepNow(),
    onDidSleep: services.sleeping.onDidSleep,
    workload(reset = false) {
      const report = witness.workload.report();
      if (reset) witness.workload.reset();
      return report;
    },
    flush: () => witness.flush(),
  };
}

/** What `activate` returns: for other extensions. Additions keep `version`; anything else raises it. */
import type * as vscode from 'vscode';
import { createRecall } from '../core/recall/recall.ts';
import type { Remembered, RememberOptions, Services } from './services.ts';
import type { NightSummary } from './sleeping.ts';

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
}

export function createApi(services: Services): ReverieApi {
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
  };
}

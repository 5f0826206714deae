import * as vscode from 'vscode';
import { ReverieError } from '../core/errors.ts';
import { pausedFact } from '../core/injection/hookFacts.ts';
import type { Log } from '../core/ports.ts';
import type { MemoryAccess } from './memoryAccess.ts';
import type { MoodState } from './moodState.ts';
import type { Sleeping } from './sleeping.ts';

/** Between looks at pressure and idleness, ms. */
const considerEveryMs = 60_000;
/** The first look waits until the editor has settled, ms. */
const firstLookMs = 15_000;
/** Between looks at whether another process wrote to the memory, ms. */
const watchEveryMs = 3_000;

/** Looks now and then: is it time to sleep, did another window or a hook write, was Reverie paused elsewhere? */
export function watchMemory(
  access: MemoryAccess,
  moods: MoodState,
  sleeping: Sleeping,
  refresh: () => void,
  log: Log,
): vscode.Disposable {
  let version: number | undefined;
  let looking = false;
  const look = async () => {
    const database = access.opened;
    if (database === undefined || looking) return;
    looking = true;
    try {
      const latest = await database.memories.dataVersion();
      if (latest === version) return;
      version = latest;
      moods.setPaused((await database.getFact(pausedFact)) === true);
      refresh();
    } catch (error) {
      log.debug(`could not look at the memory: ${ReverieError.is(error) ? error.reason : 'unexpected'}`);
    } finally {
      looking = false;
    }
  };
  const consider = () =>
    void sleeping.consider().catch((error: unknown) => {
      log.warn(
        `could not see whether it is time to sleep: ${ReverieError.is(error) ? error.reason : 'unexpected'}`,
      );
    });
  const first = setTimeout(consider, firstLookMs);
  const timers = [setInterval(consider, considerEveryMs), setInterval(() => void look(), watchEveryMs)];
  return new vscode.Disposable(() => {
    clearTimeout(first);
    for (const timer of timers) clearInterval(timer);
  });
}

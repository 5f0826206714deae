/** Taking back a whole night where some of what it did was changed since: the user is asked whether the rest should go. */
import { ReverieError } from '../core/errors.ts';
import type { NightId } from '../core/memory.ts';
import type { SleepStore } from '../core/sleep/night/store.ts';

/**
 * Answers how many changes were taken back: all of the night, or all but what was changed since, or none.
 * @param mayKeep asked only where something was changed since; false leaves the night as it is.
 */
export async function takeBackNight(
  sleep: Pick<SleepStore, 'undo'>,
  night: NightId,
  mayKeep: () => Promise<boolean>,
): Promise<number> {
  try {
    return (await sleep.undo(night)).length;
  } catch (error) {
    if (!ReverieError.is(error, 'undo-conflict')) throw error;
    return (await mayKeep()) ? (await sleep.undo(night, { keepChanged: true })).length : 0;
  }
}

/** A clock that moves only when told. */
import type { Clock } from '../../src/core/ports.ts';
import { noon } from './builders.ts';

export interface TestClock extends Clock {
  /** @param ms may be negative: clocks jump. */
  advance(ms: number): void;
}

export function createTestClock(start = noon): TestClock {
  let now = start;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

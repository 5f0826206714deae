/** Phase 9, REM: taking stock. Filled in below. */
import type { SleepPhase } from './phase.ts';

export const expertise: SleepPhase = {
  name: 'expertise',
  stage: 'REM',
  async run() {
    return { changes: [], report: { read: 0, detail: 'Nothing to take stock of yet.', measures: {} } };
  },
};

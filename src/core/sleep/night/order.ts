/** What a night is asked for, and what it works with. */
import type { Clock, Ids, LanguageModel, Log, Random, Tokenizer } from '../../ports.ts';
import type { InstructionLine, PhaseName, PhaseReport, SleepPhase, Stage } from '../phase.ts';
import type { ModelBudget } from '../words/wording.ts';
import type { Pace } from './breath.ts';
import type { SleepStore } from './store.ts';

export interface SleepDeps {
  readonly sleep: SleepStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tokenizer: Tokenizer;
  readonly log: Log;
  /** Seeded randomness by seed text; default {@link createRandom}. */
  readonly random?: (seed: string) => Random;
  /** Words the lessons and dreams of the night once it has settled; nothing is asked without it. */
  readonly model?: LanguageModel;
  /** Other phases than the usual, for tests and simulations. */
  readonly phases?: readonly SleepPhase[];
  /** Real time; replaced in tests. */
  readonly pace?: Pace;
}

export interface SleepProgress {
  readonly cycle: number;
  readonly stage: Stage;
  readonly phase: PhaseName;
  /** Phases begun so far in this cycle, and phases of a cycle. */
  readonly step: number;
  readonly steps: number;
  /** Changes committed so far this night. */
  readonly changes: number;
  /** Present once the phase is done. */
  readonly report?: PhaseReport;
}

export interface SleepOptions {
  /** Who sleeps, for the lease: unique on this machine. */
  readonly owner: string;
  /** What the night is cued to, see {@link cueOf}; everything where absent. */
  readonly scope?: string;
  /** Numbers 1–9 or names; all where absent. */
  readonly phases?: readonly (number | string)[];
  /** Nothing is written, not even a lease; the report says what would change. */
  readonly dryRun?: boolean;
  /** Real seconds; the night ends complete when they are used up, what is left waits for the next. */
  readonly budgetSeconds?: number;
  readonly signal?: AbortSignal;
  readonly instructions?: readonly InstructionLine[];
  readonly approval?: 'auto' | 'balanced' | 'manual';
  readonly seed?: string;
  /** Version of the program: what another one found settled is looked at again. */
  readonly program?: string;
  /** So many nights with changes stay to be taken back; default `tunables.journal.keepNights`. */
  readonly keepNights?: number;
  /** Once a rule stands for them and no night can be taken back to them, the words of episodes go. Default false. */
  readonly forgetWords?: boolean;
  readonly onProgress?: (progress: SleepProgress) => void;
  /** The clock stands still (a replay): durations are reported as 0. */
  readonly fixedClock?: boolean;
  /** What the language model may cost; default `tunables.model`. */
  readonly modelBudget?: ModelBudget;
}

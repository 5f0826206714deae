/** What the editor leaves in the database for the hooks, which cannot read its settings. */
import type { Database } from '../database.ts';
import { tunables } from '../tunables.ts';

export interface HookFacts {
  /** Everything is switched off. */
  readonly paused: boolean;
  readonly capture: boolean;
  /** Globs of which nothing is noticed. */
  readonly exclude: readonly string[];
  readonly injection: boolean;
  /** What was said once or twice may be told as such before a rule is made of it. */
  readonly recollections: boolean;
  /** Tokens by occasion. */
  readonly budget: { readonly session: number; readonly prompt: number; readonly tool: number };
}

/** Facts under these keys: `paused` (boolean) and `settings` (as below). */
export const pausedFact = 'paused';
export const settingsFact = 'settings';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const flag = (value: unknown) => value !== false;
const tokens = (value: unknown, fallback: number) =>
  typeof value === 'number' && value >= 0 ? value : fallback;

/** Missing or misshapen facts count as the defaults: everything on. */
export async function readHookFacts(database: Pick<Database, 'getFact'>): Promise<HookFacts> {
  const [paused, settings] = await Promise.all([
    database.getFact(pausedFact),
    database.getFact(settingsFact),
  ]);
  const given = isRecord(settings) ? settings : {};
  const budget = isRecord(given['budget']) ? given['budget'] : {};
  return {
    paused: paused === true,
    capture: flag(given['capture']),
    exclude: Array.isArray(given['exclude'])
      ? given['exclude'].filter((glob): glob is string => typeof glob === 'string')
      : [],
    injection: flag(given['injection']),
    recollections: flag(given['recollections']),
    budget: {
      session: tokens(budget['session'], tunables.budget.session),
      prompt: tokens(budget['prompt'], tunables.budget.prompt),
      tool: tokens(budget['tool'], tunables.budget.tool),
    },
  };
}

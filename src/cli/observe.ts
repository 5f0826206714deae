/** What the editor witnessed becomes episodes: JSON Lines on standard input, at low priority. */
import { setPriority } from 'node:os';
import type { CaptureDeps } from '../core/capture/capture.ts';
import { isExcluded } from '../core/capture/exclude.ts';
import {
  isSilent,
  pausesFact,
  privateCommitsFact,
  type Silence,
  silencesFrom,
} from '../core/capture/silence.ts';
import { readHookFacts } from '../core/injection/hookFacts.ts';
import type { ProjectId } from '../core/memory.ts';
import { draftsOfCommit } from '../core/witness/commitDraft.ts';
import type { WitnessDraft } from '../core/witness/draft.ts';
import { draftOfFix } from '../core/witness/fixDraft.ts';
import { type KeepSummary, keepWitnessed, type WitnessedWhere } from '../core/witness/keep.ts';
import { type Observation, observationSchema } from '../core/witness/observation.ts';
import { draftOfRewrite } from '../core/witness/rewriteDraft.ts';
import { readCommits } from './commits.ts';
import type { CommandContext } from './context.ts';
import { readJsonLines } from './jsonLines.ts';

type Draft = WitnessDraft & { readonly where: WitnessedWhere };

/** Up to which commit each repository was read. */
const commitsFact = 'witness.commits';

async function draftsOf(
  observation: Observation,
  heads: Map<string, string>,
  silences: readonly Silence[],
): Promise<readonly (WitnessDraft & { assistant: string })[]> {
  switch (observation.type) {
    case 'rewrite': {
      const draft = draftOfRewrite(observation);
      return draft === undefined ? [] : [{ ...draft, assistant: 'editor' }];
    }
    case 'fix':
    case 'problem': {
      const draft = draftOfFix(observation);
      return draft === undefined
        ? []
        : [{ ...draft, assistant: observation.type === 'fix' ? 'terminal' : 'editor' }];
    }
    case 'git': {
      const { project } = observation;
      const { commits, head } = await readCommits(project, heads.get(project));
      if (head !== undefined) heads.set(project, head);
      return commits
        .filter(({ at }) => !isSilent(silences, at))
        .flatMap(draftsOfCommit)
        .map((draft) => ({ ...draft, assistant: 'git' }));
    }
  }
}

/** Takes in what was witnessed; lines that are no observation are counted, never fatal. */
export async function observe(
  context: CommandContext,
  deps: CaptureDeps,
): Promise<Omit<KeepSummary, 'kept'> & { readonly kept: number; readonly unreadable: number }> {
  try {
    setPriority(15);
  } catch {
    /* The system does not allow it: then at normal priority. */
  }
  const stored = await deps.getFact(commitsFact);
  const heads = new Map<string, string>(
    Object.entries(typeof stored === 'object' && stored !== null ? stored : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  /* What was committed while nothing was to be kept stands in the repository all the same. */
  const silences = [
    ...silencesFrom(await deps.getFact(pausesFact)),
    ...silencesFrom(await deps.getFact(privateCommitsFact)),
  ];
  const drafts: Draft[] = [];
  let unreadable = 0;
  for await (const line of readJsonLines()) {
    const parsed = observationSchema.safeParse(line);
    if (!parsed.success) {
      unreadable += 1;
      continue;
    }
    const { project, session } = parsed.data;
    for (const { assistant, ...draft } of await draftsOf(parsed.data, heads, silences))
      drafts.push({ ...draft, where: { project: project as ProjectId, session, assistant } });
  }
  /* Asked now and not before: pausing holds at once, also for what was on its way. */
  const facts = await readHookFacts(context.database);
  if (facts.paused || !facts.capture) return { kept: 0, duplicates: 0, belowGate: 0, unreadable };
  const allowed = drafts.filter(
    ({ where, path }) =>
      !isExcluded(
        [where.project, ...(path === undefined ? [] : [`${where.project}/${path}`])],
        facts.exclude,
      ),
  );
  const { kept, ...counts } = await keepWitnessed(allowed, deps);
  await deps.setFact(commitsFact, Object.fromEntries(heads));
  return { kept: kept.length, ...counts, unreadable };
}

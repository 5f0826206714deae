/** Why was a lesson not told before its repeat? Asked of the product's own tests of what may be told. */
import { mayBeTold } from '../../src/core/injection/eligible.ts';
import { mayBeRecalled } from '../../src/core/injection/recollections.ts';
import type { Memory, MemoryId, ProjectId } from '../../src/core/memory.ts';
import { tunables } from '../../src/core/tunables.ts';

/** From “nothing there” to “it could have been told”: the last that holds is what stood in the way. */
export const causes = [
  'nothing kept',
  'kept of this conversation only',
  'out of use or contradicted',
  'holds for its task only',
  'holds elsewhere',
  'read too unsurely',
  'behind a rule that may not be told',
  'could be told, was not chosen',
] as const;
export type Cause = (typeof causes)[number];

/**
 * @param lessons memories of the lesson that were kept before.
 * @param behind those of them that stand behind a rule.
 */
export function causeOf(
  lessons: readonly Memory[],
  behind: ReadonlySet<MemoryId>,
  { project, session }: { readonly project: ProjectId; readonly session: string },
): Cause {
  const found = lessons.map((memory) => causes.indexOf(of(memory)));
  return causes[Math.max(0, ...found)] ?? 'nothing kept';

  function of(memory: Memory): Cause {
    if (memory.kind === 'episode' && memory.source.session === session)
      return 'kept of this conversation only';
    if (mayBeTold(memory, project)) return 'could be told, was not chosen';
    if (mayBeRecalled(memory, project, session))
      return behind.has(memory.id) ? 'behind a rule that may not be told' : 'could be told, was not chosen';
    if (memory.scope.level !== 'user' && memory.scope.project !== project) return 'holds elsewhere';
    if (memory.oneOff) return 'holds for its task only';
    if (memory.kind === 'episode' && memory.confidence < tunables.injection.recollection.confidence)
      return 'read too unsurely';
    return 'out of use or contradicted';
  }
}

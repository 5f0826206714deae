/**
 * Whether a memory still agrees with the files it cites. What was read off a file ("the port is in config.ts") may be
 * untrue once that file has changed; what holds for good, or was pinned, only names it. See docs/decisions/043.
 */
import { holdsForGood } from '../capture/standing.ts';
import { type Citation, isKnowledge, type Memory, projectOf } from '../memory.ts';
import type { FileBlob } from '../ports.ts';

/** A rule orders; an episode may only tell. */
const onlyNamesFiles = (memory: Memory): boolean =>
  memory.pinned || (memory.kind === 'episode' ? holdsForGood(memory) : memory.standing);

/** The first cited file that is no longer what it was; undefined where all agree or nobody can tell. */
export function staleCitation(memory: Memory, fileBlob: FileBlob | undefined): Citation | undefined {
  const project = projectOf(memory);
  if (fileBlob === undefined || project === undefined) return undefined;
  const changed = memory.citations.find(({ path, blob }) => {
    if (blob === undefined) return false;
    const present = fileBlob(project, path);
    return present !== undefined && present !== blob;
  });
  /* Last: how long a sentence holds takes longer to read than all the rest of a hook's choice. */
  return changed === undefined || onlyNamesFiles(memory) ? undefined : changed;
}

/** Why it may not hold any more, for one who asks: what is doubtful is told to nobody unasked. */
export function doubtAbout(memory: Memory, fileBlob: FileBlob | undefined): string | undefined {
  if (memory.contradictedBy !== undefined) return 'something said later contradicts it';
  if (memory.obsoleteAt !== undefined) return 'what came later makes it look outdated';
  /* An episode is replaced by what a night merged it into, which says the same. */
  if (memory.replacedBy !== undefined && isKnowledge(memory)) return 'it was replaced since';
  const path = staleCitation(memory, fileBlob)?.path;
  return path === undefined ? undefined : `${path} has changed since it was said`;
}

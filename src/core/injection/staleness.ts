/**
 * Whether a memory still agrees with the files it cites. What was read off a file ("the port is in config.ts") may be
 * untrue once that file has changed; what holds for good, or was pinned, only names it. See docs/decisions/043.
 */
import { isStanding } from '../capture/standing.ts';
import { type Citation, type Memory, projectOf } from '../memory.ts';
import type { FileBlob } from '../ports.ts';

/** A note that the owner has remembered lasts as an order does, but what it says of a file may still go out of date. */
const holdsForGood = ({ kind, standing, pinned, text }: Memory): boolean =>
  pinned || (standing && (kind !== 'episode' || isStanding(text)));

/** The first cited file that is no longer what it was; undefined where all agree or nobody can tell. */
export function staleCitation(memory: Memory, fileBlob: FileBlob | undefined): Citation | undefined {
  const project = projectOf(memory);
  if (fileBlob === undefined || project === undefined || holdsForGood(memory)) return undefined;
  return memory.citations.find(({ path, blob }) => {
    if (blob === undefined) return false;
    const present = fileBlob(project, path);
    return present !== undefined && present !== blob;
  });
}

/** A change of one file as a person reads it. */
import { createTwoFilesPatch } from 'diff';

/** What a file holds, and what it is to hold; undefined = no file. */
export interface FileChange {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** As a unified diff with three lines around it. */
export function patchOf({ file, before, after }: FileChange): string {
  if (before === after) return `${file}: nothing to change`;
  return createTwoFilesPatch(
    before === undefined ? '(new)' : file,
    after === undefined ? '(removed)' : file,
    before ?? '',
    after ?? '',
    undefined,
    undefined,
    { context: 3 },
  ).replace(/^=+\n/, '');
}

/** Git's name for what a file holds, without git. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { type FileBlob, missingFile } from '../core/ports.ts';
import { isElsewhere } from './projectRoot.ts';

/** A larger file is not hashed. Bytes. */
const maxBlob = 2 * 1024 * 1024;

/**
 * A project that is only a name has no files, and what lies outside of it is not looked at, nor what a link in it leads to
 * outside: words name what they like.
 */
export const fileBlob: FileBlob = (project, path) => {
  if (!isAbsolute(project) || isAbsolute(path) || path.split(/[\\/]/).includes('..')) return undefined;
  if (isElsewhere(project)) return undefined;
  try {
    if (!existsSync(project)) return undefined;
    const file = join(project, path);
    if (!existsSync(file)) return missingFile;
    if (!realpathSync(file).startsWith(`${realpathSync(project)}${sep}`)) return undefined;
    const found = statSync(file);
    if (!found.isFile() || found.size > maxBlob) return undefined;
    const content = readFileSync(file);
    return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  } catch {
    return undefined;
  }
};

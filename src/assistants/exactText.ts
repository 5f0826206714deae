/** The text of a file that is to be written back byte for byte. */
import { existsSync, readFileSync } from 'node:fs';
import { ReverieError } from '../core/errors.ts';

/**
 * Undefined where there is no file. Throws `unreadable` also for what is no UTF-8: written back, its bytes would not be
 * what they were.
 */
export function readExactly(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    throw new ReverieError('unreadable', `${file} cannot be read as UTF-8.`, { cause: error });
  }
}

/** What the owner decides about a memory in the editor: all but new words, for which secrets are looked for elsewhere. */
import { createOwnerActs, type OwnerActs } from '../core/acts.ts';
import { ReverieError } from '../core/errors.ts';
import type { MemoryStore } from '../core/ports.ts';

export const createWordlessActs = (memories: MemoryStore): Omit<OwnerActs, 'edit'> =>
  createOwnerActs({ memories, tokenizer: noTokenizer });

async function noTokenizer(): Promise<never> {
  throw new ReverieError('invalid-input', 'Words are edited elsewhere.');
}

/** Tokens as the large assistants count them. The table behind it takes time to load: loaded on first use only. */
import type { Tokenizer } from '../core/ports.ts';

let loading: Promise<Tokenizer> | undefined;

/** o200k_base, the encoding of the current OpenAI models and close to what the others use. */
export function loadTokenizer(): Promise<Tokenizer> {
  loading ??= import('./tokenTable.ts').then(({ countTokens }) => ({ count: countTokens }));
  return loading;
}

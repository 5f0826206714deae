/** The tokenizer with its table: a bundle of its own. o200k_base is the encoding of the current OpenAI models. */
import { countTokens, setMergeCacheSize } from 'gpt-tokenizer/encoding/o200k_base';

/*
 * Words that are no token of their own are remembered, up to so many (100,000 otherwise). The words are parts of the texts
 * they were met in, and hold those texts in memory.
 */
setMergeCacheSize(1000);

export { countTokens };

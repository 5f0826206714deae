/** The tokenizer with its table: a bundle of its own. o200k_base is the encoding of the current OpenAI models. */
export { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

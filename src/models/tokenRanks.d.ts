/** Byte pairs, packed by `scripts/tokenRanks.mjs` while this is built: base64. */
declare module '*.tiktoken' {
  export const packedRanks: string;
}

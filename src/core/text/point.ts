/** The first sentence of what a lesson tells: its point, by which it is compared. What is told with it may follow. */
export const pointOf = (statement: string): string =>
  /^(?:[^.!?]|[.!?](?!\s+[\p{Lu}\p{N}`"'“@]))+[.!?]?/u.exec(statement)?.[0] ?? statement;

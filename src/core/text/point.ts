import { later } from './later.ts';
import { asciiOnly } from './terms.ts';

/** The first sentence of what a lesson tells: its point, by which it is compared. What is told with it may follow. */
export const pointOf = (statement: string): string =>
  (asciiOnly.test(statement) ? asciiPoint : unicodePoint()).exec(statement)?.[0] ?? statement;

const asciiPoint = /^(?:[^.!?]|[.!?](?!\s+[A-Z0-9`"'@]))+[.!?]?/;
const unicodePoint = later(() => /^(?:[^.!?]|[.!?](?!\s+[\p{Lu}\p{N}`"'“@]))+[.!?]?/u);

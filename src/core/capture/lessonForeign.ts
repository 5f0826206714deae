/** Other languages: contrasts by their own words for “instead of”. */
import type { Reading } from './lessonReading.ts';
import { trimmed } from './sentences.ts';

/** Other languages: what is right and what is wrong by their own words for "instead of"; the sentence stays theirs. */
const foreign: readonly (readonly [RegExp, number, number])[] = [
  [
    /(?:nimm|nutze?|verwende?|benutze?|nehmt|verwenden?)\s+(?:bitte\s+)?(.{2,60}?),?\s+(?:an)?statt\s+(.{2,60})/iu,
    1,
    2,
  ],
  [/(.{2,60}?)\s+(?:an)?statt\s+(.{2,60})/iu, 1, 2],
  [/(?:usa|usar|use|utiliza|usemos|usamos)\s+(.{2,60}?)\s+en (?:vez|lugar) de\s+(.{2,60})/iu, 1, 2],
  [/(?:utilise|utilisez|utiliser|prends|on utilise)\s+(.{2,60}?)\s+au lieu de\s+(.{2,60})/iu, 1, 2],
  [/(?:use|usa|usar|utilize)\s+(.{2,60}?)\s+em vez de\s+(.{2,60})/iu, 1, 2],
  [/(?:usa|usare|utilizza)\s+(.{2,60}?)\s+invece di\s+(.{2,60})/iu, 1, 2],
  [/(?:используй(?:те)?|используем|бери)\s+(.{2,60}?),?\s+(?:вместо|а не)\s+(.{2,60})/iu, 1, 2],
  [/(?:不要|别|別|不能)(?:再)?用\s*([^，,。]{1,40})[，,]\s*(?:要|请|而是|改)?用\s*([^，,。]{1,40})/u, 2, 1],
  [/用\s*([^，,。]{1,40}?)[，,]?\s*(?:而不是|不要用|别用)\s*([^，,。]{1,40})/u, 1, 2],
  [/(\S{1,40}?)(?:じゃなくて|ではなくて?|でなく)、?\s*(.{1,40}?)(?:を使|に|で|を|$)/u, 2, 1],
  [/(\S{1,40})\s*(?:말고|대신에?)\s+(\S{1,40})/u, 2, 1],
];

export function readForeign(sentence: string): Reading | undefined {
  if (!/statt|en (?:vez|lugar)|au lieu|em vez|invece|вместо|а не|用|なく|말고|대신/iu.test(sentence))
    return undefined;
  for (const [pattern, right, wrong] of foreign) {
    const match = pattern.exec(sentence);
    const good = match?.[right];
    const bad = match?.[wrong];
    if (good !== undefined && bad !== undefined)
      return { statement: sentence, right: trimmed(good), wrong: trimmed(bad), certainty: 0.8 };
  }
  return undefined;
}

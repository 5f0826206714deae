/**
 * Reading values of unknown shape without trusting them. Hand-written rather than a schema: a reader looks at a few
 * fields of millions of records, and a record with one odd field must still give what is sound in it.
 */

export type Fields = { readonly [key: string]: unknown };

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at `key`, or an empty one. */
export function fieldsAt(value: unknown, key: string): Fields {
  const found = isFields(value) ? value[key] : undefined;
  return isFields(found) ? found : {};
}

/** The list at `key`, or an empty one. */
export function listAt(value: unknown, key: string): readonly unknown[] {
  const found = isFields(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

/** The string at `key` if it is one and not empty. */
export function textAt(value: unknown, key: string): string | undefined {
  const found = isFields(value) ? value[key] : undefined;
  return typeof found === 'string' && found.length > 0 ? found : undefined;
}

/** Earliest and latest moment a transcript can sensibly name: before coding assistants, or a broken clock. */
const earliest = Date.UTC(2015, 0, 1);
const latest = Date.UTC(2200, 0, 1);

/**
 * Epoch milliseconds of an ISO text, of epoch milliseconds or of epoch seconds; undefined for anything else, and for
 * moments no transcript can have.
 */
export function timeOf(value: unknown): number | undefined {
  let at: number;
  if (typeof value === 'number') at = value < 1e11 ? value * 1000 : value;
  else if (typeof value === 'string' && value.length >= 10 && value.length <= 40) at = Date.parse(value);
  else return undefined;
  return at >= earliest && at <= latest ? Math.round(at) : undefined;
}

/**
 * The words of a message whose content is a string, or a list of strings and blocks with a `text`; blocks of another
 * `type` than those named (images, tool calls, reasoning) are left out.
 */
export function wordsOf(content: unknown, types: readonly string[] = ['text']): string {
  if (typeof content === 'string') return content;
  if (isFields(content)) return textAt(content, 'text') ?? '';
  if (!Array.isArray(content)) return '';
  const words: string[] = [];
  for (const block of content) {
    if (typeof block === 'string') words.push(block);
    else if (isFields(block) && (block['type'] === undefined || types.includes(String(block['type'])))) {
      const text = textAt(block, 'text');
      if (text !== undefined) words.push(text);
    }
  }
  return words.join('\n');
}

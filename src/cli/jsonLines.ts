/** JSON Lines on standard input, one value a line. */
import { createInterface } from 'node:readline';
import { ReverieError } from '../core/errors.ts';

/** Yields each line's value; blank lines are passed over. Throws `usage` naming the line that is no JSON. */
export async function* readJsonLines(input: NodeJS.ReadableStream = process.stdin): AsyncGenerator<unknown> {
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new ReverieError('usage', `Line ${line} of standard input is not JSON.`);
    }
    yield value;
  }
}

/** One answer a line, each written before the next question is read. */
export function printJsonLine(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

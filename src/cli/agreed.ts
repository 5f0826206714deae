/** Asking before a file of somebody else is written: only where a person is there to answer. */
import { createInterface } from 'node:readline/promises';

/** A script has said what it wants by its arguments. */
export const someoneIsThere = ({ json }: { readonly json?: boolean }): boolean =>
  process.stdin.isTTY === true && process.stdout.isTTY === true && json !== true;

export async function agreed(question: string): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}

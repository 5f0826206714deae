/** Where a window of this process listens to agents. */
import { readdirSync } from 'node:fs';
import { windowAddress } from '../../src/sqlite/location.ts';

/** @param folder where windows leave their address. An address of nobody while none of this process listens. */
export function listeningAt(folder: string): string {
  const name = readdirSync(folder).find((one) => one.startsWith(`${process.pid}-`));
  return windowAddress(folder, name ?? 'nobody');
}

/** Tells the windows of this machine what an agent wrote: by a local socket, never by a file. */
import { readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { windowAddress } from '../sqlite/location.ts';

function tell(folder: string, name: string, message: string, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(windowAddress(folder, name));
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on('error', (error: NodeJS.ErrnoException) => {
      /* The window is gone, and could not clean up. */
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT')
        rmSync(join(folder, name), { force: true });
      resolve();
    });
    socket.on('close', () => resolve());
    socket.end(message);
  });
}

/**
 * Resolves once each window has heard it.
 * @param patienceMs a window that does not answer is waited for no longer.
 */
export async function tellWindows(folder: string, message: unknown, patienceMs: number): Promise<void> {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  const text = JSON.stringify(message);
  await Promise.all(names.map((name) => tell(folder, name, text, patienceMs)));
}

/** Tells the windows of this machine what an agent wrote: by a local socket, never by a file. */
import { readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { windowAddress } from '../sqlite/location.ts';

/** A window that does not answer is not waited for. Milliseconds. */
const patienceMs = 300;

function tell(folder: string, name: string, message: string): Promise<void> {
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

export async function tellWindows(folder: string, message: unknown): Promise<void> {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  const text = JSON.stringify(message);
  await Promise.all(names.map((name) => tell(folder, name, text)));
}

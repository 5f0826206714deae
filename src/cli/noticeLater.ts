/** Noticing happens in a process of its own: the assistant does not wait for it, and no text touches the disk raw. */
import { join } from 'node:path';
import type { NoticeInput } from './notice.ts';

const loadSpawn = async () => (await import('node:child_process')).spawn;

/**
 * What it takes to start a process is loaded while another thread looks for what is to be told. To start it then already
 * was tried: it takes the processor from the hook that is waited for (docs/decisions/183).
 */
export function prepareToNotice(): void {
  setTimeout(() => void loadSpawn());
}

/** Resolves once it was handed over, or cannot be. @param file the database. */
export async function noticeLater(input: NoticeInput, file: string): Promise<void> {
  const spawn = await loadSpawn();
  /* Only the hook itself, which the front door gave a single thread, has so little to do. */
  const { UV_THREADPOOL_SIZE: _one, ...environment } = process.env;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(__dirname, 'cli.js'), 'notice', '--db', file], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      windowsHide: true,
      env: { ...environment, ELECTRON_RUN_AS_NODE: '1' },
    });
    child.on('error', () => resolve());
    child.stdin.on('error', () => resolve());
    child.stdin.end(JSON.stringify(input), () => {
      child.unref();
      resolve();
    });
  });
}

/** Hears from agents' hooks that they are asked and answer, and which text they wrote into which file: on a socket that only this user can open. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod/mini';
import type { Log } from '../../core/ports.ts';
import type { Workload } from './workload.ts';

const told = z.object({
  writes: z.array(z.object({ file: z.string(), texts: z.array(z.string()) })),
  cwd: z.optional(z.string()),
  at: z.number(),
  /** A person asked an agent something, or it has answered; without either it is at work. */
  turn: z.optional(z.enum(['asked', 'answered'])),
});
export type AgentTold = z.infer<typeof told>;

/** A longer message is not listened to, in bytes. */
const longestMessage = 262_144;

/** An address is used once: a listener that goes away takes its socket along, perhaps after the next one has begun. */
let listeners = 0;

/**
 * @param folder where windows leave their address; @param addressOf the address that belongs to a name in it.
 */
export function createAgentListener(deps: {
  readonly folder: string;
  readonly addressOf: (folder: string, name: string) => string;
  readonly heard: (told: AgentTold) => void;
  readonly workload: Workload;
  readonly log: Log;
}): vscode.Disposable {
  const { folder, workload, log } = deps;
  listeners += 1;
  const name = `${process.pid}-${listeners}`;
  let disposed = false;
  const server: Server = createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (piece: string) => {
      text += piece;
      if (text.length > longestMessage) socket.destroy();
    });
    socket.on('end', () => workload.run('agent wrote', () => take(text)));
  });
  const take = (text: string) => {
    try {
      const parsed = told.safeParse(JSON.parse(text));
      if (parsed.success) deps.heard(parsed.data);
    } catch {
      log.debug('a message that is no JSON was not listened to');
    }
  };
  server.on('error', () =>
    log.info('agents cannot tell this window what they write: no socket could be opened'),
  );
  const begin = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, name);
    await rm(file, { force: true });
    if (disposed) return;
    server.listen(deps.addressOf(folder, name));
    server.unref();
    /* On Windows the pipe is no file: this is how it is found. */
    if (process.platform === 'win32') await writeFile(file, '');
  };
  void begin().catch(() =>
    log.info('agents cannot tell this window what they write: its folder cannot be made'),
  );
  return new vscode.Disposable(() => {
    disposed = true;
    server.close();
    void rm(join(folder, name), { force: true }).catch(() => undefined);
  });
}

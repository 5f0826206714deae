/**
 * A trap for a process of its own: loaded before anything else, it notes down every process begun, every file opened, every
 * module loaded and every connection made. What it noted is read when the process is gone.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Noted {
  readonly act: string;
  readonly what: string;
}

/** Plain script, for it is not built. `appendFileSync` is taken before anything is set. */
const source = `
const fs = require('node:fs');
const append = fs.appendFileSync;
const real = fs.realpathSync;
const file = process.env.REVERIE_TRAP;
let busy = false;
function note(act, what) {
  if (busy) return;
  busy = true;
  try {
    let told = typeof what === 'string' ? what : what instanceof URL ? what.href : Buffer.isBuffer(what) ? String(what) : JSON.stringify(what) ?? String(what);
    if (act.startsWith('fs.')) { try { told = real(told); } catch {} }
    append(file, JSON.stringify({ act, what: told }) + '\\n');
  } finally { busy = false; }
}
function set(object, module, names) {
  for (const name of names) {
    const whole = object[name];
    if (typeof whole !== 'function') throw new Error(module + '.' + name + ' is not there');
    object[name] = function (...words) { note(module + '.' + name, words[0]); return new.target ? new whole(...words) : whole.apply(this, words); };
    Object.setPrototypeOf(object[name], whole);
    object[name].prototype = whole.prototype;
  }
}
const child = require('node:child_process');
set(child, 'child_process', ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']);
set(child.ChildProcess.prototype, 'ChildProcess', ['spawn']);
set(require('node:worker_threads'), 'worker_threads', ['Worker']);
set(fs, 'fs', ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream', 'readdir', 'readdirSync', 'opendir', 'opendirSync', 'copyFile', 'copyFileSync', 'cp', 'cpSync', 'readlink', 'readlinkSync']);
set(fs.promises, 'fs.promises', ['open', 'readFile', 'readdir', 'opendir', 'copyFile', 'cp', 'readlink']);
set(require('node:net').Socket.prototype, 'net', ['connect']);
set(require('node:dns'), 'dns', ['lookup', 'resolve', 'resolve4']);
set(require('node:dgram').Socket.prototype, 'dgram', ['send', 'connect']);
set(globalThis, 'global', ['fetch', 'eval']);
set(process, 'process', ['dlopen']);
set(require('node:module'), 'module', ['_load']);
`;

export interface Trap {
  /** What the process is started with. */
  readonly env: Readonly<Record<string, string>>;
  noted(): readonly Noted[];
}

/** @param folder where the trap and what it noted lie */
export function setTrap(folder: string): Trap {
  const script = join(folder, 'trap.cjs');
  const notes = join(folder, 'noted.jsonl');
  writeFileSync(script, source);
  return {
    env: { NODE_OPTIONS: `--require=${script}`, REVERIE_TRAP: notes },
    noted: () =>
      existsSync(notes)
        ? readFileSync(notes, 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line) as Noted)
        : [],
  };
}

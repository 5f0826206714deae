/**
 * How long the witness holds up the extension host: an hour of heavy editing, agents, terminal and problems, compressed.
 *
 *   npm run build && npm run bench -- hostDelay [--strokes N]
 *
 * The product's own handlers hear every event an editor would tell of such an hour (of a stand-in for the editor, so
 * that nothing else is measured), each is timed, and the batches really go to a process of their own. The event loop's
 * delay is measured once with the witness listening and once with it paused. On a busy machine waiting for the
 * processor counts too. The in-host suite prints the same from within a real VS Code.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { windowAddress } from '../../src/sqlite/location.ts';
import { createMoodState } from '../../src/vscode/moodState.ts';
import { createWitness } from '../../src/vscode/witness/witness.ts';
import { createWorkload } from '../../src/vscode/witness/workload.ts';
import { createWorker } from '../../src/vscode/worker.ts';
import { project, silentLog } from '../support/builders.ts';
import { listeningAt } from '../support/listening.ts';
import { edit, fire, Position, Range, StandInDocument, state, Uri } from '../support/vscodeStandIn.ts';

const { values } = parseArgs({ options: { strokes: { type: 'string', default: '12000' } } });
const strokes = Number(values.strokes);
const home = mkdtempSync(join(tmpdir(), 'reverie-delay-'));
const random = createRandom('an hour');
const below = (limit: number) => Math.floor(random.next() * limit);

const code = (name: string) =>
  `export function ${name}(input) {\n  const value = parseFloat(input.price);\n  console.log(value);\n  return value.toFixed(2);\n}\n`;

/** Tells the window what an agent wrote, as its hook does. */
const agentSays = (file: string, text: string) =>
  new Promise<void>((done) => {
    const socket = connect(listeningAt(home));
    socket.on('error', () => done());
    socket.on('close', () => done());
    socket.end(JSON.stringify({ writes: [{ file, texts: [text] }], at: clock }));
  });

let clock = 1_700_000_000_000;
state.folder = home;
state.documents = Array.from(
  { length: 20 },
  (_, at) =>
    new StandInDocument(
      Uri.file(join(home, `a${at}.ts`)),
      Array.from({ length: 300 }, (_, line) => code(`f${line}`)).join('\n'),
    ),
);

const nanosecondsPerMs = 1e6;

async function hour(): Promise<{ readonly p50: number; readonly p99: number; readonly max: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let document = state.documents[0];
  for (let stroke = 0; stroke < strokes && document !== undefined; stroke += 1) {
    clock += 3_600_000 / strokes;
    if (stroke % 200 === 0) {
      document = state.documents[below(state.documents.length)] ?? document;
      const text = document.getText();
      const written = code(`agent${stroke}`);
      state.editor = { document, selections: [] };
      edit(document, text.length, 0, written);
      await agentSays(document.uri.fsPath, written);
      await turn();
      /* And some of it is written otherwise. */
      const at = document.getText().lastIndexOf('parseFloat');
      const place = document.positionAt(at);
      state.editor = { document, selections: [new Range(place, place)] };
      edit(document, at, 'parseFloat'.length, 'toCents');
    }
    const place = new Position(below(1000), 0);
    const offset = document.offsetAt(place);
    state.editor = { document, selections: [new Range(place, place)] };
    fire.change.fire(
      document.change(offset, stroke % 9 === 0 ? 1 : 0, stroke % 40 === 0 ? `\n${code('pasted')}` : 'x'),
    );
    if (stroke % 5 === 0) {
      state.problems.set(
        document.uri.fsPath,
        Array.from({ length: below(30) }, (_, at) => ({
          severity: 0,
          message: `Cannot find name 'n${at}' (${stroke})`,
        })),
      );
      fire.diagnostics.fire({ uris: [document.uri] });
    }
    if (stroke % 100 === 0) await terminal(stroke);
    if (stroke % 400 === 0) {
      fire.close.fire(document);
      fire.open.fire(document);
    }
    /* A minute of the hour is over: what was left alone is handed over. */
    if (stroke % Math.round(strokes / 60) === 0) void witness.flush();
    await turn();
  }
  delay.disable();
  return {
    p50: delay.percentile(50) / nanosecondsPerMs,
    p99: delay.percentile(99) / nanosecondsPerMs,
    max: delay.max / nanosecondsPerMs,
  };
}

/** A command with a megabyte of output, which fails every second time. */
async function terminal(stroke: number): Promise<void> {
  async function* read() {
    for (let piece = 0; piece < 250; piece += 1) yield `${'building something '.repeat(200)}${piece}\r\n`;
    yield `\u001b[31mError: Cannot find module 'left-pad${stroke % 7}'\u001b[0m\r\n`;
  }
  const execution = { commandLine: { value: `make part${stroke % 3}` }, cwd: Uri.file(home), read };
  fire.start.fire({ execution });
  for (let wait = 0; wait < 300; wait += 1) await turn();
  fire.end.fire({ execution, terminal, exitCode: stroke % 200 === 0 ? 1 : 0 });
}

const moods = createMoodState();
const workload = createWorkload();
const witness = createWitness({
  worker: createWorker({
    commandLine: resolve('dist/cli.js'),
    database: join(home, 'memory.db'),
    log: silentLog,
  }),
  moods,
  log: silentLog,
  workload,
  now: () => Math.round(clock),
  projectRoot: () => project(home),
  windows: home,
  addressOf: windowAddress,
  heardAgent: () => undefined,
  kept: () => undefined,
});

const print = (
  what: string,
  { p50, p99, max }: { readonly p50: number; readonly p99: number; readonly max: number },
) =>
  console.log(
    `${what.padEnd(34)} p50 ${p50.toFixed(3)} ms   p99 ${p99.toFixed(3)} ms   max ${max.toFixed(1)} ms`,
  );

await hour();
workload.reset();
const listening = await hour();
const report = workload.report();
moods.setPaused(true);
const paused = await hour();
print(`our handlers (${report.calls} calls)`, report);
console.log(`  slowest: ${report.slowest}`);
print('event loop, listening', listening);
print('event loop, paused', paused);
witness.dispose();
rmSync(home, { recursive: true, force: true, maxRetries: 5 });
process.exit(0);

/** The command line runs from what V8 made of it the last time, and never from what it made of another build. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { commandLine } from '../support/commandLine.ts';
import { until } from '../support/reverieHome.ts';

/** The front door in a folder of its own, with a bundle behind it that prints `word`. */
function frontDoor(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-compiled-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const door = join(folder, 'cli.js');
  const bundle = join(folder, 'hook.js');
  copyFileSync(commandLine, door);
  let builds = 0;
  return {
    folder,
    build(word: string, more = '') {
      writeFileSync(
        bundle,
        `const { basename } = require('node:path'); console.log('${word}', basename(__filename)); ${more}`,
      );
      builds += 1;
      const at = new Date(Date.UTC(2026, 0, builds));
      utimesSync(bundle, at, at);
    },
    run(env: Readonly<Record<string, string>> = {}) {
      const { stdout, status, stderr } = spawnSync(process.execPath, [door, 'hook'], {
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
      assert.equal(status, 0, stderr);
      return stdout.trim();
    },
    kept: () => readdirSync(folder).filter((name) => name.endsWith('.cache')),
  };
}

test('what was compiled is kept and used, and a new build of the same length is not mistaken for it', (t) => {
  const { build, run, kept, folder } = frontDoor(t);
  build('anchor');
  assert.equal(run(), 'anchor hook.js');
  const [first = ''] = kept();
  const { mtimeMs } = statSync(join(folder, first));
  assert.equal(run(), 'anchor hook.js');
  assert.equal(statSync(join(folder, first)).mtimeMs, mtimeMs, 'it was good, so it is not made again');
  build('rudder');
  assert.equal(run(), 'rudder hook.js');
  assert.equal(kept().length, 1);
  assert.notEqual(kept()[0], first, 'that of the build before is gone');
});

test('a run that says it went only a part of the way leaves nothing', (t) => {
  const { build, run, kept } = frontDoor(t);
  build('anchor', "exports.isWorthKeeping = () => process.env['WHOLE'] === '1';");
  assert.equal(run(), 'anchor hook.js');
  assert.deepEqual(kept(), []);
  assert.equal(run({ WHOLE: '1' }), 'anchor hook.js');
  assert.equal(kept().length, 1);
});

test('what is shipped holds nothing but ASCII, so that it is kept in one byte a character', () => {
  const folder = dirname(commandLine);
  const programs = readdirSync(folder).filter((name) => name.endsWith('.js'));
  assert.ok(programs.includes('cli-main.js'));
  for (const name of programs)
    assert.doesNotMatch(readFileSync(join(folder, name), 'utf8'), /[^\0-\x7f]/, name);
});

test('large work has a place of its own, which a run that did nothing of it leaves alone', (t) => {
  const { folder, build, kept } = frontDoor(t);
  build('anchor');
  const bundle = join(folder, 'cli-main.js');
  writeFileSync(bundle, "exports.isWorthKeeping = (work) => !work || process.env['DONE'] === '1';");
  const run = (command: string, done: string) =>
    spawnSync(process.execPath, [join(folder, 'cli.js'), command], { env: { ...process.env, DONE: done } });
  const works = () =>
    kept()
      .map((name) => /\.(import|sleep)\.cache$/.exec(name)?.[1] ?? 'any')
      .sort();
  run('import', '0');
  assert.deepEqual(works(), ['any'], 'it is the first: what it needed is better than nothing');
  run('import', '1');
  run('list', '1');
  assert.deepEqual(works(), ['any', 'import']);
  const times = () => kept().map((name) => statSync(join(folder, name)).mtimeMs);
  const before = times();
  run('import', '1');
  run('import', '0');
  assert.deepEqual(times(), before, 'both are good, so neither is made again');
  run('sleep', '1');
  assert.deepEqual(works(), ['any', 'import', 'sleep']);
  const later = new Date(Date.UTC(2026, 1, 1));
  utimesSync(bundle, later, later);
  run('import', '1');
  assert.deepEqual(works(), ['import'], 'those of the build before are gone');
});

test('a prompt has a place of its own, and until there was one runs from that of the other hooks, as they do from its', (t) => {
  const { folder, build, kept } = frontDoor(t);
  build('anchor', "exports.isWorthKeeping = () => process.argv[3] !== 'Stop';");
  const run = (event: string) => spawnSync(process.execPath, [join(folder, 'cli.js'), 'hook', event]);
  const places = () => kept().map((name) => /\.(UserPromptSubmit)\.cache$/.exec(name)?.[1] ?? 'any');
  run('UserPromptSubmit');
  assert.deepEqual(places(), ['UserPromptSubmit']);
  run('Stop');
  assert.deepEqual(places(), ['UserPromptSubmit'], 'it had what was there, and said nothing worth keeping');
  run('SessionStart');
  assert.deepEqual(places().sort(), ['UserPromptSubmit', 'any']);
  const times = () => kept().map((name) => statSync(join(folder, name)).mtimeMs);
  const before = times();
  for (const event of ['UserPromptSubmit', 'SessionStart', 'PreToolUse', 'Stop']) run(event);
  assert.deepEqual(times(), before, 'both are good, so neither is made again');
});

test('what a hook hands on is noticed by a run that uses it, too', async (t) => {
  const { folder } = frontDoor(t);
  copyFileSync(join(dirname(commandLine), 'hook.js'), join(folder, 'hook.js'));
  const seen = join(folder, 'seen');
  writeFileSync(
    join(folder, 'cli.js'),
    `require('node:fs').writeFileSync(${JSON.stringify(seen)}, process.argv[2] ?? '');`,
  );
  const { status } = spawnSync(process.execPath, [join(folder, 'hook.js'), 'hook', 'UserPromptSubmit'], {
    env: { ...process.env, REVERIE_HOME: join(folder, 'home') },
    input: JSON.stringify({ session_id: 's', prompt: 'no, the other quay', cwd: folder }),
  });
  assert.equal(status, 0);
  const command = await until('the front door is asked', () =>
    Promise.resolve(existsSync(seen) ? readFileSync(seen, 'utf8') || undefined : undefined),
  );
  assert.equal(command, 'notice');
});

test('a damaged one is made anew, and a bundle runs without any', (t) => {
  const { build, run, kept, folder } = frontDoor(t);
  build('anchor');
  run();
  const [cache = ''] = kept();
  writeFileSync(join(folder, cache), 'no code');
  assert.equal(run(), 'anchor hook.js');
  assert.ok(statSync(join(folder, cache)).size > 'no code'.length);
  rmSync(join(folder, cache));
  /* Root may write everywhere: then the cache comes back, and that is as good. */
  chmodSync(folder, 0o555);
  try {
    assert.equal(run(), 'anchor hook.js');
  } finally {
    chmodSync(folder, 0o755);
  }
});

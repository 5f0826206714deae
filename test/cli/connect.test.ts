/** `connect` as a person runs it, in a home of its own. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandLine, reverie } from '../support/commandLine.ts';

test('lists, shows, writes and gives back', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'reverie-connect-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const own = join(home, '.reverie');
  const env = {
    HOME: home,
    USERPROFILE: home,
    REVERIE_HOME: own,
    XDG_CONFIG_HOME: join(home, '.config'),
    CODEX_HOME: join(home, '.codex'),
  };
  mkdirSync(join(home, '.cursor'));
  mkdirSync(join(home, '.codex'));
  const file = join(home, '.cursor', 'mcp.json');
  const before = '{\r\n\t"mcpServers": {} // none yet\r\n}';
  writeFileSync(file, before);
  const run = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await reverie(['connect', ...args], { env });
    return { code, stdout, stderr };
  };

  const listed = JSON.parse((await run('--json')).stdout);
  assert.deepEqual(
    listed.assistants.map(({ id, state }: { id: string; state: string }) => [id, state]),
    [
      ['cursor', 'not-connected'],
      ['codex', 'not-connected'],
    ],
  );

  const shown = await run('cursor', '--dry-run');
  assert.match(shown.stdout, /^\+.*"reverie"/m);
  assert.equal(readFileSync(file, 'utf8'), before);
  assert.equal(existsSync(join(own, 'connections')), false);

  const [change] = JSON.parse((await run('cursor', '--dry-run', '--json')).stdout).changes;
  assert.equal((await run('cursor', '--shown', 'another', '--json')).code, 1);
  assert.equal(readFileSync(file, 'utf8'), before);
  assert.equal((await run('cursor', '--shown', change.mark, '--json')).code, 0);
  assert.equal(readFileSync(file, 'utf8'), change.after);
  const written = JSON.parse(change.after.replace('// none yet', '')).mcpServers.reverie;
  assert.deepEqual(written, {
    command: process.execPath,
    args: [commandLine, 'mcp'],
    env: { ELECTRON_RUN_AS_NODE: '1', REVERIE_HOME: own },
  });

  /* Reverie has moved since: the entry follows, the rest stays, and taking it back still gives every byte. */
  await reverie(['connect', 'cursor', '--db', join(home, 'other.db'), '--json'], { env });
  assert.match(readFileSync(file, 'utf8'), /other\.db/);
  assert.deepEqual(JSON.parse((await run('--refresh', '--json')).stdout), { refreshed: ['cursor'] });
  assert.equal(readFileSync(file, 'utf8'), change.after);
  assert.deepEqual(JSON.parse((await run('--refresh', '--json')).stdout), { refreshed: [] });

  assert.equal((await run('cursor', '--remove')).code, 0);
  assert.equal(readFileSync(file, 'utf8'), before);

  /* All that were connected, at once; what its owner put in by hand stays, and one broken file keeps nobody. */
  const codex = join(home, '.codex', 'config.toml');
  await run('cursor', 'codex');
  mkdirSync(join(home, '.gemini'));
  const byHand = '{ "mcpServers": { "reverie": { "command": "mine" } } }';
  writeFileSync(join(home, '.gemini', 'settings.json'), byHand);
  const connected = readFileSync(file, 'utf8');
  const dry = JSON.parse((await run('--remove', '--all', '--dry-run', '--json')).stdout);
  assert.deepEqual(
    dry.removed.map(({ id }: { id: string }) => id),
    ['cursor', 'codex'],
  );
  assert.equal(readFileSync(file, 'utf8'), connected);
  writeFileSync(file, '{ "mcpServers": ');
  const some = await run('--remove', '--all', '--json');
  assert.equal(some.code, 1);
  assert.equal(existsSync(codex), false);
  writeFileSync(file, connected);
  const all = await run('--remove', '--all', '--json');
  assert.equal(all.code, 0);
  assert.equal(readFileSync(file, 'utf8'), before);
  assert.equal(readFileSync(join(home, '.gemini', 'settings.json'), 'utf8'), byHand);
  assert.match((await run('--remove', '--all')).stdout, /Nothing is connected/);
  assert.equal((await run('--all')).code, 2);
  rmSync(join(home, '.gemini'), { recursive: true });

  const unknown = await run('nobody');
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /found: cursor, codex/);

  writeFileSync(file, '{ "mcpServers": ');
  const broken = await run('codex', 'cursor');
  assert.equal(broken.code, 1);
  assert.match(broken.stderr, /mcp\.json was left alone: it is not valid JSON/);
  assert.equal(existsSync(join(home, '.codex', 'config.toml')), false);
});

/**
 * The other assistants of the machine: connected after the exact change was shown, found again after an update of the
 * extension, and given every byte back; what changed while no window was open; and the deletion of everything.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { settingsFact } from '../../src/core/injection/hookFacts.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { silentLog } from '../support/builders.ts';
import { until } from '../support/reverieHome.ts';
import { answerCommand, choose, notified, openWorkbench, press, runCommand } from '../support/workbench.ts';
import type { Walk } from './walk.ts';

/** As people leave such files: a byte order mark, Windows line ends, tabs, a comment, no newline at the end. */
const cursorFile =
  '\u{feff}{\r\n\t"mcpServers": {\r\n\t\t"files": { "command": "files" } // mine\r\n\t}\r\n}';
const codexFile = 'model = "any"\n\n[mcp_servers.files]\ncommand = "files"   # mine';

const entry = z.object({ command: z.string(), args: z.array(z.string()) });

export function connectionsChapter(walk: Walk): void {
  const { step } = walk;
  const cursor = () => join(walk.stage.person, '.cursor', 'mcp.json');
  const codex = () => join(walk.stage.person, '.codex', 'config.toml');
  const own = () => dirname(walk.stage.home.file);
  const installed = () => {
    const name = readdirSync(walk.stage.extensions).find((one) => one.startsWith('reverie.reverie-')) ?? '';
    return join(walk.stage.extensions, name);
  };
  const bytes = (file: string) => readFileSync(file).toString('base64');
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

  step('an assistant is connected once its user has seen all that changes', async () => {
    const { page } = walk.stage;
    for (const [file, content] of [
      [cursor(), cursorFile],
      [codex(), codexFile],
    ] as const) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    await openWorkbench(page, walk.stage.url);
    await runCommand(page, 'Reverie: Connect Assistants…');
    await choose(page, 'Cursor');
    await notified(page, /Connect Cursor\? This is all that changes in .*mcp\.json/);
    await page
      .locator('.tabs-container')
      .getByText(/Reverie: .*mcp\.json/)
      .first()
      .waitFor({ timeout: 60_000 });
    assert.equal(bytes(cursor()), base64(cursorFile), 'nothing is written before its user says so');
    await press(page, 'Write');
    await notified(page, /Cursor is connected/);
    const text = readFileSync(cursor(), 'utf8').slice(1).replace('// mine', '');
    const { reverie } = z
      .object({ mcpServers: z.object({ reverie: entry }) })
      .parse(JSON.parse(text)).mcpServers;
    assert.ok(reverie.args[0]?.startsWith(installed()), reverie.args[0]);
    assert.ok(existsSync(reverie.args[0] ?? '') && existsSync(reverie.command));
  });

  step('after an update the entries follow the extension to where it is now', async () => {
    const { page, person, url } = walk.stage;
    /* The version before lay elsewhere, and had connected Codex. */
    const older = join(person, 'older');
    await cp(join(installed(), 'dist'), join(older, 'dist'), { recursive: true });
    const commandLine = join(older, 'dist', 'cli.js');
    execFileSync(process.execPath, [commandLine, 'connect', 'codex', '--json'], {
      env: {
        ...process.env,
        HOME: person,
        USERPROFILE: person,
        REVERIE_HOME: own(),
        CODEX_HOME: dirname(codex()),
      },
    });
    assert.ok(readFileSync(codex(), 'utf8').includes(commandLine));
    await writeFile(join(own(), 'cli-path'), commandLine);
    await openWorkbench(page, url);
    await until('the entry names this extension', async () =>
      readFileSync(codex(), 'utf8').includes(join(installed(), 'dist', 'cli.js')) ? true : undefined,
    );
    assert.equal(readFileSync(join(own(), 'cli-path'), 'utf8'), join(installed(), 'dist', 'cli.js'));
  });

  step('disconnected, a file is what it was, byte for byte', async () => {
    const { page } = walk.stage;
    await runCommand(page, 'Reverie: Connect Assistants…');
    await choose(page, 'Cursor');
    await choose(page, 'Disconnect…');
    await notified(page, /Disconnect Cursor\? This is all that changes/);
    await press(page, 'Write');
    await notified(page, /Cursor is disconnected/);
    assert.equal(bytes(cursor()), base64(cursorFile));
  });

  step('a setting that was changed while no window was open reaches the hooks', async () => {
    const { page, editor, url, home } = walk.stage;
    await page.goto('about:blank');
    await editor.restart(() => editor.changeSettings({ 'reverie.injection.promptTokens': 123 }));
    await openWorkbench(page, url);
    await until('the hooks know', async () => {
      if (!existsSync(home.file)) return undefined;
      const database = await openDatabase({ file: home.file, mode: 'read', log: silentLog });
      const settings = await database.getFact(settingsFact);
      await database.close();
      return z.object({ budget: z.object({ prompt: z.literal(123) }) }).safeParse(settings).success
        ? true
        : undefined;
    });
  });

  step('“Delete Everything” says who will be disconnected, and leaves nothing', async () => {
    const { page, home } = walk.stage;
    await home.ask('remember', 'Always sweep the deck.', '--user');
    await runCommand(page, 'Reverie: Delete Everything…');
    await page
      .getByText(/Codex: disconnected, and their files as they were before/)
      .first()
      .waitFor({ timeout: 60_000 });
    await page.keyboard.press('Escape');
    assert.ok((await home.episodes()).length > 0, 'who turns away keeps all');
    await answerCommand(page, 'Reverie: Delete Everything…', 'delete everything');
    await notified(page, /has forgotten everything/);
    assert.deepEqual([await home.episodes(), await home.rules(), await home.nights()], [[], [], []]);
    assert.equal(bytes(codex()), base64(codexFile));
    for (const name of ['connections', 'hook.log']) assert.ok(!existsSync(join(own(), name)), name);
  });
}
